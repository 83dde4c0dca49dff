from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from saas import clock
from saas.audit.models import AuditEvent
from saas.db.session import TenantRef, db
from saas.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError, RefusedError
from saas.identity.actor import SYSTEM, Actor
from saas.workflow import drafts, queries, services
from saas.workflow.definition import parse
from saas.workflow.drafts.changing import KEPT_EDITS
from saas.workflow.models import Draft, DraftEdit, ProcessVersion
from saas.workflow.surroundings import around
from tenants import context
from tests.mediation import factory

KEY = factory.PROCESS


@pytest.fixture(autouse=True)
def city(app: Flask, beijing: TenantRef) -> Iterator[None]:
    """北京市, whose drafts and versions of the test are undone afterwards."""
    with context.entered(app, beijing):
        yield
        db.session.rollback()


def admin() -> Actor:
    return factory.actor("wanghy")


def security() -> Actor:
    return factory.actor("qianfang")


def begun() -> Draft:
    return drafts.start(KEY, by=admin())


def titled(draft: Draft, title: str) -> None:
    drafts.edit(draft, draft.body | {"title": title}, f"改名为“{title}”", cursor=draft.cursor, by=admin())


def reviewed(**changed: Any) -> Draft:  # noqa: ANN401
    draft = begun()
    drafts.edit(draft, draft.body | changed, "修改", cursor=draft.cursor, by=admin())
    drafts.submit(draft, by=admin())
    return draft


def reasons(draft: Draft) -> dict[str, str]:
    """A reason for every warning."""
    return {drafts.mark_of(one): "已经核对，可以这样。" for one in drafts.problems_of(draft)}


def publish(draft: Draft, days: int = 0) -> ProcessVersion:
    day = clock.today() + timedelta(days=days)
    return drafts.publish(draft, valid_from=day, by=security(), accepted=reasons(draft))


def test_a_draft_begins_as_the_process_in_force() -> None:
    draft = begun()

    assert draft.body == queries.current_version(KEY).body
    assert (draft.key, draft.cursor, draft.state, draft.made_by) == (KEY, 0, "draft", "王海燕")
    assert draft in drafts.list_drafts(KEY)
    with pytest.raises(NotFoundError):
        drafts.start("no.such", by=admin())


def test_states_keep_the_order_they_were_written_in() -> None:
    draft = begun()
    states = {"zz": {"title": "最先", "end": True}} | draft.body["states"]
    drafts.edit(draft, draft.body | {"states": states}, "添加环节", cursor=0, by=admin())
    db.session.flush()
    db.session.expire_all()

    assert next(iter(drafts.get_draft(draft.id).body["states"])) == "zz"


def test_edits_are_undone_and_done_again() -> None:
    draft = begun()
    titled(draft, "一")
    titled(draft, "二")
    drafts.undo(draft, cursor=draft.cursor, by=admin())
    assert (draft.title, drafts.can_redo(draft)) == ("一", True)
    drafts.redo(draft, cursor=draft.cursor, by=admin())
    assert draft.title == "二"
    drafts.undo(draft, cursor=draft.cursor, by=admin())
    drafts.undo(draft, cursor=draft.cursor, by=admin())
    assert not drafts.can_undo(draft)
    with pytest.raises(ConflictError):
        drafts.undo(draft, cursor=draft.cursor, by=admin())


def test_a_new_edit_ends_what_could_be_redone() -> None:
    draft = begun()
    titled(draft, "一")
    drafts.undo(draft, cursor=draft.cursor, by=admin())
    titled(draft, "三")

    assert [one.what for one in drafts.list_edits(draft)] == ["改名为“三”", "建立草稿"]
    with pytest.raises(ConflictError):
        drafts.redo(draft, cursor=draft.cursor, by=admin())


