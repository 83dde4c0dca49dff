"""Code lists as a city uses them: what its lines of work declare, with the city's own entries, titles and order."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from saas.audit import services as audit
from saas.cases import config_queries
from saas.cases.actions import ListAudit
from saas.cases.config_models import CodeItem
from saas.db.session import db
from saas.domain import domains
from saas.errors import ConflictError, InvalidInputError, NotFoundError
from saas.identity.actor import Actor

APART = 10  # between the positions of two entries
LONGEST = 40  # characters of a title
OWN_LIST = "own.l_"
"""What the key of a list the city made itself begins with."""
LISTS = "own.lists"
"""The list of the lists a city made itself: the key of each with its title."""
Declared = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Entry:
    """An entry of a list; `declared` is the title it has by its line of work, None for the city's own."""

    code: str
    title: str
    position: int
    active: bool = True
    declared: str | None = None


Rows = Mapping[str, Mapping[str, Entry]]


def merged(declared: Declared, own: Mapping[str, Entry]) -> list[Entry]:
    """Every entry, closed ones too, in the city's order: what is declared stands where the city did not move it."""
    titles = dict(declared)
    places = {code: APART * number for number, (code, _) in enumerate(declared, 1)}
    found = [Entry(code, titles[code], places[code], declared=titles[code]) for code in titles if code not in own]
    found += [Entry(row.code, row.title, row.position, row.active, titles.get(row.code)) for row in own.values()]
    return sorted(found, key=lambda one: (one.position, one.declared is None, one.code))


def own_rows() -> dict[str, dict[str, Entry]]:
    """What the city itself says of lists, by list and code."""
    found: dict[str, dict[str, Entry]] = {}
    for row in config_queries.list_code_items():
        entry = Entry(row.code, row.title, row.position, row.active)
        found.setdefault(row.list_key, {})[entry.code] = entry
    return found


def city_lists(own: Rows) -> dict[str, Declared]:
    """The lists the city made itself, by key; all their entries are its own."""
    return dict.fromkeys(own.get(LISTS, {}), ())


def all_lists() -> dict[str, Declared]:
    """The lists of every line of work, then the city's own, by key."""
    return _declared(own_rows())


def list_titles() -> dict[str, str]:
    """What the lists are called: the city's own as it named them, others after the first question that uses them."""
    asked = [field for line in domains() for form in line.fields.values() for field in form.fields if field.list]
    titles = {str(field.list): field.label for field in reversed(asked)}
    rows = own_rows()
    own = {code: item.title for code, item in rows.get(LISTS, {}).items()}
    return {key: own.get(key) or titles.get(key, key) for key in _declared(rows)}


def entries(key: str) -> list[Entry]:
    """Every entry of a list in the city's order.

    Raises:
        NotFoundError: there is no such list.
    """
    own = own_rows()
    declared = _declared(own).get(key)
    if declared is None:
        raise NotFoundError
    return merged(declared, own.get(key, {}))


def make(title: str, *, by: Actor) -> str:
    """Make a list of the city's own, still empty; its key.

    Raises:
        InvalidInputError: the title is empty, too long or taken.
    """
    known = merged((), own_rows().get(LISTS, {}))
    clean = _free_title(title, known)
    key = f"{OWN_LIST}{secrets.token_hex(3)}"
    _insert(LISTS, Entry(key, clean, APART * (len(known) + 1)))
    audit.record(ListAudit.MADE, _named(LISTS, key), by=by, detail={"title": clean})
    return key


def add(key: str, title: str, *, by: Actor) -> Entry:
    """Add an entry at the end of a list.

    Raises:
        InvalidInputError: the title is empty, too long or taken.
        ConflictError: somebody else added one at the same moment.
    """
    known = entries(key)
    clean = _free_title(title, known)
    code = _new_code()
    new = Entry(code, clean, max((one.position for one in known), default=0) + APART)
    if not _insert(key, new):
        raise ConflictError("别人刚刚也增加了条目，请再提交一次。")
    audit.record(ListAudit.ADDED, _named(key, code), by=by, detail={"title": clean})
    return new


