"""The citizens' routes: home, apply, sending, resume, progress, material."""

from blueprints.portal.blueprint import views
from blueprints.portal.views import apply, home, material, progress, resume, sending

__all__ = ["apply", "home", "material", "progress", "resume", "sending", "views"]
