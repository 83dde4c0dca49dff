"""A redacted dossier tells nothing of what is masked: not in its text, its data, its names, nor in any stream."""

import io
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import partial

import pikepdf
import pytest
from flask import Flask

from saas import clock
from saas.cases.models import Case
from saas.cases.snapshot import snapshot
from saas.db.session import TenantRef, db
from saas.documents.form import ADDED
from saas.documents.models import Document
from saas.documents.queries import list_documents
from saas.dossier import jobs, queries, services
from saas.dossier.history import History
from saas.dossier.masks import HIDDEN
from saas.dossier.redaction import ACROSS, HEAD, NOT_SHOWN
from saas.dossier.redaction import redacted as redacted_variant
from saas.files import services as files
from saas.files import store
from saas.identity.actor import SYSTEM
from tenants import context
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.dossier import samples
from tests.saas.files import samples as uploads

ADDRESS = "大兴区兴丰街道三合里8号楼1201"
PHONE, OTHER_PHONE, WITNESS = "13911112222", "13733334444", "13655556666"
CARD = "6222021234567890123"
SPACED = f"{PHONE[:3]}-{PHONE[3:7]}-{PHONE[7:]}"
FACTS = f"1980年1月1日出生的赵小燕（{SPACED}）住三合里8号楼1201，证人电话{WITNESS}，退款账号{CARD}。"


def secrets_of(case: Case) -> set[str]:
    """Every personal value the case knows, and those in its texts."""
    kept = {value for party in case.parties for value in (party.id_number, party.phone, party.address) if value}
    births = {str(party.birth) for party in case.parties if party.birth}
    names = {party.name for party in case.parties if party.kind == "natural"}
    return kept | births | names | {WITNESS, CARD, "三合里8号楼1201", "1980年1月1日", SPACED}


@pytest.fixture(scope="module")
def case_secrets(app: Flask, beijing: TenantRef) -> tuple[str, set[str]]:
    """A case full of personal values, with files that are named after people, and what must not be told."""
    with context.transaction(app, beijing):
        told = {"applicant_phone": PHONE, "applicant_address": ADDRESS, "respondent_phone": OTHER_PHONE}
        case = factory.mediating(facts=FACTS, **told)
        factory.act(case, "session", {**factory.SESSION, "content": f"钱大伟承认。{FACTS}"}, "sunli")
        files.add(case, "identity", "赵小燕身份证.jpg", uploads.jpeg((800, 500), noted=True), by=SYSTEM)
        files.add(case, "evidence", f"{PHONE}转账.pdf", samples.print_of("contract", 3), by=SYSTEM, evidence=True)
        db.session.flush()
        return case.number, secrets_of(case)


@pytest.fixture(scope="module")
def redacted(app: Flask, beijing: TenantRef, case_secrets: tuple[str, set[str]]) -> bytes:
    """Its redacted dossier."""
    in_tenant = partial(context.transaction, app)
    with in_tenant(beijing):
        case = queries.find_case(case_secrets[0])
        assert case is not None
        export_id = services.request_export(case, by=factory.actor("zhaoxh"), variant="redacted").id
    with in_tenant(beijing):
        jobs.build({"export": str(export_id)})
    with in_tenant(beijing):
        export = queries.get_export(export_id)
        assert export.storage_key is not None, export.problem
        return store.get(export.storage_key)


def strings_of(item: object) -> list[bytes]:
    """The strings and the streams of an object of the file."""
    if isinstance(item, pikepdf.String):
        return [bytes(item), str(item).encode()]
    if isinstance(item, pikepdf.Stream):
        return [item.read_bytes(), *strings_of(item.stream_dict)]
    if isinstance(item, pikepdf.Dictionary):
        return [told for name, one in item.items() for told in [name.encode(), *_direct(one)]]
    if isinstance(item, pikepdf.Array):
        return [told for one in item for told in _direct(one)]
    return []


def _direct(item: object) -> list[bytes]:
    return [] if isinstance(item, pikepdf.Object) and item.is_indirect else strings_of(item)


