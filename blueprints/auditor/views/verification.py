"""Whether a file is the dossier that this city exported."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.auditor.actions import AuditorAudit
from blueprints.auditor.blueprint import views
from saas.audit import services as audit
from saas.dossier.queries import find_record
from saas.dossier.verify import verify
from saas.identity.permissions import KernelPermission, requires
from saas.web import verdicts
from saas.web.sizes import takes_files


@views.get("/verify")
@requires(KernelPermission.AUDIT_READ)
def verify_form() -> ResponseReturnValue:
    """Ask for the file."""
    return render_template("auditor/verify.html", errors=[], verdict=None)


@views.post("/verify")
@requires(KernelPermission.AUDIT_READ)
@takes_files
def verify_file() -> ResponseReturnValue:
    """Say whether the file is what was exported, and which entry differs first if not."""
    upload = request.files.get("file")
    data = upload.read() if upload else b""
    if not data:
        return render_template("auditor/verify.html", errors=[verdicts.NO_FILE], verdict=None), 422
    found = verify(data, find_record)
    detail = {"digest": found["digest"], "number": found["number"], "ok": found["ok"]}
    audit.record(AuditorAudit.FILE_VERIFIED, ("dossier", found["digest"]), by=g.actor, detail=detail)
    return render_template("auditor/verify.html", errors=[], verdict=verdicts.shown(found))
