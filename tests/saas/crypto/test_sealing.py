"""A ciphertext opens in its city, column and row, and nowhere else."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from saas.config import Config
from saas.crypto import blind, rings, sealing
from saas.crypto.fields import Sealed, SealedJson
from saas.crypto.rings import Key, Ring
from saas.crypto.suites import SUITES, SealBrokenError
from saas.db.ids import new_id
from saas.db.session import TenantRef, db
from tenants import context

COLUMN = "party.id_number"


def ring(suite: str = "sm4", origin: UUID | None = None, *versions: int) -> Ring:
    keys = {version: Key(SUITES[suite], bytes([version]) * SUITES[suite].key_bytes) for version in versions or (0, 1)}
    return Ring(origin or new_id(), keys, 0.0)


@pytest.fixture(params=sorted(SUITES))
def keys(request: pytest.FixtureRequest) -> Iterator[Ring]:
    """A city's keys, in use."""
    made = ring(request.param)
    with rings.lend(made):
        yield made


def test_what_was_sealed_is_read_again_and_never_lies_the_same(keys: Ring) -> None:
    row = new_id()
    blobs = {sealing.seal(COLUMN, row, "990101199001011234") for _ in range(100)}

    assert len(blobs) == 100
    assert {sealing.unseal(COLUMN, row, blob) for blob in blobs} == {b"990101199001011234"}
    assert not any(b"1990" in blob for blob in blobs)


def test_a_ciphertext_says_its_format_suite_and_key(keys: Ring) -> None:
    blob = sealing.seal(COLUMN, new_id(), "x")

    assert blob[:4] == bytes([1, keys.keys[1].suite.number, 0, 1])
    assert len(blob) == 4 + 12 + 1 + 16


def test_every_changed_byte_every_cut_and_every_other_place_is_refused(keys: Ring) -> None:
    row = new_id()
    blob = sealing.seal(COLUMN, row, "13800000000")
    changed = [blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1 :] for at in range(len(blob))]
    wrong = [(COLUMN, row, one) for one in (*changed, *(blob[:end] for end in range(len(blob))))]
    moved = [(COLUMN, new_id(), blob), ("party.phone", row, blob)]

    for column, place, one in (*wrong, *moved):
        with pytest.raises(SealBrokenError):
            sealing.unseal(column, place, one)


def test_another_city_with_the_same_key_does_not_open_it(keys: Ring) -> None:
    row = new_id()
    blob = sealing.seal(COLUMN, row, "x")

    with rings.lend(replace(keys, origin=new_id())), pytest.raises(SealBrokenError):
        sealing.unseal(COLUMN, row, blob)


def test_an_older_key_still_opens_and_the_newest_seals() -> None:
    first, row = ring(), new_id()
    old = sealing.seal_under(first, COLUMN, row, "x")
    both = ring("sm4", first.origin, 0, 1, 2)

    assert sealing.unseal_under(both, COLUMN, row, old) == b"x"
    assert sealing.version_of(sealing.seal_under(both, COLUMN, row, "x")) == 2


def test_an_index_is_equal_for_one_number_however_it_is_written(keys: Ring) -> None:
    written = ["99010119900101123X", "９９０１０１１９９００１０１１２３ｘ", "990101 19900101 123x"]

    assert len({blind.index_of(COLUMN, one) for one in written}) == 1
    assert blind.index_of("party.phone", "+86 138-0000-0000") == blind.index_of("party.phone", "13800000000")
    assert len(blind.index_of(COLUMN, "x")) == 16


def test_an_index_differs_between_columns_and_cities() -> None:
    one, other = ring(), replace(ring(), keys={0: Key(SUITES["sm4"], b"o" * 32)})

    found = {
        blind.index_under(one, COLUMN, "1"),
        blind.index_under(one, "a.b", "1"),
        blind.index_under(other, COLUMN, "1"),
    }
    assert len(found) == 3


class Row:
    """A row without a database."""

    number = Sealed("row.number", mask=lambda text: text[:2] + "*", index=True)
    data = SealedJson("row.data")

    def __init__(self) -> None:
        self.id: Any = None
        self.number_sealed: bytes | None = None
        self.number_mask: str | None = None
        self.number_index: bytes | None = None
        self.data_sealed: bytes | None = None


def test_an_attribute_writes_ciphertext_mask_and_index(keys: Ring) -> None:
    row = Row()
    row.number = "12345"

    assert row.number == "12345"
    assert (row.number_mask, row.number_index) == ("12*", blind.index_of("row.number", "12345"))
    assert row.number_sealed is not None
    assert sealing.unseal("row.number", row.id, row.number_sealed) == b"12345"
    row.number = None
    assert [vars(row)[f"number_{part}"] for part in ("sealed", "mask", "index")] == [None] * 3


def test_json_is_kept_whole_and_an_empty_object_is_no_ciphertext(keys: Ring) -> None:
    row = Row()
    assert row.data == {}
    row.data = {"姓名": "王", "n": [1, None, True]}
    row.__dict__.pop("_opened")

    assert row.data == {"姓名": "王", "n": [1, None, True]}
    row.data = {}
    assert row.data_sealed is None


def test_what_came_anew_from_the_database_is_opened_anew(keys: Ring) -> None:
    row = Row()
    row.number = "1"
    row.number_sealed = sealing.seal("row.number", row.id, "2")

    assert row.number == "2"


def test_a_city_has_keys_from_its_first_moment_and_cannot_touch_them(app: Flask, beijing: TenantRef) -> None:
    with context.entered(app, beijing):
        row = new_id()
        assert sealing.unseal(COLUMN, row, sealing.seal(COLUMN, row, "x")) == b"x"
        rows = db.session.execute(text("SELECT version, alg, wrapped FROM data_key ORDER BY version")).all()
        assert [(version, alg) for version, alg, _ in rows] == [(0, "sm4"), (1, "sm4")]
        rights = "SELECT has_table_privilege('data_key', p) FROM unnest('{INSERT,UPDATE,DELETE}'::text[]) p"
        assert db.session.scalars(text(rights)).all() == [False] * 3


def test_another_master_key_opens_nothing_and_says_which_setting(
    app: Flask, beijing: TenantRef, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    rings_before = app.extensions.pop(rings.EXTENSION, {})
    monkeypatch.setitem(app.extensions, "fengqiao.config", replace(config, master_key="n" * 32))
    try:
        with context.entered(app, beijing), pytest.raises(SealBrokenError, match="FENGQIAO_MASTER_KEY"):
            sealing.seal(COLUMN, new_id(), "x")
    finally:
        app.extensions[rings.EXTENSION] = rings_before
