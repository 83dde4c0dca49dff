"""Short messages: a row and a job in the transaction of the act that asks for them; the job hands them over."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from saas.config import current_config
from saas.crypto import sealing
from saas.db.ids import new_id
from saas.db.session import current_tenant, db
from saas.jobs.queue import enqueue
from saas.jobs.registry import job
from saas.messages import texts
from saas.messages.models import OutboundMessage
from saas.messages.senders import Sender, sender_for

SEND = "messages.short"
RECIPIENT = "outbound_message.recipient"
BODY = "outbound_message.body"
LATE = "not handed over in time"
NO_CARRIER = "no carrier is set up"


def carrier() -> Sender | None:
    """The way this city's short messages leave, None where there is none."""
    tenant = current_tenant()
    return sender_for(current_config(), tenant.id, demo=tenant.demo)


def send(number: str, purpose: str, *, good_for: timedelta, **values: object) -> OutboundMessage:
    """Have a message sent once this transaction is committed; after ``good_for`` it is not sent any more."""
    id_ = new_id()
    message = OutboundMessage(
        id=id_,
        purpose=purpose,
        recipient=sealing.seal(RECIPIENT, id_, number),
        body=sealing.seal(BODY, id_, texts.write(purpose, **values)),
        good_until=func.now() + good_for,
    )
    db.session.add(message)
    enqueue(SEND, {"id": str(id_)})
    return message


def _give_up(payload: dict[str, Any], problem: str) -> None:
    if message := _queued(payload):
        _settle(message, "failed", problem)


@job(SEND, failed=_give_up)
def hand_over(payload: dict[str, Any]) -> None:
    """Hand over a message that is still wanted; number and text are gone afterwards."""
    message = _queued(payload)
    if message is None:
        return
    sender = carrier()
    if sender is None or message.recipient is None or message.body is None:
        _settle(message, "failed", NO_CARRIER)
    elif _is_late(message):
        _settle(message, "failed", LATE)
    else:
        number = sealing.unseal(RECIPIENT, message.id, message.recipient).decode()
        sender.send(message.id, number, sealing.unseal(BODY, message.id, message.body).decode())
        _settle(message, "sent", None)


def _queued(payload: dict[str, Any]) -> OutboundMessage | None:
    query = select(OutboundMessage).where(OutboundMessage.id == UUID(payload["id"]), OutboundMessage.state == "queued")
    return db.session.scalar(query.with_for_update())


def _is_late(message: OutboundMessage) -> bool:
    return bool(db.session.scalar(select(OutboundMessage.good_until < func.now()).filter_by(id=message.id)))


def _settle(message: OutboundMessage, state: str, problem: str | None) -> None:
    message.state, message.problem = state, problem
    message.recipient = message.body = None
    message.settled_at = func.now()
