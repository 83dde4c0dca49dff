"""A dossier made by the real job, and sending files as a browser does."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from saas.jobs import worker
from tests.browsers import Browser, hidden_fields

PDF = "application/pdf"


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


def make_all(app: Flask) -> None:
    """Do what waits in the queue; in a thread of its own, since a browser test may keep this one's event loop."""
    with ThreadPoolExecutor(1) as apart:
        apart.submit(worker.drain, app).result()
