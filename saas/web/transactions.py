"""One transaction per request: kept when the answer is good, undone when it is not."""

from flask import Response

from saas.db.session import db
from saas.web import errors, idempotency

FIRST_REFUSAL = 400


def finish(response: Response) -> Response:
    """After the view: commit, the only place that does; a commit that fails turns into an error page."""
    if response.status_code >= FIRST_REFUSAL:
        db.session.rollback()
        return response
    try:
        idempotency.keep(response)
        db.session.commit()
    except Exception as error:  # noqa: BLE001 - whatever the database says, the person gets a page
        return errors.answer(error)
    return response


def undo() -> None:
    """Before a refusal is shown: take back what was begun, so that the page shows what there is."""
    db.session.rollback()
