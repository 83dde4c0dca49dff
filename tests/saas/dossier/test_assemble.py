"""A bound file: order, numbers, links, bookmarks, embedded data, and the same bytes twice."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from saas.dossier import sheaves
from saas.dossier.parts import Original, PartError
from tests.saas.dossier import samples
from tests.saas.files import samples as files


def test_two_builds_are_the_same_bytes(font: Path, tmp_path: Path, dossier: bytes) -> None:
    assert samples.dossier(font, tmp_path) == dossier


def test_a_body_in_many_sheaves_is_bound_as_one_in_a_single_sheaf(
    font: Path, tmp_path: Path, dossier: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheaves, "MOST", 2)

    made = samples.dossier(font, tmp_path)

    assert len(list(tmp_path.glob("sheaf-main-*"))) == 3
    assert samples.told(made) == samples.told(dossier)
    assert samples.texts(made) == samples.texts(dossier)


def test_parts_stand_in_their_order_with_numbers_from_one(dossier: bytes) -> None:
    found = [" ".join(text.split()) for text in samples.texts(dossier)]

    assert found == [
        "cover 1", "catalogue 1", "application 1 1", "application 2 2", "3", "4", "5",
        "contract 1 6", "contract 2 7", "agreement 1 8", "notes 1", "timeline 1",
    ]  # fmt: skip


def test_every_catalogue_link_leads_to_the_page_with_that_number(dossier: bytes) -> None:
    with pikepdf.open(io.BytesIO(dossier)) as pdf:
        places = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        targets = [places[note.Dest[0].objgen] for note in pdf.pages[1].obj.Annots]

    texts = samples.texts(dossier)
    numbers = [texts[target].split()[-1] for target in targets]
    assert numbers == ["1", "3", "4", "5", "6", "8"]


def test_numbers_stand_right_on_odd_pages_and_left_on_even_ones(dossier: bytes) -> None:
    with pikepdf.open(io.BytesIO(dossier)) as pdf:
        stamps = [page.Contents[-1].read_bytes().split() for page in list(pdf.pages)[2:10]]

    lefts = [float(words[words.index(b"Tm") - 2]) for words in stamps]
    assert [left > 200 for left in lefts] == [True, False] * 4


def test_page_labels_are_roman_in_front_and_arabic_on_numbered_pages(dossier: bytes) -> None:
    with pikepdf.open(io.BytesIO(dossier)) as pdf:
        labels = [str(page.label) for page in pdf.pages]

    assert labels == ["i", "ii", *"12345678", "尾-i", "附-1"]


def test_every_part_has_a_bookmark_with_its_page_below_that_of_its_volume(dossier: bytes) -> None:
    with pikepdf.open(io.BytesIO(dossier)) as pdf, pdf.open_outline() as outline:
        titles = {item.title: [child.title for child in item.children] for item in outline.root}

    assert titles == {
        "正卷": [
            "卷宗封面", "卷内目录", "申请书（第1页）", "身份证（第3页）", "现场照片（第4页）", "截图（第5页）",
            "合同（第6页）", "协议书（第8页）", "卷内备考表",
        ],
        "附页": ["办理过程"],
    }  # fmt: skip


def test_a_second_volume_is_numbered_and_linked_by_itself(font: Path, tmp_path: Path) -> None:
    inner = [samples.part(tmp_path, name, samples.print_of(name, 2)) for name in ("guidance", "review")]

    made = samples.dossier(font, tmp_path, inner=inner)

    with pikepdf.open(io.BytesIO(made)) as pdf:
        labels = [str(page.label) for page in pdf.pages]
        places = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        links = [places[note.Dest[0].objgen] for note in pdf.pages[12].obj.Annots]
    assert labels[11:] == ["副-i", "副-ii", "副-1", "副-2", "副-3", "副-4", "副尾-i", "附-1"]
    assert links == [13, 15]
    assert [" ".join(text.split()) for text in samples.texts(made)][13:17] == [
        "guidance 1 1", "guidance 2 2", "review 1 3", "review 2 4",
    ]  # fmt: skip


def test_the_case_travels_inside_with_the_digest_of_every_part(dossier: bytes, tmp_path: Path) -> None:
    told = samples.told(dossier)
    with pikepdf.open(io.BytesIO(dossier)) as pdf:
        associated = pdf.Root.AF[0].AFRelationship

    assert told["case"] == {"title": "邻里纠纷"}
    assert [part["digest"] for part in told["parts"][2:8]] == [part.digest for part in samples.parts(tmp_path)]
    assert associated == "/Data"


def test_what_has_no_pages_travels_inside_behind_a_sheet(font: Path, tmp_path: Path) -> None:
    given = tmp_path / "given.docx"
    given.write_bytes(b"PK" + bytes(range(256)))
    original = Original("0" * 64, "application/msword", given)
    sheet = replace(samples.part(tmp_path, "说明.docx", samples.print_of("sheet")), original=original)

    made = samples.dossier(font, tmp_path, [sheet])

    (part,) = [part for part in samples.told(made)["parts"] if "enclosed" in part]
    with pikepdf.open(io.BytesIO(made)) as pdf:
        found = pdf.attachments[part["enclosed"]]
        assert found.get_file().read_bytes() == given.read_bytes()
        assert found.obj.AFRelationship == pikepdf.Name.Source
        assert [one.F for one in pdf.Root.AF] == ["case.json", part["enclosed"]]
    assert (part["digest"], part["bound"]["digest"]) == ("0" * 64, sheet.digest)


def test_no_clock_but_the_case_s_own_stands_in_the_file(dossier: bytes) -> None:
    with pikepdf.open(io.BytesIO(dossier)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"]) == "D:20261120110000+08'00'"
        assert pdf.open_metadata()["xmp:CreateDate"] == "2026-11-20T11:00:00+08:00"


def test_what_the_camera_wrote_stays_out(dossier: bytes) -> None:
    assert b"SECRET-CAMERA" in files.jpeg((600, 400), noted=True)
    assert b"SECRET-CAMERA" not in dossier


def test_actions_of_a_foreign_pdf_stay_out(font: Path, tmp_path: Path) -> None:
    made = samples.dossier(font, tmp_path, [samples.part(tmp_path, "外来", files.pdf_with_launching_link(), own=False)])

    with pikepdf.open(io.BytesIO(made)) as pdf:
        pdf.save(plain := io.BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"/Launch" not in plain.getvalue()


@pytest.mark.parametrize(("data", "claimed"), [(files.pdf(), "3"), (samples.print_of("x"), None)])
def test_the_archival_standard_is_claimed_only_where_nothing_was_found_against_it(
    font: Path, tmp_path: Path, data: bytes, claimed: str | None
) -> None:
    made = samples.dossier(font, tmp_path, [samples.part(tmp_path, "文件", data, own=False)])

    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.open_metadata().get("pdfaid:part") == claimed


def test_every_sheet_is_upright_a4_or_on_its_side(dossier: bytes) -> None:
    with pikepdf.open(io.BytesIO(dossier)) as pdf:
        sizes = {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages}

    assert sizes == {(595, 842), (842, 595)}


def test_a_case_without_anything_still_makes_a_file(font: Path, tmp_path: Path) -> None:
    assert [" ".join(text.split()) for text in samples.texts(samples.dossier(font, tmp_path, []))] == [
        "cover 1", "catalogue 1", "notes 1", "timeline 1",
    ]  # fmt: skip


@pytest.mark.parametrize("media_type", ["application/pdf", "image/jpeg", "image/png"])
def test_a_part_that_cannot_be_read_is_named(tmp_path: Path, media_type: str) -> None:
    with pytest.raises(PartError, match="身份证"):
        sheaves.lay([samples.part(tmp_path, "身份证", b"broken", media_type, own=False)], tmp_path)
