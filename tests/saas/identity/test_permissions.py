from enum import StrEnum
from types import SimpleNamespace
from uuid import uuid4

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from saas.errors import PermissionDeniedError
from saas.identity.actor import Actor, Granted, citizen
from saas.identity.permissions import (
    KernelPermission,
    UndeclaredRouteError,
    check_routes,
    enforce,
    public,
    requires,
    signed_in,
)


class Permission(StrEnum):
    JUDGE = "trial.judge"


def guarded_app(permission: object) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.extensions["fengqiao.domains"] = (SimpleNamespace(permissions=Permission),)
    view = lambda: "shown"  # noqa: E731
    view.__dict__["permission"] = permission
    app.add_url_rule("/page", "page", view, methods=["GET", "POST"])
    app.add_url_rule("/sign-in", "web.sign_in", public(lambda: "door"))
    app.before_request(enforce)
    app.register_error_handler(PermissionDeniedError, lambda error: (error.message, error.status))
    return app


def client_of(app: Flask, actor: Actor) -> FlaskClient:
    app.before_request_funcs[None].insert(0, lambda: setattr(g, "actor", actor))
    return app.test_client()


def staff(*permissions: str) -> Actor:
    return Actor(uuid4(), "李四", "staff", (Granted("r", "角色", "11/", None, "单位", frozenset(permissions)),))


@pytest.mark.parametrize("permission", [None, "nobody.declared.this"])
def test_a_route_without_a_declared_permission_stops_the_start(permission: str | None) -> None:
    app = guarded_app(permission)

    with pytest.raises(UndeclaredRouteError, match="page"):
        check_routes(app)


@pytest.mark.parametrize("mark", [public, signed_in, requires(KernelPermission.WORK), requires(Permission.JUDGE)])
def test_a_route_that_names_its_permission_may_start(mark: object) -> None:
    assert callable(mark)
    app = guarded_app(mark(lambda: "x").permission)

    check_routes(app)

    assert "page" in app.view_functions


@pytest.mark.parametrize(
    ("permission", "held", "status"),
    [
        ("public", (), 200),
        ("signed_in", (), 200),
        ("work.read", ("work.read",), 200),
        ("work.read", ("case.read",), 403),
        (None, ("work.read",), 403),
    ],
)
def test_staff_open_what_their_permissions_allow(permission: str | None, held: tuple[str, ...], status: int) -> None:
    client = client_of(guarded_app(permission), staff(*held))

    assert client.get("/page").status_code == status


def test_a_stranger_is_sent_to_the_door_and_from_there_back() -> None:
    client = client_of(guarded_app("work.read"), citizen())

    answer = client.get("/page?state=open")

    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/page?state%3Dopen"


def test_a_stranger_who_posts_comes_back_to_no_page() -> None:
    client = client_of(guarded_app("work.read"), citizen())

    assert client.post("/page").location == "/sign-in"


def test_a_request_made_by_script_is_told_to_load_the_door() -> None:
    client = client_of(guarded_app("work.read"), citizen())

    answer = client.get("/page", headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in"


def test_strangers_open_public_pages() -> None:
    client = client_of(guarded_app("public"), citizen())

    assert client.get("/page").text == "shown"
