"""Writing down what was refused: pages somebody may not open, things that are not there for him, limits."""

import logging

from flask import g, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from saas.audit import services as audit
from saas.audit.actions import AccessAction
from saas.errors import AppError
from saas.identity.actor import Actor

FORBIDDEN, NOT_FOUND, TOO_MANY = 403, 404, 429

logger = logging.getLogger(__name__)


def note(error: AppError | HTTPException | None) -> None:
    """Record a refusal once, in a transaction of its own.

    A stranger's wrong address is not recorded: anybody can send those without end. A limit is, whoever meets it; the
    counting before it keeps their number down.
    """
    # Who is refused before it is known who asks (the city is shut) has left no trace to be followed.
    actor: Actor | None = g.get("actor")
    if g.get("tenant") is None or request.endpoint is None or actor is None or audit.refusal_is_told():
        return
    status = _status(error)
    if status not in ({FORBIDDEN, NOT_FOUND, TOO_MANY} if actor.is_authenticated else {FORBIDDEN, TOO_MANY}):
        return
    asked = {name: str(value)[:60] for name, value in (request.view_args or {}).items() if name == "number"}
    detail = {"status": status, "method": request.method, **asked}
    try:
        audit.record_apart(AccessAction.REFUSED, ("route", request.endpoint), by=actor, detail=detail)
    except SQLAlchemyError as problem:
        # It is refused all the same; that nothing could be written down is for the log.
        logger.error("a refusal could not be recorded: %s", type(problem).__name__)  # noqa: TRY400 - the trace may hold what was typed


def _status(error: AppError | HTTPException | None) -> int:
    return (error.code if isinstance(error, HTTPException) else error.status if error else None) or 0
