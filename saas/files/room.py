"""Whether a city has room for another attachment, and telling who can give it more before it has none."""

from sqlalchemy import func, select

from saas.db.session import current_tenant, db
from saas.errors import InvalidInputError
from saas.files.models import File
from saas.identity import queries as identity
from saas.messages import services as messages

MEGABYTE = 1024 * 1024
FULL = "本市的材料存储空间已满（上限 {limit} MB），暂时不能上传。请联系本单位的系统管理员扩容，或到窗口提交纸质材料。"

NEARLY = "本市的材料存储空间上限是 {limit} MB，用完后不能再上传材料。请联系平台运维人员扩容。"
ALARM_AT = 0.8


def check(size: int) -> None:
    """Refuse what the city has no room for.

    Args:
        size: Of the file, in bytes.

    Raises:
        InvalidInputError: The limit would be passed.
    """
    limit = current_tenant().limits.files
    if limit is not None and _kept() + size > limit * MEGABYTE:
        raise InvalidInputError({"file": FULL.format(limit=limit)})


def tell(size: int, path: str) -> None:
    """Tell the system administrators when a file takes the first of the last fifth of the room.

    Args:
        size: Of the file that was just added, in bytes.
        path: Of the unit it belongs to; whoever administers it is told.
    """
    limit = current_tenant().limits.files
    if limit is None:
        return
    kept, mark = _kept(), limit * MEGABYTE * ALARM_AT
    if kept - size < mark <= kept:
        title = f"材料存储空间已用 {kept * 100 // (limit * MEGABYTE)}%"
        roles = [role.code for role in identity.list_roles() if role.duty == "system"]
        messages.tell_users((user.id for user in identity.list_holders(roles, path)), title, NEARLY.format(limit=limit))


def _kept() -> int:
    """Bytes of all attachments of the city."""
    return db.session.scalar(select(func.coalesce(func.sum(File.size), 0))) or 0
