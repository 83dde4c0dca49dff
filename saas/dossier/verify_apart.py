"""Looking at a file from strangers in a process of its own, under limits, so that it can take nothing else along."""

import json
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from saas import clock
from saas.dossier import verify_file
from saas.dossier.verify_file import Seen
from saas.errors import InvalidInputError
from saas.files import probing
from saas.files.probing import Limits
from saas.signing import certificates
from saas.signing.checking import Checked

LIMITS = Limits(seconds=60.0, computing=40, megabytes=1536)
UNFINISHED = "这个文件太复杂，没有核对完。它不像是系统导出的原件；确认没有拿错的，请填写它的校验码查询登记。"


def look(file: BinaryIO, trust: Sequence[str] | None) -> Seen:
    """As :func:`saas.dossier.verify_file.look`, but bounded in time and memory.

    Raises:
        InvalidInputError: The bounds were not enough; said at ``file``.
    """
    with tempfile.TemporaryDirectory(prefix="verify-") as folder:
        known, copy = Path(folder, "trust.json"), Path(folder, "file")
        known.write_text(json.dumps(trust if trust is None else list(trust)), "utf-8")
        file.seek(0)
        with copy.open("w+b") as source:
            shutil.copyfileobj(file, source)
            source.seek(0)
            ended = probing.run_own(__name__, source, LIMITS, str(known), clock.now().isoformat())
    if ended.code != 0:
        raise InvalidInputError({"file": UNFINISHED})
    return _seen(json.loads(ended.output))


def main(known: str, moment: str) -> None:
    """Look at the file that is the standard input, and write what was seen."""
    with clock.business_time(datetime.fromisoformat(moment)):
        seen = verify_file.look(sys.stdin.buffer, json.loads(Path(known).read_bytes()))
    json.dump(_told(seen), sys.stdout)


def _told(seen: Seen) -> dict[str, Any]:
    found = seen.signature
    signature = {
        "state": found.state,
        "certificate": found.certificate and found.certificate.pem,
        "signed_at": found.signed_at and found.signed_at.isoformat(),
        "stamped_at": found.stamped_at and found.stamped_at.isoformat(),
        "trusted": found.trusted,
    }
    return {"number": seen.number, "pages": seen.pages, "problems": seen.problems, "signature": signature}


def _seen(told: Mapping[str, Any]) -> Seen:
    found = told["signature"]
    pem, signed, stamped = found["certificate"], found["signed_at"], found["stamped_at"]
    signature = Checked(
        found["state"],
        certificates.read(pem) if pem else None,
        datetime.fromisoformat(signed) if signed else None,
        datetime.fromisoformat(stamped) if stamped else None,
        found["trusted"],
    )
    return Seen(told["number"], told["pages"], tuple(told["problems"]), signature)


if __name__ == "__main__":
    main(*sys.argv[1:])
