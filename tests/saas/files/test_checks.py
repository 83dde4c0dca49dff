"""Which files are taken, and what is said about the others."""

import io
import time

import pytest
from pikepdf import Dictionary, Name, String
from PIL import Image

from saas.errors import InvalidInputError
from saas.files import checks, kinds, pdf_checks
from saas.files.unwanted import UnwantedError
from tests.saas.files import office_samples, samples

SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@pytest.mark.parametrize(
    ("name", "data", "media_type", "pages"),
    [
        ("起诉状.pdf", samples.pdf(3), kinds.PDF, 3),
        ("扫描件.PDF", samples.pdf_going_to_first_page(), kinds.PDF, 1),
        ("身份证.jpg", samples.jpeg(), kinds.JPEG, 1),
        ("身份证.jpeg", samples.jpeg(noted=True), kinds.JPEG, 1),
        ("截图.png", samples.png(), kinds.PNG, 1),
        ("说明.docx", office_samples.docx(), kinds.DOCX, 0),
        ("清单.XLSX", office_samples.xlsx(), kinds.XLSX, 0),
        ("公文.ofd", office_samples.ofd(), kinds.OFD, 0),
    ],
)
def test_ordinary_files_are_taken(name: str, data: bytes, media_type: str, pages: int) -> None:
    checked = checks.inspect(name, data)

    assert (checked.media_type, checked.pages) == (media_type, pages)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.pdf", b"", "是空的"),
        ("a.pdf", samples.jpeg(), "文件名是 .pdf，但内容不是 PDF"),
        ("a.jpg", samples.pdf(), "文件名是 .jpg，但内容不是 JPG 图片"),
        ("a.png", samples.jpeg(), "文件名是 .png，但内容不是 PNG 图片"),
        ("a.exe", b"MZ", "只能上传 PDF、JPG、PNG、Word（DOCX）、Excel（XLSX）或 OFD"),
        ("没有扩展名", samples.pdf(), "只能上传 PDF、JPG"),
        ("a.pdf", b"%PDF-1.7 nothing more", "打不开"),
        ("a.pdf", samples.pdf()[:200], "打不开"),
        ("a.pdf", samples.pdf_locked("secret"), "加了密码"),
        ("a.pdf", samples.pdf_locked(""), "加了密码"),
        ("a.pdf", samples.pdf(501), "最多 500 页"),
        ("a.pdf", samples.pdf_opening_with(SCRIPT), "脚本或动作"),
        ("a.pdf", samples.pdf_with_script_in_names(), "脚本或动作"),
        ("a.pdf", samples.pdf_with_launching_link(), "脚本或动作"),
        ("a.pdf", samples.pdf_with_file_inside(), "夹带了别的文件"),
        ("a.pdf", samples.pdf_bomb(), "展开后太大"),
        ("a.jpg", samples.jpeg()[:300], "图片打不开"),
        ("a.png", samples.png()[:40], "图片打不开"),
        ("a.png", samples.png_claiming(30_000, 30_000), "6000 万像素"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_a_reason(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        checks.inspect(name, data)

    assert sentence in refused.value.fields["file"]


def test_a_file_over_the_limit_is_refused_with_the_limit() -> None:
    with pytest.raises(InvalidInputError) as refused:
        checks.inspect("a.pdf", samples.pdf(), most_bytes=100)

    assert "超过" in refused.value.fields["file"]


def test_a_bomb_is_refused_in_less_than_a_second() -> None:
    bomb = samples.pdf_bomb(400)
    started = time.process_time()

    with pytest.raises(UnwantedError):
        pdf_checks.count_pages(bomb)

    assert time.process_time() - started < 1


@pytest.mark.parametrize("turned", [False, True])
def test_a_photograph_loses_what_the_camera_wrote(turned: bool) -> None:  # noqa: FBT001
    checked = checks.inspect("a.jpg", samples.jpeg(turned=turned, noted=True))

    assert b"SECRET-CAMERA" not in checked.data
    assert not Image.open(io.BytesIO(checked.data)).getexif()


def test_a_photograph_held_sideways_is_turned_upright() -> None:
    upright = Image.open(io.BytesIO(checks.inspect("a.jpg", samples.jpeg((40, 20), turned=True)).data))

    top, bottom = upright.getpixel((10, 2)), upright.getpixel((10, 38))
    assert upright.size == (20, 40)
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[1] < 60
    assert bottom[1] > 200


def test_an_upright_photograph_keeps_its_pixels() -> None:
    sent = samples.jpeg(noted=True)

    kept = checks.inspect("a.jpg", sent).data

    assert Image.open(io.BytesIO(kept)).tobytes() == Image.open(io.BytesIO(sent)).tobytes()


def test_evidence_is_kept_as_it_came() -> None:
    sent = samples.jpeg(turned=True, noted=True)

    assert checks.inspect("a.jpg", sent, evidence=True).data == sent
