"""What the tests of the other doors share: a phone of nobody's, and the messages that were written into files."""

import json
import re
from collections.abc import Callable
from itertools import count

import pytest

from saas.config import Config
from saas.db.session import TenantRef
from saas.messages.senders import FOLDER
from tests.conftest import InTenant
from tests.portal.applying import forget_tries

_numbers = count(13_900_000_000)

ReadCode = Callable[[str], str | None]


@pytest.fixture
def number(in_tenant: InTenant, beijing: TenantRef) -> str:
    """A phone that nobody has used, on a day without other tries."""
    with in_tenant(beijing):
        forget_tries()
    return str(next(_numbers))


@pytest.fixture
def read_code(config: Config, beijing: TenantRef, drain_jobs: Callable[[], None]) -> ReadCode:
    """The newest code that was sent to a phone, None if there was none."""

    def read(number: str) -> str | None:
        drain_jobs()
        folder = config.storage_dir / FOLDER / str(beijing.id)
        files = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns) if folder.exists() else []
        texts = [sent["text"] for path in files if (sent := json.loads(path.read_text("utf-8")))["to"] == number]
        return re.findall(r"\d{6}", texts[-1])[0] if texts else None

    return read
