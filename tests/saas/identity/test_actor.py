from uuid import uuid4

import pytest

from saas.identity.actor import SYSTEM, Actor, Granted, citizen


def granted(role: str, path: str, *permissions: str) -> Granted:
    return Granted(role, role.title(), path, uuid4(), f"单位{path}", frozenset(permissions))


def staff(*grants: Granted) -> Actor:
    return Actor(uuid4(), "李四", "staff", grants)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("11/110115/", {"clerk"}),
        ("11/110115/110115001/", {"clerk", "head"}),
        ("11/110115/110115001/b-1/", {"clerk", "head"}),
        ("11/110112/", set()),
        ("11/", set()),
    ],
)
def test_a_grant_covers_its_own_place_and_all_under_it(path: str, expected: set[str]) -> None:
    actor = staff(granted("clerk", "11/110115/"), granted("head", "11/110115/110115001/"))

    assert actor.roles_at(path) == expected


def test_a_permission_counts_only_where_the_grant_that_holds_it_reaches() -> None:
    actor = staff(granted("clerk", "11/110115/", "case.read"), granted("head", "11/110112/", "case.act"))

    assert actor.may("case.act")
    assert actor.may_at("case.act", "11/110112/1/")
    assert not actor.may_at("case.act", "11/110115/")


def test_scopes_leave_out_what_lies_inside_another() -> None:
    actor = staff(granted("a", "11/", "x"), granted("b", "11/110115/", "x"), granted("c", "52/", "y"))

    assert actor.scopes("x") == ("11/",)
    assert actor.scopes("z") == ()


def test_a_citizen_has_the_role_citizen_everywhere_and_no_permission() -> None:
    actor = citizen("王五", address="10.0.0.1")

    assert actor.roles_at("11/110115/") == {"citizen"}
    assert not actor.may("case.read")
    assert actor.unit_path is None
    assert actor.is_anonymous


def test_the_system_is_nobody_who_could_sign_in() -> None:
    assert SYSTEM.kind == "system"
    assert not SYSTEM.is_authenticated
    assert SYSTEM.get_id() == ""
