"""A file from strangers is read in a process of its own, which sees the same and takes no more than it may."""

import io
import zlib
from pathlib import Path

import pikepdf
import pytest
from flask import Flask

from saas.dossier import verify_apart, verify_file, verify_words
from saas.errors import InvalidInputError
from saas.files.probing import Limits
from saas.signing import pdf
from tests.saas.dossier import samples
from tests.saas.files import bombs
from tests.saas.files import samples as files
from tests.saas.signing import keys

BOMB = 600 << 20


def test_the_same_is_seen_apart_as_here(app: Flask, dossier: bytes) -> None:
    with app.app_context():
        key = keys.own_key()
    with keys.signing_with(app, key):
        signed = pdf.sign_bytes(dossier, reason="卷宗封存")
    changed = samples.changed(dossier, lambda opened: opened.pages[4].contents_add(b"q Q"))

    for data in (dossier, signed, signed + b"x", changed, files.pdf(), b"PK\x03\x04", b""):
        for trust in ([key.certificate.pem], None):
            seen = verify_apart.look(io.BytesIO(data), trust)
            assert seen == verify_file.look(io.BytesIO(data), trust)


def test_data_that_are_large_when_unpacked_take_nothing_from_us(dossier: bytes) -> None:
    def swell(opened: pikepdf.Pdf) -> None:
        packed = zlib.compress(bytes(BOMB))
        opened.attachments["case.json"].obj.EF.F.write(packed, filter=pikepdf.Name.FlateDecode)

    bomb = samples.changed(dossier, swell)
    Path("/proc/self/clear_refs").write_text("5")
    before = bombs.peak()

    seen = verify_apart.look(io.BytesIO(bomb), None)

    assert seen.problems[0] in {verify_words.SPOILT, verify_words.UNREADABLE}
    assert (bombs.peak() - before) >> 10 < 100


def test_what_takes_too_long_is_refused_at_its_field(dossier: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_apart, "LIMITS", Limits(seconds=0.01, computing=5, megabytes=1536))

    with pytest.raises(InvalidInputError) as refused:
        verify_apart.look(io.BytesIO(dossier), None)

    assert refused.value.fields == {"file": verify_apart.UNFINISHED}
