"""What each kind of task does; each can be done again after the process that did it has died."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select

from saas import clock
from saas.errors import AppError, ConflictError, NotFoundError
from tenants import migrator, provisioning, registry, starter
from tenants.data import backup, deletion, export, moving, restore
from tenants.lifecycle import services as lifecycle
from tenants.models import Tenant
from tenants.tasks import shelf
from tenants.tasks.shelf import Kept


class Kind(StrEnum):
    """The kinds there are."""

    CREATE = "create"
    BACKUP = "backup"
    RESTORE = "restore"
    EXPORT = "export"
    MOVE = "move"
    MIGRATE = "migrate"
    DELETE = "delete"


@dataclass(frozen=True)
class Order:
    """A task as the one who does it sees it.

    Attributes:
        id: The task's.
        city: The code of the city.
        arguments: As they were asked for.
        by: The account of the operator who asked.
        again: Whether an earlier try was broken off.
        since: When the first try began.
        say: Lets the page tell how far it is.
    """

    id: UUID
    city: str
    arguments: Mapping[str, Any]
    by: str
    again: bool
    since: datetime
    say: Callable[[str], None]


Result = dict[str, Any]


class MigrationError(AppError):
    """A city's tables could not be brought up to date."""

    title = "升级没有完成"


def create(order: Order) -> Result:
    """Open a city.

    The arguments are ``name``, ``demo``, ``server``, ``hosts``, ``quotas``, ``admin_username`` and ``admin_name``, and
    either ``pack``, a prepared starter, or ``division``, a code.
    """
    told = order.arguments
    if not _is_made(order):
        order.say("正在建立数据表、机构和流程")
        chosen = starter.load(told["pack"]) if told["pack"] else starter.plain(told["name"], told["division"])
        admin = provisioning.FirstAdmin(told["admin_username"], told["admin_name"])
        new = provisioning.NewCity(order.city, told["name"], chosen, told["hosts"], told["demo"], admin, told["server"])
        provisioning.open_city(new, by=order.by)
    order.say("正在设置用量上限")
    if told["quotas"]:
        lifecycle.set_limits(order.city, told["quotas"], by=order.by)
    return {}


def back_up(order: Order) -> Result:
    """Put a sealed backup into the folder."""
    shelf.clear_away(order.id)
    order.say("正在备份数据表和文件")
    path = shelf.new_path(order.city, order.id, shelf.BACKUP)
    manifest = backup.back_up(order.city, path, by=order.by)
    rows = sum(int(table["rows"]) for table in manifest.tables.values())
    moment = clock.now().isoformat()
    kept = Kept(path.name, order.city, moment, order.by, path.stat().st_size, rows, manifest.files)
    shelf.write_note(kept)
    numbers = {"size": kept.size, "rows": rows, "files": manifest.files, "damaged": len(manifest.damaged)}
    return {"file": path.name, **numbers}


def bring_back(order: Order) -> Result:
    """Make a city of a backup that lies in the folder."""
    if not _is_made(order):
        order.say("正在恢复数据表和文件，并核对内容")
        path = shelf.find(order.arguments["file"], shelf.BACKUP)
        restore.restore(path, order.city, order.arguments["server"])
    made = registry.get_tenant(order.city)
    return {"copy": made.id != made.origin_id}


def write_out(order: Order) -> Result:
    """Write everything of a city into a folder on the machine; no operator's page opens it."""
    target = shelf.folder() / f"export-{order.city}-{order.id.hex[-12:]}"
    # Only an earlier try of this same task can have left something under its id.
    shutil.rmtree(target, ignore_errors=True)
    order.say("正在导出数据表和文件")
    done = export.export(order.city, target)
    return {"folder": target.name, "files": len(done.files), "missing": len(done.missing)}


def move(order: Order) -> Result:
    """Move a city to another server; one that an earlier try has moved is there."""
    to = order.arguments["server"]
    if order.again and registry.get_tenant(order.city).server == to:
        return {"server": to}
    order.say("正在搬迁，期间只能查看、不能提交")
    done = moving.move(order.city, to)
    return {"server": to, "rows": done.rows, "seconds": done.seconds}


def migrate(order: Order) -> Result:
    """Bring the tables of a city up to date."""
    order.say("正在升级数据结构")
    done = next(iter(migrator.migrate_tenants(only=order.city)), None)
    if done is None:
        raise NotFoundError(f"没有代码为“{order.city}”的城市。")
    if done.problem:
        raise MigrationError(f"数据结构没有升级，城市仍是原来的版本：{done.problem}")
    return {"version": done.version}


def delete(order: Order) -> Result:
    """End a city as the second operator, and keep the certificate."""
    found = sorted(shelf.folder().glob(f"*-{order.id.hex[-12:]}{shelf.CERTIFICATE}"))
    if order.again and found:
        return {"certificate": found[0].name}
    order.say("正在清点、删除并核对没有残留")
    path = shelf.new_path(order.city, order.id, shelf.CERTIFICATE)
    digest = deletion.confirm(order.city, order.by, path)
    return {"certificate": path.name, "digest": digest}


WORKS: Mapping[str, Callable[[Order], Result]] = {
    Kind.CREATE: create,
    Kind.BACKUP: back_up,
    Kind.RESTORE: bring_back,
    Kind.EXPORT: write_out,
    Kind.MOVE: move,
    Kind.MIGRATE: migrate,
    Kind.DELETE: delete,
}
TITLES: Mapping[str, str] = {
    Kind.CREATE: "开通城市",
    Kind.BACKUP: "备份",
    Kind.RESTORE: "恢复",
    Kind.EXPORT: "导出全部数据",
    Kind.MOVE: "搬迁到另一台服务器",
    Kind.MIGRATE: "升级数据结构",
    Kind.DELETE: "注销城市",
}


def _is_made(order: Order) -> bool:
    """Whether an earlier try of this task got as far as making the city.

    Raises:
        ConflictError: The code was given to another city before the task began.
    """
    with registry.platform_session() as session:
        created = session.scalar(select(Tenant.created_at).where(Tenant.code == order.city))
    if created is not None and not (order.again and created >= order.since):
        raise ConflictError(f"城市代码“{order.city}”已经使用，请换一个。")
    return created is not None
