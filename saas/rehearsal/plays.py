"""The play of one person on one draft: kept until it is begun anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from saas import clock
from saas.db.session import db
from saas.errors import InvalidInputError
from saas.identity.actor import Actor
from saas.rehearsal.models import Play
from saas.workflow.models import Draft
from saas.workflow.simulation import MOST_ACTS, Act, act_from, as_plain

TOO_LONG = f"一次模拟最多{MOST_ACTS}步，请重新开始，或者先保存为场景。"


@dataclass(frozen=True)
class Script:
    """What is being played: the acts, and the day the clock was moved to, if it was."""

    acts: tuple[Act, ...] = ()
    day: date | None = None


def read(draft_id: UUID, *, by: Actor) -> Script:
    """What somebody plays on a draft; nothing yet, where nothing is kept."""
    play = _find(draft_id, by)
    return Script(tuple(map(act_from, play.acts["acts"])), play.day) if play and play.acts else Script()


def keep(draft: Draft, acts: Sequence[Act], day: date | None, *, by: Actor) -> None:
    """Keep what is played now in the place of what was.

    Raises:
        InvalidInputError: There are more acts than anybody can follow.
    """
    if len(acts) > MOST_ACTS:
        raise InvalidInputError({"action": TOO_LONG})
    assert by.id is not None, "somebody with an account plays"
    play = _find(draft.id, by) or Play(draft_id=draft.id, user_id=by.id)
    play.acts, play.day, play.played_at = {"acts": [as_plain(act) for act in acts]}, day, clock.now()
    db.session.add(play)


def _find(draft_id: UUID, by: Actor) -> Play | None:
    query = select(Play).where(Play.draft_id == draft_id, Play.user_id == by.id)
    return db.session.scalars(query).one_or_none()
