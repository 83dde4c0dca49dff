"""Code lists of a city: renamed, closed, added to and ordered, while cases keep what they have."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from saas.audit.models import AuditEvent
from saas.cases import codelists
from saas.cases.context import code_lists, code_titles, field_context
from saas.cases.models import Case
from saas.cases.snapshot import snapshot
from saas.db.session import TenantRef, db
from saas.errors import ConflictError, InvalidInputError, NotFoundError
from saas.fields import display
from saas.fields.form import FieldDefinition
from saas.identity.actor import Actor
from tests.conftest import InTenant
from tests.mediation import factory

KIND = "mediation.kind"
UNIT = "竞秀区人民调解委员会"


def admin() -> Actor:
    return factory.actor("gaofeng")


def new(key: str) -> str:
    """The code of one more entry, under a name of its own."""
    return codelists.add(key, f"条目{uuid4().hex[:6]}", by=admin()).code


@pytest.fixture
def own(shaped: TenantRef, in_tenant: InTenant) -> str:
    """The key of a list of the city's own with three entries."""
    with in_tenant(shaped):
        key = codelists.make(f"来源{uuid4().hex[:6]}", by=admin())
        for title in ("热线", "网格员", "信箱"):
            codelists.add(key, title, by=admin())
    return key


def titles(key: str) -> list[str]:
    return [one.title for one in codelists.entries(key)]


def test_an_added_entry_stands_last_and_can_be_chosen(shaped: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaped):
        code = new(KIND)

        assert codelists.entries(KIND)[-1].code == code
        assert code in dict(code_lists("mediation")[KIND])


def test_a_renamed_entry_of_the_law_keeps_its_code_and_place(shaped: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaped):
        before = [one.code for one in codelists.entries(KIND)]
        codelists.rename(KIND, "12", "旅游出行纠纷", by=admin())
        entry = next(one for one in codelists.entries(KIND) if one.code == "12")

        assert (entry.title, entry.declared) == ("旅游出行纠纷", "旅游纠纷")
        assert [one.code for one in codelists.entries(KIND)] == before


def test_a_closed_entry_is_not_offered_and_is_still_called_by_its_name(shaped: TenantRef, in_tenant: InTenant) -> None:
    question = FieldDefinition("kind", "类型", "choice", list=KIND)
    with in_tenant(shaped):
        case = factory.open_application(UNIT, kind="13", x_floor=1)
        case_id = case.id
        codelists.set_open(KIND, "13", active=False, by=admin())
    with in_tenant(shaped):
        assert "13" not in dict(field_context("mediation").options(question))
        assert display.words(question, "13", field_context("mediation")) == "电子商务纠纷"
        assert snapshot(db.session.get_one(Case, case_id)).case["kind_title"] == "电子商务纠纷"
        codelists.set_open(KIND, "13", active=True, by=admin())


def test_a_moved_entry_stands_elsewhere_for_everybody(shaped: TenantRef, in_tenant: InTenant, own: str) -> None:
    with in_tenant(shaped):
        last = codelists.entries(own)[-1].code
        codelists.move(own, last, -1, by=admin())
        assert titles(own) == ["热线", "信箱", "网格员"]
        codelists.move(own, last, -5, by=admin())

        assert titles(own) == ["信箱", "热线", "网格员"]
        assert [title for _, title in code_lists("mediation")[own]] == titles(own)


def test_the_last_open_entry_cannot_be_closed(shaped: TenantRef, in_tenant: InTenant, own: str) -> None:
    with in_tenant(shaped):
        first, *others = codelists.entries(own)
        for one in others:
            codelists.set_open(own, one.code, active=False, by=admin())
        with pytest.raises(ConflictError, match="至少要保留一个"):
            codelists.set_open(own, first.code, active=False, by=admin())


@pytest.mark.parametrize(
    ("title", "sentence"), [(" ", "请填写"), ("长" * 41, "最多 40 个字"), ("热线", "已经有“热线”")]
)
def test_a_name_is_needed_short_and_free(
    shaped: TenantRef, in_tenant: InTenant, own: str, title: str, sentence: str
) -> None:
    with in_tenant(shaped), pytest.raises(InvalidInputError) as refusal:
        codelists.add(own, title, by=admin())

    assert sentence in refusal.value.fields["title"]


def test_codes_are_met_once_in_all_lists(shaped: TenantRef, in_tenant: InTenant, own: str) -> None:
    with in_tenant(shaped):
        other = codelists.make(f"去向{uuid4().hex[:6]}", by=admin())

        assert new(other) not in {one.code for one in codelists.entries(own)}
        assert code_titles("mediation")[codelists.entries(own)[0].code] == "热线"


def test_there_is_no_list_of_any_other_key(shaped: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaped), pytest.raises(NotFoundError):
        codelists.entries("mediation.none")


def test_who_changed_a_list_is_recorded(shaped: TenantRef, in_tenant: InTenant, own: str) -> None:
    with in_tenant(shaped):
        code = codelists.entries(own)[0].code
        codelists.rename(own, code, "12345 热线", by=admin())
        query = select(AuditEvent).where(AuditEvent.subject_id == f"{own}/{code}").order_by(AuditEvent.id.desc())
        event = db.session.scalars(query.limit(1)).one()

        assert (event.action, event.actor_name) == ("config.list.renamed", "高峰")
        assert event.detail == {"from": "热线", "title": "12345 热线"}
