"""Whatever the owner of the database does to the record is found, with the place and in words."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from saas.db.session import TenantRef
from tests.saas.audit.conftest import Tamper, connections_of, examine, seal_now

HOLES = {
    "[old]": "(SELECT event_id FROM audit_sealed WHERE seal_n = 2 AND leaf_no = 1)",
    "[high]": "(SELECT event_id FROM audit_link WHERE n = 2)",
    "[columns]": "id, action, subject_type, subject_id, actor_name, detail, happened_at",
    "[copy]": "gen_random_uuid(), action, subject_type, subject_id, actor_name, detail, happened_at",
    "[one]": "FROM audit_event LIMIT 1",
    "[last]": "(SELECT max(n) FROM audit_seal)",
    "[taken]": "id IN (SELECT event_id FROM audit_sealed WHERE seal_n = ",
}
LAST_AWAY = (
    "DELETE FROM audit_link WHERE event_id IN (SELECT event_id FROM audit_sealed WHERE seal_n = [last])",
    "DELETE FROM audit_event WHERE [taken] [last])",
    "DELETE FROM audit_sealed WHERE seal_n = [last]",
    "DELETE FROM audit_seal WHERE n = [last]",
)
ALL_AWAY = ("TRUNCATE audit_event, audit_seal, audit_sealed, audit_link, audit_anchored",)
CHANGED = {"event_changed"}
ATTACKS: dict[str, tuple[tuple[str, ...], set[str], str]] = {
    "a field changed": (("UPDATE audit_event SET actor_name = '别人' WHERE id = [old]",), CHANGED, "被改动过"),
    "a time changed": (
        ("UPDATE audit_event SET recorded_at = recorded_at + interval '1 hour' WHERE id = [old]",),
        CHANGED,
        "第 2 号封印",
    ),
    "an outcome changed": (
        ("UPDATE audit_event SET outcome = 'refused' WHERE id = [old]",),
        CHANGED,
        "第 2 号封印中的一条记录被改动过",
    ),
    "a person put in": (
        ("UPDATE audit_event SET persons = ARRAY[gen_random_uuid()] WHERE id = [old]",),
        CHANGED,
        "被改动过",
    ),
    "a middle row deleted": (("DELETE FROM audit_event WHERE id = [old]",), {"event_deleted"}, "第 2 条记录被删除"),
    "a middle row deleted with its place": (
        ("DELETE FROM audit_event WHERE id = [old]", "DELETE FROM audit_sealed WHERE seal_n = 2 AND leaf_no = 1"),
        {"index_missing"},
        "第 2 号封印中第 2 条记录",
    ),
    "an index row deleted": (
        ("DELETE FROM audit_sealed WHERE seal_n = 2 AND leaf_no = 1",),
        {"index_missing"},
        "第 2 号封印中第 2 条记录的封印索引被删除",
    ),
    "an event changed with its leaf": (
        (
            "UPDATE audit_event SET actor_name = '别人' WHERE id = [old]",
            "UPDATE audit_sealed SET leaf = sha256('x') WHERE seal_n = 2 AND leaf_no = 1",
        ),
        {"event_changed", "root_wrong"},
        "第 2 号封印与它的索引对不上",
    ),
    "a seal's root changed": (
        ("UPDATE audit_seal SET root = sha256('x') WHERE n = 2",),
        {"seal_changed"},
        "签名不再成立",
    ),
    "a seal signed by a stranger": (
        ("UPDATE audit_seal SET mac = sha256('x') WHERE n = 2",),
        {"seal_changed"},
        "第 2 号封印本身被改动",
    ),
    "a middle seal deleted with its rows": (
        (
            "DELETE FROM audit_event WHERE [taken] 2)",
            "DELETE FROM audit_sealed WHERE seal_n = 2",
            "DELETE FROM audit_seal WHERE n = 2",
        ),
        {"seal_unchained"},
        "第 3 号封印接不上前一号封印",
    ),
    "a link changed": (
        ("UPDATE audit_link SET hash = sha256('x') WHERE n = 2",),
        {"link_changed"},
        "第 2 号重要操作链接",
    ),
    "a link deleted": (("DELETE FROM audit_link WHERE n = 2",), {"link_missing", "link_absent"}, "缺少第 2 号"),
    "links cut off": (("DELETE FROM audit_link WHERE n >= 2",), {"link_tail", "link_absent"}, "末尾被删除"),
    "an event of high value deleted": (
        ("DELETE FROM audit_event WHERE id = [high]",),
        {"link_event_deleted", "event_deleted"},
        "第 2 号重要操作链接所指的记录被删除",
    ),
    "a back-dated row": (
        ("INSERT INTO audit_event ([columns], recorded_at) SELECT [copy], happened_at - interval '1 day' [one]",),
        {"event_unsealed"},
        "事后补插",
    ),
    "the last seal with its rows": (LAST_AWAY, {"tail_missing"}, "最后的封印连同记录被删除"),
    "the log wiped": (ALL_AWAY, {"wiped"}, "操作日志被清空"),
}


def do(tamper: Tamper, *statements: str) -> None:
    """Send statements with their holes filled in."""
    for statement in statements:
        for hole, filling in HOLES.items():
            statement = statement.replace(hole, filling)  # noqa: PLW2901 - hole by hole
        tamper(statement)


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_what_was_done_to_the_record_is_found(app: Flask, sealed: TenantRef, tamper: Tamper, name: str) -> None:
    statements, kinds, words = ATTACKS[name]

    do(tamper, *statements)

    report = examine(app, sealed)
    assert {finding.kind for finding in report.findings} >= kinds
    assert not report.ok
    assert any(words in finding.sentence for finding in report.findings), report.as_dict()["findings"]


@pytest.mark.parametrize("name", ["the last seal with its rows", "the log wiped"])
def test_without_anchors_the_tail_could_go_unseen(
    app: Flask, sealed: TenantRef, tamper: Tamper, anchor_dir: Path, name: str
) -> None:
    do(tamper, *ATTACKS[name][0])
    folder = anchor_dir / str(sealed.id)
    aside = folder.rename(anchor_dir / "aside")

    assert examine(app, sealed).ok

    aside.rename(folder)


def test_a_last_seal_made_anew_differs_from_its_anchor(app: Flask, sealed: TenantRef, tamper: Tamper) -> None:
    do(tamper, *LAST_AWAY, "DELETE FROM audit_anchored")
    do(tamper, "INSERT INTO audit_event ([columns]) SELECT [copy] [one]")
    n = seal_now(app, sealed)

    kinds = {(finding.kind, finding.seal) for finding in examine(app, sealed).findings}

    assert ("anchor_conflict", n) in kinds


def test_a_row_not_yet_sealed_that_is_of_high_value_leaves_its_link(
    app: Flask, sealed: TenantRef, tamper: Tamper
) -> None:
    do(tamper, "INSERT INTO audit_event ([columns], high) SELECT [copy], true [one]")

    assert {finding.kind for finding in examine(app, sealed).findings} == {"link_absent"}


def test_a_record_that_nobody_touched_is_whole(app: Flask, sealed: TenantRef) -> None:
    report = examine(app, sealed)

    with connections_of(app, sealed).connect() as connection:
        connection.execute(text(f"SET search_path = {sealed.schema}"))
        events = connection.scalar(text("SELECT count(*) FROM audit_event"))
    assert (report.ok, report.events, report.waiting) == (True, events, 0)
    assert report.seals == report.anchors > 2
    assert report.links > 2
    assert json.loads(json.dumps(report.as_dict()))["findings"] == []
