"""Reading and writing the small texts of an office: numbers of people and bodies, money, dates, masks."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_ID_LENGTH = 18
_OLD_ID_LENGTH = 15
_FIRST_BIRTH_YEAR = 1880
# GB/T 2260 provinces; 83 is used on the residence permits of Taiwan residents.
# fmt: off
_PROVINCES = frozenset((
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37",
    "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65",
    "71", "81", "82", "83",
))
# fmt: on
_DEMO_PREFIX = "99"

_USCC_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_LENGTH = 18

_MONEY = re.compile(r"(\d{1,16})(?:\.(\d*))?(万)?元?")
_FEN_LIMIT = 10**14
_FEN_DECIMALS = 2

_DIGITS = "零一二三四五六七八九"
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "十", "百", "千")
_FORMAL_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿", "亿亿")
_SECTION = 10_000

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})-?(\d{7,8})")
_SERVICE_NUMBER = re.compile(r"(400|800)-?(\d{3})-?(\d{4})")
_ADDRESS_HEAD = re.compile(r".*?(?:街道|地区|镇|乡|县|区|市)(?=.)")


def halfwidth(text: str) -> str:
    """Text with full-width letters, digits, signs and spaces as plain ones."""
    table = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    return text.translate(table | {0x3000: 0x20})


def _compact(text: str) -> str:
    """Half-width text without spaces, invisible characters and dashes between groups."""
    kept = (c for c in halfwidth(text) if unicodedata.category(c)[0] not in "ZC")
    return "".join(kept)


@dataclass(frozen=True)
class IdNumber:
    """A citizen's number and what it says of the person."""

    number: str
    birth: date
    gender: str


def check_digit(body: str) -> str:
    """The eighteenth character for seventeen digits (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(int(c) * weight for c, weight in zip(body, _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11]


def parse_id_number(text: str, *, today: date, demo: bool = False) -> IdNumber:
    """Read an eighteen-digit citizen's number; the first fault is a ValueError with a sentence.

    With `demo`, numbers under the never assigned prefix 99 hold as well.
    """
    number = _compact(text).replace("-", "").upper()
    _check_shape(number)
    _check_province(number, demo=demo)
    birth = _birth(number[6:14], today)
    if check_digit(number[:17]) != number[17]:
        raise ValueError("身份证号码的校验码不对，请核对最后一位")
    return IdNumber(number, birth, "男" if int(number[16]) % 2 else "女")


def _check_shape(number: str) -> None:
    if not number:
        raise ValueError("请填写18位身份证号码")
    if len(number) == _OLD_ID_LENGTH and number.isdecimal():
        raise ValueError("这是15位的旧号码，请填写现在使用的18位身份证号码")
    if len(number) != _ID_LENGTH:
        raise ValueError(f"身份证号码应为18位，现在是{len(number)}位，请核对")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise ValueError("身份证号码前17位只能是数字，最后一位是数字或字母X，请核对")


def _check_province(number: str, *, demo: bool) -> None:
    if demo and number.startswith(_DEMO_PREFIX):
        return
    # Permanent residence cards of foreigners put a 9 before the province.
    province = number[1:3] if number.startswith("9") else number[:2]
    if province not in _PROVINCES:
        raise ValueError("身份证号码开头的地区代码不存在，请核对前6位")


def _birth(digits: str, today: date) -> date:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError as error:
        raise ValueError("身份证号码里的出生日期不存在，请核对第7至14位") from error
    if birth.year < _FIRST_BIRTH_YEAR:
        raise ValueError("身份证号码里的出生年份太早，请核对第7至10位")
    if birth > today:
        raise ValueError("身份证号码里的出生日期晚于今天，请核对第7至14位")
    return birth


def normalise_phone(text: str) -> str:
    """A mobile number as eleven digits, a landline as `010-69240000`; a ValueError says what to write."""
    number = re.sub(r"[()]", "", _compact(text))
    number = re.sub(r"^(\+86|0086)-?", "", number)
    if _MOBILE.fullmatch(number.replace("-", "")):
        return number.replace("-", "")
    for pattern in (_LANDLINE, _SERVICE_NUMBER):
        if match := pattern.fullmatch(number):
            return "-".join(match.groups())
    raise ValueError("请填写11位手机号码，或者带区号的固定电话，例如010-69240000")


def parse_uscc(text: str) -> str:
    """A unified social credit code (GB 32100) in capitals; a ValueError says what is wrong with it."""
    code = _compact(text).replace("-", "").upper()
    if len(code) != _USCC_LENGTH:
        raise ValueError(f"统一社会信用代码应为18位，现在是{len(code)}位，请核对")
    if any(c not in _USCC_CHARACTERS for c in code):
        raise ValueError("统一社会信用代码只用数字和大写字母（不用I、O、S、V、Z），请核对")
    total = sum(_USCC_CHARACTERS.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    if _USCC_CHARACTERS[-total % 31] != code[17]:
        raise ValueError("统一社会信用代码的校验码不对，请核对最后一位")
    return code


def parse_money(text: str) -> int:
    """An amount in yuan as typed (`1,234.5`, `￥800元`, `1.2万`) in fen; a ValueError says what to write."""
    plain = _compact(text).translate({ord(c): None for c in ",，¥￥"})
    if plain.startswith("-"):
        raise ValueError("金额不能小于0，请核对")
    match = _MONEY.fullmatch(plain)
    if match is None:
        raise ValueError("请用数字填写金额，例如1200或1200.50")
    yuan = Decimal(f"{match[1]}.{match[2] or '0'}") * (_SECTION if match[3] else 1)
    fen = yuan * 100
    if fen != int(fen):
        raise ValueError("金额最多保留两位小数（精确到分）")
    if fen >= _FEN_LIMIT:
        raise ValueError("金额太大，请核对单位是不是元")
    return int(fen)


def money_text(fen: int) -> str:
    """Fen as yuan with thousands separators: 123450 gives `1,234.50`."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def chinese_money(fen: int) -> str:
    """Fen in the capital figures of cheques and agreements: 100050 gives `壹仟元伍角整`."""
    if fen < 0:
        return "负" + chinese_money(-fen)
    yuan, rest = divmod(fen, 100)
    jiao, cent = divmod(rest, 10)
    words = _spell(yuan, _FORMAL_DIGITS, _FORMAL_PLACES) + "元" if yuan or not rest else ""
    if jiao:
        words += _FORMAL_DIGITS[jiao] + "角"
    elif cent and yuan:
        words += "零"
    return words + (_FORMAL_DIGITS[cent] + "分" if cent else "整")


