"""The versions of a process: how long each holds, how many cases run on it, and any two compared."""

from datetime import date
from typing import Any

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas import clock
from saas.errors import NotFoundError
from saas.identity.permissions import KernelPermission, requires
from saas.moving import queries as moving
from saas.web.admin.board import admin
from saas.web.admin.versions.differing import differing
from saas.workflow import queries
from saas.workflow.models import BEGINNING, ProcessVersion

COLUMNS = {
    "version": "版本",
    "state": "状态",
    "holds": "适用的收案日期",
    "published": "发布",
    "running": "在办案件",
    "closed": "已结案件",
}


@admin.get("/processes/<key>/versions")
@requires(KernelPermission.CONFIG_READ)
def list_process_versions(key: str) -> ResponseReturnValue:
    """Show the versions of a process with their cases."""
    found = versions_of(key)
    counts = moving.count_by_version(key)
    options = [(str(one.version), f"第{one.version}版") for one in found]
    return render_template(
        "admin/versions/list.html",
        key=key,
        title=found[0].body["title"],
        columns=[
            {"key": one, "label": label, "numeric": one in {"running", "closed"}} for one, label in COLUMNS.items()
        ],
        rows=[_row(one, counts.get(one.id, (0, 0))) for one in found],
        options=options,
        moves_url=url_for("admin.list_moves", key=key),
        may_move=g.actor.may(KernelPermission.CONFIGURE) and len(found) > 1,
    )


@admin.get("/processes/<key>/compare")
@requires(KernelPermission.CONFIG_READ)
def compare_versions(key: str) -> ResponseReturnValue:
    """Show what two versions differ in."""
    found = versions_of(key)
    old, new = pick(found, "old"), pick(found, "new")
    return render_template(
        "admin/versions/compare.html",
        key=key,
        old=old,
        new=new,
        title=new.body["title"],
        **differing(old.body, new.body),
    )


def versions_of(key: str) -> list[ProcessVersion]:
    """The versions of a process, newest first.

    Raises:
        NotFoundError: The city has never run it.
    """
    found = queries.list_versions(key)
    if not found:
        raise NotFoundError
    return found


def pick(found: list[ProcessVersion], name: str) -> ProcessVersion:
    """The version that the address names.

    Raises:
        NotFoundError: There is none.
    """
    wanted = request.args.get(name, "")
    chosen = next((one for one in found if str(one.version) == wanted), None)
    if chosen is None:
        raise NotFoundError
    return chosen


def standing(version: ProcessVersion, day: date) -> str:
    """How a version stands on a day."""
    if version.valid_from > day and version.status == "published":
        return "还没有生效"
    ended = version.valid_to is not None and version.valid_to <= day
    return "已停用" if ended or version.status != "published" else "现行"


def _row(version: ProcessVersion, counts: tuple[int, int]) -> dict[str, Any]:
    first = "开通" if version.valid_from == BEGINNING else f"{version.valid_from:%Y-%m-%d}"
    last = f"，{version.valid_to:%Y-%m-%d}停用" if version.valid_to else ""
    return {
        "version": f"第{version.version}版",
        "state": standing(version, clock.today()),
        "holds": f"{first}起{last}",
        "published": f"{version.published_by or ''} {clock.local(version.published_at):%Y-%m-%d}"
        if version.published_at
        else "—",
        "running": counts[0],
        "closed": counts[1],
    }
