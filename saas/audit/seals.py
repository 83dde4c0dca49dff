"""Seals: a root over the events that settled since the last one, chained to it and signed outside the database."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Integer,
    LargeBinary,
    Row,
    Select,
    Uuid,
    cast,
    exists,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
)

from saas.audit import merkle
from saas.audit.canonical import TEXT_OF_EVENT, leaf_of
from saas.audit.models import AuditEvent, AuditLink, AuditSeal, AuditSealed
from saas.config import current_config
from saas.db.session import current_tenant, db

LATE = timedelta(minutes=10)
"""How long after it was written an event may still be committed; what turns up later was put in by hand."""
GRACE = timedelta(seconds=5)
MOST = 20_000  # events under one seal
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SUITE = {name: number for number, name in merkle.DIGESTS.items()}


@dataclass(frozen=True)
class Head:
    """What a seal says, before it is digested."""

    n: int
    format: int
    city_id: UUID
    count: int
    first_at: datetime
    last_at: datetime
    root: bytes
    link_n: int
    link_hash: bytes
    previous: bytes

    def digest(self, origin_id: UUID) -> bytes:
        """The digest of it all; ``origin_id`` stays the same in copies, so that their chain goes on."""
        times = (_microseconds(self.first_at), _microseconds(self.last_at))
        numbers = "/".join(map(str, (self.n, self.format, self.count, *times, self.link_n)))
        parts = (numbers.encode(), origin_id.bytes, self.city_id.bytes, self.root, self.link_hash, self.previous)
        return merkle.digest(self.format, merkle.HEAD, *(len(part).to_bytes(2, "big") + part for part in parts))


def sign(head: bytes, origin_id: UUID) -> bytes:
    """The seal's MAC, under a key made of the deployment's secret for this city and its copies."""
    config = current_config()
    secret = (config.audit.key or config.secret_key).encode()
    key = hmac.digest(secret, b"fengqiao.audit.seal/" + origin_id.bytes, hashlib.sha256)
    return hmac.digest(key, head, hashlib.sha256)


def last_seal() -> AuditSeal | None:
    """The newest seal of the city."""
    return db.session.scalar(select(AuditSeal).order_by(AuditSeal.n.desc()).limit(1))


def seal(most: int = MOST, grace: timedelta | None = None) -> AuditSeal | None:
    """Seal what has settled; None where there is nothing. Another sealer's seal of the same number breaks the commit.

    An event has settled when no transaction that was open as it was written is open any more, so that what was
    written first is sealed first, or after some seconds. Which events are under a seal is looked up, not concluded
    from numbers of transactions: whatever is committed late is found by the next seal, and a restored city, where
    the numbers begin anew, goes on.
    """
    last = last_seal()
    waiting = GRACE if grace is None else grace
    rows = db.session.execute(_settled(last.last_at if last else None, most, waiting)).all()
    if not rows:
        return None
    format_ = SUITE[current_config().audit.digest]
    leaves = [leaf_of(row.text, format_) for row in rows]
    made = _made(last, rows, merkle.root(leaves, format_), format_)
    db.session.add(made)
    db.session.flush()
    _index(made.n, [row.id for row in rows], leaves)
    return made


def _settled(until: datetime | None, most: int, grace: timedelta) -> Select[UUID, datetime, str]:
    oldest = literal_column("pg_snapshot_xmin(pg_current_snapshot())::text::bigint", BigInteger)
    query = (
        select(AuditEvent.id, AuditEvent.recorded_at, TEXT_OF_EVENT.label("text"))
        # One transaction left open anywhere on the server holds the oldest number back; and a row that came with a
        # backup has a number of another server, which may still lie ahead here: neither keeps an event waiting.
        .where(or_(AuditEvent.xid < oldest, AuditEvent.recorded_at < func.clock_timestamp() - grace), ~is_sealed())
        .order_by(AuditEvent.recorded_at, AuditEvent.id)
        .limit(most)
    )
    return query if until is None else query.where(AuditEvent.recorded_at > until - LATE)


def is_sealed() -> ColumnElement[bool]:
    """A condition on events: there is a place for it under a seal."""
    return exists().where(AuditSealed.event_id == AuditEvent.id)


def _made(last: AuditSeal | None, rows: Sequence[Row[UUID, datetime, str]], root: bytes, format_: int) -> AuditSeal:
    city = current_tenant()
    link = db.session.execute(select(AuditLink.n, AuditLink.hash).order_by(AuditLink.n.desc()).limit(1)).one_or_none()
    head = Head(
        n=last.n + 1 if last else 1,
        format=format_,
        city_id=city.id,
        count=len(rows),
        first_at=rows[0].recorded_at,
        last_at=max(rows[-1].recorded_at, last.last_at) if last else rows[-1].recorded_at,
        root=root,
        link_n=link.n if link else 0,
        link_hash=link.hash if link else b"",
        previous=last.head if last else b"",
    )
    digest = head.digest(city.origin_id)
    return AuditSeal(**vars(head), head=digest, mac=sign(digest, city.origin_id))


def _index(n: int, ids: Sequence[UUID], leaves: Sequence[bytes]) -> None:
    """Write down every event's place, in one statement however many there are."""
    numbers = list(range(len(ids)))
    lists = cast(list(ids), ARRAY(Uuid)), cast(numbers, ARRAY(Integer)), cast(list(leaves), ARRAY(LargeBinary))
    places = func.unnest(*lists).table_valued("event_id", "leaf_no", "leaf").render_derived()
    rows = select(places.c.event_id, literal(n, BigInteger), places.c.leaf_no, places.c.leaf)
    db.session.execute(insert(AuditSealed).from_select(["event_id", "seal_n", "leaf_no", "leaf"], rows))


def _microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)
