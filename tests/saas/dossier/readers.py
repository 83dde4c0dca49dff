"""Other hands that read a PDF: qpdf, and Apache Preflight with a twin that claims the older archival standard."""

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pikepdf

JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "jaxb-api", "bcprov", "bcpkix", "bcmail", "commons-logging")
FONT = re.compile(r"[A-Z]{6}\+[^:]+: ")
VALIDATOR = "org.apache.pdfbox.preflight.Validator_A1b"


def qpdf(path: Path) -> str:
    """What qpdf says of the structure of a file, errors and warnings included."""
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    return f"{done.returncode} {done.stdout}{done.stderr}"


def twin(path: Path, out: Path) -> Path:
    """The same pages as PDF/A-1b, which knows no enclosed files, no packed objects and no newer version."""
    with pikepdf.open(path) as pdf:
        del pdf.Root["/Names"]
        del pdf.Root["/AF"]
        told = pdf.Root.Metadata.read_bytes()
        assert b"<pdfaid:part>3" in told
        pdf.Root.Metadata.write(told.replace(b"<pdfaid:part>3", b"<pdfaid:part>1"))
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, force_version="1.4", deterministic_id=True)
    return out


def preflight(path: Path) -> Sequence[str]:
    """What Preflight found, each kind once, without the fonts and pages it was found in."""
    classes = ":".join(f"/usr/share/java/{name}.jar" for name in JARS)
    command = ["java", "-Xmx700m", "-cp", classes, VALIDATOR, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = (line.strip() for line in done.stdout.splitlines())
    return sorted({FONT.sub("", line) for line in lines if line[:1].isdigit()})
