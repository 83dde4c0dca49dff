"""The official forms of corrections and placement; read parts, then the rest in their order."""

from blueprints.corrections.documents import (
    court,
    discipline,
    ending,
    helping,
    reception,
    requests,
    survey,
    volume,
)

FORMS = (
    *survey.FORMS,
    *reception.FORMS,
    *requests.FORMS,
    *discipline.FORMS,
    *court.FORMS,
    *ending.FORMS,
    *helping.FORMS,
    *volume.FORMS,
)
"""Every form, in the order they come up in a case."""
variant = court.variant
"""Which form is issued where a step names one with variants."""
