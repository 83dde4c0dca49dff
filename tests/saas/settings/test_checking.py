"""What a setting may be given: kinds, bounds, choices, patterns of numbers."""

import pytest

from saas.numbering import pattern
from saas.settings.checking import fault, read
from saas.settings.declaration import KERNEL_SETTINGS, Setting

SETTINGS = {one.key: one for one in KERNEL_SETTINGS}
ALL = ("series", "kind", "year", "n")


@pytest.mark.parametrize("setting", KERNEL_SETTINGS, ids=lambda one: one.key)
def test_every_default_may_be_given(setting: Setting) -> None:
    assert fault(setting, setting.default) is None


@pytest.mark.parametrize("value", [2, 101, True, "12", 12.5, None])
def test_a_number_is_whole_and_inside_its_bounds(value: object) -> None:
    assert fault(SETTINGS["portal.query_limit"], value)


@pytest.mark.parametrize("value", ["a\nb", "x" * 201, 5, None, "a\0b"])
def test_a_text_is_one_line_of_moderate_length(value: object) -> None:
    assert fault(SETTINGS["site.phone"], value)


def test_a_text_with_choices_is_one_of_them() -> None:
    assert fault(SETTINGS["identity.policy"], "none") == "密码规则只能是dengbao、asvs。"


@pytest.mark.parametrize("typed", ["", "十", "1.5", "1e3", "99999999999999999999"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert fault(SETTINGS["portal.query_limit"], read(SETTINGS["portal.query_limit"], typed))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{year}", "缺少{n}"),
        ("{n}", "缺少{year}"),
        ("{year}{n}{city}", "不能使用 {city}"),
        ("{year}{n", "没有成对"),
        ("{year}{n:6}", "规定位数"),
        ("{year:06}{n}", "规定位数"),
        ("{n!r}{year}", "规定位数"),
        ("{n.real}{year}", "不能使用 {n.real}"),
        ("案{year}{n}", "写法不对"),
    ],
)
def test_a_pattern_that_would_not_number_cases_is_refused(written: str, said: str) -> None:
    assert said in (fault(SETTINGS["cases.number_pattern"], written) or "")


def test_a_pattern_of_documents_needs_every_word_and_takes_any_sign_between() -> None:
    assert pattern.fault("遵{series}{kind}〔{year}〕{n:03}号", ALL) is None
    assert "{kind}" in (pattern.fault("{series}〔{year}〕{n}号", ALL) or "")
