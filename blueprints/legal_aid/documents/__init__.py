"""The official documents of legal aid."""

from saas.documents.form import Form

FORMS: tuple[Form, ...] = ()
