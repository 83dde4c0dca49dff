"""What every page of the designer of documents draws of a design, and where the places of its faults are."""

from typing import Any

from flask import g, url_for

from saas import clock
from saas.documents.designs.keeping import OPEN, STATE_TITLES
from saas.documents.designs.models import DocumentDesign
from saas.identity.permissions import KernelPermission
from saas.workflow.problem import Problem

VIEWS = {
    "admin.show_design": "文书和编号",
    "admin.show_letterhead": "抬头、版记和印章",
    "admin.list_volumes": "卷内顺序",
    "admin.review_design": "检查和审核",
}
Page = dict[str, Any]


def head(design: DocumentDesign, endpoint: str) -> Page:
    """What stands above every page about a design."""
    tabs = [
        {"label": label, "url": url_for(one, design_id=design.id), "current": one == endpoint}
        for one, label in VIEWS.items()
    ]
    return {
        "design": design,
        "name": name_of(design),
        "state": state_of(design),
        "views": tabs,
        "may": may_edit(design),
    }


def name_of(design: DocumentDesign) -> str:
    """What a design is called."""
    return f"第{design.version}版" if design.version else "草稿"


def state_of(design: DocumentDesign) -> str:
    """What has become of it, and who touched it last."""
    if design.published_at:
        told = f"{design.published_by}于{clock.local(design.published_at):%Y年%-m月%-d日 %H:%M}发布"
    else:
        told = f"{design.edited_by}最后修改于{clock.local(design.edited_at):%-m月%-d日 %H:%M}"
    return f"{STATE_TITLES[design.state]}，{told}。"


def may_edit(design: DocumentDesign) -> bool:
    """Whether who asks may change the design as it stands."""
    return design.state == OPEN and g.actor.may(KernelPermission.CONFIGURE)


def place_of(design: DocumentDesign, place: str) -> str:
    """The page where a fault is put right, at its field."""
    kind, _, rest = place.partition(".")
    at: Page = {"design_id": design.id}
    if kind == "wording":
        code, _, block = rest.rpartition(".")
        return url_for("admin.show_words", code=code, **at, _anchor=f"w-{block}")
    if kind in {"numbers", "forms"}:
        return url_for("admin.show_words", code=rest, **at, _anchor="number" if kind == "numbers" else None)
    if kind == "volume":
        return url_for("admin.show_volume", line=rest, **at)
    if kind in {"letterhead", "footer", "seal"}:
        return url_for("admin.show_letterhead", **at, _anchor=kind)
    return url_for("admin.show_design", **at)


def told(design: DocumentDesign, one: Problem) -> Page:
    """A fault with the way to its place."""
    return {"told": one.message, "code": one.code, "url": place_of(design, one.place)}
