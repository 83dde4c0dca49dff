"""Signs a PDF: PAdES B-B, certifying that nothing may be changed; added behind the bytes, which stay as they are."""

import hashlib
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter

from saas import clock
from saas.signing import signer, stamping
from saas.signing.apart import apart
from saas.signing.certificates import Certificate
from saas.signing.signer import Signer

FIELD = "Signature1"
END = b"%%EOF"
LINES = (b"\r\n", b"\n", b"\r")
MOST_ENDS = 16  # revisions of a file that are looked at


def sign(path_in: Path, path_out: Path, *, reason: str, place: str | None = None) -> Certificate | None:
    """Sign a file for the city of this session; a city that has no key gets the same bytes, unsigned.

    Args:
        path_in: The file; its bytes are the beginning of what is written.
        path_out: What is written.
        reason: Why it is signed, as readers of PDFs show it.
        place: Where, likewise.

    Returns:
        The certificate it was signed with, None where nobody signs for the city.

    Raises:
        OutboundError: The server of time stamps, where one is set, gave none; try again later.
    """
    by = signer.current()
    if by is None:
        shutil.copyfile(path_in, path_out)
        return None
    with path_in.open("rb") as source, path_out.open("w+b") as target:
        _write(by, source, target, reason, place)
    return by.certificate


def sign_bytes(data: bytes, *, reason: str, place: str | None = None) -> bytes:
    """As :func:`sign`, for what is small enough to lie in memory."""
    by = signer.current()
    if by is None:
        return data
    target = io.BytesIO()
    _write(by, io.BytesIO(data), target, reason, place)
    return target.getvalue()


def content_of(data: bytes, content_digest: str | None) -> bytes:
    """The bytes of a file before it was signed: the beginning that has the digest; all of them where none has it."""
    for end, digest in digests(io.BytesIO(data)):
        if digest == content_digest:
            return data[:end]
    return data


def digests(source: BinaryIO) -> Iterator[tuple[int, str]]:
    """Where every revision of a PDF ends, and the SHA-256 of the file up to there; the whole file last.

    Of a file with very many revisions only the first ones and the whole.
    """
    whole = hashlib.sha256()
    source.seek(0)
    data = source.read()
    start = 0
    for end in _ends(data):
        whole.update(memoryview(data)[start:end])
        yield end, whole.hexdigest()
        start = end
    if start < len(data) or not data:
        whole.update(memoryview(data)[start:])
        yield len(data), whole.hexdigest()


def _ends(data: bytes) -> Iterator[int]:
    found = data.find(END)
    for _ in range(MOST_ENDS):
        if found < 0:
            return
        end = found + len(END)
        end += next((len(line) for line in LINES if data.startswith(line, end)), 0)
        yield end
        found = data.find(END, end)


def _write(by: Signer, source: BinaryIO, target: BinaryIO, reason: str, place: str | None) -> None:
    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=by.digest,
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        location=place,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    writer = IncrementalPdfFileWriter(source, strict=False)
    made = _Dated(about, by.for_pdf(), timestamper=stamping.stamper(), new_field_spec=SigFieldSpec(FIELD))
    apart(lambda: made.sign_pdf(writer, output=target))


class _Dated(signers.PdfSigner):
    """Signs at the product's time and no other."""

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002 - as the library has it
        """The session the library begins, with our clock's moment."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = clock.local(clock.now())
        return session
