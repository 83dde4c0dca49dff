"""Letters stand on the sheet as GB/T 9704-2012 says, measured from the PDF; records are signed on every page."""

from collections.abc import Iterator
from typing import Any

import pytest

from blueprints.mediation.documents import FORMS as MEDIATION
from saas.documents import papers, render
from saas.documents.dress import PLAIN, Dress
from tests import measuring
from tests.measuring import Box, characters, find, lines, pictures, rules
from tests.printing import printing

LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
NEAR = pytest.approx
FORM = papers.issued_form("own.notice", "关于开展人民调解规范化建设的通知")
RED = Dress(letterhead="清河县司法局文件", footer=("抄送：县人民法院，县公安局。", "清河县司法局办公室　{date}印发"))


@pytest.fixture(scope="module", autouse=True)
def _printing() -> Iterator[None]:
    with printing():
        yield


def letter(*paragraphs: str, dress: Dress = PLAIN, seal: str = "", **more: str) -> bytes:
    values: dict[str, Any] = FORM.blank() | {
        "number": "清司发〔2026〕12号",
        "title": FORM.title,
        "paragraphs": list(paragraphs),
        "unit": "清河县司法局",
        "issued_on": "2026年11月22日",
    }
    return render.pdf(render.html(FORM, values | more, dress=dress, seal=seal), FORM.layout)


def span(boxes: list[Box]) -> tuple[float, float]:
    return min(box.left for box in boxes), max(box.right for box in boxes)


def text_of(page: list[Box]) -> list[Box]:
    """What stands in the type area: everything but the page number."""
    return [box for box in page if box.base < BOTTOM]


def test_a_page_of_text_has_22_lines_of_28_characters() -> None:
    middle = lines(text_of(characters(letter("国" * 28 * 22 * 3))[1]))
    assert [len(line) for line in middle] == [28] * 22


def test_a_page_of_text_fills_the_type_area() -> None:
    page = text_of(characters(letter("国" * 28 * 22 * 3))[1])
    assert span(page) == NEAR((LEFT, RIGHT), abs=1)
    assert min(box.top for box in page) == NEAR(TOP, abs=1)
    assert max(box.bottom for box in page) == NEAR(BOTTOM, abs=1)


def test_a_paragraph_begins_two_characters_in() -> None:
    first, second, *_ = lines(find(characters(letter("国" * 60))[0], "国" * 60))
    assert (len(first), len(second)) == (26, 28)
    assert first[0].left - second[0].left == NEAR(2 * 156 / 28, abs=0.1)


def test_the_page_number_stands_right_on_odd_and_left_on_even_pages() -> None:
    character = 14 / measuring.MM
    odd, even, *_ = ([box for box in page if box.base > BOTTOM] for page in characters(letter("国" * 28 * 22 * 2)))
    assert ["".join(box.text for box in number) for number in (odd, even)] == ["—1—", "—2—"]
    assert span(odd)[1] == NEAR(RIGHT - character, abs=1)
    assert span(even)[0] == NEAR(LEFT + character, abs=1)
    assert odd[0].top == NEAR(BOTTOM + 7, abs=1)


def test_the_red_head_stands_35_mm_below_the_edge_of_the_type_area() -> None:
    data = letter("国" * 60, dress=RED)
    head = find(characters(data)[0], RED.letterhead)
    assert min(box.top for box in head) == NEAR(TOP + 35, abs=1)
    assert sum(span(head)) / 2 == NEAR((LEFT + RIGHT) / 2, abs=1)


def test_under_the_red_head_stand_the_number_and_a_red_rule_as_wide_as_the_text() -> None:
    data = letter("国" * 60, dress=RED)
    number, rule = find(characters(data)[0], "清司发〔2026〕12号"), rules(data)[0][0]
    assert sum(span(number)) / 2 == NEAR((LEFT + RIGHT) / 2, abs=1)
    assert rule.colour == "#e60012"
    assert (rule.left, rule.right) == NEAR((LEFT, RIGHT), abs=0.3)
    assert rule.top - max(box.bottom for box in number) == NEAR(4, abs=1)


def test_the_title_stands_two_lines_below_the_red_rule() -> None:
    data = letter("国" * 60, dress=RED)
    title, rule = find(characters(data)[0], FORM.title), rules(data)[0][0]
    assert min(box.top for box in title) - rule.bottom == NEAR(2 * 10.445 + 1.5, abs=1)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("清河司法局", 1),
        ("清河县司法局文件", 1),
        ("清河县人民调解协会工作委员会", 1),
        ("某某" * 14, 2),
        ("甲乙丙\n丁戊", 2),
    ],
)
def test_a_letterhead_of_any_length_fits_in_one_or_two_lines(text: str, rows: int) -> None:
    head = find(characters(letter("国", dress=Dress(letterhead=text)))[0], "".join(text.split()))
    assert len(lines(head)) == rows
    assert span(head)[0] >= LEFT - 0.5
    assert span(head)[1] <= RIGHT + 0.5


