"""Run as a program: how many megabytes of memory more it took to keep and read a file of 100 megabytes."""

import hashlib
import os
import re
import sys
from pathlib import Path

from flask import Flask

from saas.config import Config
from saas.crypto import rings
from saas.files import store
from tests.saas.files.conftest import ID, RING, paper_city

MEGABYTE = 1 << 20


def main(folder: Path) -> None:
    """Keep a file, read it, and print the growth."""
    source = folder / "source"
    with source.open("wb") as stream:
        for _ in range(100):
            stream.write(os.urandom(MEGABYTE))
    bare = Flask("bare")
    bare.extensions["fengqiao.config"] = Config("postgresql://", "k" * 32, "d" * 32, folder / "store")
    with bare.app_context(), rings.lend(RING):
        store.put(b"warm", tenant=paper_city())
        before = peak()
        key = store.put_path(source, tenant=paper_city())
        with store.open_stream(key) as opened:
            digest = hashlib.sha256()
            while piece := opened.read(MEGABYTE):
                digest.update(piece)
        assert key == store.key_of(ID, digest.hexdigest())
    print((peak() - before) >> 10)  # noqa: T201 - what the program is for.


def peak() -> int:
    """The most memory this process has had so far, in kilobytes."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
