"""Many dossiers at once: whole, once each, whatever becomes of one of them."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import func, select

from saas.audit import seals
from saas.audit.models import AuditEvent
from saas.cases.models import Case
from saas.db.session import TenantRef, db
from saas.documents.queries import list_documents
from saas.dossier import services as dossiers
from saas.dossier.batches import jobs, packing, queries, services
from saas.dossier.batches.models import DossierBatch
from saas.dossier.models import DossierExport
from saas.errors import BadRequestError
from saas.files import store
from saas.settings import services as settings
from tenants import context
from tests import queues
from tests.conftest import Drain, InTenant
from tests.mediation import factory

FORMULA = "=1+1"


def opened(count: int) -> list[Case]:
    """So many new cases, the first of which has a title like a formula."""
    cases = [factory.open_application(facts=f"第{number}件，楼上漏水。") for number in range(count)]
    cases[0].title = FORMULA
    db.session.flush()
    return cases


def asked(in_tenant: InTenant, city: TenantRef, count: int) -> UUID:
    """A batch of so many new cases."""
    with in_tenant(city):
        ids = [case.id for case in opened(count)]
        return services.request_batch({"text": "漏水"}, ids, variant="full", by=factory.actor("zhaoxh")).id


def archive(batch_id: UUID) -> zipfile.ZipFile:
    batch = queries.get_batch(batch_id)
    assert batch.storage_key is not None, batch.problem
    return zipfile.ZipFile(io.BytesIO(store.get(batch.storage_key)))


@pytest.fixture(scope="module")
def finished(app: Flask, beijing: TenantRef) -> UUID:
    """A batch of three cases, of which the second has a document that cannot be bound."""
    queues.forget(app)
    in_tenant = partial(context.transaction, app)
    with in_tenant(beijing):
        ids = [case.id for case in opened(3)]
    queues.drain(app)
    with in_tenant(beijing):
        document = list_documents(ids[1])[0]
        document.state, document.problem = "failed", "模板有错误。"
    with in_tenant(beijing):
        seals.seal(grace=timedelta())  # Other tests' open transactions would put it off, and a later seal is a change.
        batch_id = services.request_batch({"text": "漏水"}, ids, variant="full", by=factory.actor("zhaoxh")).id
    queues.drain(app)
    return batch_id


def test_one_that_fails_is_noted_and_the_others_are_made(
    in_tenant: InTenant, beijing: TenantRef, finished: UUID
) -> None:
    with in_tenant(beijing):
        batch, items = queries.get_batch(finished), queries.list_items(finished)

        assert (batch.state, batch.done, batch.total) == ("ready", 3, 3)
        assert [item.state for item in items] == ["done", "failed", "done"]
        assert "请先重新生成这份文书" in str(items[1].problem)
        assert batch.pages == sum(item.export.pages or 0 for item in items if item.state == "done" and item.export)


def test_the_archive_holds_the_dossiers_as_they_were_exported(
    in_tenant: InTenant, beijing: TenantRef, finished: UUID
) -> None:
    with in_tenant(beijing):
        exports = packing.made_of(queries.list_items(finished))
        with archive(finished) as packed:
            digests = [hashlib.sha256(packed.read(f"卷宗 {one.case.number}.pdf")).hexdigest() for one in exports]
            manifest = json.loads(packed.read("manifest.json"))

        assert digests == [one.digest for one in exports] == [line["digest"] for line in manifest["dossiers"]]
        assert [line["content_digest"] for line in manifest["dossiers"]] == [one.content_digest for one in exports]
        assert {line["exported_by"] for line in manifest["dossiers"]} == {factory.actor("zhaoxh").name}


def test_nothing_in_the_archive_is_packed_and_all_has_one_date(
    in_tenant: InTenant, beijing: TenantRef, finished: UUID
) -> None:
    with in_tenant(beijing), archive(finished) as packed:
        assert {about.compress_type for about in packed.infolist()} == {zipfile.ZIP_STORED}
        assert len({about.date_time for about in packed.infolist()}) == 1


def test_the_register_lists_every_case_and_runs_nothing(
    in_tenant: InTenant, beijing: TenantRef, finished: UUID
) -> None:
    with in_tenant(beijing), archive(finished) as packed:
        sheet = openpyxl.load_workbook(io.BytesIO(packed.read("登记表.xlsx")))["登记表"]
        rows = list(sheet.iter_rows(min_row=1, max_row=4, values_only=True))
        numbers = [item.case.number for item in queries.list_items(finished)]

    assert rows[0] == ("序号", "案号", "名称", "类别", "状态", "页数", "文件名", "SHA-256", "备注")
    assert [row[1] for row in rows[1:]] == numbers
    assert (sheet.cell(2, 3).value, sheet.cell(2, 3).data_type) == (FORMULA, "s")
    assert "请先重新生成这份文书" in str(rows[2][8])


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    """What the script in the archive says, run as a stranger would run it."""
    command = [sys.executable, "-I", str(folder / "verify.py")]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def test_the_archive_checks_itself_and_names_what_was_exchanged(
    in_tenant: InTenant, beijing: TenantRef, finished: UUID, tmp_path: Path
) -> None:
    with in_tenant(beijing), archive(finished) as packed:
        packed.extractall(tmp_path)
        name = next(name for name in packed.namelist() if name.endswith(".pdf"))

    whole = checked(tmp_path)
    (tmp_path / name).write_bytes(b"%PDF-1.7 another")
    exchanged = checked(tmp_path)

    assert (whole.returncode, "2 件" in whole.stdout) == (2, True), whole.stdout
    assert exchanged.returncode == 1
    assert name in exchanged.stdout


def test_asking_finishing_and_who_asked_are_recorded(in_tenant: InTenant, beijing: TenantRef, finished: UUID) -> None:
    with in_tenant(beijing):
        told = select(AuditEvent).where(AuditEvent.subject_id == str(finished)).order_by(AuditEvent.recorded_at)
        events = db.session.scalars(told).all()

        assert [event.action for event in events] == ["dossier.batch.requested", "dossier.batch.exported"]
        assert all(event.high for event in events)
        assert events[1].detail["digest"] == queries.get_batch(finished).digest


def test_what_is_unchanged_is_not_made_again(
    drain_jobs: Drain, in_tenant: InTenant, beijing: TenantRef, finished: UUID
) -> None:
    with in_tenant(beijing):
        made = packing.made_of(queries.list_items(finished))
        ids, digests = [one.case_id for one in made], [one.digest for one in made]
        again = services.request_batch({}, ids, variant="full", by=factory.actor("zhaoxh")).id
    drain_jobs()

    with in_tenant(beijing):
        exports = packing.made_of(queries.list_items(again))
        assert [one.digest for one in exports] == digests
        assert {one.step for one in exports} == {"没有变动，沿用已经制作的卷宗"}


def test_what_was_made_before_a_crash_stays_made(drain_jobs: Drain, in_tenant: InTenant, beijing: TenantRef) -> None:
    batch_id = asked(in_tenant, beijing, 2)
    with in_tenant(beijing):
        jobs.make_item({"batch": str(batch_id), "seq": 1})
    with in_tenant(beijing):
        first = queries.get_item(batch_id, 1).export_id
    drain_jobs()

    with in_tenant(beijing):
        batch = queries.get_batch(batch_id)
        made = select(func.count()).where(DossierExport.case_id == queries.get_item(batch_id, 1).case_id)
        assert (batch.state, batch.done) == ("ready", 2)
        assert queries.get_item(batch_id, 1).export_id == first
        assert db.session.scalar(made) == 1


def test_a_case_that_could_not_be_made_in_any_try_does_not_hold_up_the_rest(
    drain_jobs: Drain, in_tenant: InTenant, beijing: TenantRef
) -> None:
    batch_id = asked(in_tenant, beijing, 2)
    with in_tenant(beijing):
        jobs.give_up_item({"batch": str(batch_id), "seq": 1}, "killed")
    drain_jobs()

    with in_tenant(beijing):
        assert queries.get_batch(batch_id).state == "ready"
        assert [item.problem for item in queries.list_failed(batch_id)] == [jobs.NOT_MADE]


def test_more_than_the_city_allows_are_refused_with_a_way_out(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        many = [factory.open_application().id] * (settings.get("dossier.batch_most") + 1)
        with pytest.raises(BadRequestError, match="缩小范围"):
            services.request_batch({}, many, variant="full", by=factory.actor("zhaoxh"))
        with pytest.raises(BadRequestError, match="没有可以导出"):
            services.request_batch({}, [], variant="full", by=factory.actor("zhaoxh"))
        assert db.session.scalar(select(func.count()).select_from(DossierBatch).where(DossierBatch.total > 200)) == 0


def test_a_batch_of_dossiers_is_in_nobodys_list_of_single_ones(
    in_tenant: InTenant, beijing: TenantRef, finished: UUID
) -> None:
    with in_tenant(beijing):
        in_batches = set(db.session.scalars(queries.in_batches()))

        assert {one.id for one in packing.made_of(queries.list_items(finished))} <= in_batches
        single = dossiers.request_export(factory.open_application(), by=factory.actor("zhaoxh"))
        assert single.id not in in_batches
