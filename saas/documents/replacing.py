"""Issuing a document again (补发) or with mistakes put right (更正): a new number, both kept, each naming the other."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from saas import clock
from saas.audit import services as audit
from saas.config import current_config
from saas.documents import editing, issue, queries, voiding
from saas.documents.actions import DocumentAudit
from saas.documents.fonts import check_coverage
from saas.documents.form import Form, Values
from saas.documents.models import Document
from saas.errors import ConflictError, InvalidInputError, NotFoundError
from saas.text import chinese_date

if TYPE_CHECKING:
    from saas.cases.models import Case
    from saas.identity.actor import Actor

REISSUE, CORRECTION = "reissue", "correction"
WORDS: Mapping[str, str] = {REISSUE: "补发", CORRECTION: "更正"}
ACTIONS: Mapping[str, DocumentAudit] = {REISSUE: DocumentAudit.REISSUED, CORRECTION: DocumentAudit.CORRECTED}
REPLACED = "这份文书已经由《{title}》（{number}）代替。请在那一份上办理。"
FAILED = "这份文书还没有生成成功，没有可以补发的内容。请先重新生成，或者用“更正”改正内容。"

OUTDATED = "这份文书的内容已经进入更正或者撤销程序，不能补发。需要时请在重新审批、出具以后，补发新的那一份。"
APPROVED = "这份文书的内容经过审批，不能在这里改动。请按流程办理更正，重新审批后出具。"


def reissue(document: Document, form: Form, case: "Case", reason: str, *, by: "Actor") -> Document:
    """Issue the same again under a number of its own, which names the old one.

    Args:
        document: One of the case, which was loaded for update; a void one may be issued again.
        form: What it is printed with.
        case: Its case.
        reason: Why.
        by: Who does it.

    Raises:
        ConflictError: another stands in for it, it is not printed yet, or what it says does not hold any more.
        InvalidInputError: nothing is said why.
    """
    _check_free(document, REISSUE)
    if _is_undone(document, form, case):
        raise ConflictError(OUTDATED, title="现在不能补发")
    why = _said(reason, {})
    values = {name: value for name, value in document.values.items() if name != editing.NOTE}
    return _follow(document, form, case, values, REISSUE, why, by=by)


def correct(
    document: Document, form: Form, case: "Case", sent: Mapping[str, str], reason: str, *, by: "Actor"
) -> Document:
    """Issue a document again with some of its texts put right.

    One that could not be printed is void from then on: nothing was ever handed out of it.

    Args:
        document: One of the case, which was loaded for update.
        form: What it is printed with.
        case: Its case.
        sent: New words by the id of the text, see :func:`editing.texts_of`.
        reason: Why.
        by: Who does it.

    Raises:
        ConflictError: another stands in for it, or it is being printed at this moment.
        InvalidInputError: names each text that is wrong, or says that nothing changed.
    """
    _check_free(document, CORRECTION)
    faults: dict[str, str] = {}
    values: Values = {}
    try:
        values = editing.rewritten(form, document.values, sent, current_config().fonts_dir)
    except InvalidInputError as error:
        faults = error.fields
    why = _said(reason, faults)
    made = _follow(document, form, case, values, CORRECTION, why, by=by)
    if document.state == "failed":
        voiding.mark(document, case, f"没有生成成功，已由更正后的文书（{made.number}）代替：{why}", by=by)
    return made


def against(document: Document, relation: str, later: Document | None) -> str | None:
    """Why a document cannot be issued again so as it is now; ``later`` is what stands in for it."""
    if later is not None:
        return REPLACED.format(title=later.title, number=later.number)
    if document.state == "queued":
        return voiding.IN_PRINT
    if relation == CORRECTION and _is_approved(document):
        return APPROVED
    return FAILED if document.state == "failed" and relation == REISSUE else None


def _is_approved(document: Document) -> bool:
    """Whether its form is one that somebody had to agree to; one that nobody declares any more is not."""
    try:
        return bool(queries.form_of(document).after)
    except NotFoundError:
        return False


def _is_undone(document: Document, form: Form, case: "Case") -> bool:
    """Whether a step taken since it was made undoes what it rests on."""
    made = max((step.seq for step in case.steps if step.id == document.step_id), default=0)
    return any(step.seq > made and step.drawn and step.action in form.undone for step in case.steps)


def _check_free(document: Document, relation: str) -> None:
    queries.lock(document)
    if told := against(document, relation, queries.find_successor(document.id)):
        raise ConflictError(told, title=f"现在不能{WORDS[relation]}")


def _said(reason: str, faults: Mapping[str, str]) -> str:
    wrong = dict(faults)
    if not reason.strip():
        wrong["reason"] = "请填写原因，会记入操作日志。"
    elif len(reason.strip()) > voiding.LONGEST:
        wrong["reason"] = f"最多 {voiding.LONGEST} 个字，请缩短。"
    if wrong:
        raise InvalidInputError(wrong)
    return reason.strip()


def _follow(
    document: Document, form: Form, case: "Case", values: Values, relation: str, reason: str, *, by: "Actor"
) -> Document:
    """Issue what stands in for a document; as with any, the number is taken last."""
    check_coverage(values, form.labels, current_config().fonts_dir)
    number = issue.take_number(form, case.unit.short_name or case.unit.name, values)
    numbered = editing.renumbered(values, document.number, number) | {editing.NOTE: note(document, relation)}
    step, by_name = document.step_id, by.name
    made = issue.add(form, case, step, numbered, number, by_name, replaces=document, relation=relation)
    detail = {"form": form.code, "number": number, "old": document.number, "reason": reason}
    audit.record(ACTIONS[relation], made, by=by, case=case, detail=detail)
    issue.enqueue(made, is_new=True)
    return made


def note(document: Document, relation: str) -> str:
    """What is printed on a document that stands in for another."""
    return f"（{WORDS[relation]}，原编号：{document.number}，{WORDS[relation]}日期：{chinese_date(clock.today())}）"
