"""The forms of legal education; read parts, then lists, records, volume."""

from blueprints.education.documents import lists, records, volume

FORMS = (*lists.FORMS, *records.FORMS, *volume.FORMS)
"""Every form, in the order they come up."""
