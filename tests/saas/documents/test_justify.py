"""Lines of Chinese end flush, and nothing else about them changes; tells when the engine's private parts do."""

import itertools
from collections.abc import Iterator

import pytest

from saas.documents import render
from saas.documents.pages import page_texts
from tests.measuring import Box, characters, lines
from tests.printing import printing, squeezed

TEXT = (
    "人民调解委员会调解民间纠纷，应当坚持“自愿、平等、合法”的原则（包括仲裁、行政、司法途径），2026年10月15日前赔偿5,200元；"
    "当事人认为有必要的，可以自调解协议生效之日起三十日内共同向人民法院申请司法确认。"
) * 4
RIGHT = 184.0


@pytest.fixture(scope="module", autouse=True)
def _printing() -> Iterator[None]:
    with printing():
        yield


def printed(paragraph: str, style: str = "justify") -> bytes:
    body = f'<p style="text-align: {style}">{paragraph}</p>'
    return render.pdf(
        f'<!DOCTYPE html><html lang="zh-CN"><head><title>页</title></head><body>{body}</body></html>', "letter"
    )


def drawn(data: bytes) -> list[list[Box]]:
    return [line for line in lines(characters(data)[0]) if line[0].base < 262]


def test_every_line_but_the_last_ends_at_the_edge_of_the_type_area() -> None:
    *full, last = drawn(printed(TEXT))
    # A mark fills less than half of its square, so its ink ends before the edge; 日 leaves a little.
    assert all(RIGHT - 4 < line[-1].right < RIGHT + 0.5 for line in full)
    assert all(abs(line[-1].right - RIGHT) < 2 for line in full if line[-1].text.isalpha())
    assert last[-1].right < RIGHT - 5


def test_lines_break_where_they_did_and_read_as_they_did() -> None:
    flush, ragged = printed(TEXT), printed(TEXT, "left")
    assert [len(line) for line in drawn(flush)] == [len(line) for line in drawn(ragged)]
    assert squeezed("".join(page_texts(flush))) == squeezed("".join(page_texts(ragged)))
    assert squeezed(TEXT) in squeezed("".join(page_texts(flush)))


def test_the_gaps_of_a_line_are_even() -> None:
    line = drawn(printed("国" * 20 + "ABCDEFGHIJKLMNOPQRSTU" + "国" * 40))[0]
    steps = [after.left - before.left for before, after in itertools.pairwise(line) if before.text == "国"]
    assert max(steps[:-1]) - min(steps[:-1]) < 0.05


def test_a_line_of_28_characters_stays_as_it_is() -> None:
    flush, ragged = drawn(printed("国" * 82))[1], drawn(printed("国" * 82, "left"))[1]
    assert [box.left for box in flush] == pytest.approx([box.left for box in ragged], abs=0.1)


def test_a_line_before_a_word_too_long_for_it_is_not_torn_apart() -> None:
    line = drawn(printed("国国国国" + "A" * 45))[0]
    assert len(line) < 28 or line[3].left - line[2].left < 9


def test_bold_and_other_runs_inside_a_line_move_with_it() -> None:
    data = printed(f"{TEXT[:20]}<b>{TEXT[20:40]}</b>{TEXT[40:300]}")
    first, second, *_ = drawn(data)
    assert abs(second[-1].right - RIGHT) < 3.5
    assert all(after.left >= before.right - 0.5 for before, after in itertools.pairwise(first))
