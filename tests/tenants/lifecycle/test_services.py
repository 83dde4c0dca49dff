"""A city can be held, let go, renamed, reached by other hosts and limited; both records say so."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from saas.audit.models import AuditEvent
from saas.config import Config
from saas.db.session import Limits, TenantRef, db
from saas.errors import ConflictError, InvalidInputError, NotFoundError, UnavailableError
from saas.files import room
from saas.identity import services as identity
from saas.identity.actor import SYSTEM
from saas.jobs import queue
from saas.jobs import registry as jobs
from tenants import connections, registry
from tenants.lifecycle import services
from tenants.models import PlatformEvent
from tests.browsers import Browser
from tests.conftest import InTenant, SignIn
from tests.mediation import factory

NOTICE = "本市正在盘点案件，十二月一日恢复受理。"


@pytest.fixture(autouse=True)
def _as_before(app: Flask, zunyi: TenantRef) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.rollback()
        services.resume("zunyi")
        services.rename("zunyi", "遵义市")
        services.set_limits("zunyi", {"users": 0, "files": 0, "connections": 0, "jobs": 0})


@pytest.fixture
def reader(as_user: SignIn, zunyi: TenantRef) -> Browser:
    return as_user("shiqiang", zunyi)


@pytest.fixture
def number(in_tenant: InTenant, zunyi: TenantRef) -> str:
    with in_tenant(zunyi):
        return factory.open_application("汇川区人民调解委员会").number


def test_a_held_city_is_read_and_takes_nothing_in(reader: Browser, number: str) -> None:
    services.suspend("zunyi", NOTICE)

    assert [reader.get(page).status_code for page in ("/", "/staff", f"/staff/cases/{number}", "/staff/cases")] == [
        200
    ] * 4
    answer = reader.post("/sign-in", data={"username": "shiqiang", "password": "x"})
    assert answer.status_code == 503
    assert NOTICE in answer.get_data(as_text=True)


def test_a_city_that_is_let_go_takes_entries_again(app: Flask, config: Config, zunyi: TenantRef) -> None:
    services.suspend("zunyi", NOTICE)
    services.resume("zunyi")

    Browser(app, zunyi).sign_in("shiqiang", config.demo_password)


def test_a_closed_city_is_not_even_read(reader: Browser) -> None:
    services.suspend("zunyi", closed=True)

    assert reader.get("/").status_code == 503


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE unit SET name = name",
        "DELETE FROM party",
        "INSERT INTO setting_value DEFAULT VALUES",
        "SELECT queue.procrastinate_defer_jobs_v1('{}')",
    ],
)
def test_the_database_holds_on_a_connection_that_was_there_before(zunyi: TenantRef, statement: str) -> None:
    with connections.engine_of(zunyi).connect() as before:
        before.execute(text("SELECT 1"))
        before.commit()
        services.suspend("zunyi")

        with pytest.raises(DBAPIError, match="permission denied"):
            before.execute(text(statement))


def test_a_process_that_does_not_know_yet_answers_the_same(
    app: Flask, reader: Browser, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.get("/staff")
    monkeypatch.setattr(registry, "forget", lambda: None)
    services.suspend("zunyi")

    assert reader.get("/staff").status_code == 200
    assert reader.submit(f"/staff/cases/{number}", {}, f"/staff/cases/{number}/take").status_code == 503
    registry._memory().found.clear()


def test_another_process_notices_within_its_memory(app: Flask, reader: Browser) -> None:
    reader.get("/")
    remembered = [moment for moment, _ in registry._memory().found.values()]

    assert remembered
    assert registry.REMEMBERED <= 10


def test_a_job_of_a_held_city_waits(
    in_tenant: InTenant, zunyi: TenantRef, drain_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[object] = []
    monkeypatch.setitem(jobs._jobs, "test.wait", jobs.Job("test.wait", done.append))
    with in_tenant(zunyi):
        queue.enqueue("test.wait", {})
    services.suspend("zunyi")
    drain_jobs()

    with connections.admin_engine().begin() as connection:
        connection.execute(text("SET LOCAL search_path = queue"))
        waits = text("DELETE FROM procrastinate_jobs WHERE task_name = 'test.wait' RETURNING status::text")
        assert connection.scalars(waits).all() == ["todo"]
    assert done == []


def test_both_records_say_what_was_done(app: Flask, in_tenant: InTenant, zunyi: TenantRef) -> None:
    services.suspend("zunyi", NOTICE, by="zhang")

    with registry.platform_session() as session:
        event = session.scalars(select(PlatformEvent).order_by(PlatformEvent.recorded_at.desc()).limit(1)).one()
        assert (event.action, event.tenant_id, event.actor_name) == ("tenant.suspended", zunyi.id, "zhang")
    with in_tenant(zunyi):
        kept = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "tenant.suspended")).all()
        assert kept[-1].detail == {"state": "read_only", "notice": NOTICE, "by": "zhang"}


def test_a_city_is_renamed_and_keeps_its_address(app: Flask, zunyi: TenantRef) -> None:
    services.rename("zunyi", "遵义新市")

    renamed = registry.get_tenant("zunyi")
    assert (renamed.name, renamed.schema, registry.list_hosts()["zunyi"]) == (
        "遵义新市",
        zunyi.schema,
        "zunyi.localhost",
    )


@pytest.mark.parametrize("name", ["", "  ", "市" * 61])
def test_a_name_that_is_none_is_refused(zunyi: TenantRef, name: str) -> None:
    with pytest.raises(InvalidInputError):
        services.rename("zunyi", name)


def test_a_further_host_leads_to_the_city_until_it_is_taken_away(app: Flask, zunyi: TenantRef) -> None:
    client = app.test_client()
    services.add_host("zunyi", "SFJ.Zunyi.example.")
    there = client.get("/sign-in", base_url="https://sfj.zunyi.example/").status_code
    services.remove_host("zunyi", "sfj.zunyi.example")
    gone = client.get("/sign-in", base_url="https://sfj.zunyi.example/").status_code

    assert (there, gone) == (200, 404)


@pytest.mark.parametrize("host", ["localhost", "a b", "-x.cn", "x.cn:80", "", "例.cn"])
def test_what_is_no_host_of_a_city_is_refused(zunyi: TenantRef, host: str) -> None:
    with pytest.raises(InvalidInputError):
        services.add_host("zunyi", host)


def test_a_host_of_another_city_is_refused(beijing: TenantRef, zunyi: TenantRef) -> None:
    with pytest.raises(ConflictError):
        services.add_host("zunyi", "beijing.localhost")


def test_the_primary_host_changes_and_only_then_goes(zunyi: TenantRef) -> None:
    with pytest.raises(InvalidInputError):
        services.remove_host("zunyi", "zunyi.localhost")
    services.add_host("zunyi", "sf.zunyi.example", primary=True)
    primary = registry.list_hosts()["zunyi"]
    services.add_host("zunyi", "zunyi.localhost", primary=True)
    services.remove_host("zunyi", "sf.zunyi.example")

    assert primary == "sf.zunyi.example"
    assert registry.list_hosts()["zunyi"] == "zunyi.localhost"


def test_no_account_beyond_the_limit(in_tenant: InTenant, zunyi: TenantRef, config: Config) -> None:
    services.set_limits("zunyi", {"users": 1})
    limited = registry.get_tenant("zunyi")

    with in_tenant(limited), pytest.raises(InvalidInputError) as refused:
        identity.create_user(identity.NewUser("toomany", "多余", config.demo_password), by=SYSTEM)
    assert "上限 1 个" in refused.value.fields["username"]


def test_no_file_beyond_the_limit(in_tenant: InTenant, zunyi: TenantRef) -> None:
    services.set_limits("zunyi", {"files": 1})

    with in_tenant(registry.get_tenant("zunyi")):
        room.check(1)
        with pytest.raises(InvalidInputError):
            room.check(1024 * 1024 + 1)


def test_no_job_beyond_the_limit(in_tenant: InTenant, zunyi: TenantRef) -> None:
    counted = text("SELECT count(*) FROM queue.procrastinate_jobs WHERE args ->> 'tenant' = :city AND status = 'todo'")
    with connections.admin_engine().connect() as connection:
        waiting = connection.scalar(counted, {"city": zunyi.schema}) or 0
    services.set_limits("zunyi", {"jobs": waiting + 1})

    with in_tenant(zunyi):
        queue.enqueue("test.note", {"n": 1})
        with pytest.raises(UnavailableError, match="已满"):
            queue.enqueue("test.note", {"n": 2})
        db.session.rollback()


def test_no_connection_beyond_the_limit(zunyi: TenantRef) -> None:
    connections.dispose()
    services.set_limits("zunyi", {"connections": 1})

    engine = connections.engine_of(zunyi)
    with engine.connect(), pytest.raises(DBAPIError, match="too many connections"):
        engine.connect()


def test_a_limit_that_is_not_named_stays_and_zero_lifts_one(zunyi: TenantRef) -> None:
    services.set_limits("zunyi", {"users": 5, "jobs": 9})

    assert services.set_limits("zunyi", {"users": 0, "files": 7}) == Limits(files=7, jobs=9)


@pytest.mark.parametrize(
    "words",
    [
        ["suspend", "zunyi", "--notice", NOTICE],
        ["resume", "zunyi"],
        ["rename", "zunyi", "遵义市"],
        ["quota", "zunyi", "--users", "900", "--files", "100", "--connections", "20", "--jobs", "50"],
    ],
    ids=lambda words: words[0],
)
def test_every_act_has_its_command(app: Flask, zunyi: TenantRef, words: list[str]) -> None:
    done = app.test_cli_runner().invoke(args=["tenant", *words])

    assert done.exit_code == 0, done.output


def test_an_unknown_city_is_said_to_be_none(app: Flask) -> None:
    with pytest.raises(NotFoundError):
        services.suspend("nowhere")
