"""Whatever people change, the same transaction writes down who did it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from sqlalchemy import Connection, Engine, event

from saas.db.base import Model
from saas.db.session import TenantRef
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation import factory
from tests.portal.applying import apply, picture
from tests.saas.web.staff.sending import as_sent, send

WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?([a-z_]+)"?', re.IGNORECASE)
AUDIT = "audit_event"
BOOKKEEPING = frozenset(
    {"ceremony", "phone_code", "web_session", "idempotency", "rate_count", "try_count", "draft", "process_play"}
)
"""What the shell keeps for a browser: a session, its answers, its tries, what it was asked to prove, and a form nobody
has sent yet, or what somebody plays on a draft."""


@dataclass
class Watched:
    """The tables each transaction wrote to, of those that were kept."""

    kept: list[frozenset[str]] = field(default_factory=list)

    @property
    def changing(self) -> list[frozenset[str]]:
        """Those that changed more than what the shell keeps."""
        return [tables for tables in self.kept if tables - BOOKKEEPING]


@contextmanager
def watched() -> Iterator[Watched]:
    """Watch what every transaction of this process writes inside the block."""
    made = Watched()
    writing: dict[int, set[str]] = defaultdict(set)

    def sent(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if found := WRITE.match(statement):
            writing[id(connection.connection.driver_connection)].add(found[1].lower())

    def committed(connection: Connection) -> None:
        made.kept.append(frozenset(writing.pop(id(connection.connection.driver_connection), ())))

    def undone(connection: Connection) -> None:
        writing.pop(id(connection.connection.driver_connection), None)

    listeners = (("before_cursor_execute", sent), ("commit", committed), ("rollback", undone))
    for name, listener in listeners:
        event.listen(Engine, name, listener)
    try:
        yield made
    finally:
        for name, listener in listeners:
            event.remove(Engine, name, listener)


@pytest.fixture
def area() -> str:
    """The code of 兴丰街道, which has a committee."""
    return "110115001"


def test_what_the_shell_keeps_are_tables_of_the_city() -> None:
    assert set(Model.metadata.tables) >= BOOKKEEPING | {AUDIT}


def test_every_change_a_person_makes_is_written_down(
    client: Callable[[TenantRef], Browser], as_user: Callable[..., Browser], beijing: TenantRef, area: str
) -> None:
    with watched() as seen:
        number = apply(client(beijing), area)
        director = as_user("wugang")
        send(director, f"/staff/cases/{number}/act/accept", as_sent(factory.ACCEPTED))
        upload = {"category": "identity", "files": picture("身份证.png")}
        send(director, f"/staff/cases/{number}?tab=materials", upload, f"/staff/cases/{number}/files")
        director.get("/staff/cases.xlsx")
        send(director, "/staff", {}, "/sign-out")

    tables = frozenset().union(*seen.changing)
    assert {"case_file", "party", "step_taken", "task", "case_clock", "document", "file"} <= tables
    assert [sorted(written) for written in seen.changing if AUDIT not in written] == []


def test_a_change_nobody_wrote_down_is_seen(beijing: TenantRef, in_tenant: InTenant) -> None:
    with watched() as seen, in_tenant(beijing):
        factory.body("兴和人民调解委员会").short_name = "兴和"
        factory.body("兴和人民调解委员会").short_name = "兴 和"

    assert seen.changing == [frozenset({"unit"})]

    with in_tenant(beijing):
        factory.body("兴和人民调解委员会").short_name = "兴和"


def test_a_look_at_a_case_is_written_down(
    as_user: Callable[..., Browser], beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        number = factory.open_application().number
    director = as_user("zhaoxh")
    with watched() as seen:
        director.get(f"/staff/cases/{number}")

    assert [sorted(tables) for tables in seen.changing] == [[AUDIT]]
