"""The world in which a process is tried: the city's as it is today, or the one in which examples are counted."""

from collections.abc import Sequence
from datetime import date

from flask import current_app

from saas.cases.context import calendar, code_lists, towns
from saas.db.session import current_tenant
from saas.domain import Domain, domains, register_names
from saas.fields.context import FieldContext
from saas.settings import services as settings
from saas.workflow.process import Definition
from saas.workflow.simulation import Act, Context, forms_of, person_of
from saas.workflow.surroundings import DOMAINS


def line_of(definition: Definition) -> Domain | None:
    """The line of work a process belongs to; None for one that the city makes itself and nothing has of yet."""
    return next((line for line in current_app.extensions[DOMAINS] if line.name == definition.domain), None)


def city_context(definition: Definition) -> Context:
    """The city's own calendar and settings around a process."""
    # A limit may go by any setting there is, not only by those of the line.
    values, line = {key: settings.get(key) for key in settings.declared()}, line_of(definition)
    if line is None:
        return Context(definition.forms, calendar(), settings=values)
    return Context(forms_of(definition, line), calendar(), line.rules, line.facts, values)


def field_context(definition: Definition, acts: Sequence[Act], day: date) -> FieldContext:
    """What the questions of a played step may be answered with: people are those of the play, on its own day."""
    people = [(person_of(by), name_of(definition, by)) for by in cast(definition, acts)]
    line, names = line_of(definition), register_names()
    asked = {field.register for form in line.fields.values() for field in form.fields if field.register} if line else ()
    return FieldContext(
        today=day,
        demo=current_tenant().demo,
        # A process the city is still making belongs to no line of work yet: any list of the city may be meant.
        lists={key: found for line in domains() for key, found in code_lists(line.name).items()},
        areas=dict(towns()).get,
        people=list(dict(people).items()),
        area_options=towns(),
        entries={key: names.options(key, "", public_only=False) for key in asked},
        entry_names=names.name,
    )


def cast(definition: Definition, acts: Sequence[Act]) -> list[str]:
    """Everybody who can act in a play: each role, and who was named so far."""
    return list(dict.fromkeys((*definition.roles, *(act.by for act in acts))))


def name_of(definition: Definition, by: str) -> str:
    """A player in words: the role's title, with the person's name where one was given."""
    role, _, person = by.partition(":")
    title = definition.roles.get(role, role)
    return f"{person}（{title}）" if person else title
