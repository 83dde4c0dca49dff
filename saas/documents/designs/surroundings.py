"""A design with what it is checked against in this city: forms, lines of work, fonts, numbers, the store."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import current_app

from saas.config import current_config
from saas.documents import render
from saas.documents.designs import checks, fitting, numbers, seals
from saas.documents.designs.body import dress_of
from saas.documents.designs.checks import Known, Volume
from saas.documents.designs.differing import Titles, changes
from saas.documents.designs.volumes import plain
from saas.documents.dress import Dress, Issuer
from saas.documents.fonts import missing
from saas.documents.form import Form
from saas.documents.queries import DOMAINS, list_forms
from saas.errors import AppError
from saas.organisation import queries as organisation
from saas.workflow.problem import Problem, error


def known() -> Known:
    """What designs of this city are checked against."""
    folder = current_config().fonts_dir
    return Known(
        forms={form.code: form for form in list_forms()},
        volumes={line.name: Volume(line.title, plain(line.volume), framing(line)) for line in lines()},
        missing=lambda text: missing(text, folder),
        number_fault=numbers.fault,
        unit=organisation.longest_name(),
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
    return [*checks.problems(body, known()), *_seals(body)]


def problems_of(body: Mapping[str, Any]) -> list[Problem]:
    """Everything wrong with a body; it is laid out only when nothing else stands against it."""
    found = quick_problems(body)
    if any(one.severity == "error" for one in found):
        return found
    return [*found, *fitting.problems(affected(body), widest_dress(body))]


def widest_dress(body: Mapping[str, Any]) -> Dress:
    """The dress of the body with the longest name in the city: where that fits, every one does."""
    return dress_of(body, 0, Issuer("", organisation.longest_name()))


def sample_dress(body: Mapping[str, Any]) -> Dress:
    """The dress samples are shown in: that of a body with a seal, else of the city's first."""
    sealed = organisation.list_units(body["seals"])
    shown = next(iter(sealed), None) or next(iter(organisation.list_bodies()), None)
    return dress_of(body, 0, Issuer.of(shown) if shown else Issuer("", ""))


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What two bodies differ in, in words."""
    forms = {form.code: form for form in list_forms()}
    bodies = {str(unit.id): unit.name for unit in organisation.list_units({*old["seals"], *new["seals"]})}
    return changes(old, new, forms, Titles({line.name: line.title for line in lines()}, bodies))


def affected(body: Mapping[str, Any]) -> list[Form]:
    """The forms that are printed otherwise in this dress than in none.

    Those with words of the city's own stand first, then one of each layout, then the rest.
    """
    dress = widest_dress(body)
    found = [form for form in list_forms() if is_printed_otherwise(form, dress)]
    first = {form.layout: form.code for form in reversed(found)}
    worded = {key.rpartition(".")[0] for key in body["wording"]}
    return sorted(found, key=lambda form: (form.code not in worded, form.code not in first.values()))


def is_printed_otherwise(form: Form, dress: Dress) -> bool:
    """Whether a dress makes any difference to the sample of a form."""
    return render.html(form, form.sample, dress=dress) != render.html(form, form.sample)


def _seals(body: Mapping[str, Any]) -> Iterator[Problem]:
    lost = [unit for unit, key in body["seals"].items() if not _is_kept(key)]
    names = {str(unit.id): unit.name for unit in organisation.list_units(lost)}
    for unit in lost:
        yield error("DD601", "seal", f"{names.get(unit, unit)}的印章图片不在了或者已经损坏，请重新上传。")


def _is_kept(key: str) -> bool:
    try:
        seals.read(key)
    except (AppError, ValueError):
        return False
    return True
