"""The forms of forensic appraisal; read parts, then institution, complaints, supervision, inspection, volume."""

from blueprints.appraisal.documents import complaints, inspection, institution, supervision, volume

FORMS = (*institution.FORMS, *complaints.FORMS, *supervision.FORMS, *inspection.FORMS, *volume.FORMS)
"""Every form, in the order they come up."""
