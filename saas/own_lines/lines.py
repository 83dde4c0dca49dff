"""A process of the city's own as a line of work: documents, forms, order of the file, figures and guide in one."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from saas import clock
from saas.db.session import find_tenant
from saas.documents.form import Form
from saas.documents.papers import form_of_paper
from saas.domain import Domain, FileCategory, Guide, VolumeItem
from saas.identity.actor import CITIZEN_ROLE
from saas.indicators.declaration import Indicator
from saas.own_lines import framing
from saas.own_lines.queries import OwnVersion, list_versions
from saas.settings.remembering import remembered
from saas.workflow.process import Definition
from saas.workflow.process_parts import Figure
from saas.workflow.queries import get_definition

SOURCE = "本市自定义"
OTHER = FileCategory("material", "其他材料")
FILES_SUFFIX = "_files"
SYSTEM_ROLE = "system"


class NoPermission(StrEnum):
    """Such a line has no permissions but the kernel's."""


def read() -> tuple[Domain, ...]:
    """The lines of work of the session's city that are its own; none without a city."""
    if find_tenant() is None:
        return ()
    today = clock.today()
    return remembered(f"own lines {today}", lambda: _read(today))


def _read(today: date) -> tuple[Domain, ...]:
    versions, kinds = list_versions(today)
    return tuple(_line(list(some), kinds) for _, some in groupby(versions, key=attrgetter("key")))


def _line(versions: Sequence[OwnVersion], kinds: tuple[str, ...]) -> Domain:
    """The line of one process from all its versions, newest first: cases still run on earlier ones."""
    in_force = next((one.id for one in versions if one.in_force), None)
    return _built(tuple(one.id for one in versions), in_force, kinds)


@lru_cache(maxsize=256)
def _built(ids: tuple[UUID, ...], in_force: UUID | None, kinds: tuple[str, ...]) -> Domain:
    definitions = [get_definition(id_) for id_ in ids]
    newest = get_definition(in_force) if in_force else definitions[0]
    ordered = [newest, *(one for one in definitions if one is not newest)]
    return Domain(
        name=newest.domain,
        title=newest.title,
        laws=(newest.law,) if newest.law else (),
        permissions=NoPermission,
        forms=(*_all_documents(ordered), *framing.FORMS),
        fields={key: form for one in reversed(ordered) for key, form in one.forms.items()},
        code_lists=dict.fromkeys(sorted(set(_lists(ordered))), ()),
        volume=tuple(_volume(ordered)),
        volume_forms=framing.ORDER,
        file_categories=(*_categories(ordered), OTHER),
        indicators=tuple(_indicator(figure, newest) for figure in newest.figures),
        guides=tuple(_guides(newest)) if in_force else (),
        handler_roles=tuple(role for role in newest.roles if role not in {CITIZEN_ROLE, SYSTEM_ROLE}),
        body_types=kinds,
    )


def _all_documents(definitions: Sequence[Definition]) -> Iterator[Form]:
    """The documents of all versions; of those with one code the newest version's."""
    forms = (form_of_paper(one, paper, one.forms) for one in reversed(definitions) for paper in one.papers)
    yield from {form.code: form for form in forms}.values()


def _lists(definitions: Iterable[Definition]) -> Iterator[str]:
    """The code lists its questions choose from: their entries are the city's."""
    for definition in definitions:
        for form in definition.forms.values():
            yield from (field.list for field in form.fields if field.list)


def _categories(definitions: Iterable[Definition]) -> list[FileCategory]:
    """A kind of attachment for every question that asks for files; evidence, since who asks may have to prove it."""
    fields = [field for one in definitions for form in one.forms.values() for field in form.fields]
    found = {field.id.removesuffix(FILES_SUFFIX): field.label for field in fields if field.type == "file"}
    return [FileCategory(code, title, evidence=True) for code, title in found.items() if code != OTHER.code]


def _volume(definitions: Iterable[Definition]) -> Iterator[VolumeItem]:
    """Documents in the order the process names them, then attachments."""
    papers = {paper.code: paper.title for one in definitions for paper in one.papers}
    yield from (VolumeItem(title, forms=(code,)) for code, title in papers.items())
    yield from (VolumeItem(kind.title, categories=(kind.code,)) for kind in _categories(definitions))
    yield VolumeItem(OTHER.title, categories=(OTHER.code,))


def _indicator(figure: Figure, definition: Definition) -> Indicator:
    amount = figure.amount_field is not None
    return Indicator(
        figure.code,
        figure.title,
        definition.key,
        measure="amount" if amount else "cases",
        event=figure.event,
        amount_field=figure.amount_field,
        unit="元" if amount else figure.unit,
        source=SOURCE,
    )


def _guides(definition: Definition) -> Iterator[Guide]:
    page = definition.page
    if page is None:
        return
    yield Guide(
        process=definition.key,
        way=page.way,
        title=page.title,
        summary=page.summary,
        who=page.who,
        bring=page.bring,
        time=page.time,
        fee=page.fee,
        place=page.place,
        law=page.law,
    )
