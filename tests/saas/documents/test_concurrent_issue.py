"""However many issue at once, the numbers of a form, series and year have no gap and no double."""

import random
import re
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from saas import clock
from saas.cases.models import Case
from saas.cases.queries import get_case_by_id
from saas.db.session import TenantRef, db
from saas.documents import replacing, voiding
from saas.documents.models import Document
from saas.errors import InvalidInputError
from tenants import context
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.documents.issued import APPLICATION, issued, printed

WORKERS = 6
EACH = 5
COUNT = re.compile(r"第(\d+)号")


class UndoneError(Exception):
    """Whatever ends a transaction after its number was taken."""


def counts() -> list[int]:
    """The running numbers given in the committee's series this year, the void ones too."""
    series = factory.body("兴和人民调解委员会")
    own = Document.number.like(f"（{series.short_name or series.name}）%〔{clock.today().year}〕%")
    query = select(Document.number).where(Document.form_code == APPLICATION.code, own)
    return sorted(int(COUNT.findall(number)[0]) for number in db.session.scalars(query))


def issue_some(app: Flask, city: TenantRef, case_id: UUID, seed: int) -> int:
    """Issue some documents, every one in a transaction of its own; some are refused, some undone afterwards."""
    chance, kept = random.Random(seed), 0
    for fate in chance.choices(["kept", "refused", "undone"], [3, 1, 1], k=EACH):
        try:
            with app.app_context(), context.transaction(app, city):
                case = get_case_by_id(case_id)
                _try(case, fate)
            kept += 1
        except (UndoneError, InvalidInputError):
            continue
    return kept


def _try(case: Case, fate: str) -> None:
    if fate == "refused":
        case.data = case.data | {"facts": "\U000f0000"}
    with db.session.no_autoflush:
        issued(case)
    if fate == "undone":
        db.session.flush()
        raise UndoneError


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_numbers_of_many_at_once_have_no_gap_and_no_double(
    app: Flask, beijing: TenantRef, in_tenant: InTenant, seed: int
) -> None:
    with in_tenant(beijing):
        case_id = factory.open_application().id
        before = counts()
    with ThreadPoolExecutor(WORKERS) as pool:
        tries = [pool.submit(issue_some, app, beijing, case_id, seed * 100 + place) for place in range(WORKERS)]
        kept = sum(one.result() for one in tries)
    with in_tenant(beijing):
        after = counts()
    assert 0 < kept < WORKERS * EACH
    assert len(after) == len(before) + kept
    assert after == list(range(after[0], after[0] + len(after)))


def test_void_and_replaced_numbers_stay_in_the_row(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case, actor = factory.open_application(), factory.actor("zhaoxh")
        before = counts()
        document = printed(case)
        replacing.reissue(document, APPLICATION, case, "遗失", by=actor)
        voiding.void(document, case, "已补发", by=actor)
        issued(case)
        assert counts() == [*before, *range(before[-1] + 1, before[-1] + 4)]