def test_of_two_admins_the_later_one_is_told_who_was_first() -> None:
    draft = begun()
    titled(draft, "一")

    with pytest.raises(ConflictError) as refused:
        drafts.edit(draft, draft.body | {"title": "二"}, "改名", cursor=0, by=factory.actor("zhaoxh"))
    assert "王海燕" in refused.value.message
    assert refused.value.detail == ["王海燕：改名为“一”"]


def test_an_edit_that_was_not_seen_is_not_undone() -> None:
    draft = begun()
    titled(draft, "一")

    with pytest.raises(ConflictError, match="王海燕刚刚修改了这份草稿"):
        drafts.undo(draft, cursor=0, by=factory.actor("zhaoxh"))
    assert draft.title == "一"


def test_a_number_of_an_edit_never_means_another_one() -> None:
    draft = begun()
    titled(draft, "一")
    seen = draft.cursor
    drafts.undo(draft, cursor=draft.cursor, by=admin())
    titled(draft, "二")

    assert draft.cursor != seen
    with pytest.raises(ConflictError):
        drafts.edit(draft, draft.body, "改名", cursor=seen, by=admin())


def test_only_the_last_edits_are_kept() -> None:
    draft = begun()
    for number in range(KEPT_EDITS + 3):
        titled(draft, str(number))

    count = select(func.count()).select_from(DraftEdit).where(DraftEdit.draft_id == draft.id)
    assert db.session.scalar(count) == KEPT_EDITS


def test_another_key_and_a_body_too_large_are_refused() -> None:
    draft = begun()
    with pytest.raises(InvalidInputError):
        drafts.edit(draft, draft.body | {"key": "other"}, "改", cursor=0, by=admin())
    with pytest.raises(InvalidInputError):
        drafts.edit(draft, draft.body | {"title": "长" * 800_000}, "改", cursor=0, by=admin())


def test_a_new_process_needs_a_key_of_its_own() -> None:
    body = queries.current_version(KEY).body
    with pytest.raises(InvalidInputError):
        drafts.create(body, by=admin())
    drafts.create(body | {"key": "own.clues"}, by=admin())
    with pytest.raises(InvalidInputError):
        drafts.create(body | {"key": "own.clues"}, by=admin())


def test_a_draft_with_faults_cannot_be_submitted() -> None:
    draft = begun()
    states = draft.body["states"] | {"lost": {"title": "孤立", "queue": ["director"], "public": "办理中"}}
    drafts.edit(draft, draft.body | {"states": states}, "添加环节", cursor=0, by=admin())

    with pytest.raises(RefusedError) as refused:
        drafts.submit(draft, by=admin())
    assert {(one.code, one.field) for one in refused.value.reasons} >= {("WF101", "states.lost")}  # type: ignore[attr-defined]


def test_of_a_body_that_is_no_process_only_the_shape_is_told() -> None:
    draft = begun()
    drafts.edit(draft, {"key": KEY, "title": "空"}, "清空", cursor=0, by=admin())

    assert {one.code for one in drafts.problems_of(draft)} == {"WF000"}


def test_what_is_in_review_stands_still_until_it_is_recalled() -> None:
    draft = reviewed(title="新")
    with pytest.raises(ConflictError):
        titled(draft, "二")
    drafts.recall(draft, by=admin())
    titled(draft, "二")

    assert draft.state == "draft"


def test_who_made_or_changed_a_draft_does_not_decide_on_it() -> None:
    draft = reviewed(title="新")
    with pytest.raises(PermissionDeniedError):
        drafts.publish(draft, valid_from=clock.today(), by=admin())
    with pytest.raises(PermissionDeniedError):
        drafts.send_back(draft, "请改", by=admin())


def test_sending_back_needs_a_reason_that_the_editor_reads() -> None:
    draft = reviewed(title="新")
    with pytest.raises(InvalidInputError):
        drafts.send_back(draft, " ", by=security())
    drafts.send_back(draft, "请补充依据。", by=security())

    assert (draft.state, draft.reason) == ("draft", "请补充依据。")


