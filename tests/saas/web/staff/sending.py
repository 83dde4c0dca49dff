"""Sending a form of the console as a browser without script does."""

from typing import Any
from uuid import uuid4

from werkzeug.test import TestResponse

from saas.identity import services
from saas.identity.actor import SYSTEM
from tests.browsers import Browser, hidden_fields
from tests.mediation import factory


def send(browser: Browser, page: str, fields: dict[str, Any], action: str | None = None) -> TestResponse:
    """Load a page and send its form; of the hidden fields only the shell's own, other forms have theirs."""
    drawn = hidden_fields(browser.get(page).get_data(as_text=True))
    shell = {name: value for name, value in drawn.items() if name.startswith("_")}
    return browser.post(action or page, data=shell | fields)


def as_sent(values: dict[str, Any]) -> dict[str, Any]:
    """Plain values as a browser sends them: ticked boxes as ``true``, others and empty fields not at all."""
    texts = {name: "true" if value is True else value for name, value in values.items()}
    return {name: text for name, text in texts.items() if text not in (None, False)}


def employ(body: str, role: str, password: str) -> str:
    """Give a body of the city one more person; the new account's name."""
    username = f"new{uuid4().hex[:8]}"
    new = services.NewUser(username, f"新{username[-2:]}", password, [(role, factory.body(body).code)])
    services.create_user(new, by=SYSTEM)
    return username
