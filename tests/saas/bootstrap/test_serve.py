"""Serving: addresses, a taken port, and a worker that ends with us."""

import socket
import time
from pathlib import Path

import pytest

from saas.bootstrap import serve
from saas.bootstrap.serve import Worker, addresses, is_free


def test_every_city_has_its_own_address() -> None:
    told = '[{"code": "beijing", "name": "北京市"}, {"code": "zunyi", "name": "遵义市"}]'
    assert addresses(8001, told) == [
        "http://127.0.0.1:8001",
        "http://beijing.localhost:8001  北京市",
        "http://zunyi.localhost:8001  遵义市",
    ]


def test_a_taken_port_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert is_free(port) is False
        assert serve.main(port) == 1
    assert capsys.readouterr().err.startswith(f"Port {port} is taken: ")


def test_the_worker_starts_again_when_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "BACK_OFF", (0.01,))
    lines = tmp_path / "lines"
    worker = Worker(["sh", "-c", f"echo once >> {lines}"])
    worker.start()
    deadline = time.monotonic() + 10
    while not (lines.exists() and len(lines.read_text().splitlines()) > 1) and time.monotonic() < deadline:
        time.sleep(0.01)
    worker.stop()
    assert len(lines.read_text().splitlines()) > 1


def test_the_worker_ends_when_it_is_told_to(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    worker = Worker(["sh", "-c", f"touch {begun}; exec sleep 60"])
    worker.start()
    deadline = time.monotonic() + 10
    while not begun.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    started = time.monotonic()
    worker.stop()
    assert time.monotonic() - started < serve.STOP_SECONDS