def test_publishing_makes_the_next_version_and_ends_the_one_before() -> None:
    before, newest = queries.current_version(KEY), queries.newest_number(KEY)
    version = publish(reviewed(title="新的人民调解"))

    assert queries.current_version(KEY) is version
    assert (version.version, version.published_by) == (newest + 1, "钱芳")
    assert (before.valid_to, before.status) == (clock.today(), "retired")


def test_a_day_that_is_over_finds_the_version_that_held_on_it() -> None:
    publish(reviewed(title="新的人民调解"))

    with clock.business_time(datetime(2000, 1, 1, tzinfo=UTC)):
        assert queries.current_version(KEY).version == 1


def test_a_version_that_holds_from_a_later_day_waits_for_it() -> None:
    before = queries.current_version(KEY)
    later = publish(reviewed(title="明天的"), days=1)

    assert queries.current_version(KEY) is before
    assert (before.status, before.valid_to) == ("published", later.valid_from)
    with clock.business_time(clock.now() + timedelta(days=1)):
        assert queries.current_version(KEY) is later
        assert queries.current_keys().count(KEY) == 1


def test_what_was_to_hold_later_gives_way_to_what_is_published_for_an_earlier_day() -> None:
    later = publish(reviewed(title="后天的"), days=2)
    sooner = publish(reviewed(title="明天的"), days=1)

    assert (later.status, later.valid_to) == ("retired", later.valid_from)
    with clock.business_time(clock.now() + timedelta(days=3)):
        assert queries.current_version(KEY) is sooner


def test_no_version_holds_from_a_day_that_has_passed() -> None:
    with pytest.raises(InvalidInputError) as refused:
        publish(reviewed(title="新"), days=-1)
    assert set(refused.value.fields) == {"valid_from"}


def test_a_warning_needs_a_reason() -> None:
    draft = reviewed(
        states=(states := queries.current_version(KEY).body["states"])
        | {"refused": {key: value for key, value in states["refused"].items() if key != "public"}}
    )
    with pytest.raises(InvalidInputError) as refused:
        drafts.publish(draft, valid_from=clock.today(), by=security())

    assert {name.partition("-")[0] for name in refused.value.fields} == {"accepted"}
    assert publish(draft).version > 1


def test_a_draft_that_was_overtaken_says_so() -> None:
    draft = reviewed(title="先开始的")
    publish(reviewed(title="先发布的"))

    assert "VR901" in {one.code for one in drafts.problems_of(draft)}


def test_no_two_versions_hold_on_one_day_whoever_writes_them() -> None:
    current = queries.current_version(KEY)
    twin = {"key": KEY, "version": 99, "status": "published", "body": current.body, "digest": "x"}
    db.session.add(ProcessVersion(**twin, valid_from=clock.today()))

    with pytest.raises(Exception, match="ex_process_version_valid"):
        db.session.flush()


def test_a_discarded_draft_is_gone_from_the_list() -> None:
    draft = begun()
    drafts.discard(draft, by=admin())

    assert draft not in drafts.list_drafts(KEY)
    with pytest.raises(ConflictError):
        titled(draft, "一")


def test_everything_is_in_the_record() -> None:
    draft = reviewed(title="新")
    drafts.recall(draft, by=admin())
    drafts.undo(draft, cursor=draft.cursor, by=admin())
    drafts.redo(draft, cursor=draft.cursor, by=admin())
    db.session.flush()

    events = select(AuditEvent.action).where(AuditEvent.subject_id == str(draft.id)).order_by(AuditEvent.id)
    assert [action.removeprefix("process.draft.") for action in db.session.scalars(events)] == [
        *("started", "edited", "submitted", "recalled", "undone", "redone")
    ]


def test_the_command_publishes_beside_drafts() -> None:
    draft = begun()
    known = around(parse(draft.body))
    version = services.publish(
        draft.body, fields=known.fields, form_codes=known.form_codes, rules=known.rules, by=SYSTEM
    )

    assert queries.current_version(KEY) is version