def rename(key: str, code: str, title: str, *, by: Actor) -> None:
    """Call an entry otherwise; cases keep its code and show the new title.

    Raises:
        InvalidInputError: the title is empty, too long or taken.
    """
    known = entries(key)
    entry = _find(known, code)
    clean = _free_title(title, [one for one in known if one.code != code])
    _row(key, entry).title = clean
    audit.record(ListAudit.RENAMED, _named(key, code), by=by, detail={"from": entry.title, "title": clean})


def set_open(key: str, code: str, *, active: bool, by: Actor) -> None:
    """Let an entry be chosen, or no longer; cases that have it keep it.

    Raises:
        ConflictError: it is the last that can be chosen.
    """
    known = entries(key)
    entry = _find(known, code)
    if not active and not any(one.active for one in known if one.code != code):
        raise ConflictError("至少要保留一个可以选择的条目。请先启用或者新增别的条目。")
    _row(key, entry).active = active
    action = ListAudit.OPENED if active else ListAudit.CLOSED
    audit.record(action, _named(key, code), by=by, detail={"title": entry.title})


def move(key: str, code: str, places: int, *, by: Actor) -> None:
    """Move an entry up (negative) or down by some places; at either end it stays."""
    known = entries(key)
    entry = _find(known, code)
    rest = [one for one in known if one.code != code]
    at = min(max(known.index(entry) + places, 0), len(rest))
    for number, one in enumerate([*rest[:at], entry, *rest[at:]], 1):
        if one.position != APART * number:
            _row(key, one).position = APART * number
    audit.record(ListAudit.MOVED, _named(key, code), by=by, detail={"title": entry.title, "place": at + 1})


def take_over(rows: Sequence[tuple[str, Entry]], *, by: Actor) -> None:
    """Let entries of lists be as another configuration has them; those it does not name stay as they are."""
    for key, entry in rows:
        row = _row(key, entry)
        row.title, row.position, row.active = entry.title, entry.position, entry.active
    detail = {"entries": [f"{key}/{entry.code}" for key, entry in rows]}
    audit.record(ListAudit.TAKEN_OVER, ("code_item", "import"), by=by, detail=detail)


def _declared(own: Rows) -> dict[str, Declared]:
    """As :func:`all_lists`, where the city's own rows have been read."""
    return {key: entries for line in domains() for key, entries in line.code_lists.items()} | city_lists(own)


def _named(key: str, code: str) -> tuple[str, str]:
    return "code_item", f"{key}/{code}"


def _find(known: Sequence[Entry], code: str) -> Entry:
    for one in known:
        if one.code == code:
            return one
    raise NotFoundError


def _free_title(title: str, others: Sequence[Entry]) -> str:
    clean = " ".join(title.split())
    if not clean:
        raise InvalidInputError({"title": "请填写条目的名称"})
    if len(clean) > LONGEST:
        raise InvalidInputError({"title": f"名称最多 {LONGEST} 个字，请缩短"})
    if any(one.title == clean for one in others):
        raise InvalidInputError({"title": f"已经有“{clean}”了，请换一个名称"})
    return clean


def _new_code() -> str:
    """A code that no list has: the titles of cases are found by code alone."""
    taken = [code for rows in own_rows().values() for code in rows if re.fullmatch(r"x[0-9]+", code)]
    return f"x{max((int(code[1:]) for code in taken), default=0) + 1}"


def _insert(key: str, entry: Entry) -> bool:
    values = {"code": entry.code, "title": entry.title, "position": entry.position, "active": entry.active}
    query = insert(CodeItem).values(list_key=key, **values).on_conflict_do_nothing().returning(CodeItem.code)
    return db.session.scalar(query) is not None


def _row(key: str, entry: Entry) -> CodeItem:
    """The city's own row of an entry, locked; made where there is none, two administrators at once included."""
    _insert(key, entry)
    query = select(CodeItem).where(CodeItem.list_key == key, CodeItem.code == entry.code).with_for_update()
    return db.session.scalars(query).one()
