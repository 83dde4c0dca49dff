"""Verification names what was changed, and never calls a stranger's file the original."""

import io
from collections.abc import Callable

import pikepdf
import pytest

from saas.dossier.verify import NO_DATA, NOT_ASKED, NOT_FOUND, UNREADABLE, verify
from tests.saas.dossier import samples
from tests.saas.files import samples as files


def _add_words(pdf: pikepdf.Pdf) -> None:
    pdf.pages[4].contents_add(b"q Q")


def _swap_pages(pdf: pikepdf.Pdf) -> None:
    first, second = pikepdf.Page(pdf.pages[2].obj), pikepdf.Page(pdf.pages[9].obj)
    pdf.pages[2], pdf.pages[9] = second, first


def _swap_picture(pdf: pikepdf.Pdf) -> None:
    drawn = pdf.pages[4].obj.Resources.XObject.D0
    drawn.write(files.jpeg((600, 400)), filter=pikepdf.Name.DCTDecode)


def _change_foreign_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[7].obj.Resources.XObject.D0.write(b"q Q")


def _cover_with_note(pdf: pikepdf.Pdf) -> None:
    shown = pdf.make_stream(b"0 0 50 50 re f")
    shown.BBox = pikepdf.Array([0, 0, 50, 50])
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Stamp,
        Rect=pikepdf.Array([0, 0, 50, 50]),
        AP=pikepdf.Dictionary(N=shown),
    )
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])


def _crop(pdf: pikepdf.Pdf) -> None:
    pdf.pages[9].obj.CropBox = pikepdf.Array([0, 0, 300, 300])


def _remove(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[3]


def _insert(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page()
    pdf.pages.insert(5, pdf.pages[-1])
    del pdf.pages[-1]


def test_the_exported_file_is_the_original(dossier: bytes) -> None:
    answer = verify(dossier, samples.register_of(dossier))

    assert answer["ok"]
    assert answer["problems"] == []
    assert (answer["number"], answer["pages"]) == (samples.NUMBER, 12)
    assert (answer["exported_by"], answer["exported_at"]) == ("王秀英", "2026-11-20T11:00:00+08:00")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (_add_words, ["第3页（身份证）与制作时不一致。"]),
        (_swap_pages, ["第1页（申请书）与制作时不一致。", "第8页（协议书）与制作时不一致。"]),
        (_swap_picture, ["第3页（身份证）与制作时不一致。"]),
        (_change_foreign_page, ["第6页（合同）与制作时不一致。"]),
        (_cover_with_note, ["卷宗封面的第1页与制作时不一致。"]),
        (_crop, ["第8页（协议书）与制作时不一致。"]),
        (_remove, ["缺少第2页（申请书）。"]),
        (_insert, ["多出1页（在文件的第6页处）。"]),
    ],
)
def test_a_changed_page_is_named(dossier: bytes, change: Callable[[pikepdf.Pdf], None], named: list[str]) -> None:
    answer = verify(samples.changed(dossier, change), samples.register_of(dossier))

    assert not answer["ok"]
    assert answer["problems"] == [*named, NOT_FOUND]


def test_saving_again_changes_no_page_but_is_no_longer_the_original(dossier: bytes) -> None:
    with pikepdf.open(io.BytesIO(dossier)) as pdf:
        pdf.save(again := io.BytesIO(), linearize=True, recompress_flate=True, compress_streams=True)

    answer = verify(again.getvalue(), samples.register_of(dossier))

    assert answer["problems"] == [NOT_FOUND]


def test_a_byte_behind_the_end_is_noticed(dossier: bytes) -> None:
    assert not verify(dossier + b"\n", samples.register_of(dossier))["ok"]


def test_without_the_register_a_file_is_not_called_the_original(dossier: bytes) -> None:
    answer = verify(dossier, None)

    assert (answer["ok"], answer["registered"], answer["problems"]) == (False, None, [NOT_ASKED])


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", UNREADABLE),
        (b"%PDF-1.7 nothing", UNREADABLE),
        (files.pdf(2), NO_DATA),
    ],
)
def test_what_is_no_dossier_is_said_to_be_none(data: bytes, problem: str) -> None:
    assert verify(data, lambda _: None)["problems"] == [problem, NOT_FOUND]


@pytest.mark.parametrize(
    "told",
    [b"not json", b"{}", b"[]", b'{"format": "other/1", "number": "1", "parts": []}', b"[" * 100_000],
)
def test_spoilt_data_is_said_to_be_spoilt(dossier: bytes, told: bytes) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["case.json"].obj.EF.F.write(told)

    answer = verify(samples.changed(dossier, spoil), lambda _: None)

    assert "数据已损坏" in answer["problems"][0]


def test_a_record_that_disagrees_with_the_file_is_reported(dossier: bytes) -> None:
    answer = verify(dossier, samples.register_of(dossier, pages=99))

    assert "共99页" in answer["problems"][0]
