"""Taking, showing and removing the seals of the bodies that issue documents."""

from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from saas.db.session import current_tenant
from saas.documents.designs import changing, queries, seals
from saas.errors import ConflictError, InvalidInputError, NotFoundError
from saas.files import store
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin import cursor
from saas.web.admin.board import admin
from saas.web.admin.documents import heads, seal_list
from saas.web.sending import send_bytes
from saas.web.sizes import takes_files

PNG = "image/png"


@admin.post("/documents/<uuid:design_id>/seals")
@requires(KernelPermission.CONFIGURE)
@takes_files
def change_seal(design_id: UUID) -> ResponseReturnValue:
    """Take the picture of a body's seal, once it can be printed as one."""
    design = queries.get_design(design_id)
    try:
        unit, picture = sent_seal()
        kept = {**design.body["seals"], unit: store.put(picture, tenant=current_tenant())}
        changing.change(design, {"seals": kept}, seen=cursor.seen(), what=[f"seals.{unit}"], by=g.actor)
    except (InvalidInputError, ConflictError) as error:
        return heads.refused(design, error, seal_list.PICTURE)
    return heads.kept(design, "印章已上传，只印在这个机构制作的文书上。")


@admin.post("/documents/<uuid:design_id>/seals/<uuid:unit_id>/remove")
@requires(KernelPermission.CONFIGURE)
def remove_seal(design_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Print no seal of a body any more: there is a place for one again."""
    design = queries.get_design(design_id)
    rest = {unit: key for unit, key in design.body["seals"].items() if unit != str(unit_id)}
    try:
        changing.change(design, {"seals": rest}, seen=cursor.seen(), what=[f"seals.{unit_id}"], by=g.actor)
    except ConflictError as error:
        return heads.refused(design, error, seal_list.PICTURE)
    return heads.kept(design, "印章已去掉，打印后再盖章。")


@admin.get("/documents/<uuid:design_id>/seals/<uuid:unit_id>.png")
@requires(KernelPermission.CONFIG_READ)
def send_seal(design_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Send the picture of a body's seal."""
    key = queries.get_design(design_id).body["seals"].get(str(unit_id))
    if key is None:
        raise NotFoundError
    return send_bytes(seals.read(key), PNG, "印章.png", inline=True)


def sent_seal() -> tuple[str, bytes]:
    """The id of the body that was chosen, and the picture that was sent.

    Raises:
        InvalidInputError: names what is wrong with either.
    """
    unit, upload = request.form.get(seal_list.BODY, ""), request.files.get(seal_list.PICTURE)
    faults = {} if unit in dict(seal_list.options()) else {seal_list.BODY: "请选择印章所属的机构。"}
    picture = b""
    try:
        picture = seals.checked(upload.read(seals.MOST_BYTES + 1) if upload else b"")
    except InvalidInputError as error:
        faults |= error.fields
    if faults:
        raise InvalidInputError(faults)
    return unit, picture
