"""What a city is to those who use it: every page an inspector can open, and every row and file."""

import re
from typing import Any

from flask import Flask
from sqlalchemy import text

from saas.config import Config
from saas.db.session import TenantRef
from saas.files import store
from tenants import connections
from tenants.data import tables
from tests.browsers import Browser

PAGES = ("/staff", "/staff/cases", "/staff/statistics")
CHANGING = re.compile(r'(name="_(?:csrf|key)" value=")[^"]*|[0-9a-f]{8}-[0-9a-f-]{27}|打印时间：[-0-9: ]+')


def pages(app: Flask, city: TenantRef, username: str = "zhaoxh") -> dict[str, str]:
    """Every page of cases, forms and attachments that somebody of the city can reach by links, as text."""
    browser = Browser(app, city)
    config: Config = app.extensions["fengqiao.config"]
    browser.sign_in(username, config.demo_password)
    seen: dict[str, str] = {}
    waiting = list(PAGES)
    while waiting:
        address = waiting.pop()
        response = browser.get(address)
        seen[address] = f"{response.status_code} " + CHANGING.sub(r"\1", response.data.decode(errors="replace"))
        found = re.findall(r'href="(/staff/cases/[^"#&]+)"', seen[address])
        waiting += [link for link in dict.fromkeys(found) if link not in seen and link not in waiting]
    return seen


def contents(app: Flask, city: TenantRef, leave: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Digest and number of rows of every table, and the digests of all files."""
    with app.app_context(), connections.admin_engine(city.server).connect() as connection:
        found = {
            table.name: _content(connection, city, table)
            for table in tables.list_tables(connection, city.schema)
            if table.name not in leave
        }
        return found | {"files": sorted(key.rsplit("/", 1)[-1] for key in store.list_keys(city.id))}


def _content(connection: Any, city: TenantRef, table: tables.Table) -> list[str]:  # noqa: ANN401 - a connection
    rows = connection.execute(text(f'SELECT t::text FROM {city.schema}."{table.name}" t ORDER BY 1'))  # noqa: S608
    return [str(row[0]) for row in rows]
