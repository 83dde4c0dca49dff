"""The auditors' routes: cases, record, persons, trail, verification."""

from blueprints.auditor.blueprint import views
from blueprints.auditor.views import cases, persons, record, trail, verification

__all__ = ["cases", "persons", "record", "trail", "verification", "views"]
