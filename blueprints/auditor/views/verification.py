"""Whether a file is the dossier that this city exported."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import g, render_template
from flask.typing import ResponseReturnValue

from blueprints.auditor import standing
from blueprints.auditor.actions import AuditorAudit
from blueprints.auditor.blueprint import views
from saas.audit import services as audit
from saas.dossier.proofs import find_proof
from saas.dossier.queries import find_record
from saas.errors import InvalidInputError
from saas.identity.permissions import KernelPermission, requires
from saas.signing import queries as signing
from saas.web import verdicts
from saas.web.sizes import takes_files


@views.get("/verify")
@requires(KernelPermission.AUDIT_READ)
def verify_form() -> ResponseReturnValue:
    """Ask for the file."""
    return _page((), "", None)


@views.post("/verify")
@requires(KernelPermission.AUDIT_READ)
@takes_files
def verify_file() -> ResponseReturnValue:
    """Say whether the file is what was exported, and which entry differs first if not."""
    wanted = verdicts.asked()
    if wanted.errors:
        return _page(wanted.errors, wanted.typed, None), 422
    try:
        found = verdicts.judge(wanted, find_record, signing.list_certificates)
    except InvalidInputError as error:
        return _page(tuple(error.fields.items()), wanted.typed, None), 422
    detail = {"digest": found["digest"], "number": found["number"], "ok": found["ok"]}
    audit.record(AuditorAudit.FILE_VERIFIED, ("dossier", found["digest"]), by=g.actor, detail=detail)
    proof = standing.proof_text(find_proof(found["digest"]))
    return _page((), wanted.typed, verdicts.shown(found, {"导出记录的封存": proof}))


def _page(errors: Sequence[tuple[str, str]], typed: str, verdict: Mapping[str, Any] | None) -> str:
    return render_template("auditor/verify.html", errors=errors, typed=typed, verdict=verdict, keys=signing.list_keys())
