"""A configuration goes from one city to another, and nothing of it goes half."""

import json
import time
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from saas.audit.models import AuditEvent
from saas.cases import codelists, config_queries
from saas.configuration import bringing, collecting, comparing, reading
from saas.configuration.parcel import LARGEST, PARTS, ParcelError, digest_of, sealed
from saas.db.session import TenantRef, db
from saas.documents.designs import changing as designing
from saas.documents.designs import queries as designs
from saas.documents.designs import seals
from saas.documents.designs.body import EMPTY
from saas.errors import ConflictError
from saas.files import store
from saas.identity.actor import SYSTEM
from saas.identity.models import Role
from saas.organisation.queries import list_bodies
from saas.settings import services as settings
from saas.workflow import drafts
from saas.workflow.models import Draft, ProcessVersion
from saas.workflow.process import OWN
from tenants import context
from tests import shaping
from tests.designing import published, seal
from tests.mediation import factory
from tests.saas.own_lines import samples
from tests.saas.workflow.test_bad_input import chain

KEY = factory.PROCESS
Content = dict[str, Any]


@pytest.fixture
def taken(app: Flask, beijing: TenantRef) -> Content:
    """The configuration of 北京市."""
    with context.entered(app, beijing):
        return collecting.collect()


@pytest.fixture
def zunyi_now(app: Flask, zunyi: TenantRef) -> Iterator[None]:
    """遵义市; what the test changes is undone."""
    with context.entered(app, zunyi):
        yield
        db.session.rollback()


def counted() -> list[int]:
    """How many rows there are of what an import writes."""
    return [
        db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in (AuditEvent, Draft, ProcessVersion, Role)
    ]


def refused(content: Content) -> set[str]:
    """The places a file is refused for, within two seconds and with nothing kept."""
    before, began = counted(), time.process_time()
    with pytest.raises(ParcelError) as error:
        bringing.bring(reading.read(sealed(content)), PARTS, by=SYSTEM)
    assert time.process_time() - began < 2
    assert counted() == before
    return {one.place for one in error.value.problems}


@pytest.mark.usefixtures("zunyi_now")
def test_a_city_takes_over_settings_and_days_and_gets_processes_as_drafts(taken: Content) -> None:
    taken["days"] = [{"day": "2027-04-06", "working": False, "source": "市政府通知"}]
    versions, roles = counted()[2:]

    planned, made = bringing.bring(reading.read(sealed(taken)), PARTS, by=SYSTEM)

    assert settings.get("cases.number_pattern") == taken["settings"]["cases.number_pattern"]
    assert config_queries.own_days()[date(2027, 4, 6)] == (False, "市政府通知")
    bodies = {one["key"]: one["body"] for one in taken["processes"]}
    assert {draft.key: draft.body for draft in made} == {draft.key: bodies[draft.key] for draft in made}
    assert KEY in {draft.key for draft in made}
    assert {draft.state for draft in made} == {"draft"}
    assert counted()[2:] == [versions, roles]
    assert any("JT{year}" in one.sentence for one in planned.changes)


@pytest.mark.usefixtures("zunyi_now")
def test_what_was_taken_over_changes_nothing_the_second_time(taken: Content) -> None:
    parcel, admin = reading.read(sealed(taken)), SYSTEM
    bringing.bring(parcel, PARTS, by=admin)

    planned, made = bringing.bring(parcel, PARTS, by=admin)

    assert (planned.changes, made) == ((), [])


@pytest.mark.usefixtures("zunyi_now")
def test_only_the_chosen_parts_are_taken_over(taken: Content) -> None:
    before = settings.get("cases.number_pattern")

    _, made = bringing.bring(reading.read(sealed(taken)), {"processes"}, by=SYSTEM)

    assert made
    assert settings.get("cases.number_pattern") == before


@pytest.mark.usefixtures("zunyi_now")
def test_a_list_of_the_other_city_comes_with_its_entries(taken: Content) -> None:
    rows = [("own.lists", "own.l_a1"), ("own.l_a1", "x9001")]
    taken["lists"] = [
        {"list": key, "code": code, "title": "去向", "position": 10, "active": True} for key, code in rows
    ]
    bringing.bring(reading.read(sealed(taken)), {"lists"}, by=SYSTEM)

    assert [one.title for one in codelists.entries("own.l_a1")] == ["去向"]


@pytest.mark.usefixtures("zunyi_now")
def test_a_code_that_means_something_else_here_is_refused(taken: Content) -> None:
    here = codelists.add("mediation.kind", "山林纠纷", by=SYSTEM)
    row = {"list": "mediation.kind", "code": here.code, "title": "海域纠纷", "position": 10, "active": True}

    assert refused(taken | {"lists": [row]}) == {f"lists.mediation.kind.{here.code}"}


