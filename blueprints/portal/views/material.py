"""Further material for a case that goes on."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.portal import memory, services
from blueprints.portal import progress as reading
from blueprints.portal.blueprint import views
from blueprints.portal.views.progress import progress_page
from saas.cases import queries as cases
from saas.config import current_config
from saas.domain import get_domain
from saas.errors import ConflictError, InvalidInputError
from saas.identity.permissions import public
from saas.web.sizes import takes_files

NOTHING_CHOSEN = "请先选择要上传的文件"


@views.post("/progress/<number>/material")
@public
@takes_files
def add_material(number: str) -> ResponseReturnValue:
    """Attach what was chosen; files that cannot be taken keep no other from being taken."""
    seen = memory.get_case(number, proven=True)
    case = cases.get_case_by_id(seen.id, for_update=True)
    if not reading.is_open(case):
        raise ConflictError("这件申请已经办结，不能再上传材料。有疑问请拨打 12348。")
    try:
        refused = services.add_material(
            case, get_domain(case.domain), request.form.get("category", ""), _uploads(), by=g.actor
        )
    except InvalidInputError as error:
        return progress_page(case, proven=seen.proven, errors=error.fields), error.status
    for sentence in refused:
        flash(sentence, "error")
    if len(refused) < len(_chosen()):
        flash("材料已经收到。", "success")
    return redirect(f"{url_for('.show_progress', number=number)}#material", 303)


def _chosen() -> list[str]:
    return [upload.filename for upload in request.files.getlist("files") if upload.filename]


def _uploads() -> list[tuple[str, bytes]]:
    if not _chosen():
        raise InvalidInputError({"files": NOTHING_CHOSEN})
    most = current_config().max_upload_bytes + 1
    return [(upload.filename, upload.stream.read(most)) for upload in request.files.getlist("files") if upload.filename]
