"""How much a request may bring: a form little, a page that takes files as much as its files."""

from flask import current_app, request

from saas.config import current_config
from saas.config_parts import MEGABYTE
from saas.errors import BadRequestError
from saas.identity.permissions import View

LARGEST_FORM = 5 * MEGABYTE
MOST_PARTS = 100
FILES_AT_ONCE = 3


def takes_files(view: View) -> View:
    """The view reads uploads: its requests may be as large as several of them."""
    view.__dict__["takes_files"] = True
    return view


def limit() -> None:
    """Before anything reads the body."""
    view = current_app.view_functions.get(request.endpoint or "")
    large = getattr(view, "takes_files", False)
    request.max_content_length = FILES_AT_ONCE * current_config().max_upload_bytes if large else LARGEST_FORM
    request.max_form_memory_size = LARGEST_FORM
    request.max_form_parts = MOST_PARTS
    if request.is_json:
        _read_json()


def _read_json() -> None:
    try:
        request.get_json()
    except RecursionError as error:
        raise BadRequestError("提交的内容套得太深，不能读取。请返回上一页，检查后重新提交。") from error
