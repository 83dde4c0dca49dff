"""Asking for a dossier in the browser, and reading the file back."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2
from playwright.sync_api import Page, expect

from tests.printing import squeezed


@dataclass(frozen=True)
class Dossier:
    """A bound file: its bytes, the text of each page without spaces, and what it says of itself."""

    data: bytes
    pages: list[str]
    labels: list[str]
    manifest: dict[str, Any]


def export(page: Page, number: str, drain_jobs: Callable[[], None], *, area: str = "staff") -> Dossier:
    """Ask for the whole dossier of a case on its page, let the job run, take the file away."""
    page.goto(f"/{area}/cases/{number}")
    page.get_by_role("button", name="导出卷宗", exact=True).click()
    page.wait_for_url("**/dossiers/**")
    drain_jobs()
    return download(page)


def download(page: Page) -> Dossier:
    """Take the finished file from the page of its export."""
    link = page.get_by_role("link", name="下载卷宗")
    expect(link).to_be_visible()
    with page.expect_download() as started:
        link.click()
    return read(started.value.path().read_bytes())


def read(data: bytes) -> Dossier:
    """Read a bound file back."""
    opened = pypdfium2.PdfDocument(data)
    with pikepdf.open(io.BytesIO(data)) as bound:
        manifest = json.loads(bound.attachments["case.json"].get_file().read_bytes())
        labels = [str(page.label) for page in bound.pages]
    return Dossier(data, [squeezed(page.get_textpage().get_text_range()) for page in opened], labels, manifest)
