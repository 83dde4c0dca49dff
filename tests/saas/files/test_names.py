"""Names of files on their way in and out."""

import pytest

from saas.files.names import LONGEST_NAME, clean_name, disposition


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("身份证.jpg", "身份证.jpg"),
        ("C:\\用户\\王\\合同.pdf", "合同.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("收条\u202egpj.exe.pdf", "收条gpj.exe.pdf"),
        ("  两  个　空格 .pdf", "两 个空格 .pdf"),
        ("...", "未命名"),
        ("", "未命名"),
        ("\0\t\n", "未命名"),
    ],
)
def test_names_lose_paths_and_control_characters(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    kept = clean_name("长" * 300 + ".pdf")

    assert len(kept) == LONGEST_NAME
    assert kept.endswith(".pdf")


def test_a_disposition_carries_chinese_and_cannot_be_broken_out_of() -> None:
    header = disposition('收条"\r\nX-Evil: 1;.pdf', inline=False)

    assert header.startswith('attachment; filename="')
    assert "filename*=UTF-8''%E6%94%B6%E6%9D%A1%22" in header
    assert "\r" not in header
    assert "\n" not in header
    assert header.isascii()
    assert header.split("filename*")[0].count('"') == 2