def everything_in(data: bytes) -> bytes:
    """All there is in a file besides drawn signs: its bytes, streams, strings, data."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return b"\n".join([data, *(told for item in pdf.objects for told in strings_of(item))])


def test_the_text_layer_tells_no_masked_value(redacted: bytes, case_secrets: tuple[str, set[str]]) -> None:
    texts = samples.texts(redacted)
    told = "".join("".join(texts).split())

    assert {secret for secret in case_secrets[1] if secret in told} == set()
    assert "赵**" in told
    assert "139****2222" in told


def test_no_stream_string_or_datum_tells_a_masked_value(redacted: bytes, case_secrets: tuple[str, set[str]]) -> None:
    whole = everything_in(redacted)
    written = [(secret, form) for secret in case_secrets[1] for form in forms_of(secret) if form in whole]

    assert written == []
    assert b'"variant":"redacted"' in whole, "the data was looked at"


def forms_of(secret: str) -> set[bytes]:
    """The ways a text stands in a file."""
    return {secret.encode(), secret.encode("utf-16-be"), json.dumps(secret)[1:-1].encode()}


def test_every_page_says_what_it_is(redacted: bytes) -> None:
    for text in samples.texts(redacted):
        assert HEAD in text
        assert "".join(ACROSS.split()) in "".join(text.split())


def test_a_sheet_stands_in_the_place_of_every_file(redacted: bytes) -> None:
    told, texts = samples.told(redacted), samples.texts(redacted)
    filed = [part for part in told["parts"] if part["kind"] == "file"]

    assert len(filed) == 2
    for part in filed:
        sheet = "".join(texts[part["start"]].split())
        assert len(part["pages"]) == 1
        assert "".join(NOT_SHOWN.split()) in sheet
        assert part["digest"][:16] in sheet
        assert "enclosed" not in part


@pytest.fixture
def extended(in_tenant: InTenant, beijing: TenantRef) -> Iterator[Case]:
    """A case with an answer that only some may read, and which is too short to be looked for in texts."""
    with in_tenant(beijing):
        case = factory.mediating()
        factory.act(case, "extend", {"extra_days": 10, "both_agree": True, "reason": "病重"}, "sunli")
        yield case


def test_an_answer_for_some_only_is_not_told_where_a_city_has_it_printed(extended: Case) -> None:
    rows = [{"label": "原因", "text": "病重"}, {"label": "延长天数", "text": "10天"}]
    shown = redacted_variant(extended).shot(replace(snapshot(extended), added=rows))
    printed = redacted_variant(extended).values(Document(values={ADDED: rows, "days": "10"}))

    assert shown.added == [{"label": "原因", "text": HIDDEN}, rows[1]]
    assert printed == {ADDED: shown.added, "days": "10"}
    assert "病重" not in json.dumps(asdict(shown), ensure_ascii=False)


def test_what_a_table_asked_of_such_an_answer_is_not_told(extended: Case) -> None:
    table = {"title": "表", "row": 1, "when": ["原因：病重", "延长天数：10"], "then": "是", "law": ""}
    past = History([], [], [{"seq": 1, "tables": [table]}], [], [], [])

    told = redacted_variant(extended).history(past)

    assert told.decisions[0]["tables"][0]["when"] == [f"原因：{HIDDEN}", "延长天数：10"]


def test_digests_in_which_a_value_seems_to_stand_are_left_whole(extended: Case) -> None:
    digest = "13900001234".ljust(64, "a")
    change = {"id": digest, "leaf_digest": digest, "detail": "电话13900001234"}
    past = History([], [], [], [change], [{"n": 1, "head": digest}], [])

    told = redacted_variant(extended).history(past)

    assert told.changes == [{"id": digest, "leaf_digest": digest, "detail": "电话139****1234"}]
    assert told.seals == past.seals


def test_why_a_redacted_dossier_was_not_made_tells_no_name(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        case = factory.mediating()
        document = list_documents(case.id)[0]
        document.state, document.problem = "failed", "赵小燕的名字印不出来。"
        export_id = services.request_export(case, by=factory.actor("zhaoxh"), variant="redacted").id
    with in_tenant(beijing):
        jobs.build({"export": str(export_id)})
    with in_tenant(beijing):
        export = queries.get_export(export_id)

        assert export.state == "failed"
        assert "赵**的名字" in str(export.problem)


def test_the_days_of_the_case_stay(redacted: bytes) -> None:
    told = samples.told(redacted)

    assert told["case"]["case"]["opened_on"] == str(clock.today())
    assert told["timeline"][0]["at"][:10] == told["case"]["case"]["opened_on"]
