"""Holding the whole record against its seals, links and anchors; reads only, and trusts nothing the database says."""

import hmac
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from sqlalchemy import Row, and_, exists, func, select

from saas.audit import anchors, merkle
from saas.audit.canonical import TEXT_OF_EVENT, leaf_of
from saas.audit.findings import Report
from saas.audit.models import AuditEvent, AuditLink, AuditSeal, AuditSealed
from saas.audit.seals import LATE, Head, is_sealed, sign
from saas.db.session import current_tenant, db
from saas.errors import UnavailableError

EVENTS_AT_ONCE = 5_000
SEALS_AT_ONCE = 2_000
LINKS_AT_ONCE = 5_000
ANCHORS_AT_ONCE = 1_000
TAKEN_OVER = "第 1 到第 {n} 号封印是来源城市做的，随副本带来；本市自己的封印从第 {next} 号开始。"
RESTORED = "{at} 恢复过备份：第 {n} 号以后的封印随之作废，记在库外存证里。"

Place = Row[int, int, bytes, UUID, UUID, str]
Linked = Row[int, bytes, UUID, UUID, str]


@dataclass
class Walk:
    """A walk along the seals: what was found, and what the next one has to follow."""

    report: Report = field(default_factory=Report)
    last: AuditSeal | None = None
    heads: dict[int, tuple[UUID, bytes]] = field(default_factory=dict)


def verify() -> Report:
    """Verify the record of the session's city from its first event to its last."""
    started = time.perf_counter()
    walk = Walk()
    for seals in _batches():
        _look_at(walk, seals)
    _look_for_unsealed(walk)
    _look_at_links(walk)
    _look_at_anchors(walk)
    walk.report.seconds = round(time.perf_counter() - started, 3)
    return walk.report


def _batches() -> Iterator[Sequence[AuditSeal]]:
    """Seals in their order, so many that their events fit into the memory."""
    waiting: list[AuditSeal] = []
    after = -1
    while seals := db.session.scalars(
        select(AuditSeal).where(AuditSeal.n > after).order_by(AuditSeal.n).limit(SEALS_AT_ONCE)
    ).all():
        after = seals[-1].n
        for seal in seals:
            if waiting and sum(one.count for one in waiting) + seal.count > EVENTS_AT_ONCE:
                yield waiting
                waiting = []
            waiting.append(seal)
    if waiting:
        yield waiting


def _look_at(walk: Walk, seals: Sequence[AuditSeal]) -> None:
    places = db.session.execute(
        select(
            AuditSealed.seal_n,
            AuditSealed.leaf_no,
            AuditSealed.leaf,
            AuditSealed.event_id,
            AuditEvent.id.label("found"),
            TEXT_OF_EVENT.label("text"),
        )
        .outerjoin(AuditEvent, AuditEvent.id == AuditSealed.event_id)
        .where(AuditSealed.seal_n.between(seals[0].n, seals[-1].n))
        .order_by(AuditSealed.seal_n, AuditSealed.leaf_no)
    ).all()
    by_seal = {n: list(rows) for n, rows in groupby(places, lambda place: place.seal_n)}
    for seal in seals:
        _look_at_seal(walk, seal, by_seal.get(seal.n, []))
        db.session.expunge(seal)


def _look_at_seal(walk: Walk, seal: AuditSeal, places: Sequence[Place]) -> None:
    report = walk.report
    report.seals += 1
    report.events += len(places)
    _look_at_head(walk, seal)
    for place in places:
        if place.found is None:
            report.add("event_deleted", seal=seal.n, leaf=place.leaf_no + 1, event=str(place.event_id))
        elif leaf_of(place.text, seal.format) != place.leaf:
            report.add("event_changed", seal=seal.n, leaf=place.leaf_no + 1, event=str(place.event_id))
    there = {place.leaf_no for place in places}
    missing = [number for number in range(seal.count) if number not in there]
    for number in missing:
        report.add("index_missing", seal=seal.n, leaf=number + 1)
    if not missing and merkle.root([place.leaf for place in places], seal.format) != seal.root:
        report.add("root_wrong", seal=seal.n)


def _look_at_head(walk: Walk, seal: AuditSeal) -> None:
    """Whether a seal is what was signed, and follows the one before it."""
    head = Head(**{name: getattr(seal, name) for name in Head.__dataclass_fields__})
    origin = current_tenant().origin_id
    known = seal.format in merkle.DIGESTS
    if not known or head.digest(origin) != seal.head or not hmac.compare_digest(sign(seal.head, origin), seal.mac):
        walk.report.add("seal_changed", seal=seal.n)
    before = (walk.last.n, walk.last.head) if walk.last else (0, b"")
    if (seal.n - 1, seal.previous) != before:
        walk.report.add("seal_unchained", seal=seal.n)
    walk.heads[seal.n] = (seal.city_id, seal.head)
    walk.last = seal


