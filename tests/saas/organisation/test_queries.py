"""Finding units in the tree of a real city."""

import pytest

from saas.db.ids import new_id
from saas.db.session import TenantRef
from saas.errors import NotFoundError
from saas.organisation import queries
from tests.conftest import InTenant


@pytest.mark.parametrize(
    ("code", "name"),
    [("110115005", "大兴区黄村地区"), ("110115", "大兴区"), ("11", "北京市"), ("520302", None), ("", None)],
)
def test_an_area_is_named_with_those_it_lies_in(
    in_tenant: InTenant, beijing: TenantRef, code: str, name: str | None
) -> None:
    with in_tenant(beijing):
        assert queries.area_name(code) == name


@pytest.mark.parametrize(
    ("area", "types", "body"),
    [
        ("110115001", ("committee",), "兴丰街道人民调解委员会"),
        ("110115", ("committee",), "兴和人民调解委员会"),
        ("110112003", ("committee",), "通州区人民调解委员会"),
        ("110115001", ("office", "bureau"), "兴丰司法所"),
        ("110101", ("office", "bureau"), "北京市司法局"),
        ("110101", ("committee",), None),
        ("999999", ("committee",), None),
    ],
)
def test_the_nearest_body_up_the_tree_answers_for_an_area(
    in_tenant: InTenant, beijing: TenantRef, area: str, types: tuple[str, ...], body: str | None
) -> None:
    with in_tenant(beijing):
        found = queries.nearest_bodies(area, types)
        assert (found[0].name if found else None) == body


def test_an_unknown_unit_is_not_found(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing), pytest.raises(NotFoundError):
        queries.get_unit(new_id())


def test_bodies_below_a_path_are_those_of_the_kinds_asked_for(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        names = [body.name for body in queries.list_bodies("11/110112/", ("committee", "bureau"))]

    assert sorted(names) == ["通州区人民调解委员会", "通州区司法局"]


def test_children_are_the_areas_right_below(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        names = [unit.name for unit in queries.list_children("11")]

    assert len(names) == 16
    assert names[0] == "东城区"
