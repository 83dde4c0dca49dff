"""An application filled in by hand, page by page, as a citizen without script would."""

import io
from typing import Any

from sqlalchemy import delete
from werkzeug.test import TestResponse

from saas.db.session import db
from saas.identity.models import RateCount
from tests.browsers import Browser, hidden_fields

APPLY = "/apply/mediation.dispute/apply"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def picture(name: str = "合同.png", data: bytes = PNG) -> tuple[io.BytesIO, str]:
    """A file as a form sends it."""
    return io.BytesIO(data), name


def pages(area: str) -> list[tuple[str, dict[str, Any]]]:
    """Every page of the application with right answers."""
    return [
        ("who", {"on_behalf": "self"}),
        ("applicant", {"applicant_kind": "natural", "applicant_name": "张小满", "applicant_id_number": id_number()}),
        ("contact", {"applicant_phone": "139 0000 5678", "applicant_address": "兴华路1号"}),
        ("respondent", {"respondent_kind": "natural", "respondent_name": "李大寒"}),
        ("matter", {"kind": "02", "area": area, "facts": "两家因为院墙滴水的事争吵了好几次，没有结果。"}),
        ("wish", {"requests": "请对方改装滴水管。"}),
        ("evidence", {"evidence_files": picture()}),
        ("promise", {"voluntary": "true"}),
    ]


def id_number(body: str = "99011519900101123") -> str:
    """An ID number of nobody: its division is given to no place (GB 11643 gives the check digit)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


def forget_tries() -> None:
    """Count from nothing again: all tests ask from one address."""
    db.session.execute(delete(RateCount))


def submit(browser: Browser, page: str, fields: dict[str, Any], action: str | None = None) -> TestResponse:
    """Load a page and send its form with the shell's hidden fields, not those of the switch of text sizes."""
    drawn = hidden_fields(browser.get(page).get_data(as_text=True))
    shell = {name: value for name, value in drawn.items() if name in {"_csrf", "_key"}}
    return browser.post(action or page, data=shell | fields)


def send(browser: Browser, page: str, fields: dict[str, Any], query: str = "") -> TestResponse:
    """Load a page, fill in what is asked, press 继续."""
    address = f"{APPLY}/{page}{query}"
    shown = shown_fields(browser.get(address).get_data(as_text=True))
    return submit(browser, address, {"_shown": shown, "_do": "next", **fields})


def shown_fields(page: str) -> list[str]:
    """The ids of the fields a page was drawn with."""
    return [part.split('"', 1)[0] for part in page.split('name="_shown" value="')[1:]]


def fill_in(browser: Browser, area: str) -> None:
    """Fill in every page up to the check page."""
    for page, fields in pages(area):
        answer = send(browser, page, fields)
        assert answer.status_code == 303, page
        assert f"/{page}" not in answer.location, page


def apply(browser: Browser, area: str) -> str:
    """Send a whole application; its number."""
    fill_in(browser, area)
    return submit(browser, f"{APPLY}/check", {}).location.rsplit("/", 1)[1]