@pytest.mark.parametrize("length", [60, 28 * 9, 28 * 11, 28 * 13])
def test_the_foot_stands_at_the_end_of_the_last_page_under_all_text(length: int) -> None:
    pages = characters(letter("国" * length, dress=RED))
    foot = find(pages[-1], "抄送")[0]
    others = [box.bottom for box in text_of(pages[-1]) if box.base < foot.base]
    assert max(others, default=TOP) < foot.top - 1
    assert all("抄" not in "".join(box.text for box in page) for page in pages[:-1])


def test_the_foot_has_thick_rules_outside_and_a_thin_one_between() -> None:
    data = letter("国" * 60, dress=RED)
    first, between, last = [rule for rule in rules(data)[-1] if rule.colour == "#000000"]
    assert [round(rule.bottom - rule.top, 2) for rule in (first, between, last)] == NEAR([0.35, 0.25, 0.35], abs=0.02)
    assert last.bottom == NEAR(BOTTOM, abs=1)
    assert span([first, between, last]) == NEAR((LEFT, RIGHT), abs=0.3)


def test_the_foot_leaves_a_character_free_on_both_sides_and_names_the_day_of_issue() -> None:
    page, character = characters(letter("国" * 60, dress=RED))[-1], 14 / measuring.MM
    assert find(page, "抄送")[0].left == NEAR(LEFT + character, abs=0.5)
    assert find(page, "2026年11月22日印发")[-1].right == NEAR(RIGHT - character, abs=0.5)


def test_the_day_stands_four_characters_from_the_right_under_the_middle_of_the_unit() -> None:
    page, character = characters(letter("国", seal=measuring.seal()))[0], 156 / 28
    unit, day = find(page, "清河县司法局"), find(page, "2026年11月22日")
    assert 0 < RIGHT - 4 * character - day[-1].right < 2  # 日 does not fill its square
    assert sum(span(unit)) == NEAR(sum(span(day)), abs=2)


def test_the_seal_lies_over_unit_and_day_with_its_top_within_a_line_of_the_text() -> None:
    data = letter("国", seal=measuring.seal())
    page, (seal,) = characters(data)[0], pictures(data)[0]
    unit, day = find(page, "清河县司法局"), find(page, "2026年11月22日")
    assert (seal.right - seal.left, seal.bottom - seal.top) == NEAR((42, 42), abs=0.5)
    assert (seal.left + seal.right) / 2 == NEAR(sum(span(day)) / 2, abs=1)
    assert seal.top < unit[0].top < (seal.top + seal.bottom) / 2 + 5 < day[0].bottom < seal.bottom
    assert 0 < seal.top - find(page, "国")[0].bottom < 10.445


def test_a_long_name_of_the_unit_stays_in_the_type_area() -> None:
    page = characters(
        letter("国", unit="某某市某某区道路交通事故损害赔偿纠纷人民调解委员会办公室", seal=measuring.seal())
    )[0]
    assert span(page)[1] <= RIGHT + 1


def test_headings_of_the_levels_are_set_in_their_own_fonts() -> None:
    markup = render.html(
        FORM, FORM.blank() | {"paragraphs": ["一、总体要求", "（一）工作目标", "（二）坚持原则。依法调解。", "1．内容"]}
    )
    assert '<p class="level-1">一、总体要求</p>' in markup
    assert '<p class="level-2">（一）工作目标</p>' in markup
    assert '<p class="">（二）坚持原则。依法调解。</p>' in markup


@pytest.mark.parametrize("code", ["mediation.record", "mediation.investigation"])
def test_a_record_has_its_places_to_sign_and_its_count_on_every_page(code: str) -> None:
    form = next(form for form in MEDIATION if form.code == code)
    pages = characters(render.pdf(render.html(form, form.sample | {"content": ["长篇记录。" * 300] * 2}), form.layout))
    whole = ["".join(box.text for box in page) for page in pages]
    assert len(pages) > 2
    assert all("签名" in text[text.index("记录人（签名）") :] for text in whole)
    assert all(f"第{place}页共{len(pages)}页" in text for place, text in enumerate(whole, 1))
    assert all(find(page, "记录人（签名）")[0].top > 255 for page in pages)
