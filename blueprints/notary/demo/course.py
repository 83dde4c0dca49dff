"""The steps of an invented matter from its acceptance to where it stands today."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from blueprints.notary.demo.stories import Story
from blueprints.notary.rules import CONDITIONS, POINTS
from saas.demo import DemoAct

GREEN_SHARE, MORE_SHARE, CHECK_SHARE = 0.2, 0.3, 0.25


@dataclass
class Course:
    """A matter on its way: the day reached, its story, and the steps so far."""

    rng: Random
    day: date
    name: str
    story: Story
    acts: list[DemoAct] = field(default_factory=list)

    def take(self, action: str, role: str, days: int, **values: Any) -> None:  # noqa: ANN401 - plain values
        """Add a step some days later."""
        self.day += timedelta(days=days)
        self.acts.append(DemoAct(action, values, role, days))

    def nine(self) -> str:
        """Nine o'clock of the day reached, in the city's zone."""
        return f"{self.day}T09:00:00+08:00"


def accept(course: Course) -> None:
    """A notary takes the matter on, one in five by the green channel, and tells what it means."""
    rng = course.rng
    values: dict[str, Any] = {
        **dict.fromkeys(CONDITIONS, True),
        "category": course.story.category,
        "term": rng.choice(("usual", "ten", "five")),
        "simple": True,
        "speed_item": None,
        "originals": None,
        "remark": None,
    }
    if rng.random() < GREEN_SHARE:
        green = {"green": rng.choice(("aged", "disabled", "project")), "green_basis": "本人证件", "green_clerk": "专人"}
        course.take("accept_green", "notary", rng.randint(0, 1), **values, **green)
    else:
        course.take("accept", "notary", rng.randint(0, 1), **values)
    course.take(
        "inform",
        "handler",
        0,
        informed=True,
        notice_text="已告知公证事项的法律意义和可能产生的法律后果，以及如实陈述的义务。",
        held_at=course.nine(),
        place="公证处接待室",
        recorder="记录员",
        content=f"问：您申请办理什么公证？\n答：我申请办理{course.story.matter}。",
        fee_due=20_000,
        fee_paid=20_000,
        fee_receipt=None,
    )


def examine(course: Course) -> None:
    """Sometimes papers are missing, sometimes facts are looked into."""
    rng = course.rng
    if rng.random() < MORE_SHARE:
        until = str(course.day + timedelta(days=30))
        course.take("ask_more", "handler", 1, wanted="户口簿", supply_by=until, again_reason=None)
        course.take("complete", "notary_clerk", rng.randint(1, 6), received="户口簿复印件1份")
    if rng.random() < CHECK_SHARE:
        course.take("verify", "handler", 1, verify_subject="材料记载的情况是否属实。", verify_way="data")
        course.day += timedelta(days=2)
        found = {
            "verified_at": course.nine(),
            "verified_way": "data",
            "verified_place": "数据共享平台",
            "verified_from": "登记机关",
            "verified_by": "承办公证员",
            "verified_text": "查询结果与当事人提供的材料一致。",
        }
        course.acts.append(DemoAct("verified", found, "handler", 2))


def certify(course: Course) -> None:
    """Drafted by one, approved by another, then numbered and issued."""
    course.take(
        "draft",
        "handler",
        course.rng.randint(0, 2),
        basis="当事人具有相应的民事行为能力，意思表示真实，材料充分，内容不违反法律。",
        major=False,
        wording=course.story.wording.format(a=course.name),
    )
    course.take("approve", "notary_approver", 1, **dict.fromkeys(POINTS, True), opinion="同意出证。")
    course.take("issue", "handler", 0, proofread=True, copies=2)


def serve(course: Course) -> None:
    """The certificate is handed over and the file archived."""
    course.take(
        "serve",
        "notary_clerk",
        1,
        served_way="counter",
        served_on=str(course.day + timedelta(days=1)),
        served_to=course.name,
        served_relation=None,
        served_copies=2,
        returned=None,
    )
    close(course)


def refuse(course: Course) -> None:
    """The notary proposes, the head decides that nothing is certified."""
    text = "当事人提供的材料与登记机关的记载不一致，经通知没有补充其他材料。"
    course.take("propose_refusal", "handler", 3, refusal_ground="06", refusal_text=text)
    course.take("refuse", "notary_head", 1, opinion="同意不予办理。")
    close(course)


def end(course: Course) -> None:
    """The applicant withdraws."""
    course.take("terminate", "notary_head", 2, end_reason="withdrawn", end_text="当事人书面撤回公证申请。")
    close(course)


def close(course: Course) -> None:
    """The file and the archive."""
    course.take("compile", "handler", course.rng.randint(2, 8), volume_kind="ordinary", retention="y30", statement="无")
    course.take("archive", "notary_clerk", course.rng.randint(0, 3), checked=True, remark=None)
