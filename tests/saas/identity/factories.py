"""Accounts for tests: each its own, at a unit of its own."""

from collections.abc import Sequence
from uuid import uuid4

from saas.db.session import db
from saas.identity import services
from saas.identity.actor import SYSTEM
from saas.identity.models import User
from saas.organisation.models import Unit

PASSWORD = "brook willow lantern"


def make_unit(path: str | None = None, *, scope: str | None = None, name: str = "测试司法所") -> Unit:
    """A body at a path nobody else uses."""
    code = uuid4().hex[:12]
    place = path or f"zz/{code}/"
    unit = Unit(code=code, name=name, kind="body", path=place, scope=scope or place)
    db.session.add(unit)
    db.session.flush()
    return unit


def make_user(
    permissions: Sequence[str] = (), *, unit: Unit | None = None, name: str = "张三", role: str | None = None
) -> User:
    """An account with one role at one unit."""
    code = role or f"role_{uuid4().hex[:8]}"
    services.define_role(code, "测试员", permissions)
    db.session.flush()
    where = unit or make_unit()
    new = services.NewUser(f"u{uuid4().hex[:10]}", name, PASSWORD, ((code, where.code),))
    return services.create_user(new, by=SYSTEM)
