"""What tests of dossiers need besides."""

import os
from pathlib import Path

import pytest

from saas import embedded
from saas.dossier.binding import NUMBER_FONT
from tests.saas.dossier import samples


@pytest.fixture(scope="session")
def font() -> Path:
    """The font page numbers are cut from."""
    return Path(os.environ.get("FENGQIAO_FONTS_DIR", embedded.ROOT / "var" / "fonts")) / NUMBER_FONT


@pytest.fixture(scope="session")
def dossier(font: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A bound file of twelve pages: two in front, eight numbered, two behind."""
    return samples.dossier(font, tmp_path_factory.mktemp("dossier"))
