"""A dossier from asking to taking it away: whole, once, and honest about what stands in the way."""

import io
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import select, update

from blueprints.mediation.volume import VOLUME
from saas.audit import seals
from saas.audit.models import AuditEvent, AuditSeal
from saas.db.session import TenantRef, db
from saas.documents.queries import list_documents
from saas.dossier import assemble, binding, jobs, manifest, proofs, queries, services, volume
from saas.dossier.models import DossierExport
from saas.dossier.verify import verify
from saas.errors import ConflictError
from saas.files import services as files
from saas.files import store
from saas.identity.actor import SYSTEM
from tenants import context
from tests.mediation import factory
from tests.saas.dossier import samples
from tests.saas.dossier.json_schema import faults
from tests.saas.files import samples as uploads

InTenant = Callable[[TenantRef], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def number(app: Flask, beijing: TenantRef) -> str:
    """A case with an agreement, whose documents wait to be printed, and two attachments."""
    with context.transaction(app, beijing):
        case = factory.agreed()
        files.add(case, "identity", "身份证😀正面.jpg", uploads.jpeg((800, 500), noted=True), by=SYSTEM)
        files.add(case, "evidence", "合同.pdf", samples.print_of("contract", 3), by=SYSTEM, evidence=True)
        return case.number


@pytest.fixture(scope="module")
def finished(app: Flask, beijing: TenantRef, number: str) -> UUID:
    """An export that was made."""
    in_tenant = partial(context.transaction, app)
    export_id = requested(in_tenant, beijing, number)
    built(in_tenant, beijing, export_id)
    return export_id


@pytest.fixture
def fresh(beijing: TenantRef, in_tenant: InTenant) -> str:
    """The number of a case that was never exported."""
    with in_tenant(beijing):
        return factory.mediating().number


def requested(in_tenant: InTenant, city: TenantRef, number: str) -> UUID:
    with in_tenant(city):
        case = queries.find_case(number)
        assert case is not None
        return services.request_export(case, by=factory.actor("zhaoxh")).id


def built(in_tenant: InTenant, city: TenantRef, export_id: UUID) -> DossierExport:
    with in_tenant(city):
        jobs.build({"export": str(export_id)})
    with in_tenant(city):
        export = queries.get_export(export_id)
        db.session.expunge_all()
    return export


def killed(in_tenant: InTenant, city: TenantRef, export_id: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken, in_tenant(city):
        broken.setattr(assemble, "bind", _killed)
        with pytest.raises(KeyboardInterrupt):
            jobs.build({"export": str(export_id)})
        db.session.rollback()


def content(export: DossierExport) -> bytes:
    assert export.storage_key is not None, export.problem
    return store.get(export.storage_key)


def actions(export_id: UUID) -> list[str]:
    events = select(AuditEvent.action).where(AuditEvent.subject_id == str(export_id)).order_by(AuditEvent.recorded_at)
    return list(db.session.scalars(events))


def test_a_dossier_is_made_kept_and_recorded(beijing: TenantRef, in_tenant: InTenant, finished: UUID) -> None:
    with in_tenant(beijing):
        export = queries.get_export(finished)
        told = db.session.scalars(
            select(AuditEvent).where(AuditEvent.subject_id == str(finished), AuditEvent.action == "dossier.exported")
        ).one()

        assert (export.state, export.problem, export.done) == ("ready", None, export.total)
        assert export.digest == store.digest_of(content(export)) == told.detail["digest"]
        assert "dossier.requested" in actions(finished)


def test_every_number_of_the_catalogue_is_the_number_on_the_page(
    beijing: TenantRef, in_tenant: InTenant, finished: UUID
) -> None:
    with in_tenant(beijing):
        data = content(queries.get_export(finished))
    texts = samples.texts(data)

    with pikepdf.open(io.BytesIO(data)) as pdf:
        notes = [note for page in pdf.pages for note in page.obj.get("/Annots", []) if "/Dest" in note]
        links = [pikepdf.Page(note.Dest[0]).index for note in notes]
    numbered = [part for part in samples.told(data)["parts"] if part["number"]]
    catalogue = "".join(texts[1].split())
    for part in numbered:
        last = part["number"] + len(part["pages"]) - 1
        shown = f"{part['number']}" if last == part["number"] else f"{part['number']}—{last}"
        assert f"{part['title'].replace('😀', '□')}{shown}" in catalogue
        assert texts[part["start"]].split()[-1] == str(part["number"])
    # A title that takes two lines is two links.
    assert list(dict.fromkeys(links)) == [part["start"] for part in numbered]


def test_parts_stand_in_the_prescribed_order(beijing: TenantRef, in_tenant: InTenant, finished: UUID) -> None:
    with in_tenant(beijing):
        data = content(queries.get_export(finished))

    told = samples.told(data)
    assert [part["title"] for part in told["parts"]] == [
        "调解卷宗封面",
        "卷内目录",
        "人民调解申请书",
        "人民调解受理登记表",
        "人民调解当事人权利义务告知书",
        "当事人身份证明（身份证😀正面.jpg）",
        "人民调解证据材料（合同.pdf）",
        "人民调解记录",
        "人民调解协议书",
        "卷宗情况说明",
        "卷内备考表",
        "卷宗封底",
        "办理过程",
        "期限计算",
        "办理依据",
        "审计摘录",
    ]


def test_the_register_of_its_city_and_no_other_proves_it(
    beijing: TenantRef, zunyi: TenantRef, in_tenant: InTenant, finished: UUID, number: str
) -> None:
    with in_tenant(beijing):
        data = content(queries.get_export(finished))
        here = verify(data, queries.find_record)
    with in_tenant(zunyi):
        elsewhere = verify(data, queries.find_record)

    assert (here["ok"], here["number"], here["problems"]) == (True, number, [])
    assert not elsewhere["ok"]


def test_two_exports_of_an_unchanged_case_have_the_same_content(
    beijing: TenantRef, in_tenant: InTenant, finished: UUID, number: str, tmp_path: Path
) -> None:
    with in_tenant(beijing):
        case = queries.find_case(number)
        assert case is not None
        again = binding.make(case, lambda *_: None, out=tmp_path / "again.pdf")
        export = queries.get_export(finished)

        assert (again.content_digest, again.size) == (export.content_digest, export.content_size)


def test_the_embedded_data_keeps_to_its_published_form(beijing: TenantRef, in_tenant: InTenant, finished: UUID) -> None:
    with in_tenant(beijing):
        told = samples.told(content(queries.get_export(finished)))
    schema = json.loads(manifest.SCHEMA.read_text("utf-8"))

    assert list(faults(schema, told, schema)) == []
    assert list(faults(schema, told | {"format": "fengqiao-dossier/1", "more": 1}, schema)) == [
        "/format: const fengqiao-dossier/2",
        "/more: unknown",
    ]


def test_limits_tell_how_their_last_day_was_counted_and_steps_on_what_they_rest(
    beijing: TenantRef, in_tenant: InTenant, finished: UUID
) -> None:
    with in_tenant(beijing):
        data = content(queries.get_export(finished))
    told, texts = samples.told(data), ["".join(text.split()) for text in samples.texts(data)]
    starts = {part["kind"]: part["start"] for part in told["parts"]}

    assert told["clocks"]
    assert all("".join(line.split()) in texts[starts["clocks"]] for row in told["clocks"] for line in row["trail"])
    assert all("".join(row["law"].split()) in texts[starts["grounds"]] for row in told["decisions"])


def test_an_unchanged_case_asked_for_again_has_its_file_at_once(
    beijing: TenantRef, in_tenant: InTenant, finished: UUID, number: str
) -> None:
    again = requested(in_tenant, beijing, number)

    with in_tenant(beijing):
        first, second = queries.get_export(finished), queries.get_export(again)
        assert second.id != first.id
        assert (second.state, second.digest, second.storage_key) == ("ready", first.digest, first.storage_key)
        told = db.session.scalars(select(AuditEvent).where(AuditEvent.subject_id == str(again))).one()
        assert (told.action, told.detail) == ("dossier.requested", {"reused": first.digest})


def test_a_file_given_again_is_proven_by_the_export_that_made_it(
    beijing: TenantRef, in_tenant: InTenant, fresh: str
) -> None:
    first = built(in_tenant, beijing, requested(in_tenant, beijing, fresh))
    again = requested(in_tenant, beijing, fresh)
    with in_tenant(beijing):
        # The row that was written last is read last; now it is the older export's.
        db.session.execute(update(DossierExport).where(DossierExport.id == first.id).values(step="已制作"))
        assert queries.get_export(again).digest == first.digest
        seals.seal()

        proof = proofs.find_proof(str(first.digest))

        assert proof is not None
        assert proof.seal is not None


def test_a_case_that_changed_is_bound_anew(beijing: TenantRef, in_tenant: InTenant, fresh: str) -> None:
    before = built(in_tenant, beijing, requested(in_tenant, beijing, fresh))
    with in_tenant(beijing):
        case = queries.find_case(fresh)
        assert case is not None
        files.add(case, "identity", "身份证.png", uploads.png((41, 17)), by=SYSTEM)

    after = built(in_tenant, beijing, requested(in_tenant, beijing, fresh))

    assert before.source_digest != after.source_digest
    assert before.content_digest != after.content_digest


def test_every_change_in_the_file_is_under_a_seal_of_the_city(
    beijing: TenantRef, in_tenant: InTenant, finished: UUID
) -> None:
    with in_tenant(beijing):
        told = samples.told(content(queries.get_export(finished)))
        heads = {seal.n: seal.head.hex() for seal in db.session.scalars(select(AuditSeal))}

    assert {row["seal"] for row in told["changes"]} == {seal["n"] for seal in told["seals"]}
    assert all(heads[seal["n"]] == seal["head"] for seal in told["seals"])


def test_a_void_document_is_left_out_and_noted(beijing: TenantRef, in_tenant: InTenant, fresh: str) -> None:
    with in_tenant(beijing):
        case = queries.find_case(fresh)
        assert case is not None
        document = list_documents(case.id)[0]
        document.state, document.void_reason = "void", "当事人姓名写错"
        title, taken = document.title, document.number

    export = built(in_tenant, beijing, requested(in_tenant, beijing, fresh))

    with in_tenant(beijing):
        data = content(export)
    told = samples.told(data)
    (notes,) = [part for part in told["parts"] if part["kind"] == "review_sheet"]
    assert [row["number"] for row in told["void"]] == [taken]
    assert title not in [part["title"] for part in told["parts"]]
    assert "作废原因：当事人姓名写错" in "".join(samples.texts(data)[notes["start"]].split())


def test_what_is_internal_stands_in_a_second_volume(
    beijing: TenantRef, in_tenant: InTenant, fresh: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = [replace(item, part="sub" if "告知书" in item.title else "main") for item in VOLUME]
    with monkeypatch.context() as patch:
        patch.setattr(volume, "order", lambda _domain: apart)
        export = built(in_tenant, beijing, requested(in_tenant, beijing, fresh))

    with in_tenant(beijing):
        data = content(export)
    inner = [part for part in samples.told(data)["parts"] if part["volume"] == "sub"]
    texts = ["".join(text.split()) for text in samples.texts(data)]
    assert [(part["kind"], part["number"]) for part in inner] == [
        ("cover", None), ("catalogue", None), ("document", 1), ("review_sheet", None), ("back", None),
    ]  # fmt: skip
    assert "调解卷宗（副卷）" in texts[inner[0]["start"]]
    assert texts[inner[2]["start"]].endswith("1")


def test_what_is_missing_is_named_in_the_notes(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        bare = factory.open_application().number
    export = built(in_tenant, beijing, requested(in_tenant, beijing, bare))

    with in_tenant(beijing):
        data = content(export)
    (part,) = [part for part in samples.told(data)["parts"] if part["kind"] == "review_sheet"]
    notes = "".join(samples.texts(data)[part["start"]].split())
    assert "缺少下列应当归入的材料" in notes
    assert "当事人身份证明、人民调解记录" in notes


def test_progress_is_seen_while_the_job_runs(
    app: Flask, beijing: TenantRef, in_tenant: InTenant, fresh: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_id = requested(in_tenant, beijing, fresh)
    seen = []
    bind = assemble.bind

    def look(*args: object) -> int:
        with context.entered(app, beijing):
            export = queries.get_export(export_id)
            seen.append((export.state, export.step, export.total - export.done))
        return bind(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(assemble, "bind", look)
    built(in_tenant, beijing, export_id)

    assert seen == [("running", "编页号、装订", 1)]


def test_a_job_broken_off_and_run_again_ends_once_and_whole(
    beijing: TenantRef, in_tenant: InTenant, fresh: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_id = requested(in_tenant, beijing, fresh)

    killed(in_tenant, beijing, export_id, monkeypatch)
    with in_tenant(beijing):
        broken_off = queries.get_export(export_id)
        assert broken_off.state == "running"
        assert {document.state for document in list_documents(broken_off.case_id)} == {"ready"}
    first = built(in_tenant, beijing, export_id)
    second = built(in_tenant, beijing, export_id)

    with in_tenant(beijing):
        assert first.digest == second.digest
        assert actions(export_id).count("dossier.exported") == 1


def test_what_changes_while_it_is_made_is_not_lost(
    app: Flask, beijing: TenantRef, in_tenant: InTenant, fresh: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_id = requested(in_tenant, beijing, fresh)
    bind = assemble.bind

    def meddle(*args: object) -> int:
        with context.transaction(app, beijing):
            case = queries.find_case(fresh)
            assert case is not None
            files.add(case, "identity", "身份证.png", uploads.png((43, 17)), by=SYSTEM)
        return bind(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(assemble, "bind", meddle)
        with pytest.raises(jobs.ChangedMeanwhileError):
            built(in_tenant, beijing, export_id)
    export = built(in_tenant, beijing, export_id)

    with in_tenant(beijing):
        assert "身份证.png" in [part["name"] for part in samples.told(content(export))["parts"]]


def test_the_queue_makes_what_was_asked_for(
    beijing: TenantRef, in_tenant: InTenant, fresh: str, drain_jobs: Callable[[], None]
) -> None:
    export_id = requested(in_tenant, beijing, fresh)

    drain_jobs()

    with in_tenant(beijing):
        assert queries.get_export(export_id).state == "ready"


def test_a_document_that_failed_stops_the_export_and_is_named(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        document = list_documents(case.id)[0]
        document.state, document.problem = "failed", "字体中没有“𠮷”。"
        number = case.number
    export = built(in_tenant, beijing, requested(in_tenant, beijing, number))

    with in_tenant(beijing):
        assert export.state == "failed"
        assert "《人民调解申请书》" in str(export.problem)
        assert "字体中没有“𠮷”。" in str(export.problem)
        assert actions(export.id) == ["dossier.requested", "dossier.failed"]


def test_a_damaged_attachment_stops_the_export_and_is_named(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        file = files.add(case, "identity", "身份证.png", uploads.png((31, 17)), by=SYSTEM)
        store.open_path(file.storage_key).write_bytes(b"rotten")
        number = case.number
    export = built(in_tenant, beijing, requested(in_tenant, beijing, number))

    assert export.state == "failed"
    assert "身份证.png" in str(export.problem)


def test_after_the_last_try_the_export_says_where_it_ended(
    beijing: TenantRef, in_tenant: InTenant, fresh: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_id = requested(in_tenant, beijing, fresh)
    killed(in_tenant, beijing, export_id, monkeypatch)

    with in_tenant(beijing):
        jobs.give_up({"export": str(export_id)}, "boom")

    with in_tenant(beijing):
        export = queries.get_export(export_id)
        assert export.state == "failed"
        assert "编页号、装订" in str(export.problem)


def test_taking_it_away_is_recorded(beijing: TenantRef, in_tenant: InTenant, finished: UUID, number: str) -> None:
    with in_tenant(beijing):
        sent = services.download(queries.get_export(finished), by=factory.actor("zhaoxh"))

        sent.close()
        assert number in sent.headers["Content-Disposition"]
        assert sent.headers["X-Content-Type-Options"] == "nosniff"
        assert "dossier.downloaded" in actions(finished)


def test_what_is_not_finished_cannot_be_taken(beijing: TenantRef, in_tenant: InTenant, fresh: str) -> None:
    export_id = requested(in_tenant, beijing, fresh)

    with in_tenant(beijing), pytest.raises(ConflictError):
        services.download(queries.get_export(export_id), by=SYSTEM)


def _killed(*_args: object) -> int:
    raise KeyboardInterrupt
