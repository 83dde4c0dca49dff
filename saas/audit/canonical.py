"""An event as the one text that is hashed: every column in a fixed order, made by the database without its settings."""

from sqlalchemy import ColumnElement, Text, literal_column

from saas.audit.merkle import LEAF, digest

TEXT_OF_EVENT: ColumnElement[str] = literal_column(
    "jsonb_build_array(audit_event.id, audit_event.action, audit_event.outcome, audit_event.high,"
    " audit_event.subject_type, audit_event.subject_id, audit_event.case_id, audit_event.actor_id,"
    " audit_event.actor_name, audit_event.unit_path, audit_event.address, audit_event.request_id, audit_event.detail,"
    " to_jsonb(audit_event.persons), audit_event.xid, (extract(epoch from audit_event.happened_at) * 1000000)::bigint,"
    " (extract(epoch from audit_event.recorded_at) * 1000000)::bigint)::text",
    Text,
)
"""Format 1: a JSON array; ids as text, times in microseconds since 1970, the detail with its keys in jsonb's order.

The trigger that appends links writes the same text; a test compares them.
"""


def leaf_of(text: str, format_: int = 1) -> bytes:
    """The leaf of an event, given its text."""
    return digest(format_, LEAF, text.encode())
