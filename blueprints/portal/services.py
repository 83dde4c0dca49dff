"""What citizens do to cases: make one, look for one, add to one, act in one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from blueprints.portal import filling as fill
from blueprints.portal.attachments import category_of, is_evidence
from blueprints.portal.entries import Entry
from blueprints.portal.filling import Filling
from blueprints.portal.tries import count_try
from saas.audit import services as audit
from saas.cases import queries as case_queries
from saas.cases import services as cases
from saas.cases.actions import CaseAudit
from saas.cases.models import Case, Draft, Step
from saas.db.session import db
from saas.domain import Domain
from saas.errors import InvalidInputError
from saas.files import services as files
from saas.files import store
from saas.files.names import clean_name
from saas.identity.actor import Actor, citizen
from saas.messages import services as messages

WRONG_PAIR = "编号和查询码（或者手机号码后四位）对不上。请核对回执后再试，或者拨打 12348 询问。"
MOST_FILES = 20


def submit(draft: Draft, entry: Entry, *, by: Actor) -> Case:
    """Make the case of a draft that has no gap, with its files; the draft ends.

    Raises:
        RefusedError: the law or the process does not allow it.
        InvalidInputError: no body answers for the place.
    """
    filling = Filling.from_data(draft.data)
    values = fill.answered(entry.form, filling)
    applicant = as_citizen(by, fill.party_value(entry.form, values, "name"))
    case = cases.open_case(entry.process, entry.way, values, by=applicant)
    asked = [field_id for field_id in filling.files if field_id in values]
    ids = {field_id: _attach(case, entry.domain, field_id, filling, by=applicant) for field_id in asked}
    # The step was written with the draft's ids, because files need a case to belong to.
    case.steps[0].input = {**case.steps[0].input, **ids}
    db.session.delete(draft)
    return case


def _attach(case: Case, domain: Domain, field_id: str, filling: Filling, *, by: Actor) -> list[str]:
    category = category_of(domain, field_id)
    evidence = is_evidence(domain, category)
    added = [
        files.add(case, category, kept.name, store.get(store.here(kept.key)), by=by, evidence=evidence, drawn=True)
        for kept in filling.kept(field_id)
    ]
    return [str(file.id) for file in added]


def as_citizen(by: Actor, name: str | None) -> Actor:
    """The person behind a citizen's act, under the applicant's name; an account signed in here counts for nothing."""
    nameless = citizen(address=by.address, request_id=by.request_id)
    return replace(nameless, name=name) if name else nameless


def applicant_name(case: Case) -> str | None:
    """The name of the applicant of a case."""
    return next((party.name for party in case.parties if party.side == "applicant"), None)


def query_case(number: str, secret: str, *, by: Actor) -> tuple[Case, bool]:
    """The case of a number and its query code or the last digits of its applicant's phone; whether it was the code.

    Raises:
        TooManyTriesError: too many tries from this network, or at this number.
        InvalidInputError: the pair does not fit; the sentence is the same whatever is wrong.
    """
    count_try("portal.query", by)
    count_try(f"portal.query:{number}", None)
    case = case_queries.find_case_for_citizen(number, secret)
    if case is None:
        audit.record_apart(CaseAudit.QUERIED, ("case_file", "-"), by=by, detail={"found": False})
        raise InvalidInputError({"number": WRONG_PAIR}, WRONG_PAIR)
    proven = secret == case.query_code
    audit.record(CaseAudit.QUERIED, case, by=by, case=case, detail={"found": True, "by": "code" if proven else "phone"})
    return case, proven


def add_material(
    case: Case, domain: Domain, category: str, uploads: Sequence[tuple[str, bytes]], *, by: Actor
) -> list[str]:
    """Attach further material to a case; the sentences about files that were not taken.

    Raises:
        InvalidInputError: no such kind of material.
    """
    if category not in {known.code for known in domain.file_categories}:
        raise InvalidInputError({"category": "请选择材料种类"})
    applicant, refused, added = as_citizen(by, applicant_name(case)), [], 0
    for name, data in uploads[:MOST_FILES]:
        try:
            files.add(case, category, name, data, by=applicant, evidence=is_evidence(domain, category))
            added += 1
        except InvalidInputError as error:
            refused.append(f"“{clean_name(name)}”没有上传：{'；'.join(error.fields.values())}")
    refused += [f"“{clean_name(name)}”没有上传：一次最多 {MOST_FILES} 个文件" for name, _ in uploads[MOST_FILES:]]
    if added and case.handler_id:
        news = f"{case.title}（{case.number}）收到 {added} 个文件。"
        messages.tell_user(case.handler_id, "当事人补交了材料", news, case=case)
    return refused


def act(case: Case, action: str, values: Mapping[str, Any], *, by: Actor) -> Step:
    """Take a step that the process leaves to the citizen, in a case that was loaded for update, and nothing else.

    Raises:
        RefusedError: the process does not allow it now.
    """
    return cases.act(case, action, values, by=as_citizen(by, applicant_name(case)), alone=True)
