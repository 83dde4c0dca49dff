"""The order of the file of each line of work: places moved up and down, named, and put into one of two volumes."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.documents.designs import changing, checks, queries, surroundings
from saas.documents.designs.models import DocumentDesign
from saas.documents.designs.volumes import arranged, moved, plain
from saas.domain import Domain, domains
from saas.errors import AppError, ConflictError, InvalidInputError, NotFoundError
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin import cursor
from saas.web.admin.board import admin
from saas.web.admin.documents import finding

TAB = "admin.list_volumes"
HERE = "admin.show_volume"
LONGEST = 40  # characters of a place's name
PARTS = (("main", "正卷"), ("sub", "副卷"))
Places = list[dict[str, Any]]


@admin.get("/documents/<uuid:design_id>/volumes")
@requires(KernelPermission.CONFIG_READ)
def list_volumes(design_id: UUID) -> ResponseReturnValue:
    """Show the lines of work whose files have an order."""
    design = queries.get_design(design_id)
    rows = [
        {
            "title": line.title,
            "url": url_for(HERE, design_id=design.id, line=line.name),
            "places": f"{len(places_of(design, line))} 处",
            "own": "本市的顺序" if line.name in design.body["volume"] else "规定的顺序",
        }
        for line in domains()
        if line.volume
    ]
    columns = [
        {"key": "title", "label": "业务"},
        {"key": "places", "label": "卷内位置"},
        {"key": "own", "label": "现在"},
    ]
    return render_template("admin/dress/list_volumes.html", **finding.head(design, TAB), columns=columns, rows=rows)


@admin.get("/documents/<uuid:design_id>/volumes/<line>")
@requires(KernelPermission.CONFIG_READ)
def show_volume(design_id: UUID, line: str) -> ResponseReturnValue:
    """Show the order of one line's file."""
    return page(queries.get_design(design_id), line_of(line), {})


@admin.post("/documents/<uuid:design_id>/volumes/<line>")
@requires(KernelPermission.CONFIGURE)
def change_volume(design_id: UUID, line: str) -> ResponseReturnValue:
    """Keep the names and volumes as they were sent, and move the place whose button was pressed."""
    design, domain = queries.get_design(design_id), line_of(line)
    places = sent_places(places_of(design, domain))
    at, to = sent_move()
    if at is not None:
        places = [dict(one) for one in moved(places, at, to - at)]
    try:
        check(domain, places)
        keep(design, domain, None if places == plain(domain.volume) else places)
    except (InvalidInputError, ConflictError) as error:
        return refused(design, domain, error)
    if at is None:
        flash("卷内顺序已保存。", "success")
    anchor = None if at is None else f"place-{to}"
    return redirect(url_for(HERE, design_id=design.id, line=line, _anchor=anchor), 303)


@admin.post("/documents/<uuid:design_id>/volumes/<line>/default")
@requires(KernelPermission.CONFIGURE)
def reset_volume(design_id: UUID, line: str) -> ResponseReturnValue:
    """Go back to the order the line of work has."""
    design, domain = queries.get_design(design_id), line_of(line)
    try:
        keep(design, domain, None)
    except ConflictError as error:
        return refused(design, domain, error)
    flash("已恢复规定的顺序。", "success")
    return redirect(url_for(HERE, design_id=design.id, line=line), 303)


def line_of(name: str) -> Domain:
    """The line of work of a name, if its file has an order.

    Raises:
        NotFoundError: there is none.
    """
    found = next((line for line in domains() if line.name == name and line.volume), None)
    if found is None:
        raise NotFoundError
    return found


def places_of(design: DocumentDesign, line: Domain) -> Places:
    """The places of a line's file as the design orders them."""
    return plain(arranged(line.volume, design.body["volume"].get(line.name, ())))


def sent_move() -> tuple[int | None, int]:
    """Where the place stands whose button was pressed, and where it goes; None where none was."""
    way, _, at = request.form.get("move", "").partition(" ")
    if not (at.isascii() and at.isdigit() and len(at) <= cursor.LONGEST):
        return None, 0
    return int(at), max(0, int(at) + (-1 if way == "up" else 1))


def sent_places(places: Places) -> Places:
    """The places with the names and volumes that were sent; what was not sent stays."""
    sent = request.form
    parts = dict(PARTS)
    return [
        {
            **one,
            "title": sent.get(f"title-{at}", one["title"]).strip(),
            "part": found if (found := sent.get(f"part-{at}", "")) in parts else one["part"],
        }
        for at, one in enumerate(places)
    ]


def check(line: Domain, places: Places) -> None:
    """Refuse an order that the law or the files do not allow."""
    long = next((at for at, one in enumerate(places) if len(one["title"]) > LONGEST), None)
    if long is not None:
        raise InvalidInputError({f"title-{long}": f"名称最多{LONGEST}个字，请缩短。"})
    for at, one in enumerate(places):
        if not one["title"] or not one["title"].isprintable():
            raise InvalidInputError({f"title-{at}": "请填写这一处的名称。"})
    found = list(checks.order(line.name, places, surroundings.known()))
    if found:
        raise InvalidInputError({"title-0": found[0].message})


def keep(design: DocumentDesign, line: Domain, places: Places | None) -> None:
    """Keep an order, or none where it is the line's own."""
    others = {name: one for name, one in design.body["volume"].items() if name != line.name}
    volume = others if places is None else {**others, line.name: places}
    changing.change(design, {"volume": volume}, seen=cursor.seen(), what=[f"volume.{line.name}"], by=g.actor)


def refused(design: DocumentDesign, line: Domain, error: AppError) -> ResponseReturnValue:
    """The page again, with what was typed and why it was not kept."""
    told = error.fields if isinstance(error, InvalidInputError) else {"title-0": error.message}
    return page(design, line, told), error.status


def page(design: DocumentDesign, line: Domain, errors: Mapping[str, str]) -> str:
    """The page of an order, with what was typed."""
    places = places_of(design, line)
    shown = sent_places(places) if request.method == "POST" else places
    return render_template(
        "admin/dress/show_volume.html",
        **finding.head(design, TAB),
        line=line,
        places=[_row(at, one, line, errors) for at, one in enumerate(shown)],
        parts=PARTS,
        own=line.name in design.body["volume"],
        errors=list(errors.items()),
        longest=LONGEST,
    )


def _row(at: int, place: dict[str, Any], line: Domain, errors: Mapping[str, str]) -> dict[str, Any]:
    forms = {form.code: form.title for form in line.forms}
    kinds = {kind.code: kind.title for kind in line.file_categories}
    holds = [*(f"《{forms.get(code, code)}》" for code in place["forms"])]
    holds += [kinds.get(code, code) for code in place["categories"]]
    return {**place, "at": at, "holds": "、".join(holds), "error": errors.get(f"title-{at}")}
