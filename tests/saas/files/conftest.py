"""What tests of files need besides."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from saas.config import Config
from saas.crypto import rings
from saas.crypto.rings import Key, Ring
from saas.crypto.suites import SM4
from saas.db.session import TenantRef

ID = UUID("00000000-0000-7000-8000-000000000001")
RING = Ring(ID, {0: Key(SM4, bytes(32)), 1: Key(SM4, bytes(range(16)))}, 0.0)


@pytest.fixture
def city() -> TenantRef:
    """A city that exists only on paper."""
    return paper_city()


def paper_city() -> TenantRef:
    """What is known of it."""
    known = {"id": ID, "code": "a", "name": "甲市", "division": "11", "schema": "t_a", "state": "active", "demo": True}
    others = {name: "main" for name in TenantRef.__dataclass_fields__ if name not in known}
    return TenantRef(**known, **others)  # type: ignore[arg-type]


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Path]:
    """An application that knows only where files are kept."""
    bare = Flask("bare")
    bare.extensions["fengqiao.config"] = Config("postgresql://", "k" * 32, "d" * 32, tmp_path)
    with bare.app_context(), rings.lend(RING):
        yield tmp_path
