"""A case of another unit or another city is the same as none, whatever address asks for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from saas.cases.models import Case
from saas.config import Config
from saas.db.session import TenantRef, db
from saas.documents.queries import list_documents
from saas.dossier import services as dossiers
from saas.dossier.batches import services as batches
from saas.files import services as files
from saas.identity import services as identity
from saas.identity import sessions
from saas.identity.actor import SYSTEM
from saas.identity.models import Role
from saas.identity.queries import get_user
from saas.messages import services as messages
from tenants import context
from tests.browsers import Browser, hidden_fields
from tests.conftest import InTenant
from tests.mediation import factory
from tests.portal.applying import PNG
from tests.saas.registers import factory as registers

ASKS_AGAIN = {"portal.show_progress": {"/progress"}}
"""Leads everybody who has not given the code of a number to the page that asks for it, whether it exists or not."""
OWN_UNIT, OTHER_UNIT = "通州区人民调解委员会", "兴和人民调解委员会"
NOTHING = UUID(int=7)
SHAPING = ("/admin/processes/", "/admin/documents/")
"""Begin the addresses of drafts: they lead to nothing of a case but for the picture of a form filled from one, which
has a test of its own among those of the designer of documents."""


@dataclass(frozen=True)
class Papers:
    """A case's number and what hangs on it, as the holes of addresses are called."""

    number: str
    file_id: UUID
    document_id: UUID
    export_id: UUID
    message_id: UUID
    session_id: UUID
    party_id: UUID
    batch_id: UUID
    entry_id: UUID

    def values(self) -> dict[str, object]:
        """What fits into the holes of an address."""
        named = {"action": "accept", "code": "mediation.application", "name": "id_number", "verb": "copy"}
        return vars(self) | named | {"key": registers.MEDIATOR, "kind": "培训"}


def make_papers(unit: str, username: str) -> Papers:
    """A case of a body with a file, a document, an export and a message."""
    case = factory.open_application(unit)
    actor = factory.actor(username)
    assert actor.id
    return Papers(
        case.number,
        files.add(case, "identity", "身份证.png", PNG, by=actor).id,
        list_documents(case.id)[0].id,
        dossiers.request_export(case, by=actor).id,
        messages.tell_user(actor.id, "请办理", "有一件案件。", case=case).id,
        sessions.start(sessions.new_token(), user=get_user(actor.id)).id,
        case.parties[0].id,
        batches.request_batch({}, [case.id], variant="full", by=actor).id,
        registers.mediator(unit).id,
    )


@pytest.fixture(scope="module")
def others(app: Flask, beijing: TenantRef, zunyi: TenantRef) -> dict[str, Papers]:
    with context.transaction(app, beijing):
        unit = make_papers(OTHER_UNIT, "zhaoxh")
    with context.transaction(app, zunyi):
        city = make_papers("汇川区人民调解委员会", "shiqiang")
    nothing = Papers("2026999999", *[NOTHING] * 8)
    return {"another unit's": unit, "another city's": city, "nobody's": nothing}


@pytest.fixture
def everything(app: Flask, beijing: TenantRef, in_tenant: InTenant, config: Config) -> Browser:
    """Somebody who holds every role there is that sees cases, at one unit."""
    username = f"all{uuid4().hex[:8]}"
    with in_tenant(beijing):
        sees = (Role.duty.is_(None)) | (Role.duty == "audit")
        roles = db.session.scalars(select(Role.code).where(sees).order_by(Role.code)).all()
        unit = factory.body(OWN_UNIT)
        new = identity.NewUser(username, "全能", config.demo_password, [(role, unit.code) for role in roles])
        identity.create_user(new, by=SYSTEM)
    browser = Browser(app, beijing)
    browser.sign_in(username, config.demo_password)
    return browser


def holes(rule: Rule) -> set[str]:
    """What an address names a case or something of one by."""
    return {name for name in rule.arguments if name == "number" or name.endswith("_id")}


