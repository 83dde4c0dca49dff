"""Hanging the console's routes on the application."""

from flask import Flask

from saas.web import batches, menu
from saas.web.dossiers import dossiers
from saas.web.staff import (
    bulk,
    casedata,
    cases,
    exports,
    guarding,
    intake,
    paper_acts,
    papers,
    receipts,
    recusals,
    register_acts,
    register_imports,
    register_pages,
    registers,
    statistics,
    unmasking,
    verbs,
    work,
)
from saas.web.staff.board import MENU, staff
from saas.web.staff.inspecting import acts, forms, pages, planning

# The modules hang their routes on the blueprint when they are imported.
ROUTES = (
    *(work, cases, verbs, casedata, guarding, recusals, intake),
    *(papers, paper_acts, receipts, registers, exports, batches, bulk, statistics, unmasking),
    *(pages, planning, acts, forms),
    *(register_pages, register_acts, register_imports),
)


def init_app(app: Flask) -> None:
    """Register the console, the export of dossiers and the menu."""
    app.register_blueprint(staff)
    app.register_blueprint(dossiers)
    menu.declare(app, *MENU)
