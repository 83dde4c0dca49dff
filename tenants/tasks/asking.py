"""Asking for a task: refused in words when it is impossible, put down once however often the form is sent."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from saas.db.session import TenantRef
from saas.errors import ConflictError
from tenants import placement, provisioning, registry
from tenants.data import backup, deletion
from tenants.data.moving import MOVABLE
from tenants.histories import TENANT
from tenants.models import PlatformEvent, Task
from tenants.tasks import shelf
from tenants.tasks.kinds import Kind

STANDING = frozenset({"active", "read_only", "suspended"})
BUSY = "这个城市有一项工作还没有结束，请等它结束后再提出。"
NOT_NOW = "“{name}”正在开通、迁移或注销，现在不能做这项工作，请等它结束。"


def ask_for_backup(code: str, *, by: str, key: UUID) -> UUID:
    """Ask for a backup in the folder of backups; the task's id.

    Raises:
        NotFoundError: There is no such city.
        ConflictError: It is being made, moved or ended, or has a task already.
        BackupError: No backup key is set.
    """
    backup.secret()
    return _put(Kind.BACKUP, _standing(code), {}, by, key)


def ask_for_export(code: str, *, by: str, key: UUID) -> UUID:
    """Ask for everything of a city in a folder; raises as :func:`ask_for_backup`."""
    return _put(Kind.EXPORT, _standing(code), {}, by, key)


def ask_for_move(code: str, server: str, *, by: str, key: UUID) -> UUID:
    """Ask for a city to be moved to another server.

    Raises:
        NotFoundError: There is no such city or server.
        ConflictError: It is there already, is not in service, or has a task already.
    """
    placement.front_of(server)
    tenant = registry.get_tenant(code)
    if tenant.server == server:
        raise ConflictError(f"“{tenant.name}”已经在服务器 {server} 上，不需要迁移。")
    if tenant.state not in MOVABLE:
        raise ConflictError(f"“{tenant.name}”现在不能迁移：只有服务中或只读的城市可以迁移。")
    return _put(Kind.MOVE, tenant, {"server": server}, by, key)


def ask_for_migration(code: str, *, by: str, key: UUID) -> UUID:
    """Ask for a city's tables to be brought up to date.

    Raises:
        NotFoundError: There is no such city.
        ConflictError: They are, or it cannot be now, or it has a task already.
    """
    tenant = _standing(code)
    if tenant.version == TENANT.head:
        raise ConflictError(f"“{tenant.name}”的数据结构已经是最新版本，不需要升级。")
    return _put(Kind.MIGRATE, tenant, {}, by, key)


def ask_for_deletion(code: str, *, by: str, key: UUID) -> UUID:
    """Confirm the end of a city, as the second operator; raises as :func:`tenants.data.deletion.confirm`."""
    tenant = registry.get_tenant(code)
    deletion.check_confirmable(tenant, by)
    return _put(Kind.DELETE, tenant, {}, by, key)


def ask_for_restore(file: str, code: str, server: str, *, by: str, key: UUID) -> UUID:
    """Ask for a city to be brought back from a backup in the folder, in its place or beside it.

    Raises:
        NotFoundError: There is no such file or server.
        InvalidInputError: The code cannot be part of a host name.
        ConflictError: The code belongs to a city, or a task makes a city of this code already.
    """
    shelf.find(file, shelf.BACKUP)
    placement.front_of(server)
    check_free(code)
    return _put(Kind.RESTORE, code, {"file": file, "server": server}, by, key)


def ask_for_city(code: str, arguments: Mapping[str, Any], *, by: str, key: UUID) -> UUID:
    """Ask for a new city; what the arguments are stands at :func:`tenants.tasks.kinds.create`.

    Raises:
        InvalidInputError: The code cannot be part of a host name.
        ConflictError: The code belongs to a city, or a task makes a city of this code already.
    """
    check_free(code)
    return _put(Kind.CREATE, code, dict(arguments), by, key)


def check_free(code: str) -> None:
    """Refuse a code no new city can have; raises as :func:`ask_for_restore`."""
    provisioning.check_code(code)
    if any(tenant.code == code for tenant in registry.list_tenants()):
        raise ConflictError(f"城市代码“{code}”已经使用。恢复到原处的，请先注销现有的城市；其他情况请换一个代码。")


def _standing(code: str) -> TenantRef:
    tenant = registry.get_tenant(code)
    if tenant.state not in STANDING:
        raise ConflictError(NOT_NOW.format(name=tenant.name))
    return tenant


def _put(kind: Kind, city: TenantRef | str, arguments: dict[str, Any], by: str, key: UUID) -> UUID:
    """Put the task down with what the record says of it, unless the form came a second time."""
    code, tenant_id = (city, None) if isinstance(city, str) else (city.code, city.id)
    try:
        with registry.platform_session() as session:
            if session.get(Task, key) is not None:
                return key
            # The task that ends a city must not be one of the traces that are searched for.
            own = None if kind is Kind.DELETE else tenant_id
            session.add(Task(id=key, kind=kind, city=code, tenant_id=own, arguments=arguments, asked_by=by))
            told: dict[str, Any] = {name: arguments[name] for name in ("server", "file") if name in arguments}
            detail = {"code": code} | told
            session.add(PlatformEvent(action=f"task.{kind}.asked", tenant_id=tenant_id, actor_name=by, detail=detail))
    except IntegrityError as error:
        raise ConflictError(BUSY) from error
    return key
