"""The list of processes: what the city runs, how many cases on which version, and the drafts being worked on."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas import clock
from saas.cases import queries as cases
from saas.errors import InvalidInputError
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin.board import admin
from saas.workflow import drafts, offers, queries
from saas.workflow.drafts.keeping import STATE_TITLES
from saas.workflow.models import BEGINNING, Draft, ProcessVersion
from saas.workflow.offers import Offer

COLUMNS = [
    {"key": "title", "label": "流程"},
    {"key": "version", "label": "现行版本"},
    {"key": "since", "label": "生效日期"},
    {"key": "cases", "label": "在办案件"},
    {"key": "act", "label": "办理"},
]
DRAFT_COLUMNS = [
    {"key": "title", "label": "草稿"},
    {"key": "state", "label": "状态"},
    {"key": "edited", "label": "最近修改"},
]


@admin.get("/processes")
@requires(KernelPermission.CONFIG_READ)
def list_processes() -> ResponseReturnValue:
    """Show what the city runs and what is being changed."""
    versions = queries.list_versions()
    counts = cases.count_by_version()
    return render_template(
        "admin/processes/list.html",
        columns=COLUMNS,
        rows=[_row(version, versions, counts) for version in queries.current_versions()],
        draft_columns=DRAFT_COLUMNS,
        drafts=[_draft(draft) for draft in drafts.list_drafts()],
        offers=[_offer(offer) for offer in offers.list_offers()],
        may=g.actor.may(KernelPermission.CONFIGURE),
    )


@admin.post("/processes")
@requires(KernelPermission.CONFIGURE)
def start_draft() -> ResponseReturnValue:
    """Begin a draft from the version in force, and open it."""
    key = request.form.get("process", "")
    if key not in queries.current_keys():
        raise InvalidInputError({"process": "请从列表里选择本市现行的流程。"})
    draft = drafts.start(key, by=g.actor)
    flash("草稿已建立，修改会自动保存；发布以前，正在办理的案件不受影响。", "success")
    return redirect(url_for("admin.show_draft", draft_id=draft.id), 303)


def _row(version: ProcessVersion, versions: list[ProcessVersion], counts: dict[Any, int]) -> dict[str, Any]:
    of_key = [one for one in versions if one.key == version.key]
    told = [f"第{one.version}版{counts[one.id]}件" for one in of_key if counts.get(one.id)]
    return {
        "key": version.key,
        "title": version.body["title"],
        "version": f"第{version.version}版",
        "versions_url": url_for("admin.list_process_versions", key=version.key),
        "since": "开通以来" if version.valid_from == BEGINNING else f"{version.valid_from:%Y年%-m月%-d日}",
        "cases": "，".join(told) or "没有",
    }


def _offer(offer: Offer) -> str:
    begun = "，草稿还没有发布" if offer.draft else ""
    return f"{offer.running.body['title']}：现按第{offer.since}版法定流程制定，第{offer.version}版还没有采用{begun}。"


def _draft(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "url": url_for("admin.show_draft", draft_id=draft.id),
        "state": STATE_TITLES[draft.state],
        "edited": f"{draft.edited_by}，{clock.local(draft.edited_at):%-m月%-d日 %H:%M}",
    }
