"""A draft on the desk: its body with everything that stands around it, and what its parts are called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from saas.fields.form import FormDefinition
from saas.identity import queries as identity
from saas.workflow import definition, editing, surroundings
from saas.workflow.drafts.keeping import OPEN
from saas.workflow.editing import conditions, parts
from saas.workflow.engine_acts import TITLES
from saas.workflow.models import Draft
from saas.workflow.process import VERBS, Definition
from saas.workflow.surroundings import Surroundings

Options = list[tuple[str, str]]


@dataclass(frozen=True)
class Desk:
    """A draft with its parsed definition (None while it cannot be read) and its surroundings."""

    draft: Draft
    body: Mapping[str, Any]
    definition: Definition | None
    known: Surroundings
    may: bool
    """Whether who looks may change it now."""

    @property
    def base(self) -> Mapping[str, Any] | None:
        """The statutory body under it."""
        return self.known.base

    def lock(self, place: str) -> editing.Lock | None:
        """What the law's pack keeps at a place."""
        return editing.lock_of(self.base, place)

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        """By kind the titles of its parts by id."""
        found = {kind: self.body.get(kind) or () for kind in parts.KINDS}
        return {
            kind: {
                id_: str(part if kind == "roles" else part["title"])
                for id_, part in (some.items() if isinstance(some, dict) else ((one["id"], one) for one in some))
            }
            for kind, some in found.items()
            if kind != "invariants"
        }

    def titles(self, kind: str) -> Options:
        """The parts of a kind by id and title."""
        return list(self._names[kind].items())

    def title(self, kind: str, id_: str) -> str:
        """The title of one part; the id itself where there is none."""
        return self._names[kind].get(id_, id_)

    @cached_property
    def actions(self) -> Options:
        """Everything that can be done: ways of opening and steps."""
        return [*self.titles("opens"), *self.titles("transitions")]

    @cached_property
    def forms(self) -> Options:
        """The forms a step may ask."""
        return sorted(((key, form.title) for key, form in self.known.fields.items()), key=lambda one: one[0])

    @cached_property
    def documents(self) -> Options:
        """The documents a step may issue."""
        own = {paper.code: paper.title for paper in self.definition.papers} if self.definition else {}
        named = surroundings.titles(str(self.body.get("domain"))) | own
        return [(code, named.get(code, code)) for code in sorted(self.known.form_codes)]

    def free_roles(self) -> Options:
        """The city's roles that the process does not name yet."""
        used = self.body.get("roles", {})
        return [(role.code, role.title) for role in identity.list_roles() if role.code not in used]

    def variables(self, form: str | None) -> dict[str, tuple[str, str]]:
        """What a condition may ask: by name its type and its words; the answers of the step's own form among them."""
        declared = {name: (kind, _word(name)) for name, kind in self.body.get("fields", {}).items()}
        asked = self.known.fields.get(form or "")
        return declared | (_answers(asked) if asked else {})

    def verbs(self) -> Options:
        """The verbs of every process."""
        return [(verb, TITLES[verb]) for verb in VERBS]


def lay(draft: Draft, *, may: bool) -> Desk:
    """A draft laid on the desk of somebody who may change drafts, or only read them."""
    may = may and draft.state == OPEN
    try:
        parsed = definition.parse(draft.body)
    except definition.DefinitionError:
        return Desk(draft, draft.body, None, Surroundings(base=surroundings.pack(draft.key)), may)
    return Desk(draft, draft.body, parsed, surroundings.around(parsed), may)


def _answers(form: FormDefinition) -> dict[str, tuple[str, str]]:
    found = {}
    for field in form.fields:
        unit = "（分）" if field.type == "money" else ""
        found[f"form.{field.id}"] = (conditions.FIELD_TYPES.get(field.type, "string"), f"{field.label}{unit}")
    return found


def _word(name: str) -> str:
    return {"case.flags": "案件标记"}.get(name, name)


def named(options: Sequence[tuple[str, str]], ids: Sequence[str]) -> str:
    """Several parts by their titles in one line."""
    known = dict(options)
    return "、".join(known.get(id_, id_) for id_ in ids)
