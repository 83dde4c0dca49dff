"""Every route of the whole application names its permission, and keeps strangers and forged forms out."""

from collections.abc import Iterator
from uuid import UUID

from flask import Flask
from werkzeug.routing import Rule

from saas.db.session import TenantRef
from saas.identity.permissions import PUBLIC, permission_of, undeclared_routes
from saas.web import menu
from tests.browsers import Browser

SAMPLES = {"UUIDConverter": UUID(int=7), "IntegerConverter": 7}


def rules(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))


def address_of(app: Flask, rule: Rule) -> str:
    """The rule's address with something in its holes that is nobody's."""
    converters = rule._converters
    values = {name: SAMPLES.get(type(converters[name]).__name__, "none") for name in rule.arguments}
    built = rule.build(values)
    assert built is not None
    return built[1]


def guarded(app: Flask, method: str) -> Iterator[Rule]:
    for rule in rules(app):
        if method in (rule.methods or ()) and permission_of(app, rule.endpoint) != PUBLIC:
            yield rule


def test_every_route_names_a_declared_permission(app: Flask) -> None:
    assert list(undeclared_routes(app)) == []


def test_no_stranger_opens_a_guarded_page(app: Flask, beijing: TenantRef) -> None:
    browser = Browser(app, beijing)

    opened = {
        rule.rule: answer.status_code
        for rule in guarded(app, "GET")
        if (answer := browser.get(address_of(app, rule))).status_code not in {303, 404}
    }

    assert opened == {}


def test_no_form_works_without_its_token(app: Flask, beijing: TenantRef) -> None:
    browser = Browser(app, beijing)

    taken = {
        rule.rule: answer.status_code
        for rule in rules(app)
        if "POST" in (rule.methods or ())
        and (answer := browser.post(address_of(app, rule))).status_code not in {400, 404}
    }

    assert taken == {}


def test_no_page_changes_anything_by_being_read(app: Flask) -> None:
    mixed = [rule.rule for rule in rules(app) if {"GET", "POST"} <= (rule.methods or set())]

    assert mixed == []


def test_every_entry_of_the_menu_leads_somewhere(app: Flask) -> None:
    with app.app_context():
        declared = menu.entries()

    assert declared
    for entry in declared:
        assert permission_of(app, entry.endpoint) == entry.permission
