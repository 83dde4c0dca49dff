"""What field checks and clocks need to know of the city: lists, areas, people, calendar."""

from datetime import date
from functools import lru_cache

from saas import clock
from saas.calendar import Calendar, last_published
from saas.cases import codelists, config_queries
from saas.cases.codelists import Entry
from saas.db.session import current_tenant
from saas.domain import get_domain, register_names
from saas.fields.context import FieldContext
from saas.fields.definition import FormDefinition
from saas.identity import queries as identity
from saas.identity.actor import CITIZEN_ROLE
from saas.organisation import queries as organisation
from saas.settings.remembering import remembered


def calendar() -> Calendar:
    """The working calendar of the city: the national one with the city's corrections."""
    return _calendar(*remembered("calendar", config_queries.corrections))


@lru_cache(maxsize=256)
def _calendar(corrections: tuple[tuple[date, bool], ...], loaded: frozenset[int]) -> Calendar:
    return Calendar(dict(corrections), published_through=last_published(loaded))


def code_lists(domain: str, *, active: bool = True) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen from the code lists of a line of work, with the city's own titles, entries and order.

    Without `active`, the closed entries instead: what cases have of them is still called by its title.
    """

    def read() -> dict[str, list[tuple[str, str]]]:
        every = _entries(domain).items()
        return {key: [(one.code, one.title) for one in found if one.active is active] for key, found in every}

    return remembered(f"code lists {domain} {'open' if active else 'closed'}", read)


def code_titles(domain: str, key: str | None = None) -> dict[str, str]:
    """The titles of the codes of a line of work, or of one list, closed ones too, as the city calls them.

    Where lists of a line have a code in common, that of its kinds of matters counts: cases are named by it.
    """
    if key:
        return {one.code: one.title for one in _entries(domain).get(key, [])}
    return remembered(
        f"code titles {domain}",
        lambda: {
            one.code: one.title
            for _, some in sorted(_entries(domain).items(), key=lambda pair: pair[0] == f"{domain}.kind")
            for one in some
        },
    )


def _entries(domain: str) -> dict[str, list[Entry]]:
    own = remembered("code lists", codelists.own_rows)

    def read() -> dict[str, list[Entry]]:
        declared = {**get_domain(domain).code_lists, **codelists.city_lists(own)}
        return {key: codelists.merged(some, own.get(key, {})) for key, some in declared.items()}

    return remembered(f"code lists {domain}", read)


def field_context(
    domain: str,
    form: FormDefinition | None = None,
    unit_path: str = "",
    *,
    choices: bool = True,
    roles: frozenset[str] | None = None,
) -> FieldContext:
    """What the field checks of a line of work may ask of the city.

    Args:
        domain: The line of work.
        form: The form to be drawn, checked or shown: people, areas and entries are read only where it asks for them.
        unit_path: Whose people may be chosen, and near which entries of registers.
        roles: Those of the person who asks; None where no person does.
        choices: Whether areas and entries are to be chosen from, rather than only named.
    """
    types = {field.type for field in form.fields} if form else set()
    return FieldContext(
        today=clock.today(),
        demo=current_tenant().demo,
        lists=code_lists(domain),
        closed=code_lists(domain, active=False),
        areas=area_name,
        people=people(domain, unit_path) if "person" in types else (),
        area_options=towns() if choices and "area" in types else (),
        entries=entries(form, unit_path, roles) if form and choices and "entry" in types else {},
        entry_names=register_names().name,
        roles=roles,
    )


def entries(form: FormDefinition, unit_path: str, roles: frozenset[str] | None) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen of the registers a form asks for, by their keys; citizens choose among public ones only."""
    wanted = {field.register for field in form.fields if field.register}
    public_only = roles is not None and CITIZEN_ROLE in roles
    return {key: register_names().options(key, unit_path, public_only=public_only) for key in sorted(wanted)}


def people(domain: str, unit_path: str) -> list[tuple[str, str]]:
    """Who may be made the handler of a case of this line at a unit, by id and name."""
    roles = get_domain(domain).handler_roles
    return remembered(
        f"people {domain} {unit_path}",
        lambda: [(str(user_id), name) for user_id, name in identity.holder_names(roles, unit_path)],
    )


def towns() -> list[tuple[str, str]]:
    """The towns of the city by code and name."""
    return remembered("towns", organisation.town_options)


def area_name(code: str) -> str | None:
    """The name of an area with what it lies in."""
    return remembered(f"area {code}", lambda: organisation.area_name(code))
