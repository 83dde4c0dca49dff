"""Office files as PDF, where the machine has LibreOffice: it runs apart, under limits, with a profile thrown away."""

import shutil
import tempfile
from pathlib import Path
from typing import IO

from saas.files import probing
from saas.files.kinds import DOCX
from saas.files.probing import Limits, Waiting

LIMITS = Limits(seconds=90.0, computing=60, megabytes=4096)


def can_convert() -> bool:
    """Whether this machine has the program."""
    return probing.find_office() is not None


def convert(source: IO[bytes], media_type: str, into: IO[bytes], *, waiting: Waiting) -> bool:
    """Write the file as PDF; whether there is a program for it and it got through.

    Args:
        source: A DOCX or XLSX, open at its beginning.
        media_type: Which of them.
        into: Takes the PDF.
        waiting: Called every other second meanwhile.
    """
    program = probing.find_office()
    if program is None:
        return False
    with tempfile.TemporaryDirectory(prefix="office-") as folder:
        given = Path(folder, "in.docx" if media_type == DOCX else "in.xlsx")
        with given.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        probing.run(_command(program, folder, given), None, LIMITS, home=folder, waiting=waiting)
        made = given.with_suffix(".pdf")
        if not made.is_file():
            return False
        with made.open("rb") as found:
            shutil.copyfileobj(found, into)
        return True


def _command(program: str, folder: str, given: Path) -> list[str]:
    quiet = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"]
    profile = f"-env:UserInstallation=file://{folder}/profile"
    return [program, profile, *quiet, "--convert-to", "pdf", "--outdir", folder, str(given)]
