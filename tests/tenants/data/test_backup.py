"""A city goes into one sealed file and comes back from it whole, in its place or beside itself."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from saas.audit import services as audit
from saas.audit.findings import Report
from saas.audit.models import AuditEvent
from saas.audit.verification import verify
from saas.cases.models import Draft, Party
from saas.config import Config
from saas.db.session import TenantRef, db
from saas.errors import ConflictError, InvalidInputError
from saas.files import store
from saas.files.models import File
from saas.identity.actor import SYSTEM
from tenants import connections, context, registry
from tenants.auditing import sealing
from tenants.data import backup, deletion, restore
from tenants.data.archive import ArchiveReader, ArchiveWriter
from tenants.data.sealing import SealError
from tenants.histories import TENANT
from tests.tenants.data.conftest import open_city
from tests.tenants.data.snapshots import contents, pages

# Whoever signs in or makes a dossier adds to the record, and what was recorded may be sealed since the backup.
RECORDED = {"audit_anchored", "audit_event", "audit_link", "audit_seal", "audit_sealed"}
ALSO_CHANGED = frozenset({"app_user", "web_session", "rate_count", *RECORDED})


@pytest.fixture(scope="module")
def file(app: Flask, original: TenantRef, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the city."""
    path = tmp_path_factory.mktemp("backup") / "origin.backup"
    done = app.test_cli_runner().invoke(args=["tenant", "backup", "origin", "-o", str(path)])
    assert done.exit_code == 0, done.stderr
    return path


@pytest.fixture
def copy(app: Flask, file: Path) -> Iterator[TenantRef]:
    """The city restored beside itself."""
    done = app.test_cli_runner().invoke(args=["tenant", "restore", str(file), "--as", "copied"])
    assert done.exit_code == 0, done.stderr
    with app.app_context():
        made = registry.get_tenant("copied")
    yield made
    with app.app_context():
        deletion.erase(made)


def _waiting(app: Flask, city: TenantRef) -> int:
    # Whoever signs in first asks for the day's own job; it is not what travelled.
    question = (
        "SELECT count(*) FROM queue.procrastinate_jobs"
        " WHERE status = 'todo' AND args ->> 'tenant' = :schema AND task_name <> 'identity.sleep'"
    )
    with app.app_context(), connections.admin_engine(city.server).connect() as connection:
        return int(connection.scalar(text(question), {"schema": city.schema}) or 0)


def test_nothing_of_the_city_can_be_read_in_the_file(file: Path) -> None:
    data = file.read_bytes()

    assert file.stat().st_mode & 0o077 == 0
    assert not [mark for mark in ("赵小燕", "origin", "case_file") if mark.encode() in data]


def test_the_manifest_counts_every_row_file_and_job(file: Path, original: TenantRef, backup_key: str) -> None:
    with file.open("rb") as stream:
        *_, (manifest, _pieces) = [(about, list(pieces)) for about, pieces in ArchiveReader(stream, backup_key)]

    assert manifest["tables"]["case_file"]["rows"] == 2
    assert manifest["jobs"] == 1
    assert manifest["files"] >= 3
    assert manifest["damaged"] == []


def test_a_city_deleted_and_restored_answers_every_page_as_before(app: Flask, original: TenantRef, file: Path) -> None:
    before, rows = pages(app, original), contents(app, original, ALSO_CHANGED)
    with app.app_context():
        deletion.erase(original)
        restored = restore.restore(file, "origin")

    assert (restored.id, restored.schema, restored.origin_id) == (original.id, original.schema, original.id)
    assert contents(app, restored, ALSO_CHANGED) == rows
    assert pages(app, restored) == before
    assert len(before) > 8
    assert _waiting(app, restored) == 1


def test_backup_and_restore_now_also_verify_the_audit_trail(app: Flask, tmp_path: Path) -> None:
    city = open_city(app, "sealed")
    sealing.seal_city(app, city)
    with app.app_context():
        backup.back_up("sealed", tmp_path / "sealed.backup")
    for _ in range(2):
        lifecycle_note(app, city)
        sealing.seal_city(app, city)
    with app.app_context():
        deletion.erase(city)
        restored = restore.restore(tmp_path / "sealed.backup", "sealed")

    report = examined(app, restored)
    assert report.ok, report.as_dict()
    assert report.anchors == report.seals >= 1
    # What was sealed after the backup is gone, and the anchors say since when and up to where.
    assert ["恢复过备份" in note for note in report.notes] == [True]
    assert sealing.seal_city(app, restored) > 0
    assert examined(app, restored).ok
    with app.app_context():
        deletion.erase(restored)


