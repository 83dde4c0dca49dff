"""A design with what it is checked against in this city: forms, lines of work, fonts, numbers, the store."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app

from saas.config import current_config
from saas.documents import render
from saas.documents.designs import checks, fitting, numbers, seals
from saas.documents.designs.body import dress_of
from saas.documents.designs.checks import Known, Volume
from saas.documents.designs.differing import changes
from saas.documents.designs.volumes import plain
from saas.documents.dress import Dress
from saas.documents.fonts import missing
from saas.documents.form import Form
from saas.documents.queries import DOMAINS, list_forms
from saas.errors import AppError
from saas.workflow.problem import Problem, error


def known() -> Known:
    """What designs of this city are checked against."""
    folder = current_config().fonts_dir
    return Known(
        forms={form.code: form for form in list_forms()},
        volumes={line.name: Volume(line.title, plain(line.volume), framing(line)) for line in lines()},
        missing=lambda text: missing(text, folder),
        number_fault=numbers.fault,
    )


def lines() -> list[Any]:
    """The lines of work whose files have an order; they stand above this package."""
    return [line for line in current_app.extensions[DOMAINS] if line.volume]


def framing(line: Any) -> frozenset[str]:  # noqa: ANN401 - as above
    """The forms that frame a line's file."""
    forms = line.volume_forms
    return frozenset({forms.cover, forms.catalogue, forms.statement, forms.back}) if forms else frozenset()


def quick_problems(body: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with a body before anything is printed."""
    return [*checks.problems(body, known()), *_seal(body)]


def problems_of(body: Mapping[str, Any]) -> list[Problem]:
    """Everything wrong with a body; it is laid out only when nothing else stands against it."""
    found = quick_problems(body)
    return found or fitting.problems(affected(body), dress_of(body, 0))


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What two bodies differ in, in words."""
    forms = {form.code: form for form in list_forms()}
    return changes(old, new, forms, {line.name: line.title for line in lines()})


def affected(body: Mapping[str, Any]) -> list[Form]:
    """The forms that are printed otherwise in this dress than in none.

    Those with words of the city's own stand first, then one of each layout, then the rest.
    """
    dress = dress_of(body, 0)
    found = [form for form in list_forms() if is_printed_otherwise(form, dress)]
    first = {form.layout: form.code for form in reversed(found)}
    worded = {key.rpartition(".")[0] for key in body["wording"]}
    return sorted(found, key=lambda form: (form.code not in worded, form.code not in first.values()))


def is_printed_otherwise(form: Form, dress: Dress) -> bool:
    """Whether a dress makes any difference to the sample of a form."""
    return render.html(form, form.sample, dress=dress) != render.html(form, form.sample)


def _seal(body: Mapping[str, Any]) -> Sequence[Problem]:
    if not body["seal"]:
        return []
    try:
        seals.read(body["seal"])
    except (AppError, ValueError):
        return [error("DD601", "seal", "印章图片不在了或者已经损坏，请重新上传。")]
    return []
