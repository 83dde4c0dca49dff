"""The administrators' help page: which role may open which address, as the program decides it."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from saas.identity import queries
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin import matrix, titles
from saas.web.admin.board import admin

WORDS = {matrix.LET_IN: "可以", matrix.DENIED: "不可以", matrix.HIDDEN: "范围内可以"}


@admin.get("/rights")
@requires(KernelPermission.IDENTITY_READ)
def show_rights() -> ResponseReturnValue:
    """Show the matrix of the city's roles."""
    roles = queries.list_roles()
    cells = matrix.table(
        matrix.lines(current_app),
        [(role.code, role.permissions) for role in roles],
    )
    return render_template(
        "admin/show_rights.html",
        columns=[
            {"key": "address", "label": "网址"},
            {"key": "permission", "label": "需要的权限"},
            *({"key": role.code, "label": role.title} for role in roles),
        ],
        rows=[
            {
                "address": f"{line.method} {line.address}",
                "permission": titles.of(line.permission),
                **{code: f"{WORDS[status]} {status}" for code, status in answers.items()},
            }
            for line, answers in cells
        ],
    )
