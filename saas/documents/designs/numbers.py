"""The next number of a form as a pattern would write it, and why a pattern cannot be used."""

from saas import clock
from saas.documents.designs.queries import PATTERN_WORDS
from saas.documents.form import Form
from saas.documents.queries import is_given
from saas.numbering import pattern as patterns
from saas.numbering import services as numbering
from saas.organisation import queries as organisation


def fault(form: Form, pattern: str) -> str | None:
    """Why the form's numbers cannot be written by a pattern, None where they can."""
    if not pattern.isprintable():
        return "编号格式应当是一行文字。"
    if found := patterns.fault(pattern, PATTERN_WORDS):
        return found
    number = preview(form, pattern)
    if number and is_given(form.code, number):
        return f"按这个格式的下一个编号“{number}”已经用过，请换一种格式。"
    return None


def preview(form: Form, pattern: str) -> str | None:
    """The next number of the form in the city's first body; None while it has no body."""
    body = next(iter(organisation.list_bodies()), None)
    if body is None:
        return None
    year, series = clock.today().year, body.short_name or body.name
    n = numbering.last_given(form.counter(form.number_kind), series, year) + 1
    return pattern.format(series=series, kind=form.number_kind, year=year, n=n)
