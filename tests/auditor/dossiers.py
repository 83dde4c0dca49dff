"""A dossier made by the real job, and sending files as a browser does."""

import io
from dataclasses import dataclass
from uuid import uuid4

from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from saas.identity import queries, services
from saas.identity.actor import SYSTEM
from saas.identity.permissions import READING, KernelPermission
from tests.browsers import Browser, hidden_fields

PDF = "application/pdf"
AUDITOR = "liujg"


@dataclass(frozen=True)
class Made:
    """A finished export."""

    number: str
    address: str
    data: bytes
    digest: str


def ask(browser: Browser, number: str) -> str:
    """Ask for the dossier of a case: the address of the export."""
    hidden = hidden_fields(browser.get(f"/audit/cases/{number}").text)
    answer = browser.post(f"/dossiers/cases/{number}", data=hidden)
    assert answer.status_code == 303, answer.text
    return answer.location


def send(browser: Browser, page: str, data: bytes) -> TestResponse:
    """Fill in the form for verification."""
    fields = hidden_fields(browser.get(page).text)
    boundary, body = encode_multipart(fields | {"file": FileStorage(io.BytesIO(data), "file.pdf", "file", PDF)})
    return browser.post(page, data=body, content_type=f'multipart/form-data; boundary="{boundary}"')


def limited_auditor(password: str) -> str:
    """The username of a new auditor where ours is, whose role lacks the whole dossiers."""
    model, name = queries.find_user(AUDITOR), uuid4().hex[:10]
    assert model is not None
    units = [grant.unit.code for grant in model.grants if grant.role_code == "auditor"]
    services.define_role(name, "查阅审计", sorted(READING - {KernelPermission.DOSSIER_WHOLE}), clearance=2)
    new = services.NewUser(f"w{name}", "仅阅脱敏", password, [(name, unit) for unit in units])
    return services.create_user(new, by=SYSTEM).username
