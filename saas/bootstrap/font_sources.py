"""Font files that only the machine's distribution has: taken out of their package without installing it."""

import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from saas.bootstrap.project import VAR, StepError, run

DOWNLOADS = VAR / "downloads"


@dataclass(frozen=True)
class PackagedFont:
    """One font file in one package of Debian or Ubuntu."""

    package: str
    file: str
    installed: Path


KAI = PackagedFont(
    "fonts-lxgw-wenkai",
    "LXGWWenKai-Regular.ttf",
    Path("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"),
)
FANG = PackagedFont(
    "texlive-lang-chinese",
    "FandolFang-Regular.otf",
    Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"),
)


def fetch(font: PackagedFont) -> Path | None:
    """The font's file, or None when it cannot be had on this machine."""
    if font.installed.exists():
        return font.installed
    kept = DOWNLOADS / font.file
    if kept.exists():
        return kept
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return None
    try:
        return _take(font, kept)
    except (StepError, tarfile.TarError):
        return None


def _take(font: PackagedFont, kept: Path) -> Path | None:
    DOWNLOADS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=DOWNLOADS) as name:
        folder = Path(name)
        _download(font.package, folder)
        for package in folder.glob("*.deb"):
            data = _extract(package, font.file)
            if data is not None:
                (folder / font.file).write_bytes(data)
                return (folder / font.file).replace(kept)
    return None


def _download(package: str, folder: Path) -> None:
    command = ["apt-get", "download", "-o", "APT::Sandbox::User=root", package]
    try:
        run(command, f"The package {package} could not be downloaded.", cwd=folder)
    except StepError:
        run(["apt-get", "update"], "The machine's list of packages could not be brought up to date.")
        run(command, f"The package {package} could not be downloaded.", cwd=folder)


def _extract(package: Path, file: str) -> bytes | None:
    """One file's content out of a package."""
    command = ["dpkg-deb", "--fsys-tarfile", str(package)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE) as unpacking,
        tarfile.open(fileobj=unpacking.stdout, mode="r|") as archive,
    ):
        for member in archive:
            opened = archive.extractfile(member) if Path(member.name).name == file else None
            if opened is not None:
                content = opened.read()
                unpacking.kill()
                return content
    return None
