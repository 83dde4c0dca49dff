"""The steps of an invented application from the receipt to where it stands today."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from blueprints.legal_aid.demo.stories import GREEN, Story
from saas.demo import DemoAct

FEN = 100


@dataclass
class Course:
    """An application on its way: the day reached, its story, and the steps so far."""

    rng: Random
    day: date
    story: Story
    handler: str
    same_day: bool
    acts: list[DemoAct]

    def take(self, action: str, role: str, days: int, **values: Any) -> None:  # noqa: ANN401 - plain values
        """Add a step some days later."""
        self.day += timedelta(days=days)
        self.acts.append(DemoAct(action, values, role, days))

    def gap(self, most: int) -> int:
        """Days until the next step: none where everything is done on the day."""
        return 0 if self.same_day else self.rng.randint(1, most)


def decide(course: Course, *, grant: bool) -> None:
    """The centre takes the papers, looks at the means and decides."""
    green = course.story.kind in GREEN and grant
    course.take(
        "receive_green" if green else "receive",
        "aid_clerk",
        0,
        received_at=f"{course.day}T08:30:00+08:00",
        materials="身份证复印件 1 份\n案件材料 1 份",
        guidance_given=True,
    )
    if green:
        found = {"means_ground": "exempt", "exempt_kind": "migrant", "exempt_proof": "务工证明"}
        course.take("exempt", "aid_reviewer", course.gap(2), **found)
    else:
        _verify(course, poor=grant)
    course.take(
        "review",
        "aid_reviewer",
        0,
        jurisdiction="organ",
        in_scope="yes",
        summary=course.story.facts.replace("{a}", "申请人").replace("{b}", "对方"),
        proposal="grant" if grant else "refuse",
        review_opinion="经审查，事实清楚，材料齐全。",
    )


def _verify(course: Course, *, poor: bool) -> None:
    income = course.rng.randint(8, 20) * 10_000 if poor else course.rng.randint(60, 90) * 10_000
    course.take(
        "verify",
        "aid_reviewer",
        course.gap(2),
        means_method="pledge",
        pledge_signed=True,
        checked_size=1,
        checked_income=income,
        means_result="poor" if poor else "not_poor",
        means_opinion=None,
    )


def grant(course: Course) -> None:
    """Aid is given and somebody assigned."""
    course.take(
        "grant",
        "aid_director",
        course.gap(1),
        aid_form="representation",
        decision_basis="《中华人民共和国法律援助法》第三十一条、第四十三条",
        approve_opinion="同意给予法律援助。",
    )
    course.take(
        "assign",
        "aid_director",
        course.gap(1),
        provider_kind="firm",
        provider_name="天平律师事务所",
        handler=course.handler,
        handler_phone="13900000000",
        practice_years=course.rng.randint(3, 20),
        knows_minors=None,
        assign_note=None,
    )


def refuse(course: Course) -> None:
    """The means are above the standard."""
    course.take(
        "refuse",
        "aid_director",
        1,
        refuse_reason="not_poor",
        refuse_detail="经核查，申请人家庭人均月收入高于本省经济困难标准。",
        decision_basis="《中华人民共和国法律援助法》第三十四条、第四十三条",
        approve_opinion="不予法律援助。",
    )


def handle(course: Course) -> None:
    """The lawyer takes the case up and reports."""
    days = course.rng.randint(1, 3)
    course.take(
        "agree",
        "handler",
        days,
        agreement_form="written",
        agreed_on=str(course.day + timedelta(days=days)),
        authority="general",
        procedure_stage=course.story.stage,
        letter_to=course.story.organ,
    )


def finish(course: Course) -> None:
    """The case ends well, its file is checked, paid for and archived."""
    amount, days = course.rng.randint(5, 80) * 100_000, course.rng.randint(30, 70)
    ended = str(course.day + timedelta(days=days))
    course.take(
        "finish",
        "handler",
        days,
        finished_on=ended,
        outcome_kind=course.rng.choice(("judgment", "mediation", "arbitration", "settlement")),
        outcome_detail="支持受援人的主要请求。",
        adopted="full",
        recovered_amount=amount,
        meetings=2,
        readings=1,
        inquiries=1,
        hearings=1,
        process_detail="接受指派后约见受援人，查阅材料，参加开庭。",
    )
    days = course.rng.randint(5, 20)
    course.take(
        "submit_file",
        "handler",
        days,
        submitted_on=str(course.day + timedelta(days=days)),
        file_pages=course.rng.randint(30, 90),
        closing_report="本案已经办结，受援人的主要请求得到支持，案卷材料已经整理。",
    )
    course.take("check_file", "aid_reviewer", 5, file_complete=True, duties_met=True, file_opinion="材料齐全，合格。")
    _pay(course)


def _pay(course: Course) -> None:
    course.take(
        "subsidise",
        "aid_director",
        3,
        subsidy_kind=course.story.subsidy,
        subsidy_count=1,
        subsidy_amount=course.story.rate * FEN,
        subsidy_adjusted=None,
        subsidy_note=True,
    )
    course.take("archive", "aid_clerk", 2, retention="y10", statement="无", checked=True)
