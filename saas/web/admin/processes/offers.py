"""New versions of the law's packs: what they change, what both sides changed, and taking them over into a draft."""

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.errors import InvalidInputError
from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin.board import admin
from saas.web.admin.versions.differing import told
from saas.workflow import offers
from saas.workflow.offers import Offer
from saas.workflow.threeway import CITY, LAW, Conflict

CHOSEN = "side-"  # begins the names of the choices
Errors = Mapping[str, str]


@admin.get("/processes/offers")
@requires(KernelPermission.CONFIG_READ)
def list_offers() -> ResponseReturnValue:
    """Show the new versions of packs that the city has not taken over."""
    return _page()


@admin.post("/processes/offers/<key>")
@requires(KernelPermission.CONFIGURE)
def take_offer(key: str) -> ResponseReturnValue:
    """Take a new version over into a draft; where both changed the same, one side has to be chosen."""
    offer = offers.get_offer(key)
    choices = {name.removeprefix(CHOSEN): side for name, side in request.form.items() if name.startswith(CHOSEN)}
    try:
        draft = offers.take_over(offer, choices, by=g.actor)
    except InvalidInputError as error:
        return _page(key, error.fields), error.status
    flash("草稿已按新版法定流程建立。请核对后提交审核；发布以前，本市仍按现行版本办理。", "success")
    return redirect(url_for("admin.show_draft", draft_id=draft.id), 303)


def _page(key: str = "", errors: Errors | None = None) -> str:
    """The page, with the faults of the form that was sent for one process."""
    faults = dict(errors or {})
    return render_template(
        "admin/processes/offers.html",
        offers=[_shown(one, faults if one.key == key else {}) for one in offers.list_offers()],
        errors=[(_id(key, place), message) for place, message in faults.items()],
        may=g.actor.may(KernelPermission.CONFIGURE),
    )


def _shown(offer: Offer, errors: Errors) -> dict[str, Any]:
    merged = offer.merged()
    return {
        "key": offer.key,
        "title": offer.running.body["title"],
        "since": offer.since,
        "version": offer.version,
        "changes": [told(change) for change in offer.news()],
        "effects": [told(change) for change in offer.effects()],
        "can_merge": merged is not None,
        "overruled": [one for one in merged.conflicts if one.is_looser] if merged else [],
        "questions": [
            _question(offer.key, number, one, errors) for number, one in enumerate(merged.asked if merged else (), 1)
        ],
        "draft": offer.draft and url_for("admin.show_draft", draft_id=offer.draft.id),
        "draft_by": offer.draft.made_by if offer.draft else "",
    }


def _question(key: str, number: int, one: Conflict, errors: Errors) -> FieldView:
    """The choice at one place; what was chosen in a form sent before stays chosen."""
    name = f"{CHOSEN}{one.place}"
    options = [(CITY, f"本市：{'；'.join(one.city)}"), (LAW, f"新法定：{'；'.join(one.law)}")]
    sent = request.form.get(name, "") if errors else ""
    label = f"第{number}处：本市和新版法定流程都改了，按哪一种办理"
    return FieldView(
        _id(key, one.place), name, label, "radio", sent, error=errors.get(one.place), required=True, options=options
    )


def _id(key: str, place: str) -> str:
    """The id of a choice, one of its kind on the page."""
    return f"{CHOSEN}{key}-{place}".replace(".", "-")
