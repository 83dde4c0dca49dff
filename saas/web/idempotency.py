"""A form sent twice does its work once: the answer of the first is given again."""

import hashlib
import uuid

from flask import Response, g, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from saas.db.session import db
from saas.errors import BadRequestError, ConflictError
from saas.identity import sessions
from saas.identity.models import Idempotency
from saas.web.requests import browser_token

FIELD = "_key"


def new_key() -> str:
    """A key for a form that is being drawn."""
    return str(uuid.uuid4())


def claim() -> ResponseReturnValue | None:
    """Before the view: take the form's key, or give the answer again that was given under it.

    The row belongs to the request's transaction: a second request with the same key waits for the
    first to end, and goes ahead when the first was undone.
    """
    if request.method != "POST" or request.endpoint is None or g.tenant is None:
        return None
    if (text := request.form.get(FIELD)) is None:
        return None
    owner = sessions.digest(browser_token())
    key = _key(owner, text)
    row = insert(Idempotency).values(key=key, session_hash=owner, path=request.path, created_at=func.now())
    taken = db.session.execute(row.on_conflict_do_nothing().returning(Idempotency.key)).scalar_one_or_none()
    if taken is None:
        return _replay(key)
    g.idempotency_key = key
    return None


def keep(response: Response) -> None:
    """Before the commit: note the answer under the key that was taken."""
    key = g.pop("idempotency_key", None)
    if key is None:
        return
    answered = update(Idempotency).where(Idempotency.key == key)
    db.session.execute(answered.values(status=response.status_code, location=response.headers.get("Location")))


def _key(owner: bytes, text: str) -> str:
    """The key in the table: of this browser and this address, so that nobody meets another's."""
    try:
        given = uuid.UUID(text)
    except ValueError:
        raise BadRequestError("表单内容不完整。请返回上一页，刷新页面后重新提交。") from None
    return hashlib.sha256(owner + request.path.encode() + given.bytes).hexdigest()


def _replay(key: str) -> ResponseReturnValue:
    location = db.session.scalar(select(Idempotency.location).where(Idempotency.key == key))
    if location is None:
        raise ConflictError("这次提交已经办理过了。请刷新页面查看结果，不需要重复提交。", title="请勿重复提交")
    return redirect(location, 303)
