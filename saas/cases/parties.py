"""Parties out of what was entered, and the words that name a case after them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from saas import text
from saas.cases.models import Party
from saas.fields.definition import FormDefinition

SIDES = ("applicant", "respondent")


def parties_from(form: FormDefinition, values: Mapping[str, Any], *, today: date, demo: bool) -> list[Party]:
    """The parties entered in a form whose fields name a side and a column.

    Birth date and sex of a natural person follow from the ID number (GB 11643).
    """
    found: dict[str, dict[str, Any]] = {}
    for field in form.fields:
        if field.party and values.get(field.id) not in (None, ""):
            found.setdefault(field.party, {})[field.attr or field.id] = values[field.id]
    if agent := values.get("agent_name"):
        found["agent"] = {"name": agent, "kind": "natural", "agent_for": "applicant"}
    ordered = sorted(found.items(), key=lambda item: (*SIDES, "agent").index(item[0]))
    return [
        Party(seq=seq, side=side, **with_identity({"kind": "natural", **attributes}, today=today, demo=demo))
        for seq, (side, attributes) in enumerate(ordered, start=1)
        if attributes.get("name")
    ]


def with_identity(attributes: dict[str, Any], *, today: date, demo: bool) -> dict[str, Any]:
    """The same attributes with birth date and sex read from the ID number, where there is one."""
    number = attributes.get("id_number")
    if not number or attributes["kind"] != "natural":
        return attributes
    identity = text.parse_id_number(number, today=today, demo=demo)
    return {**attributes, "id_number": identity.number, "birth": identity.birth, "gender": identity.gender}


def names_of(parties: Sequence[Party], side: str) -> str:
    """The names on a side, joined with 、."""
    return "、".join(party.name for party in parties if party.side == side)


def party_text(parties: Sequence[Party]) -> str:
    """Both sides in one line, for lists and search."""
    return " ".join(party.name for party in parties if party.side in SIDES)


def case_title(parties: Sequence[Party], kind_title: str) -> str:
    """How the case is called: both sides and the matter, as on the cover of a file."""
    sides = "与".join(filter(None, (names_of(parties, side) for side in SIDES)))
    return f"{sides}{kind_title}"


def contact_tail(parties: Sequence[Party]) -> str | None:
    """The last four digits of the applicant's phone, which open the progress page together with the number."""
    for party in parties:
        if party.side == "applicant" and party.phone:
            return party.phone[-4:]
    return None
