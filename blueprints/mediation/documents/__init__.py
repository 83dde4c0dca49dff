"""The official forms of people's mediation; read parts, then opening, hearing, agreement, closing, deepened, volume."""

from blueprints.mediation.documents import agreement, closing, deepened, hearing, opening, volume

FORMS = (*opening.FORMS, *hearing.FORMS, *agreement.FORMS, *closing.FORMS, *deepened.FORMS, *volume.FORMS)
"""Every form, in the order they come up in a case."""
