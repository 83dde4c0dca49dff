"""The auditors' routes: cases, record, verification."""

from blueprints.auditor.blueprint import views
from blueprints.auditor.views import cases, record, verification

__all__ = ["cases", "record", "verification", "views"]
