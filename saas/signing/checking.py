"""Whether the signature of a PDF holds, whose it is, and whether anything was added behind it; nothing is fetched."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Literal

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from saas import clock
from saas.signing import certificates
from saas.signing.apart import apart
from saas.signing.certificates import Certificate

MARK = b"/ByteRange"
MOST_SIGNATURES = 8

State = Literal["none", "valid", "appended", "broken"]

# A file from outside makes the library complain about every oddity; the verdict says what matters.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Checked:
    """What was found of a signature.

    Attributes:
        state: ``none`` (there is none), ``valid`` (what it covers is as it was signed, and that is all of the file),
            ``appended`` (as it was signed, but more was added behind), ``broken`` (not as it was signed).
        certificate: The signer's, as the file brings it; None where it cannot be read.
        signed_at: When, as the signer says.
        stamped_at: When, as a time stamp says that holds and whose certificate is trusted.
        trusted: Whether the certificate leads to one that is known; None where none is known.
    """

    state: State
    certificate: Certificate | None = None
    signed_at: datetime | None = None
    stamped_at: datetime | None = None
    trusted: bool | None = None


NONE, BROKEN = Checked("none"), Checked("broken")


def check(source: BinaryIO, trust: Sequence[str] | None = None) -> Checked:
    """Judge the first signature of a file.

    Args:
        source: The file.
        trust: Certificates that are known, PEM: of cities, of authorities, of servers of time stamps; None where
            nobody could say which.
    """
    try:
        found = _signatures(source)
    except Exception:  # noqa: BLE001 - a file from outside may break the reader anywhere
        return BROKEN if _mentions(source) else NONE
    if not found:
        return BROKEN if _mentions(source) else NONE
    if len(found) > 1:
        # We sign once and forbid all changes: whatever comes later is an addition.
        return _appended(_judge(found[0], trust))
    return _judge(found[0], trust)


def _signatures(source: BinaryIO) -> list[EmbeddedPdfSignature]:
    source.seek(0)
    found = PdfFileReader(source, strict=False).embedded_signatures
    return list(found)[:MOST_SIGNATURES]


def _judge(signature: EmbeddedPdfSignature, trust: Sequence[str] | None) -> Checked:
    try:
        signed_at = signature.self_reported_timestamp
        status: PdfSignatureStatus = apart(lambda: asyncio.run(_status(signature, trust, signed_at)))
    except Exception:  # noqa: BLE001 - as above; whatever cannot be judged does not hold
        return BROKEN
    certificate = certificates.read(_pem(signature.signer_cert))
    stamp: Any = status.timestamp_validity
    stamped = stamp.timestamp if stamp is not None and stamp.intact and stamp.valid and stamp.trusted else None
    return Checked(_state(status), certificate, signed_at, stamped, None if trust is None else bool(status.trusted))


async def _status(
    signature: EmbeddedPdfSignature, trust: Sequence[str] | None, signed_at: datetime | None
) -> PdfSignatureStatus:
    roots = [root for text in trust or () for root in _parsed(text)]
    # The certificate has to be good at the time of the signature: a file stays what it is when a certificate ends.
    context = ValidationContext(trust_roots=roots, moment=signed_at or clock.now(), allow_fetching=False)
    stamps = ValidationContext(trust_roots=roots, moment=clock.now(), allow_fetching=False)
    return await async_validate_pdf_signature(signature, context, stamps, skip_diff=True)


def _state(status: PdfSignatureStatus) -> State:
    if not (status.intact and status.valid):
        return "broken"
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if not whole and status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return "broken"
    return "valid" if whole else "appended"


def _appended(found: Checked) -> Checked:
    if found.state != "valid":
        return found
    return Checked("appended", found.certificate, found.signed_at, found.stamped_at, found.trusted)


def _mentions(source: BinaryIO) -> bool:
    source.seek(0)
    return MARK in source.read()


def _parsed(text: str) -> list[x509.Certificate]:
    return [x509.Certificate.load(der) for _, _, der in pem.unarmor(text.encode(), multiple=True)]


def _pem(certificate: x509.Certificate) -> str:
    return str(pem.armor("CERTIFICATE", certificate.dump()), "ascii")
