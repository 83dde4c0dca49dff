"""Who is proposed as handler, as a pure function: the order of the candidates and a reason for each of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from saas.text import chinese_date
from saas.workflow.process import Assignment

STRATEGIES = {"load": "在办最少的优先", "rotation": "最久没有接案的优先", "draw": "随机抽取"}


@dataclass(frozen=True)
class Candidate:
    """Somebody who holds the role where the case lies.

    Attributes:
        id: Of the account.
        name: Of the person.
        skills: Codes of what the person is good at; none recorded means everything.
        areas: Codes of the areas the person looks after, with all below them; none recorded means everywhere.
        open_cases: How many are open.
        load: The same, cases that are kept closely counting more.
        last_on: When the last one was given, if any was.
        away_until: The last day of a leave that lasts now.
        recused: Whether the person keeps out of this case.
        cap: How many open cases the person may have, if that is limited.
    """

    id: str
    name: str
    skills: frozenset[str] = frozenset()
    areas: tuple[str, ...] = ()
    open_cases: int = 0
    load: int = 0
    last_on: date | None = None
    away_until: date | None = None
    recused: bool = False
    cap: int | None = None


@dataclass(frozen=True)
class Wanted:
    """What the case asks for: the code of a skill with its title, and the code of an area."""

    skill: str | None = None
    skill_title: str = ""
    area: str | None = None


@dataclass(frozen=True)
class Ranked:
    """A candidate's place, from 1, or None for who cannot be taken now; and why, in words."""

    id: str
    name: str
    place: int | None
    reason: str


@dataclass(frozen=True)
class Ranking:
    """How the candidates stand; `seed` is kept where they were drawn."""

    strategy: str
    ranked: tuple[Ranked, ...] = ()
    seed: str | None = None

    @property
    def proposed(self) -> Ranked | None:
        """Who is proposed; nobody when nobody is free."""
        return next((one for one in self.ranked if one.place == 1), None)


@dataclass(frozen=True)
class _Judged:
    candidate: Candidate
    against: tuple[str, ...] = field(default=())


def rank(rule: Assignment, candidates: Iterable[Candidate], wanted: Wanted, seed: str | None = None) -> Ranking:
    """Put the candidates in order.

    The order is by open load, then by the longest time since the last case, then by id; by rotation the load does
    not count; a draw shuffles the ids with the seed. Who cannot be taken stands behind, by name, with the reason.

    Args:
        rule: The rule of the step.
        candidates: Those who hold the role where the case lies, in any order.
        wanted: What the case asks for.
        seed: Of a draw.
    """
    judged = [_Judged(one, tuple(_against(one, rule, wanted))) for one in candidates]
    free = in_order(rule.strategy, [one.candidate for one in judged if not one.against], seed)
    places = tuple(Ranked(one.id, one.name, place, _told(one)) for place, one in enumerate(free, start=1))
    left = sorted((one for one in judged if one.against), key=lambda one: (one.candidate.name, one.candidate.id))
    others = tuple(Ranked(one.candidate.id, one.candidate.name, None, "；".join(one.against)) for one in left)
    return Ranking(rule.strategy, (*places, *others), seed if rule.strategy == "draw" else None)


def in_order(strategy: str, free: Sequence[Candidate], seed: str | None) -> list[Candidate]:
    """Those who can be taken, in the order in which they are."""
    if strategy == "draw":
        by_id = {one.id: one for one in free}
        return [by_id[id_] for id_ in drawn(by_id, seed or "")]
    if strategy == "rotation":
        return sorted(free, key=lambda one: (*_since(one), one.id))
    return sorted(free, key=lambda one: (one.load, *_since(one), one.id))


def drawn(ids: Iterable[str], seed: str) -> list[str]:
    """The ids in the order a seed draws them: whoever has both can draw again and compare."""
    order = sorted(ids)
    Random(seed).shuffle(order)  # noqa: S311 - it must come out the same again
    return order


def _since(candidate: Candidate) -> tuple[bool, date]:
    return candidate.last_on is not None, candidate.last_on or date.min


def _against(candidate: Candidate, rule: Assignment, wanted: Wanted) -> Iterable[str]:
    """Every reason why the candidate cannot be taken now."""
    if candidate.recused:
        yield "本案回避"
    if candidate.away_until is not None:
        yield f"休假至{chinese_date(candidate.away_until)}"
    if rule.skill and candidate.skills and wanted.skill not in candidate.skills:
        yield f"专长不含{wanted.skill_title or '本类案件'}"
    if rule.area and candidate.areas and not _covers(candidate.areas, wanted.area):
        yield "不负责这个地方"
    cap = min((one for one in (candidate.cap, rule.cap) if one is not None), default=None)
    if cap is not None and candidate.open_cases >= cap:
        yield f"在办 {candidate.open_cases} 件，已满（最多 {cap} 件）"


def _covers(areas: Sequence[str], area: str | None) -> bool:
    return area is not None and any(area.startswith(one) for one in areas)


def _told(candidate: Candidate) -> str:
    """Why somebody who is free stands where he stands."""
    weighted = f"（折合 {candidate.load} 件）" if candidate.load != candidate.open_cases else ""
    last = f"上次 {chinese_date(candidate.last_on)}" if candidate.last_on else "还没有接过案"
    return f"在办 {candidate.open_cases} 件{weighted}，{last}"
