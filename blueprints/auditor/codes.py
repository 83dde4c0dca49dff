"""What the codes in the record's details are called: states, ways in, forms, categories, people."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from blueprints.auditor import queries, words
from saas.audit.models import AuditEvent
from saas.domain import all_domains, get_domain
from saas.web.staff.rows import CASE_COLUMNS
from saas.workflow.process import Definition
from saas.workflow.queries import current_definitions

Name = tuple[tuple[str, str], str]
CHANGES = ("from", "to")


def names(events: Sequence[AuditEvent]) -> Mapping[tuple[str, str], str]:
    """The names of codes that may occur in these events, by key and code."""
    return {**words.VALUES, **dict(_declared()), **dict(_processes()), **dict(_people(events))}


def by_process() -> dict[str, dict[tuple[str, str], str]]:
    """What each process calls its ways in, its states and its materials: lines of work have codes in common."""
    return {definition.key: dict(_own(definition)) for definition in current_definitions()}


def _declared() -> Iterator[Name]:
    for key, title in CASE_COLUMNS.items():
        yield ("columns", key), title
    for line in all_domains():
        yield from ((("form", form.code), form.title) for form in line.forms)
        yield from ((("role", role.code), role.title) for role in line.roles)


def _processes() -> Iterator[Name]:
    for definition in current_definitions():
        yield ("key", definition.key), definition.title
        yield from _own(definition)


def _own(definition: Definition) -> Iterator[Name]:
    for category in get_domain(definition.domain).file_categories:
        yield ("category", category.code), category.title
    yield from ((("way", way.id), way.title) for way in definition.opens)
    for state in definition.states.values():
        yield from (((key, state.id), state.title) for key in (*CHANGES, "state"))


def _people(events: Sequence[AuditEvent]) -> Iterator[Name]:
    """Who a case was given to, and from whom: the record keeps the ids of accounts."""
    found = {str(event.detail[key]) for event in events for key in CHANGES if key in event.detail}
    for id_, name in queries.user_names({UUID(text) for text in found if _is_id(text)}).items():
        yield from (((key, str(id_)), name) for key in CHANGES)


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
