"""The citizens' routes: home, apply, sending, resume, progress, material, own, registers."""

from blueprints.portal.blueprint import views
from blueprints.portal.views import apply, home, material, own, progress, registers, resume, sending

__all__ = ["apply", "home", "material", "own", "progress", "registers", "resume", "sending", "views"]
