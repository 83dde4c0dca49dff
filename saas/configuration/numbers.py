"""The patterns of numbers among the settings: how the next number looks, and whether it was given before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from saas import clock
from saas.configuration import queries
from saas.domain import domains
from saas.numbering import services as numbering
from saas.organisation import queries as organisation
from saas.workflow.queries import current_definitions

CASES, DOCUMENTS = "cases.number_pattern", "documents.number_pattern"


@dataclass(frozen=True)
class Next:
    """The next number by a pattern, and what it would be on."""

    number: str
    on: str


def preview(key: str, pattern: str) -> Next | None:
    """The next number if this were the pattern; None where the setting is no pattern or nothing is numbered yet."""
    shown = _SHOWN.get(key)
    return shown(pattern) if shown else None


def fault(key: str, pattern: str) -> str | None:
    """Why a pattern would give a number for the second time, None where it would not."""
    if key == CASES:
        same = [one.title for one in current_definitions() if one.number == pattern]
        if same:
            return f"“{same[0]}”已经单独使用这个格式，编号会重复，请换一种。"
    found = preview(key, pattern)
    if found and _HAS[key](found.number):
        return f"按这个格式的下一个编号“{found.number}”已经用过，请换一种格式。"
    return None


def _case(pattern: str) -> Next:
    year = clock.today().year
    return Next(pattern.format(year=year, n=numbering.last_given("case", "", year) + 1), "新收的案件")


def _document(pattern: str) -> Next | None:
    """A document of the first kind, made by the first body: every kind and body counts by itself."""
    form = next((form for line in domains() for form in line.forms), None)
    body = next(iter(organisation.list_bodies()), None)
    if form is None or body is None:
        return None
    year, series = clock.today().year, body.short_name or body.name
    n = numbering.last_given(form.code, series, year) + 1
    return Next(pattern.format(series=series, kind=form.number_kind, year=year, n=n), f"{body.name}的{form.title}")


_SHOWN: Mapping[str, Callable[[str], Next | None]] = {CASES: _case, DOCUMENTS: _document}
_HAS: Mapping[str, Callable[[str], bool]] = {CASES: queries.has_case, DOCUMENTS: queries.has_document}
