"""Other hands that read a PDF: qpdf, and Apache Preflight with a twin that claims the older archival standard."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pikepdf

JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "jaxb-api", "bcprov", "bcpkix", "bcmail", "commons-logging")
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
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
            about["pdfaid:part"] = "1"
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, force_version="1.4", deterministic_id=True)
    return out


def preflight(path: Path) -> Sequence[str]:
    """What Preflight found, each kind once, without places."""
    classes = ":".join(f"/usr/share/java/{name}.jar" for name in JARS)
    command = ["java", "-Xmx700m", "-cp", classes, VALIDATOR, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = (line.strip() for line in done.stdout.splitlines())
    return sorted({line.split(" on page")[0].split(":")[0] for line in lines if line[:1].isdigit()})
