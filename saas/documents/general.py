"""The forms that belong to no line of work in particular."""

from saas.documents import receipt, review

FORMS = (receipt.FORM, review.FORM)
