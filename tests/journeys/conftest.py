"""A real server and a real browser: every page is refused that breaks the security policy or leaves its host."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from saas.config import Config
from saas.db.session import TenantRef
from saas.embedded import ROOT

CHROMIUM = os.environ.get("FENGQIAO_TEST_BROWSER", "/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
    "--disable-extensions", "--lang=zh-CN",
)  # fmt: skip
REFUSED = "status of 4"  # a refused form answers 4xx, which Chromium reports as an error of the network
SIZES: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "small": {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True},
    "desk": {"viewport": {"width": 1366, "height": 768}},
}
COMMON: dict[str, Any] = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}
WATCH = """document.addEventListener('securitypolicyviolation',
    (event) => console.error(`CSP ${event.effectiveDirective} ${event.blockedURI}`))"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """(rules) => axe.run(document, {runOnly: rules}).then((found) => ({
    passes: found.passes.length,
    violations: found.violations.map(
        (one) => `${one.impact} ${one.id}: ${one.nodes.map((node) => node.target.join(' '))}`),
}))"""

OpenPage = Callable[..., Page]
Axe = Callable[[Page], None]
SignIn = Callable[..., Page]


class Quiet(WSGIRequestHandler):
    """Says nothing about the requests it answers."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        pass


@pytest.fixture(scope="session")
def port(app: Flask) -> Iterator[int]:
    """Where the application is served, on a free port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """One browser for all tests; each page gets a context of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Chromium, port: int, beijing: TenantRef) -> Iterator[OpenPage]:
    """``open_page(path, size, **context)``; the test fails on anything the browser had to complain about."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def go(path: str, size: str = "phone", tenant: TenantRef = beijing, **options: Any) -> Page:  # noqa: ANN401 - whatever a context takes
        base = f"http://{tenant.code}.localhost:{port}"
        context = chromium.new_context(base_url=base, **COMMON, **SIZES[size], **options)
        contexts.append(context)
        context.add_init_script(WATCH)
        page = context.new_page()
        watch(page, base, complaints)
        page.goto(path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert not complaints, complaints


def watch(page: Page, base: str, complaints: list[str]) -> None:
    """Write down console errors, script errors, server faults and requests that leave the host."""
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" and REFUSED not in m.text else None)
    page.on("pageerror", lambda error: complaints.append(f"script {error}"))
    page.on("request", lambda r: None if r.url.startswith(base) else complaints.append(f"outside {r.url}"))
    page.on("response", lambda r: complaints.append(f"{r.status} {r.url}") if r.status >= 500 else None)


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Judge a page by the accessibility rules; put in by the debugger, so the real policy stays in force."""
    source = Path(ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")

    def judge(page: Page) -> None:
        page.evaluate(source)
        found = page.evaluate(AXE, RULES)
        assert found["passes"] > 10, "axe did not run"
        assert not found["violations"], f"{page.url}\n" + "\n".join(found["violations"])

    return judge


@pytest.fixture
def sign_in(open_page: OpenPage, config: Config, beijing: TenantRef) -> SignIn:
    """``sign_in(username, size, tenant)``: a page of its own in which somebody of the city has come in."""

    def enter(username: str, size: str = "desk", tenant: TenantRef = beijing) -> Page:
        page = open_page("/sign-in", size, tenant)
        page.locator("#username").fill(username)
        page.locator("#password").fill(config.demo_password)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/staff**")
        return page

    return enter
