"""The small texts of an office."""

from datetime import date

import pytest

from saas import text

TODAY = date(2026, 11, 22)
SAMPLE = "11010519491231002X"


def _number(body: str) -> str:
    return body + text.check_digit(body)


def test_the_sample_of_the_standard_is_read_whole() -> None:
    person = text.parse_id_number(SAMPLE, today=TODAY)

    assert person == text.IdNumber(SAMPLE, date(1949, 12, 31), "女")


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105-19491231-002x\u200b",
    ],
)
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    assert text.parse_id_number(typed, today=TODAY).number == SAMPLE


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "请填写18位"),
        ("110105491231002", "15位的旧号码"),
        ("1101051949123100", "现在是16位"),
        ("1101051949123100ZX", "只能是数字"),
        (_number("19010519491231002"), "地区代码不存在"),
        (_number("11010519490230002"), "出生日期不存在"),
        (_number("11010518491231002"), "出生年份太早"),
        (_number("11010520261123002"), "晚于今天"),
        ("110105194912310021", "校验码不对，请核对最后一位"),
    ],
)
def test_each_fault_of_a_number_has_its_sentence(typed: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        text.parse_id_number(typed, today=TODAY)


def test_invented_numbers_hold_only_where_cases_are_invented() -> None:
    invented = _number("99000119800101001")

    assert text.parse_id_number(invented, today=TODAY, demo=True).gender == "男"
    with pytest.raises(ValueError, match="地区代码不存在"):
        text.parse_id_number(invented, today=TODAY)


def test_a_foreigners_permanent_residence_number_is_read() -> None:
    assert text.parse_id_number(_number("91112419810803002"), today=TODAY).birth == date(1981, 8, 3)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("138 0013 8000", "13800138000"),
        ("+86-138-0013-8000", "13800138000"),
        ("（010）69240000", "010-69240000"),
        ("0851-28250000", "0851-28250000"),
        ("4008123123", "400-812-3123"),
    ],
)
def test_telephone_numbers_come_out_in_one_form(typed: str, expected: str) -> None:
    assert text.normalise_phone(typed) == expected


@pytest.mark.parametrize("typed", ["12345678901", "1380013800", "69240000", "abc"])
def test_a_number_nobody_can_call_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="11位手机号码"):
        text.normalise_phone(typed)


def test_a_credit_code_is_read_in_small_letters() -> None:
    assert text.parse_uscc("91350100m000100y43") == "91350100M000100Y43"


@pytest.mark.parametrize(
    ("typed", "words"),
    [("9135", "现在是4位"), ("91350100I000100Y43", "不用I"), ("91350100M000100Y44", "核对最后一位")],
)
def test_each_fault_of_a_credit_code_has_its_sentence(typed: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        text.parse_uscc(typed)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("1,234.5", 123450), ("￥800元", 80000), ("1.2万", 1200000), ("０．０１", 1), ("3.", 300), ("1.200", 120)],
)
def test_amounts_are_read_in_fen(typed: str, fen: int) -> None:
    assert text.parse_money(typed) == fen


@pytest.mark.parametrize(
    ("typed", "words"),
    [("-1", "不能小于0"), ("一千", "请用数字"), ("1.234", "两位小数"), ("1000000000000", "金额太大")],
)
def test_each_fault_of_an_amount_has_its_sentence(typed: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        text.parse_money(typed)


@pytest.mark.parametrize(("fen", "expected"), [(123450, "1,234.50"), (5, "0.05"), (-100, "-1.00")])
def test_fen_are_written_in_yuan(fen: int, expected: str) -> None:
    assert text.money_text(fen) == expected


@pytest.mark.parametrize(
    ("fen", "expected"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (105, "壹元零伍分"),
        (140950, "壹仟肆佰零玖元伍角整"),
        (600714, "陆仟零柒元壹角肆分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (10700053, "壹拾万柒仟元伍角叁分"),
        (1000100, "壹万零壹元整"),
        (10000000000, "壹亿元整"),
        (-100, "负壹元整"),
    ],
)
def test_amounts_are_written_in_capital_figures(fen: int, expected: str) -> None:
    assert text.chinese_money(fen) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "零"), (10, "十"), (12, "十二"), (20, "二十"), (101, "一百零一"), (110, "一百一十"),
        (1010, "一千零一十"), (10001, "一万零一"), (100010, "十万零一十"), (100010001, "一亿零一万零一"),
        (-3, "负三"),
    ],
)  # fmt: skip
def test_numbers_are_spelled_as_read_aloud(number: int, expected: str) -> None:
    assert text.chinese_number(number) == expected


def test_a_day_is_written_without_leading_zeros() -> None:
    assert text.chinese_date(date(2026, 1, 2)) == "2026年1月2日"


def test_masks_leave_enough_to_recognise_oneself() -> None:
    assert text.mask_id_number(SAMPLE) == "1101**********002X"
    assert text.mask_phone("13800138000") == "138****8000"
    assert [text.mask_name(name) for name in ("张三", "欧阳修", "")] == ["张*", "欧**", ""]
    assert text.mask_address("北京市大兴区兴丰街道黄村西大街1号") == "北京市大兴区兴丰街道****"
    assert [text.mask_address(address) for address in ("某某路1号", "")] == ["某某路****", ""]
