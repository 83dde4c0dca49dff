"""Run as a program: for each bomb the seconds of computing until it is refused, and the megabytes it took.

What our own programs take counts with it.
"""

import json
import re
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from saas.errors import InvalidInputError
from saas.files import checks
from tests.saas.files import office_samples, samples

BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "pages": ("a.pdf", lambda: samples.pdf_of_many_pages(10_000)),
    "stream": ("a.pdf", lambda: samples.pdf_bomb(300)),
    "package": ("a.docx", lambda: office_samples.bomb(300, 3)),
    "one part": ("a.docx", lambda: office_samples.bomb(300)),
    "parts": ("a.docx", office_samples.many_entries),
    "lie": ("a.docx", office_samples.lying_bomb),
    "picture": ("a.png", lambda: samples.png_claiming(40_000, 40_000)),
    "entities": ("a.ofd", lambda: office_samples.packed({"OFD.xml": office_samples.ENTITIES + "<x>&b;</x>"})),
}


def main() -> None:
    """Print what was measured."""
    measured = {}
    for kind, (name, make) in BOMBS.items():
        data = make()
        Path("/proc/self/clear_refs").write_text("5")  # forget the peak that making it took
        before, started = peak(), computed()
        try:
            checks.inspect(name, data)
        except InvalidInputError:
            children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
            measured[kind] = (computed() - started, max(peak() - before, children) >> 10)
    assert measured.keys() == BOMBS.keys()
    json.dump(measured, sys.stdout)


def computed() -> float:
    """Seconds of computing so far."""
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in found)


def peak() -> int:
    """The most memory this process has had, in kilobytes."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1])


if __name__ == "__main__":
    main()
