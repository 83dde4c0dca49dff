"""What every page of a review by a second person has: who may do what there, and the reason for giving work back."""

from flask import g, request

from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission

LONGEST = 300  # characters of a reason


def rights(*, is_open: bool, waits: bool, is_second: bool) -> dict[str, bool]:
    """What the reader may do with work that is open or waits for review; a second person had no hand in it."""
    shapes, decides = g.actor.may(KernelPermission.CONFIGURE), g.actor.may(KernelPermission.CONFIG_APPROVE)
    asked = decides and waits
    return {
        "may_submit": shapes and is_open,
        "may_recall": shapes and waits,
        "decides": asked and is_second and g.is_fresh,
        "must_prove": asked and is_second and not g.is_fresh,
        "own": asked and not is_second,
    }


def reason() -> FieldView:
    """Why work is given back; what was typed stays."""
    hint = "写明要改什么，编辑的人会看到。"
    return FieldView("reason", "reason", "退回的理由", "longtext", sent(), hint=hint, required=True, maxlength=LONGEST)


def sent() -> str:
    """The reason as it was sent."""
    return request.form.get("reason", "")[:LONGEST]