def _look_for_unsealed(walk: Walk) -> None:
    """Events that are older than a seal and under none."""
    unsealed = select(AuditEvent.id).where(~is_sealed())
    if walk.last is not None:
        settled = AuditEvent.recorded_at <= walk.last.last_at - LATE
        for id_ in db.session.scalars(unsealed.where(settled).order_by(AuditEvent.recorded_at, AuditEvent.id)):
            walk.report.add("event_unsealed", event=str(id_))
        unsealed = unsealed.where(AuditEvent.recorded_at > walk.last.last_at - LATE)
    walk.report.waiting = db.session.scalar(select(func.count()).select_from(unsealed.subquery())) or 0


def _look_at_links(walk: Walk) -> None:
    report, n, before = walk.report, 0, b""
    witnessed = {walk.last.link_n: walk.last.link_hash} if walk.last and walk.last.link_n else {}
    for link in _links():
        for absent in range(n + 1, link.n):
            report.add("link_missing", link=absent)
        leaf = leaf_of(link.text)
        if link.found is None:
            report.add("link_event_deleted", link=link.n, event=str(link.event_id))
        elif link.n == n + 1 and merkle.digest(1, merkle.LINK, before, leaf) != link.hash:
            report.add("link_changed", link=link.n, event=str(link.event_id))
        if witnessed.get(link.n, link.hash) != link.hash:
            report.add("link_changed", link=link.n, event=str(link.event_id))
        n, before = link.n, link.hash
        report.links += 1
    if walk.last and walk.last.link_n > n:
        report.add("link_tail", seal=walk.last.n, link=walk.last.link_n)
    _look_for_unlinked(report)


def _links() -> Iterator[Linked]:
    after = 0
    query = (
        select(
            AuditLink.n, AuditLink.hash, AuditLink.event_id, AuditEvent.id.label("found"), TEXT_OF_EVENT.label("text")
        )
        .outerjoin(AuditEvent, AuditEvent.id == AuditLink.event_id)
        .order_by(AuditLink.n)
        .limit(LINKS_AT_ONCE)
    )
    while rows := db.session.execute(query.where(AuditLink.n > after)).all():
        yield from rows
        after = rows[-1].n


def _look_for_unlinked(report: Report) -> None:
    linked = exists().where(AuditLink.event_id == AuditEvent.id)
    for id_ in db.session.scalars(select(AuditEvent.id).where(and_(AuditEvent.high, ~linked)).order_by(AuditEvent.id)):
        report.add("link_absent", event=str(id_))


def _look_at_anchors(walk: Walk) -> None:
    """Hold every seal against what was put down outside, each under the city that made it."""
    own = current_tenant().id
    try:
        for city in sorted({own, *(city for city, _ in walk.heads.values())}, key=str):
            _compare(walk, city, _read(walk.report, city), own=city == own)
    except UnavailableError as error:
        walk.report.notes.append(error.message)
        walk.report.add("anchors_unreadable")
    taken = max((n for n, (city, _) in walk.heads.items() if city != own), default=0)
    if taken:
        walk.report.notes.append(TAKEN_OVER.format(n=taken, next=taken + 1))


def _read(report: Report, city: UUID) -> Mapping[int, str]:
    """The heads of a city by the numbers of their seals, as they should be by now."""
    heads: dict[int, str] = {}
    for number, anchor in enumerate(anchors.place().read(city)):
        if number % ANCHORS_AT_ONCE == 0:
            # The server ends a transaction that says nothing for ten seconds.
            db.session.execute(select(1))
        if anchor.kind == anchors.RESTORED:
            if any(n > anchor.n for n in heads):
                report.notes.append(RESTORED.format(at=anchor.at[:19], n=anchor.n))
            heads = {n: head for n, head in heads.items() if n <= anchor.n}
        elif heads.setdefault(anchor.n, anchor.head) != anchor.head:
            report.add("anchor_conflict", seal=anchor.n)
    return heads


def _compare(walk: Walk, city: UUID, anchored: Mapping[int, str], *, own: bool) -> None:
    report = walk.report
    for n, (maker, head) in walk.heads.items():
        if maker == city and n in anchored:
            report.anchors += 1
            if anchored[n] != head.hex():
                report.add("anchor_differs", seal=n)
    newest = max(anchored, default=0)
    if own and newest > max(walk.heads, default=0):
        report.add("tail_missing" if walk.heads else "wiped", seal=newest)
