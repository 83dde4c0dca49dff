"""Documents of cases that could not be printed: people are told once, and each is tried again when its rest is over."""

from collections.abc import Collection

from saas import clock
from saas.audit import services as audit
from saas.cases import alarms, queries
from saas.documents import queries as documents
from saas.documents import retrying
from saas.documents.actions import DocumentAudit
from saas.documents.models import Document
from saas.identity import queries as identity
from saas.identity.actor import SYSTEM
from saas.identity.permissions import KernelPermission
from saas.messages import services as messages

AT_ONCE = 50  # documents looked at in one transaction
TITLE = "文书没有生成成功"


def go_round(most: int = AT_ONCE) -> int:
    """Tell people of new failures and have what is due printed again; how many documents were looked at."""
    untold = documents.lock_untold(most)
    administering = _administering() if untold else ()
    for document in untold:
        _tell(document, administering)
    due = documents.lock_due(most)
    for document in due:
        retrying.again(document)
        case = queries.get_case_by_id(document.case_id)
        audit.record(DocumentAudit.RETRIED, document, by=SYSTEM, case=case, detail={"number": document.number})
    return max(len(untold), len(due))


def _tell(document: Document, administering: Collection[str]) -> None:
    """Who has the case in hand reads where to go; who administers the system, only which form it was and why."""
    case = queries.get_case_by_id(document.case_id)
    document.told_at = clock.now()
    what = f"《{document.title}》（{document.number}）没有生成成功：{document.problem or '原因不明。'}"
    todo = "编号已经保留，系统会自动重试；也可以在案件的“文书”分栏里重新生成，或者更正内容。"
    messages.tell_users(alarms.hands_of(case), TITLE, f"{case.title}（{case.number}）的{what}{todo}", case=case)
    administrators = alarms.holders(administering, case.unit_path)
    messages.tell_users(administrators, TITLE, f"{what}系统会自动重试，请检查字体和存储是否正常。")
    detail = {"number": document.number, "problem": document.problem}
    audit.record(DocumentAudit.ALARMED, document, by=SYSTEM, case=case, detail=detail)


def _administering() -> list[str]:
    """The roles of those who administer the system."""
    return [role.code for role in identity.list_roles() if KernelPermission.ADMIN in role.permissions]
