"""The order in which everything that is missing gets installed, built, started and migrated."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from saas.bootstrap import assets, cities, database, python, system
from saas.bootstrap.project import PYTHON, VAR, run, say
from saas.bootstrap.stamps import ensure, one_at_a_time

FONTS = VAR / "fonts"
STYLES = ("Song", "BiaoSong", "Hei", "Kai", "Fang")
FONT_FILES = (*(f"App{style}{part}.ttf" for style in STYLES for part in ("", "Wide")), "fonts.conf")


def ready(*, development: bool) -> None:
    """Bring this copy of the project to where it can serve; what is there already is left alone.

    Args:
        development: Also install what tests and checks need.
    """
    built(development=development)
    database.start()
    cities.migrate()
    cities.provision()


def built(*, development: bool) -> None:
    """Install and build everything that needs no database.

    Args:
        development: Also install what tests and checks need.
    """
    system.ensure_libraries()
    python.ensure_packages(development=development)
    if development:
        system.ensure_browser()
    assets.ensure_assets()
    _ensure_fonts()


@contextlib.contextmanager
def prepared(*, development: bool) -> Iterator[None]:
    """Everything is ready inside, and PostgreSQL runs.

    Args:
        development: Also install what tests and checks need.
    """
    with one_at_a_time():
        system.ensure_libraries()
        python.ensure_packages(development=development)
    with database.running():
        with one_at_a_time():
            ready(development=development)
        yield


def _ensure_fonts() -> None:
    made_by = [Path(__file__).with_name(name) for name in ("fonts.py", "font_sources.py", "outlines.py")]
    line = "Packing the fonts of printed documents."
    ensure("fonts", line, _pack, inputs=made_by, outputs=[FONTS / name for name in FONT_FILES])


def _pack() -> None:
    say(run([PYTHON, "-m", "saas.bootstrap.fonts"], "The fonts could not be packed.").rstrip())
