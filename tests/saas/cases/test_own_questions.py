"""What a city asks beyond its line of work: kept with the case, told to programs, printed, left out where need be."""

from typing import Any

import pytest

from saas.cases import kept
from saas.cases.models import Case
from saas.cases.snapshot import snapshot
from saas.db.session import TenantRef
from saas.documents.queries import list_documents
from saas.domain import form_for
from saas.errors import NotFoundError
from saas.workflow.queries import current_version, get_definition
from tests import shaping
from tests.conftest import InTenant
from tests.mediation import factory

EVERYBODY = frozenset({"director"})
UNIT = "竞秀区人民调解委员会"


def opened(**changed: Any) -> Case:  # noqa: ANN401 - any answer
    return factory.open_application(UNIT, **shaping.ANSWERS | changed)


def test_a_form_has_the_citys_questions_in_their_places(shaped: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaped):
        form = form_for(get_definition(current_version(factory.PROCESS).id), "mediation.apply")

    ids = list(form.field_ids)
    assert ids[ids.index("kind") : ids.index("area")] == ["kind", "x_floor", "x_shelter"]
    assert form.on("contact")[0].id == "x_phone"
    assert form.on("wish")[-1].id == "x_illness"


def test_another_city_is_asked_as_before(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        form = form_for(get_definition(current_version(factory.PROCESS).id), "mediation.apply")

    assert not [id_ for id_ in form.field_ids if id_.startswith("x_")]


def test_a_form_nobody_declares_is_not_found(shaped: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaped), pytest.raises(NotFoundError):
        form_for(get_definition(current_version(factory.PROCESS).id), "mediation.none")


def test_a_case_keeps_the_form_of_its_version(shaped: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaped):
        before = opened()
        shaping.publish(shaping.body_with(extra_fields={}))
        after = factory.open_application(UNIT)
        told = [
            kept.told(case, kept.own_fields(get_definition(case.process_id)), roles=EVERYBODY)
            for case in (before, after)
        ]
        shaping.publish(shaping.body_with(extra_fields=shaping.EXTRA))

    assert told == [{"x_floor": "3层", "x_shelter": "亲友家", "x_phone": "139****5678"}, {}]


def test_a_sensitive_answer_is_no_column_and_no_figure(shaped: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaped):
        case = opened()

        assert "x_illness" not in kept.own_fields(get_definition(case.process_id))
        assert case.data["x_illness"] == "慢性病"
        assert case.figures["x_floor"] == 3


def test_data_has_values_only_of_what_is_not_masked(shaped: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaped):
        case = opened()
        told = {one["id"]: one for one in kept.as_data(case, get_definition(case.process_id), roles=EVERYBODY)}

    assert (told["x_shelter"]["value"], told["x_shelter"]["text"]) == ("kin", "亲友家")
    assert (told["x_phone"]["value"], told["x_phone"]["text"]) == (None, "139****5678")
    assert told["x_illness"]["value"] is None


def test_a_document_of_the_step_has_the_answers_below_the_form(shaped: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaped):
        values = list_documents(opened().id)[0].values

    rows = [(row["label"], row["text"]) for row in values["added_rows"]]
    assert rows == [("备用电话", "13900005678"), ("楼层", "3层"), ("临时住处", "亲友家")]


def test_a_document_of_another_step_has_none(shaped: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaped):
        case = opened()
        factory.act(case, "accept", factory.ACCEPTED, "dongming")
        others = [one for one in list_documents(case.id) if one.form_code != "mediation.application"]

        assert others
        assert [one.title for one in others if "added_rows" in one.values] == []


def test_the_case_as_values_tells_the_answers_in_words(shaped: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaped):
        shot = snapshot(opened())

    assert (shot.words["x_shelter"], shot.words["kind"]) == ("亲友家", "邻里纠纷")
