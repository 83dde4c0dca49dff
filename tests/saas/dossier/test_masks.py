"""Personal values are found as people write them, and nothing of them is left."""

import pytest

from saas.dossier.masks import HIDDEN, Masks, Secret

MASKS = Masks.of(
    [
        Secret("赵小燕", "赵**"),
        Secret("13900001234", "139****1234"),
        Secret("大兴区兴丰街道一号院", "大兴区兴丰街道****"),
        Secret("兴丰", "兴丰街道****"),
    ]
)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("赵小燕与他人", "赵**与他人"),
        ("赵 小\n燕", "赵**"),
        ("电话139-0000-1234。", "电话139****1234。"),
        ("电话１３９００００１２３４", "电话139****1234"),
        ("住大兴区兴丰街道一号院。", "住大兴区兴丰街道****。"),
        ("住大兴区兴丰街道\n一号院。", "住大兴区兴丰街道****。"),
    ],
)
def test_a_value_is_found_as_it_is_written(written: str, shown: str) -> None:
    assert MASKS.text(written) == shown


def test_a_mask_that_tells_the_value_is_not_used() -> None:
    assert MASKS.text("在兴丰见面") == f"在{HIDDEN}见面"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("证人身份证11010519491231002X", "证人身份证1101**********002X"),
        ("证人电话13811112222", "证人电话138****2222"),
        ("账号6222021234567890123", "账号6222***********0123"),
        ("编号2026000123", "编号2026000123"),
        ("a13811112222b", "a13811112222b"),
        ("证人电话+8613811112222", "证人电话+86138****2222"),
        ("证人电话138-1111-2222", "证人电话138****2222"),
        ("账号6222 0212 3456 7890 123。", "账号6222***********0123。"),
    ],
)
def test_numbers_that_look_like_a_persons_are_masked_unless_they_are_part_of_something(
    written: str, shown: str
) -> None:
    assert MASKS.text(written) == shown


@pytest.mark.parametrize("value", ["-", "——", "无"])
def test_a_value_that_tells_nobody_stays_where_it_stands(value: str) -> None:
    assert Masks.of([Secret(value, "*")]).text(f"三{value}四") == f"三{value}四"


@pytest.mark.parametrize("cut", ["1390000", "139-00 00", "１３９００００", "赵小"])
def test_a_text_that_was_cut_off_in_a_value_ends_before_it(cut: str) -> None:
    assert MASKS.text(f"电话：{cut}…") == "电话：…"


def test_lists_mappings_and_values_in_them_are_walked() -> None:
    assert MASKS.walk({"a": ["赵小燕", 3, None], "b": ("赵小燕",)}) == {"a": ["赵**", 3, None], "b": ("赵**",)}
