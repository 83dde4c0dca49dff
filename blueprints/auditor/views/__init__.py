"""The auditors' routes: cases, record, verification, inventory."""

from blueprints.auditor.blueprint import views
from blueprints.auditor.views import cases, inventory, record, verification

__all__ = ["cases", "inventory", "record", "verification", "views"]
