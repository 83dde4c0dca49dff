"""The auditors' routes: cases, inventory, persons, record, trail, verification."""

from blueprints.auditor.blueprint import views
from blueprints.auditor.views import cases, inventory, persons, record, trail, verification

__all__ = ["cases", "inventory", "persons", "record", "trail", "verification", "views"]
