"""Drafts of processes, read in this order: queries, keeping, changing, faults, reviewing."""

from saas.workflow.drafts.changing import create, discard, edit, redo, start, undo
from saas.workflow.drafts.faults import mark_of, problems_of
from saas.workflow.drafts.keeping import get_draft, is_second
from saas.workflow.drafts.queries import can_redo, can_undo, list_drafts, list_edits
from saas.workflow.drafts.reviewing import publish, recall, send_back, submit

__all__ = [
    "can_redo",
    "can_undo",
    "create",
    "discard",
    "edit",
    "get_draft",
    "is_second",
    "list_drafts",
    "list_edits",
    "mark_of",
    "problems_of",
    "publish",
    "recall",
    "redo",
    "send_back",
    "start",
    "submit",
    "undo",
]
