"""The steps of an invented dispute from acceptance to where it stands today."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from blueprints.mediation.demo.stories import COURTS, PLACES
from blueprints.mediation.rules import DISMISSED, NOT_ACCEPTED
from saas.demo import DemoAct


@dataclass
class Course:
    """A dispute on its way: the day reached, the texts of its story, and the steps so far."""

    rng: Random
    city: str
    day: date
    facts: str
    terms: str
    amount: int | None
    handler: str
    acts: list[DemoAct]

    def take(self, action: str, role: str, days: int, **values: Any) -> None:  # noqa: ANN401 - plain values
        """Add a step some days later."""
        self.day += timedelta(days=days)
        self.acts.append(DemoAct(action, values, role, days))

    def morning(self, days: int) -> str:
        """Nine o'clock some days after the day reached, in the city's zone."""
        return f"{self.day + timedelta(days=days)}T09:00:00+08:00"


def accept(course: Course) -> None:
    """The committee takes the dispute and names a mediator."""
    course.take(
        "accept",
        "director",
        course.rng.randint(0, 2),
        is_civil=True,
        both_agree=True,
        not_taken=True,
        difficulty=course.rng.choice(("simple", "ordinary", "ordinary", "complex")),
        remark=None,
    )
    course.take("appoint", "director", 0, chosen_by="appointed", handler=course.handler, helpers=None)


def mediate(course: Course) -> None:
    """One session, sometimes after an inquiry."""
    if course.rng.random() < 0.4:  # noqa: PLR2004 - two in five
        days = course.rng.randint(1, 3)
        course.take(
            "investigate",
            "handler",
            days,
            held_at=course.morning(days),
            place=course.rng.choice(PLACES),
            participants=None,
            interviewee="邻居",
            interviewee_detail=None,
            recorder="记录员",
            content=f"问：请您说说事情的经过。\n答：{course.facts}",
        )
    days = course.rng.randint(1, 6)
    course.take(
        "session",
        "handler",
        days,
        held_at=course.morning(days),
        place=course.rng.choice(PLACES),
        mode=course.rng.choice(("onsite", "onsite", "video")),
        invited=None,
        informed=True,
        recorder="记录员",
        content=f"调解员向双方说明人民调解的性质、原则和当事人的权利义务。双方分别陈述意见：{course.facts}",
        result="双方同意继续协商。",
    )


def agree(course: Course, *, written: bool) -> None:
    """An agreement, in writing or by word."""
    days = course.rng.randint(1, 6)
    effective = course.day + timedelta(days=days)
    common: dict[str, Any] = {
        "agreed_facts": course.facts,
        "terms": course.terms,
        "performance_mode": "按协议约定当面履行",
        "perform_by": str(effective + timedelta(days=course.rng.randint(0, 10))),
        "agreed_amount": course.amount,
        "effective_on": str(effective),
        "recorder": "记录员",
    }
    if written:
        course.take("agree_written", "handler", days, **common, copies=3)
    else:
        course.take("agree_oral", "handler", days, **common, parties_waive_writing=True)


def end(course: Course, reason: str) -> None:
    """Mediation ends without an agreement."""
    course.take(
        "end",
        "handler",
        course.rng.randint(2, 8),
        end_reason=reason,
        reason="经多次调解，双方分歧较大，未能达成一致。",
        remedies=["litigation", "arbitration"],
    )


def confirm(course: Course) -> None:
    """Both parties have the agreement confirmed by the court."""
    days = course.rng.randint(1, 5)
    court = COURTS.get(course.city, "人民法院")
    applied = str(course.day + timedelta(days=days))
    course.take(
        "apply_confirmation",
        "handler",
        days,
        court_name=court,
        applied_on=applied,
        jointly=True,
        **dict.fromkeys((*NOT_ACCEPTED, *DISMISSED), False),
    )
    days = course.rng.randint(2, 12)
    ruled = str(course.day + timedelta(days=days))
    number = f"（{course.day.year}）调确{course.rng.randint(1, 900)}号"
    course.take("confirm", "handler", days, ruled_on=ruled, ruling_number=number)


def perform(course: Course) -> None:
    """The agreement is performed."""
    days = course.rng.randint(0, 8)
    course.take(
        "perform",
        "handler",
        days,
        performance=course.rng.choice(("immediate", "in_time")),
        performed_on=str(course.day + timedelta(days=days)),
        proof=None,
    )


def close(course: Course) -> None:
    """A visit, the file, the archive."""
    days = course.rng.randint(5, 20)
    course.take(
        "revisit",
        "handler",
        days,
        revisited_on=str(course.day + timedelta(days=days)),
        revisit_mode="phone",
        performance_found="双方均无异议",
        satisfaction=course.rng.choice(("satisfied", "satisfied", "basically")),
        sued=None,
        hidden_danger=None,
    )
    course.take("compile", "handler", course.rng.randint(1, 3), retention="y10", statement="无")
    course.take("archive", "director", course.rng.randint(0, 3), checked=True, remark=None)
