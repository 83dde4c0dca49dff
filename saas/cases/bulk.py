"""Taking long lists out: asked for by one, approved by another, taken once; and how much a person takes in a day."""

from sqlalchemy import Select, select

from saas import clock
from saas.audit import services as audit
from saas.cases import bulk_queries
from saas.cases.actions import CaseAudit
from saas.cases.bulk_models import BulkExport
from saas.cases.models import Case
from saas.db.session import db
from saas.errors import BadRequestError, ConflictError, InvalidInputError, PermissionDeniedError, TooManyTriesError
from saas.identity.actor import Actor
from saas.identity.models import User
from saas.identity.permissions import KernelPermission
from saas.settings import services as settings

MOST_ROWS = 20_000  # of one list; nothing is left out of one silently
OWN = "不能审批自己申请的导出，请由另一个人审批。"
DECIDED = "这项申请已经处理过了。请刷新页面查看结果。"
NEEDS_APPROVAL = (
    "筛选结果有 {rows:,} 件，超过 {limit:,} 件的导出要由另一个人审批。请返回案件查询页，缩小范围或者提出申请。"
)
TOO_LONG = f"筛选结果超过 {MOST_ROWS:,} 件，一次导不完。请返回上一页缩小范围（例如按收件日期）后再导出。"
QUOTA = "您今天已经导出 {taken:,} 件，加上这次超过每天 {quota:,} 件的限额。请缩小范围，或者明天再导出。"


def check_length(rows: int) -> None:
    """Refuse to give out a long list on one person's word, and one that no file can hold.

    Raises:
        BadRequestError: It has more rows than a file.
        PermissionDeniedError: It has more rows than the city's limit.
    """
    if rows > MOST_ROWS:
        raise BadRequestError(TOO_LONG)
    limit = settings.get("export.limit")
    if rows > limit:
        raise PermissionDeniedError(NEEDS_APPROVAL.format(rows=rows, limit=limit))


def check_quota(rows: int, *, by: Actor) -> None:
    """Refuse to give out more than a person may take in a day, all lists together.

    Two lists at the same moment are counted one after the other: the account is locked until this one is recorded.

    Raises:
        TooManyTriesError: It would be more than the city's quota.
    """
    db.session.execute(select(User.id).where(User.id == by.id).with_for_update(key_share=True))
    taken, quota = bulk_queries.taken_today(by), settings.get("export.daily_rows")
    if taken + rows > quota:
        raise TooManyTriesError(QUOTA.format(taken=taken, quota=quota))


def ask(query: str, rows: int, reason: str, *, by: Actor) -> BulkExport:
    """Ask for a long list.

    Raises:
        InvalidInputError: Nothing is said why, or the list is short enough to be taken at once, or too long.
    """
    wrong = {} if reason.strip() else {"reason": "请填写理由，审批人据此决定是否同意。"}
    if rows <= settings.get("export.limit"):
        wrong["query"] = "这个筛选结果不需要审批，可以直接导出。"
    if rows > MOST_ROWS:
        wrong["query"] = TOO_LONG
    if wrong:
        raise InvalidInputError(wrong)
    assert by.id is not None, "a member of staff asks"
    export = BulkExport(
        query=query,
        rows=rows,
        reason=reason.strip(),
        unit_path=by.scopes(KernelPermission.CASE_EXPORT)[0],
        asked_by_id=by.id,
        asked_at=clock.now(),
    )
    db.session.add(export)
    db.session.flush()
    audit.record(CaseAudit.BULK_ASKED, export, by=by, detail={"rows": rows, "reason": export.reason})
    return export


def decide(export: BulkExport, *, approved: bool, by: Actor) -> None:
    """Approve or refuse what waits; loaded for update.

    Raises:
        PermissionDeniedError: The approver asked for it himself.
        ConflictError: It was decided already.
    """
    if export.asked_by_id == by.id:
        raise PermissionDeniedError(OWN)
    if export.state != "waiting":
        raise ConflictError(DECIDED)
    export.state = "approved" if approved else "refused"
    export.decided_by_id, export.decided_at = by.id, clock.now()
    action = CaseAudit.BULK_APPROVED if approved else CaseAudit.BULK_REFUSED
    audit.record(action, export, by=by, detail={"rows": export.rows, "reason": export.reason})


def take(export: BulkExport) -> None:
    """Note that an approved list, loaded for update, is taken out now.

    Raises:
        ConflictError: It is not approved, or was taken before.
    """
    if export.state != "approved":
        raise ConflictError("这份导出还没有批准，或者已经下载过一次。需要再次导出的，请重新申请。")
    export.state, export.taken_at = "taken", clock.now()


def cases_of(export: BulkExport, cases: Select[Case]) -> Select[Case]:
    """Of the filtered cases those there were when the list was asked for."""
    return cases.where(Case.opened_at <= export.asked_at)
