"""The forms of notarial work; read parts, then opening, examining, visiting, certificate, ending, reviewing, volume."""

from blueprints.notary.documents import certificate, ending, examining, opening, reviewing, visiting, volume

FORMS = (
    *opening.FORMS,
    *examining.FORMS,
    *visiting.FORMS,
    *certificate.FORMS,
    *ending.FORMS,
    *reviewing.FORMS,
    *volume.FORMS,
)
"""Every form, in the order they come up in a matter."""
