"""The official forms of legal aid: read parts and choices, then asking to quality as a case goes, volume last."""

from blueprints.legal_aid.documents import (
    asking,
    closing,
    deciding,
    duty,
    duty_notices,
    examining,
    handling,
    intake,
    quality,
    volume,
)

FORMS = (
    *asking.FORMS,
    *intake.FORMS,
    *examining.FORMS,
    *deciding.FORMS,
    *handling.FORMS,
    *closing.FORMS,
    *duty.FORMS,
    *duty_notices.FORMS,
    *quality.FORMS,
    *volume.FORMS,
)
"""Every form, in the order they come up in a case."""
