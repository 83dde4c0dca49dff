"""A signature stands behind the bytes it signs, holds in other readers, and breaks with any byte."""

import io
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from flask import Flask

from saas import clock
from saas.signing import certificates, checking, pdf
from saas.signing.signer import OwnKey
from tests.saas.files import samples
from tests.saas.signing import keys

PLAIN = samples.pdf(3)
NOW = datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)


@pytest.fixture(scope="module", params=["ec", "rsa"])
def key(app: Flask, request: pytest.FixtureRequest) -> OwnKey:
    """A key of each kind."""
    with app.app_context(), clock.business_time(NOW):
        return keys.own_key(kind=request.param)


@pytest.fixture(scope="module")
def signed(app: Flask, key: OwnKey) -> bytes:
    """A file signed with it."""
    with keys.signing_with(app, key), clock.business_time(NOW):
        return pdf.sign_bytes(PLAIN, reason="卷宗封存", place="测试市")


def judged(data: bytes, *trust: OwnKey) -> checking.Checked:
    return checking.check(io.BytesIO(data), [one.certificate.pem for one in trust])


def test_the_signed_bytes_are_the_beginning_of_the_file(signed: bytes) -> None:
    assert signed.startswith(PLAIN)
    assert pdf.content_of(signed, list(pdf.digests(io.BytesIO(PLAIN)))[-1][1]) == PLAIN


def test_a_signature_says_who_and_when_by_the_product_s_clock(signed: bytes, key: OwnKey) -> None:
    found = judged(signed, key)

    assert (found.state, found.trusted, found.signed_at) == ("valid", True, NOW)
    assert found.certificate is not None
    assert found.certificate.fingerprint == key.certificate.fingerprint
    assert found.certificate.is_test


def test_nothing_may_be_changed_after_it(signed: bytes) -> None:
    with pikepdf.open(io.BytesIO(signed)) as opened:
        certified = opened.Root.Perms.DocMDP
        assert certified.Reference[0].TransformParams.P == 1
        assert certified.SubFilter == "/ETSI.CAdES.detached"


def test_a_reader_of_others_finds_it_valid(signed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed)
    reader = shutil.which("pdfsig")
    assert reader is not None, "poppler-utils: see saas/bootstrap/system.py"

    told = subprocess.run([reader, str(path)], capture_output=True, text=True, check=False).stdout

    assert "Signature is Valid" in told
    assert "Total document signed" in told


@pytest.mark.parametrize("place", [0.2, 0.6])
def test_one_byte_breaks_it(signed: bytes, key: OwnKey, place: float) -> None:
    at = int(len(PLAIN) * place)
    changed = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]

    assert judged(changed, key).state == "broken"


def test_a_byte_of_the_signature_itself_breaks_it(signed: bytes, key: OwnKey) -> None:
    assert judged(keys.spoilt(signed, len(PLAIN)), key).state == "broken"


@pytest.mark.parametrize("tail", [b"\n", b"%%EOF\n"])
def test_what_is_added_behind_is_noticed(signed: bytes, key: OwnKey, tail: bytes) -> None:
    assert judged(signed + tail, key).state in {"appended", "broken"}


def test_a_certificate_nobody_knows_is_not_trusted(app: Flask, signed: bytes) -> None:
    assert judged(signed, keys.strange_key()).trusted is False
    assert checking.check(io.BytesIO(signed)).trusted is None


def test_a_signature_outlives_its_certificate(signed: bytes, key: OwnKey) -> None:
    with clock.business_time(datetime(2036, 1, 1, tzinfo=UTC)):
        assert judged(signed, key).trusted


def test_without_a_key_the_bytes_stay_as_they_are(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "plain.pdf"
    path.write_bytes(PLAIN)
    with keys.signing_with(app, None):
        assert pdf.sign(path, tmp_path / "out.pdf", reason="x") is None
        assert pdf.sign_bytes(PLAIN, reason="x") == PLAIN

    assert (tmp_path / "out.pdf").read_bytes() == PLAIN
    assert checking.check(io.BytesIO(PLAIN)).state == "none"


def test_with_a_certificate_out_of_time_nothing_is_signed(app: Flask, key: OwnKey) -> None:
    with keys.signing_with(app, key), clock.business_time(datetime(2036, 1, 1, tzinfo=UTC)):
        assert pdf.sign_bytes(PLAIN, reason="x") == PLAIN


def test_a_file_on_disk_is_signed_as_bytes_are(app: Flask, key: OwnKey, tmp_path: Path) -> None:
    path, out = tmp_path / "plain.pdf", tmp_path / "out.pdf"
    path.write_bytes(PLAIN)
    with keys.signing_with(app, key), clock.business_time(NOW):
        by = pdf.sign(path, out, reason="卷宗封存")

    assert by == key.certificate
    assert judged(out.read_bytes(), key).state == "valid"


def test_a_file_is_looked_at_revision_by_revision(signed: bytes) -> None:
    ends = [end for end, _ in pdf.digests(io.BytesIO(signed + b"tail"))]

    assert ends == [len(PLAIN), len(signed), len(signed) + 4]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"/ByteRange", b"%PDF-1.7 /ByteRange [0 1 2 3] %%EOF"])
def test_what_is_no_pdf_breaks_nothing(data: bytes) -> None:
    assert checking.check(io.BytesIO(data), []).state == ("broken" if b"/ByteRange" in data else "none")


def test_the_fingerprint_is_that_of_the_certificate_s_bytes(key: OwnKey) -> None:
    first = certificates.load_all(key.certificate.pem)[0]

    assert certificates.fingerprint_of(first) == key.certificate.fingerprint
