"""What personal data the city keeps, why, how long and who may see it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from blueprints.auditor.blueprint import views
from saas import inventory
from saas.identity.permissions import KernelPermission, requires

COLUMNS = {
    "column": "数据项",
    "kind": "类别",
    "purpose": "目的",
    "basis": "依据",
    "mask": "保护方式",
    "retention": "保存期限",
    "who": "谁可以看",
}


@views.get("/inventory")
@requires(KernelPermission.AUDIT_READ)
def show_inventory() -> ResponseReturnValue:
    """Show every column that holds personal data; the rest is counted."""
    lines = inventory.list_lines()
    rows = [
        vars(line.profile) | {"column": f"{line.table}.{line.column}", "kind": inventory.CLASSES[line.profile.kind]}
        for line in lines
        if line.profile.kind != "none"
    ]
    columns = [{"key": key, "label": label} for key, label in COLUMNS.items()]
    return render_template("auditor/inventory.html", rows=rows, columns=columns, others=len(lines) - len(rows))
