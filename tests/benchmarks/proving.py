"""What it costs to verify a dossier with everything there is, beside hashing its bytes."""

import hashlib
from pathlib import Path
from typing import Any

from saas.dossier import keeping, queries
from saas.dossier.verify import verify
from saas.signing.queries import list_certificates
from tenants import context
from tests.benchmarks.city import Bench
from tests.benchmarks.measures import Row, seconds


def measure(bench: Bench, number: str, folder: Path, turns: int) -> Row:
    """Verify the newest dossier of a case: signature, every page, register; turn by turn with hashing it.

    Args:
        bench: The city.
        number: The case's.
        folder: Where the file may be put.
        turns: How often each is timed.
    """
    with context.transaction(bench.app, bench.city):
        export = queries.find_newest(number)
        assert export is not None
        path = keeping.fetch(str(export.storage_key), folder / "verified.pdf")
        trust = list_certificates()
        took: list[float] = []
        least: list[float] = []
        answers: list[dict[str, Any]] = []

        def judged() -> None:
            with path.open("rb") as file:
                answers.append(verify(file, queries.find_record, trust))

        for _ in range(turns):
            took.append(seconds(judged))
            least.append(seconds(lambda: hashlib.sha256(path.read_bytes()).hexdigest()))
        equal = all(one["ok"] and one["signature"]["trusted"] and one["pages"] == export.pages for one in answers)
    kilobytes = round(path.stat().st_size / 1024)
    return Row.beside("verify_300", took, least, equal=equal, target="<= 2000 ms", kilobytes=kilobytes)
