"""The press: what would hang, eat the machine or look outside is refused, and the next print goes on."""

import base64
import io
import os
import signal
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest

from saas.documents import press_pool, render
from saas.documents.fonts import DocumentProblem
from saas.documents.pages import count_pages
from saas.documents.press_limits import Limits
from saas.embedded import ROOT
from tests.printing import FONTS, printing, sheet

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><g id="a"/><use href="#a"/></svg>'
PRINT = """
import hashlib, sys
from tests.printing import printing, sheet
from saas.documents import render
with printing():
    pages = [render.pdf(sheet(text), "letter") for text in ("人民调解", "王䶮 2024")]
    sys.stdout.write(hashlib.sha256(b"".join(pages)).hexdigest() + "\\n")
"""
WAITING = "import time; sys.stdout.write(str(press_pool.pool(FONTS)._places.get().pid) + '\\n'); sys.stdout.flush()"


@pytest.fixture(autouse=True)
def _printing() -> Iterator[None]:
    with printing():
        yield


def picture(kind: str, data: bytes) -> str:
    return f'<img src="data:{kind};base64,{base64.b64encode(data).decode()}">'


def png(width: int, height: int) -> bytes:
    """A picture of black points, eight to the byte."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width // 8 + 2) * height), 1)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def flexes(depth: int) -> str:
    return '<div style="display:flex">' * depth + "深" + "</div>" * depth


def press() -> int:
    """The process that prints for this one."""
    assert render.pdf(sheet("好"), "table")
    (found,) = press_pool.pool(FONTS)._started
    return found.pid


def is_running(pid: int) -> bool:
    with suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.mark.parametrize(
    "body",
    [
        '<img src="file:///etc/passwd">',
        '<img src="http://127.0.0.1:1/a.png">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        "<style>@import 'http://127.0.0.1:1/a.css'</style>",
        "<style>@font-face{font-family:x;src:url(file:///etc/passwd)}</style><p style='font-family:x'>字</p>",
        "<style>body{background:url(ftp://127.0.0.1/a.png)}</style>",
    ],
)
def test_whatever_lies_outside_is_refused(body: str) -> None:
    with pytest.raises(DocumentProblem, match="外部内容"):
        render.pdf(sheet(body), "table")


@pytest.mark.parametrize(
    "body",
    [
        picture("image/svg+xml", SVG.encode()),
        picture("image/png", SVG.encode()),
        picture("image/gif", b"GIF89a"),
        '<link rel="attachment" href="data:text/plain;base64,YQ==">',
        "<style>@import 'data:text/css;base64,YQ=='</style>",
    ],
)
def test_only_pictures_of_points_are_taken_from_the_markup(body: str) -> None:
    with pytest.raises(DocumentProblem, match="只能是 PNG 或 JPEG"):
        render.pdf(sheet(body), "table")


def test_a_picture_in_the_markup_is_printed() -> None:
    with pikepdf.open(io.BytesIO(render.pdf(sheet(picture("image/png", png(30, 30))), "table"))) as pdf:
        assert [int(each.Width) for each in pdf.pages[0].get_images().values()] == [30]


@pytest.mark.parametrize("size", [(12_000, 12_000), (30_000, 30_000)])
def test_a_picture_that_would_fill_the_memory_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(DocumentProblem, match="图片太大"):
        render.pdf(sheet(picture("image/png", png(*size))), "table")


def test_a_text_that_is_never_done_is_stopped_and_the_print_of_another_goes_through() -> None:
    with ThreadPoolExecutor(2) as threads:
        endless = threads.submit(_in_context, flexes(18), Limits(seconds=2))
        time.sleep(0.2)
        other = threads.submit(_in_context, "好", Limits())
        assert "太复杂" in str(endless.exception())
        assert count_pages(other.result()) == 1


def _in_context(body: str, limits: Limits) -> bytes:
    with printing():
        return render.pdf(sheet(body), "table", limits=limits)


def test_one_that_waits_instead_of_working_is_stopped_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    pid = press()
    os.kill(pid, signal.SIGSTOP)
    monkeypatch.setattr(press_pool, "START_SECONDS", 0)
    with pytest.raises(DocumentProblem, match="太复杂"):
        render.pdf(sheet("好"), "table", limits=Limits(seconds=1))
    monkeypatch.undo()
    assert press() != pid


def test_a_table_without_end_is_refused_before_it_is_laid_out() -> None:
    begun = time.monotonic()
    with pytest.raises(DocumentProblem, match="5000 行"):
        render.pdf(sheet(f"<table>{'<tr><td>行</td></tr>' * 5000}</table>"), "table")
    assert time.monotonic() - begun < 1


def test_a_nest_too_deep_is_refused_by_a_press_that_lives_on() -> None:
    pid = press()
    with pytest.raises(DocumentProblem, match="太深"):
        render.pdf(sheet("<div>" * 3000 + "深" + "</div>" * 3000), "table")
    assert press() == pid


def test_a_table_of_a_thousand_million_columns_does_not_take_the_memory_of_the_machine() -> None:
    with pytest.raises(DocumentProblem, match="内存太多"):
        render.pdf(sheet('<table><tr><td colspan="1000000000">宽</td></tr></table>'), "table")
    assert press()


def test_more_pages_than_anyone_prints_are_refused() -> None:
    with pytest.raises(DocumentProblem, match="3 页，超过 2 页"):
        render.pdf(sheet('<p style="break-after:page">页</p>' * 3), "table", limits=Limits(pages=2))


def test_a_press_that_died_is_replaced() -> None:
    pid = press()
    os.kill(pid, signal.SIGKILL)
    while is_running(pid):
        time.sleep(0.01)
    assert press() != pid


def test_a_press_is_replaced_after_many_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    pid = press()
    monkeypatch.setattr(press_pool, "PRINTS", 1)
    render.pdf(sheet("好"), "table")
    monkeypatch.undo()
    assert press() != pid
    assert not is_running(pid)


def test_a_press_knows_nothing_of_the_application(monkeypatch: pytest.MonkeyPatch) -> None:
    pid = press()
    told = Path(f"/proc/{pid}/environ").read_text().split("\0")
    assert {line.partition("=")[0] for line in told if line} <= {
        "FONTCONFIG_FILE", "LANG", "PYTHONHASHSEED", "LC_CTYPE", *press_pool.KEPT,
    }  # fmt: skip
    opened = {str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir()}
    assert not [name for name in opened if name.startswith("socket:")]


@pytest.mark.parametrize(
    "act",
    [
        "import socket; socket.create_connection(('127.0.0.1', 1))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
    ],
)
def test_a_press_reaches_no_network_and_starts_no_program(act: str) -> None:
    program = f"import sys; from saas.documents.press import forbid; sys.addaudithook(forbid); {act}"
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False)
    assert b"PermissionError" in ended.stderr


def test_prints_of_many_threads_are_the_same_as_of_one() -> None:
    bodies = [f"第{number}份" for number in range(6)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda body: _in_context(body, Limits()), bodies))
    assert found == [render.pdf(sheet(body), "table") for body in bodies]


def test_every_process_prints_the_same_bytes() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", PRINT],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "FENGQIAO_FONTS_DIR": str(FONTS)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_a_press_ends_with_the_process_it_prints_for() -> None:
    program = (
        f"{PRINT}\nfrom saas.documents import press_pool\nfrom tests.printing import FONTS\n{WAITING}\ntime.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        owner.stdout.readline()
        pid = int(owner.stdout.readline())
        assert is_running(pid)
        owner.kill()
    patience = time.monotonic() + 5
    while is_running(pid) and time.monotonic() < patience:
        time.sleep(0.02)
    assert not is_running(pid)
