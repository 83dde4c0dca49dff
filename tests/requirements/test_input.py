"""R47–R53, R55, R56: what comes in is checked on the server, what goes out runs nowhere."""

import ast
import io
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text as statement
from sqlalchemy.exc import DBAPIError

from saas import spreadsheet, text
from saas.db.session import TenantRef, db
from saas.embedded import ROOT
from saas.web.sizes import LARGEST_FORM, MOST_PARTS
from tests.browsers import Browser, hidden_fields
from tests.conftest import InTenant, OpenAt, SignIn
from tests.contracts.test_bad_input import BAD_FIELDS
from tests.contracts.test_every_route import address_of, rules
from tests.mediation import factory
from tests.saas.web.staff.sending import as_sent, send

OPEN = "/staff/open/mediation.dispute/apply"
CODE = ("saas", "tenants", "blueprints")
# Names of schemas, logins and functions cannot be parameters: these quote them, or write down constants.
BUILDERS = frozenset({"tenants", "saas/jobs/schema.py", "saas/bootstrap", "saas/embedded.py"})
FORBIDDEN_CALLS = frozenset({"eval", "exec", "compile", "__import__"})
FORBIDDEN_MODULES = frozenset({"pickle", "marshal", "shelve", "dill", "xml", "lxml", "telnetlib", "ftplib"})
# Office files are packages of XML: their reader may name the kinds of things that defusedxml gives it, and no parser.
PACKAGES = "saas/files/package_xml.py"
KINDS_OF_XML = {"Element", "ParseError", "SAXParseException", "ContentHandler", "AttributesImpl"}
MARKS = ("{{7*7}}", "<script>alert(1)</script>", "${7*7}", "{% raw %}", "'\"><img src=x onerror=alert(1)>")
LONG = 100_000


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Every module of ours as a tree, by its path in the project."""
    for top in CODE:
        for path in sorted((ROOT / top).rglob("*.py")):
            if "static" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("what", sorted(BAD_FIELDS))
def test_r47_every_field_is_checked_on_the_server(as_user: SignIn, what: str) -> None:
    wrong, words = BAD_FIELDS[what]

    answer = send(as_user("zhaoxh"), OPEN, as_sent(factory.application()) | wrong)

    assert answer.status_code == 422
    assert words in answer.text


@given(st.text(max_size=40))
def test_r47_readers_of_numbers_refuse_or_give_the_one_form(typed: str) -> None:
    for read in (text.normalise_phone, text.parse_uscc, text.parse_money):
        try:
            once = read(typed)
        except ValueError:
            continue
        assert once == read(str(once)) or isinstance(once, int)


def test_r48_fields_are_checked_against_one_another(as_user: SignIn) -> None:
    child = "99010120150101001"
    wrong = as_sent(factory.application()) | {
        "applicant_id_number": child + text.check_digit(child),
        "birth": "1950-01-01",
    }

    answer = send(as_user("zhaoxh"), OPEN, wrong)

    assert answer.status_code == 422


def test_r49_no_statement_is_put_together_from_text() -> None:
    built = [
        f"{path}:{call.lineno}"
        for path, tree in sources()
        if not any(path.startswith(allowed) for allowed in BUILDERS)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _name(call) in {"text", "execute", "exec_driver_sql", "literal_column"}
        if call.args and isinstance(call.args[0], (ast.JoinedStr, ast.BinOp))
    ]

    assert built == []


def test_r49_the_server_takes_one_statement_at_a_time(beijing: TenantRef, in_tenant: InTenant) -> None:
    with pytest.raises(DBAPIError, match="multiple commands"), in_tenant(beijing):
        db.session.execute(statement("SELECT 1; SELECT 2"))


@pytest.mark.parametrize("mark", MARKS)
def test_r50_what_people_type_is_shown_as_they_typed_it(as_user: SignIn, mark: str) -> None:
    director = as_user("zhaoxh")
    told = f"{mark}楼上漏水，泡坏了家里的墙面和地板。"

    opened = send(director, OPEN, as_sent(factory.application(facts=told)))
    page = director.get(opened.location).text

    assert opened.status_code == 303
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "49楼上" not in page


def test_r51_nothing_runs_what_it_reads() -> None:
    found = [f"{path}:{line} {what}" for path, tree in sources() for line, what in _dangerous(tree)]

    assert found == []


def _dangerous(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = _name(node)
            shell = any(word.arg == "shell" and not _is_false(word.value) for word in node.keywords)
            if (isinstance(node.func, ast.Name) and called in FORBIDDEN_CALLS) or shell:
                yield node.lineno, called
            if isinstance(node.func, ast.Attribute) and called in {"system", "popen", "unsafe_load", "full_load"}:
                yield node.lineno, called


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@given(
    st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))), min_size=1, max_size=4)
)
def test_r52_no_cell_is_a_formula(texts: list[str]) -> None:
    cells = [sign + text for sign in ("=", "+", "-", "@", "") for text in texts]

    book = openpyxl.load_workbook(io.BytesIO(spreadsheet.workbook("表", ["列"], [[cell] for cell in cells])))

    assert "f" not in {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row}


def test_r53_no_parser_of_ours_follows_what_a_file_names() -> None:
    imported = [
        f"{path}:{node.lineno}"
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names])
        if name.split(".")[0] in FORBIDDEN_MODULES
        if path != PACKAGES or {each.name for each in node.names} - KINDS_OF_XML
    ]

    assert imported == []


def token(browser: Browser) -> dict[str, str]:
    return {"_csrf": hidden_fields(browser.get("/progress").text)["_csrf"]}


def test_r55_a_form_brings_no_more_than_a_form_may(client: OpenAt, beijing: TenantRef) -> None:
    browser = client(beijing)
    fields = token(browser)

    assert browser.post("/progress", data=fields | {"number": "1" * (LARGEST_FORM + 1)}).status_code == 413
    many = {f"f{n}": "1" for n in range(MOST_PARTS + 1)}
    assert browser.post("/progress", data=fields | many, content_type="multipart/form-data").status_code == 413


def test_r55_a_nested_text_and_an_unknown_method_are_refused(client: OpenAt, beijing: TenantRef) -> None:
    browser = client(beijing)

    nested = browser.post(
        "/progress", data="[" * 200_000, content_type="application/json", headers={"X-CSRF-Token": "x"}
    )

    assert nested.status_code == 400
    assert browser.open("/progress", method="PROPFIND").status_code in {400, 405}
    assert browser.delete("/progress", headers={"X-CSRF-Token": token(browser)["_csrf"]}).status_code == 405


@pytest.mark.parametrize("body", ["1" * LONG, "a" * LONG, "１" * LONG, "-" * LONG, "1-" * (LONG // 2), " " * LONG])
def test_r55_no_reader_is_slow_on_what_is_long(body: str) -> None:
    for read in (text.normalise_phone, text.parse_uscc, text.parse_money):
        started = time.thread_time()
        with pytest.raises(ValueError, match=r"\S"):
            read(body)
        assert time.thread_time() - started < 0.05


def test_r56_a_fault_shows_its_number_and_nothing_else(
    app: Flask, client: OpenAt, beijing: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = f"relation {uuid4().hex} of this file"

    def fail(**_values: object) -> None:
        raise RuntimeError(secret)

    browser = client(beijing)
    public = {"portal.home", "web.sign_in", "portal.query_form"} & set(app.view_functions)
    assert public
    for endpoint in public:
        monkeypatch.setitem(app.view_functions, endpoint, _like(app, endpoint, fail))
        rule = next(rule for rule in rules(app) if rule.endpoint == endpoint and "GET" in (rule.methods or ()))
        answer = browser.get(address_of(app, rule))
        assert answer.status_code == 500
        assert secret not in answer.text
        assert "Traceback" not in answer.text
        assert str(Path(ROOT)) not in answer.text


def _like(app: Flask, endpoint: str, view: object) -> object:
    """The same permission on another view."""
    view.__dict__.update(app.view_functions[endpoint].__dict__)
    view.__dict__.pop("__wrapped__", None)
    return view
