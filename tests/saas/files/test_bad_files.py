"""Files that mean harm, or are too much: each is refused with its own sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from saas.errors import InvalidInputError
from saas.fields import views
from saas.files import checks, kinds
from tests.saas.files import bombs, samples
from tests.saas.files import office_samples as office

BAD: list[tuple[str, str, Callable[[], bytes], str]] = [
    ("pages", "a.pdf", lambda: samples.pdf_of_many_pages(10_000), "有 10000 页，最多 500 页"),
    ("table", "a.pdf", samples.pdf_with_broken_table, "结构坏了"),
    ("drawing", "a.pdf", samples.pdf_drawing_itself, "第 1 页太复杂"),
    ("picture in a PDF", "a.pdf", samples.pdf_with_huge_picture, "展开后太大"),
    ("picture", "a.png", lambda: samples.png_claiming(40_000, 40_000), "6000 万像素"),
    ("long picture", "a.png", lambda: samples.png_claiming(40_000, 100), "32767 像素"),
    ("no package", "a.docx", lambda: b"PK\x03\x04" + bytes(100), "文件打不开"),
    ("cut off", "a.docx", lambda: office.docx()[:-30], "文件打不开"),
    ("misplaced", "a.docx", office.misplaced, "文件打不开"),
    ("old format", "a.doc", lambda: b"\xd0\xcf\x11\xe0", "另存为 DOCX"),
    ("old format renamed", "a.docx", lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "加了密码，或者是旧格式"),
    ("macro format", "a.docm", office.docx, "带宏"),
    ("macro format renamed", "a.docx", lambda: office.docx(with_types(office.MACRO_WORD)), "宏或控件"),
    ("macro", "a.docx", lambda: office.docx(office.MACRO), "宏或控件"),
    ("table named document", "a.docx", office.xlsx, "不是 Word 文档"),
    ("document named table", "a.xlsx", office.docx, "不是 Excel 表格"),
    ("OFD named document", "a.docx", office.ofd, "不是 Word 文档"),
    ("bomb", "a.docx", lambda: office.bomb(300), "展开后太大"),
    ("bomb in pieces", "a.docx", lambda: office.bomb(280, 40), "展开后太大"),
    ("bomb that lies", "a.docx", office.lying_bomb, "文件打不开"),
    ("many parts", "a.docx", office.many_entries, "展开后太大"),
    ("locked part", "a.docx", office.encrypted, "加了密码"),
    ("two of one name", "a.docx", office.doubled, "路径不正常或重名"),
    ("template", "a.docx", lambda: office.related(("attachedTemplate", "https://x/t.dotm", "External")), "外部模板"),
    (
        "picture elsewhere",
        "a.docx",
        lambda: office.related(("image", "https://x/p.png", "External")),
        "外部的图片或数据",
    ),
    ("object", "a.docx", lambda: office.related(("oleObject", "embeddings/o.bin", "Internal")), "嵌入了别的文件"),
    ("file inside", "a.docx", lambda: office.docx({"word/embeddings/b.xlsx": office.xlsx()}), "嵌入了别的文件"),
    ("program", "a.docx", lambda: office.docx({"word/media/run.exe": b"MZ"}), "嵌入了别的文件"),
    ("another program asked", "a.docx", lambda: with_field("DDEAUTO c:\\\\cmd.exe"), "外部的图片或数据"),
    ("entities", "a.docx", lambda: office.docx({"word/document.xml": office.ENTITIES + office.text()}), "不正常的定义"),
    (
        "deep",
        "a.docx",
        lambda: office.docx({"word/document.xml": office.text("<w:p>" * 999 + "</w:p>" * 999)}),
        "不正常",
    ),
    ("no XML", "a.docx", lambda: office.docx({"word/document.xml": "<w:document"}), "文件打不开"),
    ("OFD without its first part", "a.ofd", lambda: office.ofd(first="Other.xml"), "不是 OFD"),
    ("OFD of another name", "a.ofd", lambda: office.ofd("http://blog.example.com"), "不是 OFD"),
    *(
        (f"path {name}", "a.docx", lambda name=name: office.docx({name: "x"}), "路径不正常")
        for name in ("/etc/passwd", "../../x", "word/../../x", "C:/x", "word//x", "word\\x", "x" * 300)
    ),
]


def with_types(main: str) -> office.Parts:
    return {"[Content_Types].xml": office.types(main)}


def with_field(code: str) -> bytes:
    return with_text(f"<w:p><w:r><w:instrText>{code}</w:instrText></w:r></w:p>")


def with_text(inside: str) -> bytes:
    return office.docx({"word/document.xml": office.text(inside)})


@pytest.mark.parametrize(("name", "make", "sentence"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_each_is_refused_with_its_own_sentence(name: str, make: Callable[[], bytes], sentence: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        checks.inspect(name, make())

    assert sentence in refused.value.fields["file"]
    assert refused.value.fields["file"].endswith("。")


def test_a_file_that_is_large_when_read_takes_nothing_from_us() -> None:
    bomb = samples.pdf_with_packed_table(600)
    Path("/proc/self/clear_refs").write_text("5")
    before = bombs.peak()

    with pytest.raises(InvalidInputError):
        checks.inspect("a.pdf", bomb)

    assert (bombs.peak() - before) >> 10 < 100


def test_a_field_that_only_sounds_like_asking_a_program_is_taken() -> None:
    sent = with_field("HYPERLINK https://www.example.com/added")

    assert checks.inspect("a.docx", sent).media_type == kinds.DOCX


def test_forms_offer_the_kinds_that_are_taken() -> None:
    assert views._ACCEPTED_FILES == kinds.ACCEPT
