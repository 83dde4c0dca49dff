"""The citizens' routes hang on this blueprint; they exist on the hosts of cities only."""

from typing import Any

from flask import Blueprint, request

from saas.config import current_config

MOST_FILES_AT_ONCE = 6

views = Blueprint("portal", __name__)
views.host_kind = "city"  # type: ignore[attr-defined]


@views.url_value_preprocessor
def _take_several_files(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let a form carry several files of the largest size: each is judged by itself, with a sentence at its field."""
    request.max_content_length = MOST_FILES_AT_ONCE * current_config().max_upload_bytes
