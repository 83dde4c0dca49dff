"""Other programs end in time, have no more memory than allowed, and are told nothing of our environment."""

import io
import os
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from saas.files import probing
from saas.files.probing import Limits
from tests.saas.files import samples

SHORT = Limits(seconds=1.0, computing=5, megabytes=512)


def opened(data: bytes) -> io.BufferedRandom:
    """A file on disk with these bytes, at its beginning."""
    made = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the test lets it go.
    made.write(data)
    made.seek(0)
    return made


def test_a_program_that_does_not_end_is_ended_with_what_it_started() -> None:
    started = time.monotonic()

    ended = probing.run(["/bin/sh", "-c", "echo begun; sleep 60 & sleep 60"], None, SHORT)

    assert (ended.code, ended.output) == (None, b"begun\n")
    assert time.monotonic() - started < 10


def test_who_waits_for_a_program_may_do_something_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "PAUSE", 0.1)
    called: list[None] = []

    probing.run(["/bin/sleep", "0.5"], None, SHORT, waiting=lambda: called.append(None))

    assert called


def test_a_program_ends_when_who_waits_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "PAUSE", 0.1)
    started = time.monotonic()

    with pytest.raises(ZeroDivisionError):
        probing.run(["/bin/sleep", "60"], None, Limits(60.0, 5, 512), waiting=lambda: 1 // 0)

    assert time.monotonic() - started < 10


def test_a_program_has_the_memory_it_is_allowed() -> None:
    hungry = [sys.executable, "-I", "-c", "len(bytearray(600 << 20))"]

    assert probing.run(hungry, None, SHORT).code == 1


def test_a_program_writes_no_file_larger_than_it_may(tmp_path: Path) -> None:
    made = tmp_path / "large"

    probing.run(["/bin/sh", "-c", f'head -c {probing.LARGEST_FILE + 1} /dev/zero > "{made}"'], None, SHORT)

    assert made.stat().st_size == probing.LARGEST_FILE


def test_a_program_knows_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FENGQIAO_MASTER_KEY", "secret")

    told = probing.run(["/usr/bin/env"], None, SHORT).output

    assert b"PATH=" in told
    assert b"FENGQIAO" not in told


def test_every_page_is_drawn() -> None:
    with opened(samples.pdf(3)) as source:
        assert probing.probe(source, 3) == 3


@pytest.mark.parametrize("data", [samples.pdf(), samples.jpeg((900, 300), turned=True), samples.png((900, 300))])
def test_a_picture_of_the_first_page_is_small(data: bytes) -> None:
    with opened(data) as source:
        drawn = probing.picture(source, 400)

    assert drawn is not None
    with Image.open(io.BytesIO(drawn)) as small:
        assert (small.format, max(small.size)) == ("PNG", 400)


def test_what_cannot_be_drawn_has_no_picture() -> None:
    with opened(b"nothing") as source:
        assert probing.picture(source, 400) is None


def test_the_drawing_program_is_the_library_the_platform_has() -> None:
    told = probing.run([sys.executable, "-I", "-c", "import pypdfium2; print(pypdfium2.__file__)"], None, SHORT).output

    assert os.fsdecode(told).strip() == pypdfium2.__file__