@pytest.mark.usefixtures("zunyi_now")
def test_no_list_of_a_line_of_work_is_replaced_by_one_of_its_key(taken: Content) -> None:
    row = {"list": "own.lists", "code": "mediation.kind", "title": "纠纷类型", "position": 10, "active": True}

    assert refused(taken | {"lists": [row]}) == {"lists.own.lists.mediation.kind"}


@pytest.mark.usefixtures("zunyi_now")
def test_as_many_entries_as_a_file_may_have_are_judged_within_two_seconds(taken: Content) -> None:
    row = {"list": "mediation.kind", "title": "同名纠纷", "position": 10, "active": True}
    rows = [row | {"code": f"x{number}"} for number in range(5000)]

    assert refused(taken | {"lists": rows}) == {"lists.mediation.kind"}


@pytest.mark.usefixtures("zunyi_now")
def test_a_process_that_loosens_the_law_is_refused_with_its_places(taken: Content) -> None:
    body = deepcopy(next(one for one in taken["processes"] if one["key"] == KEY))
    body["body"]["states"].pop("refused")
    places = refused(taken | {"processes": [body]})

    assert places
    assert all(place.startswith(f"processes.{KEY}.") for place in places)


@pytest.mark.usefixtures("zunyi_now")
def test_a_process_the_other_city_made_itself_comes_as_a_draft(taken: Content) -> None:
    own = {"key": samples.KEY, "version": 3, "pack": None, "body": samples.body()}

    planned, made = bringing.bring(reading.read(sealed(taken | {"processes": [own]})), {"processes"}, by=SYSTEM)

    assert [one.sentence for one in planned.changes] == [f"新的流程“{samples.TITLE}”，将建立草稿"]
    assert [draft.title for draft in made] == [samples.TITLE]


@pytest.mark.usefixtures("zunyi_now")
def test_a_key_that_is_another_matter_here_is_refused(taken: Content) -> None:
    shaping.publish(samples.body())
    other = samples.body() | {"title": "走访登记"}

    own = {"key": samples.KEY, "version": 3, "pack": None, "body": other}
    assert refused(taken | {"processes": [own]}) == {f"processes.{samples.KEY}"}


@pytest.mark.usefixtures("zunyi_now")
def test_all_reasons_are_told_at_once(taken: Content) -> None:
    wrong = {"portal.query_limit": 1000, "cases.number_pattern": "{year}", "no.such": 1, "site.phone": 5}

    assert refused(taken | {"settings": wrong}) == {f"settings.{key}" for key in wrong}


@pytest.mark.usefixtures("zunyi_now")
@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"format": "config/2"}, "format"),
        ({"format": 5}, "format"),
        ({"colour": "red"}, "colour"),
        ({"days": [{"day": "2027-13-01", "working": False, "source": "x"}]}, "days.0.day"),
        ({"days": [{"day": "2027-01-01", "working": False, "source": "a\nb"}]}, "days.0.source"),
        ({"years": "2027"}, "years"),
        ({"processes": [{"key": "a", "version": 1, "pack": None, "body": []}]}, "processes.a.body"),
    ],
)
def test_a_file_of_another_shape_is_refused(taken: Content, change: Content, place: str) -> None:
    assert refused(taken | change) == {place}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "JSON"),
        (b"\xff\xfe", "JSON"),
        (b"[]", "配置导出"),
        (b'{"digest": "x"}', "配置导出"),
        (b'{"digest": "x", "digest": "y", "content": {}}', "重复"),
        (b'{"digest": "x", "content": {"format": "config/1", "a": NaN}}', "JSON"),
        (b'{"digest": "x", "content": {"format": "config/1"}}', "校验值"),
        (b'{"digest": "x", "content": {"format": "config/1", "a": "\\ud800"}}', "不能保存"),
        (b'{"digest": "x", "content": {"format": "config/1", "a": "\\u0000"}}', "不能保存"),
        (b'{"digest": "x", "content": {"format": "config/1", "a": 1e999}}', "不能保存"),
        (b"[" * 100_000, "太深"),
        (b" " * (LARGEST + 1), "太大"),
    ],
)
def test_what_is_no_configuration_is_refused(data: bytes, words: str) -> None:
    began = time.process_time()
    with pytest.raises(ParcelError, match=words):
        reading.read(data)
    assert time.process_time() - began < 2


