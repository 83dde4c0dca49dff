"""What the layouts share: the size of a letterhead, the sides of the foot, the level of a heading."""

import pytest

from saas.documents.layouts import Head, colophon, letterhead, level


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("", None),
        (" \n ", None),
        ("清河司法局", Head(("清河司法局",), 52)),
        ("清河县司法局文件", Head(("清河县司法局文件",), 52)),
        ("清河县人民调解协会文件", Head(("清河县人民调解协会文件",), 35)),
        ("一二三四五六七八九十一二三四五", Head(("一二三四五六七八", "九十一二三四五"), 52)),
        ("清河县司法局\n清河县人民法院文件", Head(("清河县司法局", "清河县人民法院文件"), 46)),
        ("长" * 34, Head(("长" * 17, "长" * 17), 24)),
    ],
)
def test_a_letterhead_takes_the_size_and_the_lines_it_needs(text: str, head: Head | None) -> None:
    assert letterhead(text) == head


@pytest.mark.parametrize(
    ("line", "sides"),
    [
        ("抄送：县人民法院。", ("抄送：县人民法院。", "")),
        ("办公室　{date}印发", ("办公室", "2026年11月22日印发")),
        ("办公室  {date}印发", ("办公室", "2026年11月22日印发")),
        ("办公室\t印发", ("办公室", "印发")),
    ],
)
def test_a_gap_in_a_line_of_the_foot_parts_its_left_from_its_right(line: str, sides: tuple[str, str]) -> None:
    assert colophon([line, ""], "2026年11月22日") == [sides]


def test_a_foot_before_the_day_is_known_leaves_room_for_it() -> None:
    assert colophon(["办公室　{date}印发"], "") == [("办公室", "　　年　月　日印发")]


@pytest.mark.parametrize(
    ("paragraph", "name"),
    [
        ("一、总体要求", "level-1"),
        ("十二、附则", "level-1"),
        ("（一）工作目标", "level-2"),
        ("一、总体要求。坚持依法调解。", ""),
        ("（一）接受调解；", ""),
        ("1．内容", ""),
        ("一是坚持依法", ""),
    ],
)
def test_a_heading_is_a_line_of_its_own_that_begins_with_its_number(paragraph: str, name: str) -> None:
    assert level(paragraph) == name
