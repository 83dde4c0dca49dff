"""Ending a city: asked for by one operator, confirmed by another after a waiting period, proven by a certificate."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update

from saas import clock
from saas.config import current_config
from saas.crypto.models import DataKey
from saas.db.session import TenantRef
from saas.errors import AppError, ConflictError, InvalidInputError, NotFoundError
from saas.files import store
from tenants import connections, placement, registry
from tenants.data import backup, ground, journal, search, tables, waiting
from tenants.data.actions import DataAudit
from tenants.data.moving import KEPT
from tenants.models import PlatformEvent, Task, Tenant

DELETED = "tenant.deleted"
STATEMENT = (
    "上列城市的数据库模式、登录账号、后台任务、文件、数据密钥和登记信息已经全部删除，并按列出的标识检索了剩余的登记表、"
    "任务队列、数据库目录和文件存储，没有找到任何残留。数据密钥销毁后，散落在别处的密文也不能再解密。此前制作的备份文件不在本系统中，应由保管人按其保存期限销毁。"
)
NOBODY_ASKED = "还没有人申请注销这个城市。"


class RemainsError(AppError):
    """Something of a city that was to be deleted is still there."""

    title = "注销没有完成"


def ask(code: str, by: str) -> datetime:
    """Ask for the end of a city; from when on another operator can confirm it.

    Raises:
        NotFoundError: There is no such city.
        InvalidInputError: Nobody of this name is an operator.
        ConflictError: It was asked for already.
    """
    registry.check_operator(by)
    with registry.platform_session() as session:
        city = session.scalar(select(Tenant).where(Tenant.code == code).with_for_update())
        if city is None:
            raise NotFoundError(f"没有代码为“{code}”的城市。")
        if city.deletion_by is not None:
            raise ConflictError(f"{city.deletion_by} 已经申请注销这个城市，请由另一名运维人员确认。")
        city.deletion_by, city.deletion_at = by, clock.now()
        tenant = registry.reference(city)
    _note(tenant, DataAudit.DELETION_ASKED, by)
    return clock.now() + _waiting_period()


def withdraw(code: str, by: str) -> None:
    """Take back what was asked for, as any operator may while nothing is deleted.

    Raises:
        NotFoundError: There is no such city.
        ConflictError: Nobody asked, or deleting has begun.
    """
    registry.check_operator(by)
    with registry.platform_session() as session:
        open_ = (Tenant.code == code) & Tenant.deletion_by.is_not(None) & (Tenant.state != "deleting")
        city = session.scalar(select(Tenant).where(open_).with_for_update())
        if city is None:
            raise ConflictError("这个城市没有可以撤回的注销申请。")
        city.deletion_by = city.deletion_at = None
        tenant = registry.reference(city)
    _note(tenant, DataAudit.DELETION_WITHDRAWN, by)


def confirm(code: str, by: str, certificate: Path) -> str:
    """End a city for good and write the certificate; its SHA-256. After a failure the same call goes on.

    Raises:
        NotFoundError: There is no such city.
        InvalidInputError: Nobody of this name is an operator, or the certificate cannot be written.
        ConflictError: Nobody asked, the same operator asked, the waiting period is not over, or a copy is left.
        RemainsError: Something is still there.
    """
    tenant, about = backup.describe(code)
    asked = check_confirmable(tenant, by)
    try:
        with backup.appearing(certificate) as stream:
            _close(tenant, asked["asked_by"])
            body = _describe(tenant, about) | asked | {"confirmed_by": by, "confirmed_at": clock.now().isoformat()}
            erase(tenant)
            text = _certify(body, tenant, about).encode()
            stream.write(text)
    except OSError as error:
        raise InvalidInputError({"certificate": f"注销证明写不进去：{error.strerror}。请检查路径。"}) from error
    digest = hashlib.sha256(text).hexdigest()
    detail = {"asked_by": asked["asked_by"], "confirmed_by": by, "certificate": digest}
    journal.note_on_platform(DELETED, None, detail, by)
    return digest


def erase(tenant: TenantRef) -> None:
    """Remove a city from every server, from the store and from the registry; may be called again after a failure."""
    servers = placement.list_servers()
    for name in servers:
        with connections.admin_engine(name).begin() as connection:
            ground.disconnect(connection, tenant.schema)
    store.remove_all(tenant.id)
    for name in reversed(list(servers)):
        with connections.admin_engine(name).begin() as connection:
            for schema in (tenant.schema, KEPT.format(schema=tenant.schema)):
                ground.take_away(connection, schema)
            if name == placement.MAIN:
                connection.execute(delete(PlatformEvent).where(PlatformEvent.tenant_id == tenant.id))
                # Tasks of the city that are over; the one that deletes it names no more than its code.
                over = (Task.city == tenant.code) & Task.finished_at.is_not(None)
                connection.execute(delete(Task).where((Task.tenant_id == tenant.id) | over))
                connection.execute(delete(Tenant).where(Tenant.id == tenant.id))
    for address in servers.values():
        ground.sweep(address)
    connections.dispose()
    registry.forget()


def check_confirmable(tenant: TenantRef, by: str) -> dict[str, Any]:
    """Who asked and when, if another operator may confirm it now; raises as :func:`confirm`."""
    registry.check_operator(by)
    with registry.platform_session() as session:
        city = session.get_one(Tenant, tenant.id)
        copy = session.scalar(select(Tenant.code).where(Tenant.origin_id == city.id, Tenant.id != city.id))
        asked_by, asked_at = city.deletion_by, city.deletion_at
    if asked_by is None or asked_at is None:
        raise ConflictError(NOBODY_ASKED)
    if asked_by == by:
        raise ConflictError("申请和确认必须由两名运维人员分别进行。")
    if clock.now() < asked_at + _waiting_period():
        until = clock.local(asked_at + _waiting_period()).strftime("%Y-%m-%d %H:%M")
        raise ConflictError(f"等待期未满，{until} 之后才能确认。")
    if copy is not None:
        raise ConflictError(f"这个城市还有副本“{copy}”，里面有同样的数据。请先注销副本。")
    return {"asked_by": asked_by, "asked_at": asked_at.isoformat()}


def _waiting_period() -> timedelta:
    return timedelta(days=current_config().deletion_wait_days)


def _close(tenant: TenantRef, asked_by: str) -> None:
    """Serve the city no more, unless it was taken back in this moment that it shall end."""
    asked = (Tenant.id == tenant.id) & (Tenant.deletion_by == asked_by)
    with registry.platform_session() as session:
        closed = session.scalar(update(Tenant).where(asked).values(state="deleting").returning(Tenant.id))
    if closed is None:
        raise ConflictError(NOBODY_ASKED)
    registry.forget()


def _describe(tenant: TenantRef, about: Mapping[str, Any]) -> dict[str, Any]:
    """What there is to be deleted, in numbers; and what the platform's record knows of the city."""
    with connections.admin_engine(tenant.server).connect() as connection:
        found = tables.list_tables(connection, tenant.schema)
        rows = {table.name: tables.prove(connection, tenant.schema, table).rows for table in found}
        jobs = len(waiting.list_jobs(connection, tenant.schema))
    with registry.platform_session() as session:
        events = select(PlatformEvent).where(PlatformEvent.tenant_id == tenant.id).order_by(PlatformEvent.recorded_at)
        history = [_told(event) for event in session.scalars(events)]
    files = {"count": len(list(store.list_keys(tenant.id))), "bytes": store.measure(tenant.id)}
    about = dict(about) | {"server": tenant.server}
    keys = {"destroyed": rows.get(DataKey.__tablename__, 0)}
    return {"city": about, "rows": rows, "files": files, "keys": keys, "jobs": jobs, "history": history}


def _told(event: PlatformEvent) -> dict[str, Any]:
    known = {"action": event.action, "by": event.actor_name, "detail": event.detail}
    return {"at": event.recorded_at.isoformat()} | known


def _certify(body: Mapping[str, Any], tenant: TenantRef, about: Mapping[str, Any]) -> str:
    """The certificate, if nothing of the city is found any more."""
    marks = search.marks_of(tenant, [host for host, _ in about["hosts"]])
    searched = search.search(tenant, marks)
    remains = {place: count for place, count in searched.items() if count}
    if remains:
        raise RemainsError(f"还有残留：{'、'.join(remains)}。请再次执行同一条命令；仍然不行的，请联系开发人员。")
    told = {"title": "城市数据注销证明", "statement": STATEMENT, **body, "marks": marks, "searched": searched}
    return json.dumps(told, ensure_ascii=False, indent=1, default=str) + "\n"


def _note(tenant: TenantRef, action: DataAudit, by: str) -> None:
    with connections.admin_engine(tenant.server).begin() as connection:
        journal.note_in_city(connection, tenant, action, {"by": by})
    journal.note_on_platform(action, tenant.id, {"code": tenant.code}, by)