def test_a_file_that_was_changed_on_the_way_is_refused(taken: Content) -> None:
    data = sealed(taken).replace(b"JT{year}", b"JX{year}")

    with pytest.raises(ParcelError, match="校验值"):
        reading.read(data)


def test_the_order_of_steps_is_part_of_the_digest(taken: Content) -> None:
    body = taken["processes"][0]["body"]
    other = deepcopy(taken)
    other["processes"][0]["body"]["states"] = dict(reversed(body["states"].items()))

    assert digest_of(other) != digest_of(taken)


@pytest.mark.usefixtures("zunyi_now")
def test_changes_nobody_looked_at_are_not_made(taken: Content) -> None:
    parcel, admin = reading.read(sealed(taken)), SYSTEM
    seen = comparing.plan(parcel, PARTS).mark
    settings.set_value("portal.query_limit", 33, by=admin)
    settings.set_value("cases.number_pattern", "AB{year}{n}", by=admin)

    with pytest.raises(ConflictError):
        bringing.bring(parcel, PARTS, by=admin, seen=seen)
    assert drafts.list_drafts(KEY) == []


def test_no_right_and_no_account_is_in_the_file(taken: Content) -> None:
    text = json.dumps(taken, ensure_ascii=False)

    assert {one["code"] for one in taken["roles"]} >= {"admin", "security", "auditor"}
    assert "username" not in text
    assert "password" not in text


def test_the_command_takes_out_and_says_what_it_would_change(
    app: Flask, beijing: TenantRef, zunyi: TenantRef, tmp_path: Path
) -> None:
    file, run = str(tmp_path / "beijing.json"), app.test_cli_runner().invoke

    assert run(args=["config", "export", "--tenant", beijing.code, file]).exit_code == 0
    answer = run(args=["config", "import", "--tenant", zunyi.code, "--dry-run", file])
    assert answer.exit_code == 0, answer.output
    assert "案件编号格式" in answer.output
    with context.entered(app, zunyi):
        assert settings.get("cases.number_pattern") == "ZY{year}-{n:05}"


@pytest.mark.usefixtures("zunyi_now")
def test_a_file_as_large_as_may_be_is_judged_within_two_seconds(taken: Content) -> None:
    """Ten processes that share the most steps a file may have; their forms are unknown here."""
    some = [{"key": f"large_{n}", "version": 1, "pack": None} for n in range(10)]
    processes = [one | {"body": chain(reading.MOST_STEPS // 10) | {"key": one["key"], "domain": OWN}} for one in some]

    assert len(refused(taken | {"processes": processes})) >= 10
    double = [one | {"body": chain(reading.MOST_STEPS // 5) | {"key": one["key"]}} for one in some]
    assert refused(taken | {"processes": double}) == {"processes"}


HEAD = "某某市司法局文件"


@pytest.fixture
def with_dress(taken: Content) -> Content:
    """The same with a dress of documents, and a seal that must not travel."""
    return taken | {"design": {**EMPTY, "letterhead": HEAD}}


@pytest.mark.usefixtures("zunyi_now")
def test_a_dress_of_documents_comes_as_a_draft(with_dress: Content) -> None:
    planned, _ = bringing.bring(reading.read(sealed(with_dress)), ["documents"], by=SYSTEM)

    assert [one.sentence for one in planned.changes] == [f"文书样式的草稿：发文机关标志改为“{HEAD}”"]
    opened = designs.find_open()
    assert opened is not None
    assert opened.body["letterhead"] == HEAD
    assert designs.version_in_force() == 0


@pytest.mark.usefixtures("zunyi_now")
@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"letterhead": 7}, "design"),
        ({"letterhead": "\U0001f600"}, "design.letterhead"),
        ({"numbers": {"nobody.knows": "{n}"}}, "design.numbers.nobody.knows"),
    ],
)
def test_a_dress_that_cannot_be_printed_is_refused(with_dress: Content, wrong: Content, place: str) -> None:
    with_dress["design"] |= wrong

    assert refused(with_dress) == {place}


@pytest.mark.usefixtures("zunyi_now")
def test_a_dress_waits_for_the_open_draft(with_dress: Content) -> None:
    designing.begin(by=SYSTEM)

    assert refused(with_dress) == {"design"}


def test_a_seal_never_leaves_its_city(dressed: TenantRef, app: Flask) -> None:
    with context.entered(app, dressed):
        key = store.put(seals.checked(seal()), tenant=dressed)
        published(letterhead=HEAD, seals={str(list_bodies()[0].id): key})
        content = collecting.collect()
        db.session.rollback()

    assert (content["design"]["letterhead"], content["design"]["seals"]) == (HEAD, {})
