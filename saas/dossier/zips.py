"""Writing ZIP files that come out the same wherever and whenever: what is put in has the date it is given."""

import shutil
import zipfile
from datetime import datetime
from typing import BinaryIO

from saas import clock
from saas.dossier.awake import touch

PIECE = 1 << 20  # bytes


def put(packed: zipfile.ZipFile, name: str, data: bytes, moment: datetime) -> None:
    """Put in what was made just now, packed as the whole ZIP is."""
    packed.writestr(_about(name, moment, packed.compression), data)


def copy(packed: zipfile.ZipFile, name: str, source: BinaryIO, moment: datetime) -> None:
    """Take over what is packed already, piece by piece; the transaction is kept awake from one to the next."""
    touch()
    with packed.open(_about(name, moment, zipfile.ZIP_STORED), "w", force_zip64=True) as written:
        shutil.copyfileobj(source, written, PIECE)


def _about(name: str, moment: datetime, packing: int) -> zipfile.ZipInfo:
    about = zipfile.ZipInfo(name, clock.local(moment).timetuple()[:6])
    about.compress_type = packing
    about.external_attr = 0o644 << 16
    return about