def test_a_copy_says_where_its_chain_began(app: Flask, original: TenantRef, tmp_path: Path) -> None:
    sealing.seal_city(app, original)
    with app.app_context():
        backup.back_up("origin", tmp_path / "sealed")
        copy = restore.restore(tmp_path / "sealed", "copied")
    try:
        sealing.seal_city(app, copy)
        sealing.seal_city(app, original)
        report, first = examined(app, copy), examined(app, original)
    finally:
        with app.app_context():
            deletion.erase(copy)

    assert (report.ok, first.ok) == (True, True), report.as_dict()
    assert ["来源城市做的" in note for note in report.notes] == [True]
    assert first.notes == []


def examined(app: Flask, city: TenantRef) -> Report:
    """What a verification of the city's record finds."""
    with context.entered(app, city):
        return verify()


def lifecycle_note(app: Flask, city: TenantRef) -> None:
    """Something is done after the backup."""
    with context.transaction(app, city):
        audit.record("test.done", ("thing", 1), by=SYSTEM, high=True)


def test_a_copy_says_that_it_is_one(app: Flask, original: TenantRef, copy: TenantRef) -> None:
    done = app.test_cli_runner().invoke(args=["tenant", "list", "--json"])
    listed = {city["code"]: city for city in json.loads(done.stdout)}

    assert listed["copied"]["copy_of"] == str(original.id)
    assert listed["origin"]["copy_of"] is None
    with context.entered(app, copy):
        noted = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "tenant.copied")).one()
        assert noted.detail["origin"] == str(original.id)


def test_a_copy_stands_on_its_own(app: Flask, original: TenantRef, copy: TenantRef) -> None:
    assert copy.id != original.id
    assert copy.schema != original.schema
    with context.entered(app, copy):
        keys = [
            *db.session.scalars(select(File.storage_key)),
            *(store.here(draft.data["key"]) for draft in db.session.scalars(select(Draft))),
        ]
        assert {key.split("/")[0] for key in keys} == {str(copy.id)}
        assert all(store.get(key) for key in keys)
    assert _waiting(app, copy) == 1
    assert len(pages(app, copy)) == len(pages(app, original))


def test_a_copy_has_the_same_rights_in_the_database(app: Flask, copy: TenantRef, original: TenantRef) -> None:
    question = text(
        "SELECT c.relname, replace(c.relacl::text, n.nspname, 'x') FROM pg_class c JOIN pg_namespace n"
        " ON n.oid = c.relnamespace WHERE n.nspname = :schema AND c.relkind = 'r' ORDER BY 1"
    )
    shape = text("SELECT regexp_replace(indexdef, :schema, 'x') FROM pg_indexes WHERE schemaname = :schema ORDER BY 1")
    with app.app_context(), connections.admin_engine().connect() as connection:
        for each in (question, shape):
            first, second = (connection.execute(each, {"schema": city.schema}).all() for city in (copy, original))
            assert [tuple(row) for row in first] == [tuple(row) for row in second]


def test_a_code_in_use_is_refused(app: Flask, original: TenantRef, file: Path) -> None:
    with app.app_context(), pytest.raises(ConflictError, match="换一个代码"):
        restore.restore(file, "origin")


@pytest.mark.parametrize("position", [4, 40, 100, 5000, -1, -20_000])
def test_one_changed_byte_restores_nothing(
    app: Flask, original: TenantRef, file: Path, tmp_path: Path, position: int
) -> None:
    data = bytearray(file.read_bytes())
    data[position] ^= 1

    _refuse(app, tmp_path, bytes(data))


@pytest.mark.parametrize("kept", [0, 10, 60, 2000, 0.5, -1])
def test_a_file_that_was_cut_off_restores_nothing(
    app: Flask, original: TenantRef, file: Path, tmp_path: Path, kept: float
) -> None:
    data = file.read_bytes()

    _refuse(app, tmp_path, data[: int(kept * len(data)) if 0 < kept < 1 else int(kept)])


def _refuse(app: Flask, folder: Path, data: bytes) -> None:
    (folder / "wrong").write_bytes(data)
    before = _traces(app)
    with app.app_context(), pytest.raises((SealError, backup.BackupError)):
        restore.restore(folder / "wrong", "wrong")
    assert _traces(app) == before