def rules(app: Flask) -> list[Rule]:
    """Every rule that leads to a case or to something of one."""
    return sorted(
        (rule for rule in app.url_map.iter_rules() if holes(rule) and not rule.rule.startswith(SHAPING)),
        key=lambda rule: (rule.rule, rule.endpoint),
    )


def ask(browser: Browser, rule: Rule, values: Mapping[str, object], token: str) -> str:
    """Ask for an address, or send it a form that is right but for what it is about; where it leads, or the status."""
    built = rule.build({name: values[name] for name in rule.arguments})
    assert built is not None
    if "POST" in (rule.methods or ()):
        form = {"_csrf": token, "_key": str(uuid4()), "category": "identity", "difficulty": "ordinary"}
        answer = browser.post(built[1], data=form)
    else:
        answer = browser.get(built[1])
    return answer.location.partition("?")[0] if answer.location else str(answer.status_code)


def token_of(browser: Browser) -> str:
    """The form token of a browser."""
    return hidden_fields(browser.get("/progress").get_data(as_text=True))["_csrf"]


def found(app: Flask, browser: Browser, values: Mapping[str, object], *, stranger: bool = False) -> dict[str, str]:
    """The addresses that answer anything but that there is nothing, or that one has to sign in."""
    token = token_of(browser)
    answers = [(rule, ask(browser, rule, values, token)) for rule in rules(app)]
    expected = {"404", "/sign-in"} if stranger else {"404"}
    return {
        f"{rule.endpoint} {rule.rule}": answer
        for rule, answer in answers
        if answer not in (ASKS_AGAIN.get(rule.endpoint) or expected)
    }


def test_addresses_of_cases_are_found(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in rules(app)}

    assert {"staff.show_case", "staff.act", "staff.download_file", "portal.show_progress"} <= endpoints
    assert {name for rule in rules(app) for name in holes(rule)} <= set(Papers.__dataclass_fields__)


@pytest.mark.parametrize("whose", ["another city's", "another unit's", "nobody's"])
def test_what_is_of_others_is_not_found_by_staff(
    app: Flask, everything: Browser, others: dict[str, Papers], whose: str
) -> None:
    assert found(app, everything, others[whose].values()) == {}


@pytest.mark.parametrize("whose", ["another city's", "another unit's", "nobody's"])
def test_what_is_of_others_is_not_found_by_citizens(
    app: Flask, client: Callable[[TenantRef], Browser], beijing: TenantRef, others: dict[str, Papers], whose: str
) -> None:
    assert found(app, client(beijing), others[whose].values(), stranger=True) == {}


def test_ones_own_case_is_found(
    app: Flask, everything: Browser, beijing: TenantRef, in_tenant: InTenant, others: dict[str, Papers]
) -> None:
    with in_tenant(beijing):
        own = make_papers(OWN_UNIT, "xuning").values()

    answers = found(app, everything, own)

    assert answers["staff.show_case /staff/cases/<number>"] == "200"
    assert answers["staff.download_file /staff/cases/<number>/files/<uuid:file_id>"] == "200"
    assert answers["staff.take_case /staff/cases/<number>/take"] == f"/staff/cases/{own['number']}"


def test_papers_of_others_are_not_found_under_a_case_of_ones_own(
    app: Flask, everything: Browser, others: dict[str, Papers], beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        own = factory.open_application(OWN_UNIT).number
    values = others["another unit's"].values() | {"number": own}
    token = token_of(everything)
    mixed = [rule for rule in rules(app) if "number" in rule.arguments and len(holes(rule)) > 1]

    assert mixed
    assert {rule.rule: ask(everything, rule, values, token) for rule in mixed} == {rule.rule: "404" for rule in mixed}


def test_nothing_of_others_was_changed_by_asking(
    app: Flask, everything: Browser, others: dict[str, Papers], beijing: TenantRef, in_tenant: InTenant
) -> None:
    number = others["another unit's"].number
    found(app, everything, others["another unit's"].values())

    with in_tenant(beijing):
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        assert (case.state, case.revision, case.handler_id) == ("pending", 1, None)
