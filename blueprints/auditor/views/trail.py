"""Whether anybody rewrote the record: verifying it, and what was found before."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.auditor import standing
from blueprints.auditor.blueprint import views
from saas.identity.permissions import KernelPermission, requires
from saas.oversight import queries, services


@views.get("/verification")
@requires(KernelPermission.AUDIT_READ)
def show_verification() -> ResponseReturnValue:
    """Show how the record is sealed, and the verifications made last."""
    kept = queries.list_verifications()
    return render_template(
        "auditor/verification.html",
        facts=standing.facts(queries.standing()),
        newest=standing.newest(kept),
        columns=standing.COLUMNS,
        rows=[standing.row(one) for one in kept],
        can_verify=g.actor.may(KernelPermission.AUDIT_VERIFY),
    )


@views.post("/verification")
@requires(KernelPermission.AUDIT_VERIFY)
def verify_record() -> ResponseReturnValue:
    """Verify the whole record now, and keep what is found."""
    kept, _ = services.verify_and_keep(by=g.actor)
    flash("核验已经完成，结果在下面。", "success" if kept.ok else "warning")
    return redirect(url_for(".show_verification"), 303)