def _traces(app: Flask) -> tuple[object, ...]:
    questions = (
        "SELECT count(*) FROM pg_namespace",
        "SELECT count(*) FROM platform.tenant",
        # Logins are the whole server's, and other databases on it come and go.
        "SELECT count(*) FROM pg_database, aclexplode(datacl) WHERE datname = current_database()",
    )
    with app.app_context(), connections.admin_engine().connect() as connection:
        config: Config = app.extensions["fengqiao.config"]
        return (*(connection.scalar(text(each)) for each in questions), sorted(config.storage_dir.iterdir()))


@pytest.mark.parametrize("what", ["rows", "digest", "files", "jobs", "version", "format"])
def test_a_backup_whose_content_is_not_what_it_says_restores_nothing(
    app: Flask, original: TenantRef, file: Path, backup_key: str, tmp_path: Path, what: str
) -> None:
    with file.open("rb") as source, (tmp_path / "forged").open("wb") as target:
        archive = ArchiveWriter(target, backup_key)
        for about, pieces in ArchiveReader(source, backup_key):
            archive.add(_forged(about, what), pieces)
        archive.close()

    _refuse(app, tmp_path, (tmp_path / "forged").read_bytes())


def _forged(about: dict[str, object], what: str) -> dict[str, object]:
    tables = about.get("tables")
    if what in {"rows", "digest"} and isinstance(tables, dict):
        tables["party"][what] = {"rows": 0, "digest": "0" * 64}[what]
    elif what in {"files", "jobs"} and about["kind"] == "manifest":
        about[what] = 99
    elif about["kind"] == "city" and what == "format":
        about[what] = 2
    elif about["kind"] == "city" and what == "version":
        return about | {"city": {**about["city"], "version": "209901010000"}}  # type: ignore[dict-item]
    return about


def test_another_key_opens_nothing_and_says_which_setting(
    app: Flask, original: TenantRef, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config: Config = app.extensions["fengqiao.config"]
    monkeypatch.setitem(app.extensions, "fengqiao.config", replace(config, backup_key="c" * 32))

    with app.app_context(), pytest.raises(SealError, match="FENGQIAO_BACKUP_KEY"):
        restore.restore(file, "other")


def test_a_file_that_was_damaged_in_the_store_is_told_and_the_rest_is_kept(
    app: Flask, original: TenantRef, tmp_path: Path
) -> None:
    with context.entered(app, original):
        key = next(store.list_keys(original.id))
        whole = store.get(key)
        store.open_path(key).write_bytes(b"rotten")
        manifest = backup.back_up("origin", tmp_path / "some")
        store.put(whole, tenant=original)

    assert manifest.damaged == [key]
    assert manifest.files > 1


def test_what_is_written_during_a_backup_is_wholly_in_it_or_not(
    app: Flask, original: TenantRef, tmp_path: Path, backup_key: str
) -> None:
    with app.app_context(), backup.snapshot(original) as connection:
        count = select(func.count()).select_from(AuditEvent)
        connection.exec_driver_sql(f"SET LOCAL search_path = {original.schema}")
        before = connection.scalar(count)
        pages(app, original)
        assert connection.scalar(count) == before
    with context.entered(app, original):
        assert (db.session.scalar(count) or 0) > (before or 0)


def test_a_place_that_cannot_be_written_is_a_sentence(app: Flask, original: TenantRef, tmp_path: Path) -> None:
    with app.app_context(), pytest.raises(InvalidInputError):
        backup.back_up("origin", tmp_path / "no" / "folder")


def test_a_backup_of_an_older_version_is_brought_to_the_newest(app: Flask, copy: TenantRef) -> None:
    question = text(f"SELECT version_num FROM {copy.schema}.alembic_version")  # noqa: S608
    with app.app_context(), connections.admin_engine().connect() as connection:
        assert connection.scalar(question) == TENANT.head


def test_a_city_can_be_restored_on_another_server(app: Flask, second: str, original: TenantRef, file: Path) -> None:
    with app.app_context():
        made = restore.restore(file, "elsewhere", second)
    assert made.server == second
    assert len(pages(app, made)) == len(pages(app, original))
    assert _waiting(app, made) == 1
    with app.app_context():
        deletion.erase(made)


def test_a_copy_opens_what_its_origin_sealed_with_the_keys_that_came_along(
    app: Flask, original: TenantRef, copy: TenantRef
) -> None:
    opened = []
    for city in (original, copy):
        with context.entered(app, city):
            parties = db.session.scalars(select(Party).order_by(Party.id)).all()
            opened.append([(party.id_number, party.phone, party.address, party.birth) for party in parties])
    assert opened[0] == opened[1]
    assert any(number for number, *_ in opened[0])
