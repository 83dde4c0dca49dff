"""Trees as the standard makes them, leaves as the database writes them, and late commits that no seal misses."""

import hashlib
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from saas.audit import merkle, seals, services
from saas.audit.canonical import TEXT_OF_EVENT, leaf_of
from saas.audit.models import AuditEvent, AuditLink, AuditSealed
from saas.db.session import TenantRef, db
from saas.identity.actor import SYSTEM
from tenants import connections, context
from tests.saas.audit.conftest import examine, seal_now

NOW = timedelta()
# The leaves of RFC 6962's own test data (Certificate Transparency, 2013) and the roots over the first of them.
DATA = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


@pytest.mark.parametrize("size", sorted(ROOTS))
def test_roots_are_those_of_the_standard(size: int) -> None:
    leaves = [merkle.digest(1, merkle.LEAF, bytes.fromhex(data)) for data in DATA[:size]]

    assert merkle.root(leaves).hex() == ROOTS[size]


def test_a_root_over_nothing_is_the_digest_of_nothing() -> None:
    assert merkle.root([]) == hashlib.sha256(b"").digest()


def test_the_other_digest_is_sm3() -> None:
    # The first example of GB/T 32905, appendix A.
    assert merkle.digest(2, b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_the_database_links_the_leaf_that_we_seal(app: Flask, city: TenantRef) -> None:
    with context.transaction(app, city):
        detail = {"b": 1, "a": ["中文", None, {"x": 1.5}], "long key": True}
        services.record("test.done", ("thing", '"\\'), by=SYSTEM, detail=detail, high=True)
    with context.entered(app, city):
        newest = select(AuditLink, TEXT_OF_EVENT).join(AuditEvent, AuditEvent.id == AuditLink.event_id)
        link, said = db.session.execute(newest.order_by(AuditLink.n.desc())).first() or (None, "")

    assert link is not None
    assert link.hash == merkle.digest(1, merkle.LINK, link.previous, leaf_of(said))


def test_what_is_committed_late_is_in_the_next_seal(app: Flask, city: TenantRef) -> None:
    with context.entered(app, city):
        late = services.record("test.late", ("thing", 1), by=SYSTEM)
        db.session.flush()
        late_id = late.id
        with context.transaction(app, city):
            services.record("test.early", ("thing", 2), by=SYSTEM)
        first = seal_now(app, city)
        db.session.commit()

    second = seal_now(app, city)

    assert second == first + 1
    with context.entered(app, city):
        place = db.session.get(AuditSealed, late_id)
        assert place is not None
        assert place.seal_n == second
    assert examine(app, city).ok


def test_an_open_transaction_keeps_what_follows_it_waiting_for_seconds_only(app: Flask, city: TenantRef) -> None:
    seal_now(app, city)
    with app.app_context(), connections.admin_engine().connect() as open_one, open_one.begin():
        open_one.execute(text("SELECT pg_current_xact_id()"))
        with context.transaction(app, city):
            services.record("test.done", ("thing", 1), by=SYSTEM)
        with context.transaction(app, city):
            assert seals.seal(grace=timedelta(hours=1)) is None
        with context.transaction(app, city):
            assert seals.seal(grace=NOW) is not None


def test_a_seal_takes_no_more_than_it_should(app: Flask, city: TenantRef) -> None:
    with context.transaction(app, city):
        for number in range(5):
            services.record("test.done", ("thing", number), by=SYSTEM)
    with context.transaction(app, city):
        made = seals.seal(most=2, grace=NOW)
        assert made is not None
        assert made.count == 2
    seal_now(app, city)

    report = examine(app, city)
    with context.entered(app, city):
        assert report.events == db.session.scalar(select(func.count()).select_from(AuditEvent))
