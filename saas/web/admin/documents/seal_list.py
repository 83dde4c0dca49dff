"""The seals of a design as its page lists them, and the questions that upload another."""

from collections import Counter
from typing import Any

from flask import request, url_for

from saas.documents.designs.models import DocumentDesign
from saas.fields.views import FieldView
from saas.organisation import queries as organisation
from saas.web.admin import fields

BODY, PICTURE = "body", "seal"
BODY_HINT = "印章只印在这个机构制作的文书上。没有上传印章的机构，文书上留出盖章的位置。"
HINT = "背景透明的红色印章图片（PNG，正方形，每边至少496像素，最大2MB），按直径42毫米印在署名和日期上。"


def rows(design: DocumentDesign) -> list[dict[str, Any]]:
    """Each body that has a seal, with its picture and the way to take it away."""
    seen = design.revision
    return [
        {
            "id": unit.id,
            "name": unit.name,
            "url": url_for("admin.send_seal", design_id=design.id, unit_id=unit.id, seen=seen),
            "remove": url_for("admin.remove_seal", design_id=design.id, unit_id=unit.id),
        }
        for unit in organisation.list_units(design.body["seals"])
    ]


def options() -> list[tuple[str, str]]:
    """The bodies by id and name; those of one name are told apart by their code."""
    bodies = organisation.list_bodies()
    times = Counter(unit.name for unit in bodies)
    return [(str(unit.id), unit.name if times[unit.name] == 1 else f"{unit.name}（{unit.code}）") for unit in bodies]


def questions() -> list[FieldView]:
    """The body and the picture of its seal; the body that was chosen stays."""
    body = fields.choice(BODY, "印章所属的机构", options(), request.form.get(BODY, ""))
    return [
        FieldView(**{**vars(body), "hint": BODY_HINT}),
        FieldView(PICTURE, PICTURE, "印章图片", "file", [], hint=HINT, required=True, accept=".png"),
    ]
