"""Whether a city has room for another attachment."""

from sqlalchemy import func, select

from saas.db.session import current_tenant, db
from saas.errors import InvalidInputError
from saas.files.models import File

MEGABYTE = 1024 * 1024
FULL = "本市的材料存储空间已满（上限 {limit} MB），暂时不能上传。请联系本单位的系统管理员扩容，或到窗口提交纸质材料。"


def check(size: int) -> None:
    """Refuse what the city has no room for.

    Args:
        size: Of the file, in bytes.

    Raises:
        InvalidInputError: The limit would be passed.
    """
    limit = current_tenant().limits.files
    if limit is None:
        return
    kept = db.session.scalar(select(func.coalesce(func.sum(File.size), 0))) or 0
    if kept + size > limit * MEGABYTE:
        raise InvalidInputError({"file": FULL.format(limit=limit)})