def chinese_number(number: int) -> str:
    """A whole number in Chinese numerals as read aloud: 12 gives `十二`, 110 gives `一百一十`."""
    if number < 0:
        return "负" + chinese_number(-number)
    words = _spell(number, _DIGITS, _PLACES)
    return words.removeprefix("一") if words.startswith("一十") else words


def _spell(number: int, digits: str, places: tuple[str, ...]) -> str:
    if number == 0:
        return digits[0]
    words, group, gap = "", 0, False
    while number:
        number, section = divmod(number, _SECTION)
        if section:
            zero = digits[0] if gap and words else ""
            words = _spell_section(section, digits, places) + _GROUPS[group] + zero + words
        # A section under a thousand is read with a zero after the one before it.
        gap = section < _SECTION // 10 and bool(section or words)
        group += 1
    return words


def _spell_section(section: int, digits: str, places: tuple[str, ...]) -> str:
    words, place, gap = "", 0, False
    while section:
        section, digit = divmod(section, 10)
        if digit:
            words = digits[digit] + places[place] + (digits[0] if gap and words else "") + words
        gap = digit == 0
        place += 1
    return words


def chinese_date(day: date) -> str:
    """A day as people write it: `2026年11月22日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def mask_id_number(number: str) -> str:
    """A citizen's number with the middle hidden: `1101**********1234`."""
    return number[:4] + "*" * max(len(number) - 8, 4) + number[-4:]


def mask_phone(number: str) -> str:
    """A telephone number with four digits hidden: `138****1234`."""
    return number[: max(len(number) - 8, 0)] + "****" + number[-4:]


def mask_name(name: str) -> str:
    """A name of which only the first character shows: `张*`."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else ""


def mask_address(address: str) -> str:
    """An address down to the street or town: `大兴区兴丰街道****`."""
    heads = _ADDRESS_HEAD.findall(address)
    head = "".join(heads) or address[:3]
    return head + "****" if address else ""
