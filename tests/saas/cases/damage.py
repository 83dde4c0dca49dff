"""What the tests of damaged cases share: a real row of a case that no key opens any more."""

from sqlalchemy import func, update

from saas.cases.models import Case, Step
from saas.db.session import db
from tests.mediation import factory

EXTENSION = {"extra_days": 10, "both_agree": True, "reason": "等待鉴定意见"}


def extended() -> Case:
    """A dispute whose limit to mediate depends on what was entered in a step."""
    case = factory.mediating()
    factory.act(case, "extend", EXTENSION, "sunli")
    db.session.flush()
    return case


def break_step(case: Case, action: str) -> None:
    """Flip one bit of what was entered in a step of the case, in the database."""
    last = func.length(Step.input_sealed) - 1
    flipped = func.set_byte(Step.input_sealed, last, func.get_byte(Step.input_sealed, last).op("#")(1))
    db.session.execute(update(Step).where(Step.case_id == case.id, Step.action == action).values(input_sealed=flipped))
    db.session.expire_all()
