"""One answer for everything that is refused or goes wrong: a page, or JSON for programs."""

import logging
import traceback
from typing import Any

import psycopg
from flask import Response, g, jsonify, make_response, render_template, request
from psycopg import errors as postgres
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from saas.audit.services import record_apart
from saas.crypto.suites import SealBrokenError
from saas.db.session import db
from saas.errors import (
    AppError,
    BadRequestError,
    ConflictError,
    InvalidInputError,
    ProofNeededError,
    RefusedError,
    UnavailableError,
)
from saas.files.services import Audit as FileAudit
from saas.files.store import DamagedFileError
from saas.identity.permissions import PROOF_HEADER
from saas.outside import DATABASE
from saas.web import refusals

PAGES = frozenset({400, 403, 404, 409, 413, 422, 429, 500, 503})
NOT_FOUND = 404
FIRST_REFUSAL = 400
FIRST_FAULT = 500
SOON = 10  # seconds after which another try makes sense when nobody said how long it takes

CONSTRAINTS = {
    "uq_app_user_username": "这个账号名已经有人使用，请换一个。",
    "uq_role_grant_user_id_role_code_unit_id": "这个人在该单位已经有这个角色，不需要重复授予。",
    "one_duty": "系统管理、安全管理、审计管理三项职责必须由不同的账号担任。",
    "uq_access_proposal_waiting": "同样的申请正在等待审批，不需要重复提出。",
    "uq_register_entry_register_key_value": "名录里已经有这一条，不需要重复登记。",
    "uq_case_helper_open": "这个人已经在协办这件案件，不需要重复添加。",
    "uq_case_recusal_open": "这个人已经在本案回避，不需要重复登记。",
    "uq_process_move_open": "这项流程还有一份转版计划正在进行，请等它结束，或者先停止。",
    "uq_document_design_open": "已经有人在修改文书样式，一次只能有一份草稿。请刷新页面，在那份草稿里继续。",
    "uq_case_file_number": "这个案件编号已经使用，请重新提交。",
    "uq_unit_code": "这个单位代码已经使用，请换一个。",
    "uq_process_version_key_version": "这个版本号已经发布过，请刷新页面后重试。",
}
"""The database's named constraints, as sentences for the person whose act broke one."""

logger = logging.getLogger(__name__)


def answer(error: Exception) -> Response:
    """The answer to an exception; what it left in the transaction is undone first."""
    db.session.rollback()
    known = as_known(error)
    refusals.note(known)
    if isinstance(known, HTTPException):
        return _answer_http(known)
    if known is None or _is_alarming(error):
        report(error)
    if isinstance(known, (DamagedFileError, SealBrokenError)):
        _record_damage(known)
    if known is None:
        return _respond(FIRST_FAULT, {})
    response = _respond(known.status, {"message": known.message, **_particulars(known)})
    if isinstance(known, ProofNeededError):
        response.headers[PROOF_HEADER] = known.address
    if isinstance(known, UnavailableError) and known.retry_after is not None:
        response.headers["Retry-After"] = str(known.retry_after)
    return response


def as_known(error: Exception) -> AppError | HTTPException | None:
    """The exception as one that has words for the person; None when nobody foresaw it."""
    if isinstance(error, (AppError, HTTPException)):
        return error
    if isinstance(error, PoolTimeoutError):
        return UnavailableError("现在使用的人较多，请过一会儿再试。")
    if isinstance(error, StaleDataError):
        return ConflictError("您打开页面之后，有人先保存了新的内容。")
    return _from_database(error) if isinstance(error, DBAPIError) else None


def _is_alarming(error: Exception) -> bool:
    """Whether an error that has words for the person is one for the log too: a right or the database is missing."""
    return isinstance(error, DBAPIError) and isinstance(
        error.orig, (postgres.InsufficientPrivilege, psycopg.OperationalError)
    )


def _record_damage(error: DamagedFileError | SealBrokenError) -> None:
    """Let the auditor know that something kept is not what was put there."""
    report(error)
    if g.get("tenant") is None:
        return
    key = error.key if isinstance(error, DamagedFileError) else str(request.endpoint)
    record_apart(FileAudit.DAMAGED, ("object", key), by=g.actor, detail={"problem": error.title})


def _from_database(error: DBAPIError) -> AppError | None:
    if isinstance(error.orig, (postgres.LockNotAvailable, postgres.DeadlockDetected, postgres.SerializationFailure)):
        return ConflictError("有人正在办理同一件事。请过几秒钟刷新页面再试。")
    if isinstance(error.orig, (postgres.ReadOnlySqlTransaction, postgres.InsufficientPrivilege)):
        return UnavailableError("本市的数据正在维护，暂时只能查看。请稍后再提交。", retry_after=SOON)
    if isinstance(error.orig, psycopg.OperationalError) and error.orig.sqlstate is None:
        return UnavailableError(DATABASE.told)
    if isinstance(error, IntegrityError) and isinstance(error.orig, postgres.Error):
        sentence = CONSTRAINTS.get(error.orig.diag.constraint_name or "")
        return ConflictError(sentence) if sentence else None
    return None


def report(error: Exception) -> None:
    """Log where it went wrong; never the exception's own text, which may hold what people typed."""
    tenant = g.get("tenant")
    logger.error(
        "unexpected %s tenant=%s request=%s endpoint=%s\n%s",
        type(error).__name__,
        tenant.code if tenant else "-",
        g.get("request_id", "-"),
        request.endpoint,
        "".join(traceback.format_tb(error.__traceback__)),
    )


def _answer_http(error: HTTPException) -> Response:
    """Redirects pass as they are; a refusal of the web server's kind becomes one of our pages."""
    if error.code is None or error.code < FIRST_REFUSAL:
        return make_response(error.get_response())
    return _respond(error.code, {})


def _particulars(error: AppError) -> dict[str, Any]:
    if isinstance(error, InvalidInputError):
        return {"reasons": list(error.fields.values()), "fields": error.fields}
    if isinstance(error, RefusedError):
        return {"reasons": [reason.sentence for reason in error.reasons]}
    if isinstance(error, ProofNeededError):
        return {"proof": error.address}
    if isinstance(error, ConflictError):
        return {"detail": error.detail}
    return {}


def _respond(status: int, particulars: dict[str, Any]) -> Response:
    # Nobody learns from a 404 whether there is something to find.
    told = {} if status == NOT_FOUND else particulars
    if _wants_json():
        body = jsonify({"status": status, "request_id": g.get("request_id"), **told})
    else:
        g.plain_page = True
        page = status if status in PAGES else BadRequestError.status
        body = make_response(render_template(f"errors/{page}.html", request_id=g.get("request_id"), **told))
    body.status_code = status
    return body


def _wants_json() -> bool:
    accepted = request.accept_mimetypes
    return accepted.best_match(["text/html", "application/json"]) == "application/json"
