"""What every test may ask for: a database, the application, two cities, browsers at their hosts."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import cache, partial
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings

import blueprints
import tenants
from saas import clock, embedded, web
from saas.app import create_app
from saas.audit import seals
from saas.config import Config
from saas.config_parts import AuditConfig
from saas.db.counting import Counted
from saas.db.counting import count_queries as counting
from saas.db.session import TenantRef, db
from saas.identity import passwords
from tenants import connections, context, migrator, provisioning, starter
from tests import databases, queues, shaping
from tests.browsers import Browser
from tests.restoring import Shared

OpenAt = Callable[[TenantRef], Browser]
SignIn = Callable[..., Browser]
InTenant = Callable[[TenantRef], AbstractContextManager[None]]
Drain = Callable[[], None]

_digest = cache(passwords.digest)

# The machine is shared: how long one example takes says nothing.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Config]:
    """The settings of the application under test, on a database of this process's own."""
    admin = os.environ.get("DATABASE_URL") or embedded.ensure_running()
    url = databases.make_new(admin)
    patch = pytest.MonkeyPatch()
    # The other process's tests share the server: a transaction of theirs would put a seal off now and then.
    patch.setattr(seals, "GRACE", timedelta())
    yield Config(
        database_url=url.render_as_string(hide_password=False),
        secret_key="k" * 32,
        database_secret="d" * 32,
        master_key="m" * 32,
        backup_key="b" * 32,
        storage_dir=tmp_path_factory.mktemp("storage"),
        backup_dir=tmp_path_factory.mktemp("backups"),
        audit=AuditConfig(anchor_dir=tmp_path_factory.mktemp("anchors")),
        fonts_dir=Path(os.environ.get("FENGQIAO_FONTS_DIR", embedded.ROOT / "var" / "fonts")),
        # Operators of tests sign in by password; those who need the second factor ask for it.
        operator_second_factor="optional",
        plain_http=True,
        testing=True,
    )
    patch.undo()
    databases.drop(admin)


@pytest.fixture(scope="session")
def app(config: Config) -> Iterator[Flask]:
    """The whole application, its platform migrated."""
    made = create_app(config, blueprints.discover(), (tenants.init_app, web.init_app, blueprints.init_app))
    with made.app_context():
        migrator.migrate_platform()
    yield made
    with made.app_context():
        connections.dispose()
        db.engine.dispose()


@pytest.fixture(scope="session")
def _shared() -> Shared:
    """The cities that many modules share."""
    return Shared()


@pytest.fixture(scope="module", autouse=True)
def _as_they_began(_shared: Shared) -> Iterator[None]:
    """No module finds what another left in a shared city: neither settings, people and keys nor cases."""
    yield
    _shared.put_back()


@pytest.fixture(scope="session")
def beijing(app: Flask, _shared: Shared) -> TenantRef:
    """北京市 as a newcomer sees it: the whole tree, bodies, processes and invented people."""
    return _shared.keep(app, make_city(app, "beijing", "北京市"))


@pytest.fixture(scope="session")
def zunyi(app: Flask, _shared: Shared) -> TenantRef:
    """遵义市, the other city: whatever is its own must never show in 北京市."""
    return _shared.keep(app, make_city(app, "zunyi", "遵义市"))


@pytest.fixture(scope="session")
def shaped(app: Flask, _shared: Shared) -> TenantRef:
    """曲阳县, a city that asks questions of its own when somebody applies for mediation."""
    made = make_city(app, "shaped", "曲阳县", "baoding")
    with context.transaction(app, made):
        shaping.publish(shaping.body_with(extra_fields=shaping.EXTRA))
    return _shared.keep(app, made)


@pytest.fixture(scope="session")
def dressed(app: Flask, _shared: Shared) -> TenantRef:
    """雁城市, a city that gives its documents a dress of its own, time and again; with the people of 北京市."""
    return _shared.keep(app, make_city(app, "dressed", "雁城市", "beijing"))


@pytest.fixture
def client(app: Flask) -> OpenAt:
    """A browser at a city's host, nobody signed in."""
    return partial(Browser, app)


@pytest.fixture
def as_user(app: Flask, beijing: TenantRef, config: Config) -> SignIn:
    """A browser in which somebody of a city (北京市 unless another is named) has signed in."""

    def sign_in(username: str, tenant: TenantRef = beijing) -> Browser:
        browser = Browser(app, tenant)
        browser.sign_in(username, config.demo_password)
        return browser

    return sign_in


@pytest.fixture
def in_tenant(app: Flask) -> InTenant:
    """A context in which the session serves a city and is committed at the end."""
    return partial(context.transaction, app)


@pytest.fixture
def drain_jobs(app: Flask) -> Drain:
    """Do every job that is ready, here and now: those this test asked for."""
    return partial(queues.drain, app)


@pytest.fixture(autouse=True)
def _own_jobs(request: pytest.FixtureRequest) -> None:
    """Who does the jobs finds none of the tests before: hundreds of prints that nobody looks at would come first."""
    if "drain_jobs" in request.fixturenames:
        queues.forget(request.getfixturevalue("app"))


@pytest.fixture
def count_queries() -> Callable[[], AbstractContextManager[Counted]]:
    """Collect the statements sent inside a block."""
    return counting


@pytest.fixture
def business_time() -> Callable[..., AbstractContextManager[None]]:
    """Let a block believe it is another moment."""
    return clock.business_time


def make_city(app: Flask, code: str, name: str, starting: str | None = None) -> TenantRef:
    """A city from a prepared starter, its own unless another is named."""
    with app.app_context(), pytest.MonkeyPatch.context() as patch:
        # All invented people have one password: its slow digest is made once.
        patch.setattr(passwords, "digest", _digest)
        return provisioning.create(provisioning.NewCity(code, name, starter.load(starting or code), demo=True))
