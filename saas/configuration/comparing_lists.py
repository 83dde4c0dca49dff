"""What the code lists of a configuration would change, and what stands against it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from saas.cases import codelists
from saas.cases.codelists import LISTS, LONGEST, OWN_LIST, Entry
from saas.workflow.problem import Problem, error

CODE = "CF002"
Rows = Sequence[tuple[str, Entry]]


@dataclass(frozen=True)
class Change:
    """One thing that would be otherwise; ``part`` is one of ``PARTS``."""

    part: str
    sentence: str


def compare(rows: Rows, *, at_home: bool) -> Iterator[Change | Problem]:
    """Every change and every fault.

    Args:
        rows: The entries with their lists.
        at_home: Whether they are this city's own from before, so that a code means what it meant.
    """
    known = {**codelists.all_lists(), **{entry.code: () for key, entry in rows if key == LISTS}, LISTS: ()}
    titles = {**codelists.list_titles(), **{entry.code: entry.title for key, entry in rows if key == LISTS}}
    own = codelists.own_rows()
    counted, here, meanings = Counter((key, entry.code) for key, entry in rows), _here(rows, own, known), _meanings(own)
    for key, entry in rows:
        place = f"lists.{key}.{entry.code}"
        if key not in known:
            yield error(CODE, place, f"没有代码表“{key}”")
        elif counted[key, entry.code] > 1:
            yield error(CODE, place, "这个条目出现了两次")
        elif found := _fault(key, entry):
            yield error(CODE, place, found)
        elif not at_home and (taken := _taken(key, entry, here[key].get(entry.code), meanings)):
            yield error(CODE, place, f"代码“{entry.code}”在本市是“{taken}”，导入后已有案件的含义会变，请先改用别的条目")
        elif said := _change(entry, here[key].get(entry.code)):
            yield Change("lists", f"“{titles.get(key, '代码表')}”：{said}")
    yield from _whole(rows, own, known, titles)


def _fault(key: str, entry: Entry) -> str | None:
    if key == LISTS and not entry.code.startswith(OWN_LIST):
        # A list of a line of work would be another, and empty, under the same key.
        return f"“{entry.code}”不能作为本市代码表的编号"
    if not entry.title or not entry.title.isprintable():
        return "名称须是一行文字"
    return f"名称最多 {LONGEST} 个字" if len(entry.title) > LONGEST else None


def _here(rows: Rows, own: codelists.Rows, known: Mapping[str, codelists.Declared]) -> dict[str, dict[str, Entry]]:
    """The lists the file names as they are now, each entry by its code."""
    named = dict.fromkeys(key for key, _ in rows if key in known)
    return {key: {one.code: one for one in codelists.merged(known[key], own.get(key, {}))} for key in named}


def _meanings(own: codelists.Rows) -> dict[str, list[tuple[str, str]]]:
    """What every code the city has a say on means, in which lists."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key, entries in own.items():
        for code, entry in entries.items():
            found.setdefault(code, []).append((key, entry.title))
    return found


def _taken(key: str, entry: Entry, now: Entry | None, meanings: Mapping[str, list[tuple[str, str]]]) -> str | None:
    """What a code of the city's own means here, when it is something else: cases are told by the code alone."""
    if now is not None and now.declared is not None:
        return None
    same = meanings.get(entry.code, ())
    return next((title for where, title in same if (where, title) != (key, entry.title)), None)


def _change(entry: Entry, now: Entry | None) -> str | None:
    if now is None:
        return f"增加“{entry.title}”"
    if now.title != entry.title:
        return f"“{now.title}”改名为“{entry.title}”"
    if now.active != entry.active:
        return f"{'启用' if entry.active else '停用'}“{entry.title}”"
    return f"调整“{entry.title}”的顺序" if now.position != entry.position else None


def _whole(
    rows: Rows, own: codelists.Rows, known: Mapping[str, codelists.Declared], titles: Mapping[str, str]
) -> Iterator[Problem]:
    """Every list as it would be: titles once, and something to choose."""
    incoming: dict[str, dict[str, Entry]] = {}
    for key, entry in rows:
        incoming.setdefault(key, {})[entry.code] = entry
    for key in (one for one in incoming if one in known):
        after = codelists.merged(known[key], {**own.get(key, {}), **incoming[key]})
        twice = [title for title, times in Counter(one.title for one in after).items() if times > 1]
        title = titles.get(key, "代码表")
        if twice:
            yield error(CODE, f"lists.{key}", f"“{title}”里会有两个“{twice[0]}”，请先在本市改名")
        if not any(one.active for one in after):
            yield error(CODE, f"lists.{key}", f"“{title}”里没有可以选择的条目")
