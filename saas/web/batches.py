"""Exporting many cases at once: from the filter of a list to one archive that may be left and found again."""

from typing import Any
from uuid import UUID

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from saas.cases import access
from saas.cases import queries as cases
from saas.cases.models import Case
from saas.cases.queries import Filter
from saas.dossier.batches import queries, services
from saas.dossier.batches.register import VARIANTS
from saas.dossier.variants import REDACTED
from saas.fields.views import FieldView
from saas.identity import queries as identity
from saas.identity.permissions import KernelPermission, fresh, requires
from saas.web import batch_rows
from saas.web.dossiers import dossiers, wanted_variant
from saas.web.sending import send_stream
from saas.web.staff import filters

LONGEST_QUERY = 1000
HINT = "脱敏卷宗里姓名、证件号、电话、住址等打码，上传的材料不附，以说明页代替。"


@dossiers.get("/batches/new")
@requires(KernelPermission.DOSSIER_EXPORT)
@fresh
def ask_batch() -> ResponseReturnValue:
    """Show how many dossiers a filter comes to and ask whether to make them."""
    query = request.query_string.decode(errors="replace")[:LONGEST_QUERY]
    return render_template("dossiers/ask_batch.html", **asking_values(query))


@dossiers.post("/batches")
@requires(KernelPermission.DOSSIER_EXPORT)
@fresh
def request_batch() -> ResponseReturnValue:
    """Ask for the dossiers of a filter's cases and show how they are made."""
    wanted = filters.of_query(request.form.get("query", "")[:LONGEST_QUERY])
    variant = wanted_variant(may_see_all=g.actor.may(KernelPermission.DOSSIER_WHOLE))
    found = cases_of(wanted, variant)
    services.check_count(cases.count_cases(found))
    batch = services.request_batch(filters.told(wanted), cases.list_ids(found), variant=variant, by=g.actor)
    return redirect(url_for("dossiers.show_batch", batch_id=batch.id), 303)


@dossiers.get("/batches/<uuid:batch_id>")
@requires(KernelPermission.DOSSIER_EXPORT)
def show_batch(batch_id: UUID) -> ResponseReturnValue:
    """Show how far a batch is; asked by a script, only the part of the page that changes."""
    batch = queries.get_own(batch_id, g.actor)
    template = "dossiers/_batch_progress.html" if request.headers.get("HX-Request") else "dossiers/show_batch.html"
    return render_template(template, batch=batch_rows.row_of(batch), failed=batch_rows.failed_of(batch))


@dossiers.get("/batches/<uuid:batch_id>/file")
@requires(KernelPermission.DOSSIER_EXPORT)
@fresh
def download_batch(batch_id: UUID) -> ResponseReturnValue:
    """Send the finished archive."""
    return send_stream(services.download(queries.get_own(batch_id, g.actor), by=g.actor))


def cases_of(wanted: Filter, variant: str) -> Select[Case]:
    """The filtered cases of which the actor may export the dossier in this variant."""
    first, *others = queries.permissions(variant)
    found = cases.cases_of(g.actor, wanted, permission=first)
    return found.where(*(access.reach(g.actor, permission) for permission in others))


def asking_values(query: str) -> dict[str, Any]:
    """What the page that asks draws."""
    wanted = filters.of_query(query)
    handlers = list(identity.list_users(g.actor.scopes(KernelPermission.DOSSIER_EXPORT)))
    own = filters.own_definitions(g.actor, KernelPermission.DOSSIER_EXPORT)
    count, most = cases.count_cases(cases_of(wanted, REDACTED)), services.most()
    return {
        "query": query,
        "count": count,
        "most": most,
        "too_many": services.TOO_MANY.format(count=count, most=most) if count > most else None,
        "used": filters.worded(filters.case_fields(wanted, own, handlers)) or "全部案件",
        "question": question(may_see_all=g.actor.may(KernelPermission.DOSSIER_WHOLE)),
    }


def question(*, may_see_all: bool) -> FieldView:
    """Which kind of dossiers; without the permission to see everything there is one only."""
    options = tuple((code, title) for code, title in VARIANTS.items() if may_see_all or code == REDACTED)
    return FieldView(
        "variant", "variant", "卷宗种类", "radio", options[0][0], hint=HINT, required=True, options=options
    )
