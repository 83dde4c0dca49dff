"""The modules of the designer of forms that hang their routes on the blueprint."""

from saas.web.admin.forms import editing, preview, questions, showing

FORMS = (showing, editing, questions, preview)
