"""A browser without script at a city's host, which refuses pages that are not what we promise."""

import re
from html import unescape
from typing import Any

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from saas.db.session import TenantRef

HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')
INLINE = re.compile(r"<[^>]*\s(?:style|on[a-z]+|hx-on[^=\s]*)\s*=|<script(?![^>]*\ssrc=)[^>]*>|<style", re.IGNORECASE)
POLICY = "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'"


class Browser(FlaskClient):
    """Asks as a browser would, and parses every page it gets by the strict rules of HTML."""

    def __init__(self, app: Flask, tenant: TenantRef | None) -> None:
        """Open it at a city's host, or at the platform's own."""
        super().__init__(app, app.response_class, use_cookies=True)
        self.host = f"{tenant.code}.localhost" if tenant else "localhost"

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # noqa: ANN401 - the base class's types
        """Ask for a page and look at what comes."""
        if not args or isinstance(args[0], str):
            kwargs.setdefault("base_url", f"http://{self.host}/")
        response = super().open(*args, **kwargs)
        inspect(response)
        return response

    def submit(
        self, page: str, fields: dict[str, Any], action: str | None = None, headers: dict[str, str] | None = None
    ) -> TestResponse:
        """Load a page, fill in its form and send it; hidden fields go along as they were drawn.

        Args:
            page: The address of the page with the form.
            fields: What is filled in, by field name.
            action: Where the form goes, when that is not the page itself.
            headers: Sent with the form.
        """
        drawn = self.get(page).get_data(as_text=True)
        return self.post(action or page, data=hidden_fields(drawn) | fields, headers=headers)

    def sign_in(self, username: str, password: str) -> None:
        """Come in by the front door."""
        response = self.submit("/sign-in", {"username": username, "password": password})
        assert response.status_code == 303, response.get_data(as_text=True)


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden fields of a page by name; of several of one name, the last."""
    inputs = (dict(ATTRIBUTE.findall(found)) for found in HIDDEN.findall(page))
    return {field["name"]: unescape(field.get("value", "")) for field in inputs if "name" in field}


def inspect(response: TestResponse) -> None:
    """Refuse a page that breaks the rules of HTML or needs something our security policy forbids."""
    if response.mimetype != "text/html" or response.status_code in range(300, 400) or not response.data:
        return
    page = response.get_data(as_text=True)
    parser = html5lib.HTMLParser(strict=True)
    if page.lstrip().lower().startswith("<!doctype"):
        parser.parse(page)
    else:
        parser.parseFragment(page)
    assert INLINE.search(page) is None, INLINE.search(page)
    assert response.headers["Content-Security-Policy"] == POLICY
