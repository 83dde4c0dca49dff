"""The citizens' routes: home, apply, sending, resume, progress, material, own, registers, inspections."""

from blueprints.portal.blueprint import views
from blueprints.portal.views import apply, home, inspections, material, own, progress, registers, resume, sending

__all__ = ["apply", "home", "inspections", "material", "own", "progress", "registers", "resume", "sending", "views"]
