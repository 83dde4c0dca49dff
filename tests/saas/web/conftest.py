"""A small application of nothing but the shell, with views that try it."""

from collections.abc import Callable, Iterator

import pytest
from flask import Blueprint, Flask, g, redirect, request
from flask.typing import ResponseReturnValue

import tenants
from saas import web
from saas.app import create_app
from saas.audit import services as audit
from saas.config import Config
from saas.db.session import TenantRef, db
from saas.errors import ConflictError, InvalidInputError, NotFoundError
from saas.identity.models import Role
from saas.identity.permissions import KernelPermission, public, requires
from tenants import connections
from tests.auditor.dossiers import limited_auditor
from tests.browsers import Browser
from tests.conftest import InTenant, SignIn

probe = Blueprint("probe", __name__, url_prefix="/probe")
vars(probe)["host_kind"] = "city"


@probe.post("/record/<mark>")
@public
def record(mark: str) -> ResponseReturnValue:
    audit.record(f"probe.{mark}", ("probe", mark), by=g.actor)
    return redirect("/probe/done", 303)


@probe.post("/refuse/<mark>")
@public
def refuse(mark: str) -> ResponseReturnValue:
    audit.record(f"probe.{mark}", ("probe", mark), by=g.actor)
    db.session.flush()
    raise ConflictError("请刷新。", detail=["张三改过地址"])


@probe.post("/late/<mark>")
@public
def late(mark: str) -> ResponseReturnValue:
    """What the database refuses only when it is asked to commit."""
    audit.record(f"probe.{mark}", ("probe", mark), by=g.actor)
    db.session.add(Role(code=None, title="无", permissions=[]))
    return redirect("/probe/done", 303)


@probe.get("/boom")
@public
def boom() -> ResponseReturnValue:
    raise RuntimeError(request.args.get("person"))


@probe.get("/wrong")
@public
def wrong() -> ResponseReturnValue:
    raise InvalidInputError({"name": "请填写姓名。", "phone": "请填写电话。"})


@probe.get("/elsewhere")
@public
def elsewhere() -> ResponseReturnValue:
    raise NotFoundError("这个案件在通州区。")


@probe.get("/secret")
@requires(KernelPermission.ADMIN)
def secret() -> ResponseReturnValue:
    return "kept"


@pytest.fixture
def limited(as_user: SignIn, in_tenant: InTenant, beijing: TenantRef, config: Config) -> Browser:
    """A browser of an auditor whose role lacks the whole dossiers."""
    with in_tenant(beijing):
        username = limited_auditor(config.demo_password)
    return as_user(username)


@pytest.fixture(scope="session")
def shell(app: Flask, config: Config) -> Iterator[Flask]:
    """The shell on the database of the whole application."""
    made = create_app(config, (), (tenants.init_app, web.init_app, lambda made: made.register_blueprint(probe)))
    yield made
    with made.app_context():
        connections.dispose()
        db.engine.dispose()


@pytest.fixture
def browser(shell: Flask, beijing: TenantRef) -> Browser:
    """A browser at 北京市, nobody signed in."""
    return Browser(shell, beijing)


@pytest.fixture
def signed_in(shell: Flask, beijing: TenantRef, config: Config) -> Callable[[str], Browser]:
    """A browser in which somebody of 北京市 has signed in."""

    def enter(username: str) -> Browser:
        made = Browser(shell, beijing)
        made.sign_in(username, config.demo_password)
        return made

    return enter
