"""Whatever is done to a signed dossier is named by its own sentence."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from flask import Flask
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from saas.dossier import verify_pages
from saas.dossier import verify_words as words
from saas.dossier.fingerprint import Fingerprints
from saas.dossier.verify import Copy, Record, verify
from saas.files.store import digest_of
from saas.signing import pdf
from tests.saas.dossier import samples
from tests.saas.dossier.signed import Signed
from tests.saas.signing import keys


@pytest.fixture(scope="module")
def signed(app: Flask, dossier: bytes) -> Signed:
    """A dossier, signed."""
    with app.app_context():
        key = keys.own_key()
    with keys.signing_with(app, key):
        return Signed(dossier, pdf.sign_bytes(dossier, reason="卷宗封存"), key.certificate.pem)


def judged(data: bytes, signed: Signed, **more: bool) -> dict[str, Any]:
    return verify(data, signed.register(**more), [signed.trust])


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_the_signed_original_holds(signed: Signed) -> None:
    answer = judged(signed.data, signed)

    assert (answer["ok"], answer["verdict"], answer["problems"]) == (True, "original", [])
    assert answer["signature"]["state"] == "valid"
    assert answer["signature"]["trusted"]
    assert answer["content_digest"] == signed.record.content_digest


def test_one_byte_of_the_content_is_named(signed: Signed) -> None:
    # Somewhere inside a picture, so that the file still opens.
    answer = judged(flipped(signed.data, signed.data.index(b"/DCTDecode") + 2000), signed)

    assert words.BROKEN in answer["problems"]
    assert words.NOT_FOUND in answer["problems"]
    assert "与制作时不一致" in answer["problems"][0]


def test_one_byte_of_the_signature_is_named(signed: Signed) -> None:
    assert judged(keys.spoilt(signed.data, len(signed.content)), signed)["problems"] == [
        words.BROKEN,
        words.SIGNED_ANEW,
    ]


def test_a_page_exchanged_is_named(signed: Signed) -> None:
    def swap(opened: pikepdf.Pdf) -> None:
        opened.pages[4].contents_add(b"q Q")

    problems = judged(samples.changed(signed.data, swap), signed)["problems"]

    assert problems == ["第3页（身份证）与制作时不一致。", words.BROKEN, words.NOT_FOUND]


def test_data_edited_so_that_all_agrees_is_not_registered_and_not_signed(signed: Signed) -> None:
    def forge(opened: pikepdf.Pdf) -> None:
        opened.pages[4].contents_add(b"q Q")
        told = json.loads(opened.attachments["case.json"].get_file().read_bytes())
        told["parts"][3]["pages"] = [Fingerprints().of(opened.pages[4])]
        opened.attachments["case.json"].obj.EF.F.write(json.dumps(told).encode())

    assert judged(samples.changed(signed.data, forge), signed)["problems"] == [words.BROKEN, words.NOT_FOUND]


def test_the_same_forgery_without_a_signature_is_not_registered(signed: Signed) -> None:
    def forge(opened: pikepdf.Pdf) -> None:
        told = json.loads(opened.attachments["case.json"].get_file().read_bytes())
        told["case"]["title"] = "别的纠纷"
        opened.attachments["case.json"].obj.EF.F.write(json.dumps(told).encode())

    assert judged(samples.changed(signed.content, forge), signed)["problems"] == [words.NOT_FOUND]


def test_an_old_dossier_offered_as_the_new_one_is_named(signed: Signed) -> None:
    answer = judged(signed.data, signed, superseded=True)

    assert (answer["ok"], answer["verdict"]) == (False, "superseded")
    assert "请以新的为准" in answer["problems"][0]
    assert answer["superseded_by"] == {"digest": "f" * 64, "exported_at": "2026-11-23T11:00:00+08:00"}


def test_what_is_appended_by_another_revision_is_named(signed: Signed) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed.data), strict=False)
    writer.root[pdf_name("/Lang")] = pdf_name("/x")
    writer.update_root()  # type: ignore[no-untyped-call]
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]

    assert judged(out.getvalue(), signed)["problems"] == [words.GROWN, words.APPENDED]


def test_a_signature_taken_off_is_named(signed: Signed) -> None:
    answer = judged(signed.content, signed)

    assert (answer["ok"], answer["problems"]) == (False, [words.STRIPPED])
    assert answer["signature"]["state"] == "none"


def test_another_s_signature_is_named(app: Flask, signed: Signed) -> None:
    with keys.signing_with(app, keys.strange_key()):
        other = pdf.sign_bytes(signed.content, reason="卷宗封存")

    first, second = judged(other, signed)["problems"]

    assert "“别处”的证书" in first
    assert second == words.SIGNED_ANEW


def test_a_second_signature_on_top_is_named(app: Flask, signed: Signed) -> None:
    with keys.signing_with(app, keys.strange_key()):
        doubled = pdf.sign_bytes(samples.changed(signed.content, lambda _: None), reason="x")

    assert words.NOT_FOUND in judged(doubled, signed)["problems"]


def test_an_attachment_put_in_is_named(signed: Signed) -> None:
    def add(opened: pikepdf.Pdf) -> None:
        opened.attachments["附件.docx"] = pikepdf.AttachedFileSpec(
            opened, b"other", filename="附件.docx", description="", mime_type="", creation_date="", mod_date=""
        )

    problems = judged(samples.changed(signed.data, add), signed)["problems"]

    assert problems[0] == "多出随卷附件“附件.docx”。"


def test_an_attachment_inside_exchanged_or_taken_out_is_named() -> None:
    part = {"title": "合同", "start": 0, "number": 1, "pages": [], "volume": "main"}
    told = {"parts": [part | {"enclosed": "main-0001-合同.docx", "digest": digest_of(b"what was filed")}]}
    sentences = []
    for inside in (b"what was filed", b"another", None):
        with pikepdf.new() as made:
            if inside is not None:
                about = {"description": "", "mime_type": "", "creation_date": "", "mod_date": ""}
                spec = pikepdf.AttachedFileSpec(made, inside, filename="x", **about)
                made.attachments["main-0001-合同.docx"] = spec
            sentences.append(list(verify_pages.problems(made, told)))

    named = "随卷附件“main-0001-合同.docx”"
    assert sentences == [[], [f"{named}与制作时不一致。"], [f"缺少{named}。"]]


def copied(signed: Signed) -> tuple[bytes, Record]:
    """A copy, and what the register knows of it."""
    stamped = samples.changed(signed.content, lambda _: None)
    return stamped, replace(signed.record, copy=Copy("李明", samples.FROZEN, digest_of(stamped)))


def test_a_copy_is_told_to_be_one(signed: Signed) -> None:
    stamped, record = copied(signed)

    answer = verify(stamped, lambda _: record, [signed.trust])

    assert (answer["ok"], answer["verdict"]) == (False, "copy")
    assert str(record.digest) in answer["problems"][0]
    assert answer["copy"]["taken_by"] == "李明"


def test_what_is_appended_to_a_copy_is_named(signed: Signed) -> None:
    stamped, record = copied(signed)

    answer = verify(stamped + b"\n", lambda _: record, [signed.trust])

    assert (answer["verdict"], answer["problems"]) == ("refused", [words.COPY_APPENDED])


def test_without_a_register_the_reach_is_said(signed: Signed) -> None:
    answer = verify(signed.data, None)

    assert (answer["ok"], answer["registered"], answer["signature"]["trusted"]) == (False, None, None)
    assert any("没有可以信任的证书" in sentence for sentence in answer["cannot"])
    assert any("没有查询导出登记" in sentence for sentence in answer["cannot"])


def test_an_archive_is_told_to_be_unpacked(signed: Signed) -> None:
    assert judged(b"PK\x03\x04rest", signed)["problems"][0] == words.ARCHIVE


def test_a_file_on_disk_is_judged_as_bytes_are(signed: Signed, tmp_path: Path) -> None:
    path = tmp_path / "dossier.pdf"
    path.write_bytes(signed.data)

    with path.open("rb") as file:
        assert verify(file, signed.register(), [signed.trust])["ok"]
