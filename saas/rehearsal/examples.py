"""The scenarios of a draft: kept out of a play, brought up to date, taken away; each is an edit of the draft."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

from saas.errors import InvalidInputError, NotFoundError
from saas.identity.actor import Actor
from saas.rehearsal.staging import line_of
from saas.workflow import definition, drafts
from saas.workflow.models import Draft
from saas.workflow.process import Definition
from saas.workflow.simulation import Act, Context, acts_of, as_scenario, example_context, play

LONGEST_TITLE = 60
NO_TITLE = "请写明场景的名称，例如“双方达成协议后归档”。"
NO_DAY = "场景里有一步的日期不是存在的日期，请删除这个场景，重新模拟后再保存。"
NO_ACTS = "还没有办理任何一步，先走几步再保存。"


def context_of(parsed: Definition) -> Context:
    """The world in which a process's scenarios are counted."""
    return example_context(parsed, line_of(parsed))


def keep(draft: Draft, acts: Sequence[Act], title: str, *, cursor: int, by: Actor) -> str:
    """Keep acts as a scenario that expects what comes of them now; its title.

    Raises:
        InvalidInputError: It has no title, or nothing was done.
        ConflictError: Somebody else edited the draft meanwhile.
    """
    title = title.strip()[:LONGEST_TITLE]
    if not title:
        raise InvalidInputError({"title": NO_TITLE})
    if not acts:
        raise InvalidInputError({"title": NO_ACTS})
    body = deepcopy(draft.body)
    known = body.setdefault("scenarios", [])
    known.append(_as_it_is(definition.parse(draft.body), _new_key(known), title, acts))
    drafts.edit(draft, body, f"添加场景“{title}”", cursor=cursor, by=by)
    return title


def renew(draft: Draft, key: str, *, cursor: int, by: Actor) -> None:
    """Let a scenario expect what comes of it now.

    Raises:
        NotFoundError: The draft has no such scenario.
        InvalidInputError: It names a day that does not exist.
        ConflictError: Somebody else edited the draft meanwhile.
    """
    body = deepcopy(draft.body)
    known, at = body.get("scenarios", []), _place(draft, key)
    old = known[at]
    known[at] = _as_it_is(definition.parse(draft.body), key, old["title"], acts_in(draft, key))
    drafts.edit(draft, body, f"按现在的结果更新场景“{old['title']}”", cursor=cursor, by=by)


def remove(draft: Draft, key: str, *, cursor: int, by: Actor) -> None:
    """Take a scenario away.

    Raises:
        NotFoundError: The draft has no such scenario.
        ConflictError: Somebody else edited the draft meanwhile.
    """
    body = deepcopy(draft.body)
    title = body["scenarios"].pop(_place(draft, key))["title"]
    drafts.edit(draft, body, f"删除场景“{title}”", cursor=cursor, by=by)


def acts_in(draft: Draft, key: str) -> list[Act]:
    """The acts of a scenario of a draft.

    Raises:
        NotFoundError: It has none of that id.
        InvalidInputError: It names a day that does not exist.
    """
    try:
        return acts_of(draft.body["scenarios"][_place(draft, key)])
    except ValueError as error:
        raise InvalidInputError({"scenario": NO_DAY}) from error


def _place(draft: Draft, key: str) -> int:
    for n, one in enumerate(draft.body.get("scenarios", [])):
        if one["id"] == key:
            return n
    raise NotFoundError


def _as_it_is(parsed: Definition, key: str, title: str, acts: Sequence[Act]) -> dict[str, Any]:
    return as_scenario(key, title, acts, play(parsed, acts, context_of(parsed)))


def _new_key(known: Iterable[dict[str, Any]]) -> str:
    """The next free id; it says nothing, so that a title can change."""
    taken = {one["id"] for one in known}
    return next(key for n in range(1, len(taken) + 2) if (key := f"example_{n}") not in taken)
