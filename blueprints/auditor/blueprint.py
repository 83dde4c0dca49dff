"""The auditors' routes hang on this blueprint; nothing under it changes anything but the record of who looked."""

from typing import Any

from flask import Blueprint, request

from saas.config import current_config
from saas.domain import MenuEntry
from saas.identity.permissions import KernelPermission
from saas.web import menu

LARGEST_DOSSIER = 10  # times the largest upload: a file holds many attachments

MENU = (
    MenuEntry("审计查案", "auditor.list_cases", "archive", KernelPermission.AUDIT_READ, order=40),
    MenuEntry("操作日志", "auditor.list_events", "journal-text", KernelPermission.AUDIT_READ, order=42),
    MenuEntry("谁看过某人", "auditor.ask_person", "search", KernelPermission.AUDIT_READ, order=44),
    MenuEntry("日志核验", "auditor.show_verification", "shield-check", KernelPermission.AUDIT_READ, order=46),
    MenuEntry("卷宗核验", "auditor.verify_form", "shield-check", KernelPermission.AUDIT_READ, order=55),
    MenuEntry("个人信息清单", "auditor.show_inventory", "list-check", KernelPermission.AUDIT_READ, order=57),
)

views = Blueprint("auditor", __name__, url_prefix="/audit")
views.host_kind = "city"  # type: ignore[attr-defined]


@views.record_once
def _declare_menu(state: Any) -> None:  # noqa: ANN401 - Flask does not export the type of its set-up state
    menu.declare(state.app, *MENU)


@views.url_value_preprocessor
def _take_whole_dossiers(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let a dossier be sent back for verification, however many attachments went into it."""
    request.max_content_length = LARGEST_DOSSIER * current_config().max_upload_bytes
