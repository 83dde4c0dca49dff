"""Holding a city and letting it go, its name, its hosts and its limits."""

import re
from collections.abc import Mapping
from dataclasses import asdict, fields

from sqlalchemy import select

from saas.config import current_config
from saas.db.session import Limits
from saas.errors import ConflictError, InvalidInputError
from tenants import roles
from tenants.lifecycle.actions import CityAudit
from tenants.lifecycle.changing import changing
from tenants.models import TenantHost

HELD = "read_only"
CLOSED = "suspended"
HOST = re.compile(r"(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*")
LONGEST_NAME = 60
MAY_SUSPEND = frozenset({"active", HELD, CLOSED})


def suspend(code: str, notice: str | None = None, *, closed: bool = False, by: str = "system") -> None:
    """Let a city be read only, by the application's doors and by the database's rights; or close it altogether.

    Args:
        code: The city's.
        notice: What people read who want to hand something in.
        closed: Nobody may even read.
        by: The operator.

    Raises:
        NotFoundError: There is no such city.
        ConflictError: It is being moved, ended or made.
    """
    with changing(code, CityAudit.SUSPENDED, by) as change:
        if change.row.state not in MAY_SUSPEND:
            raise ConflictError(f"“{change.row.name}”正在迁移、注销或开通，请等这项工作结束后再暂停。")
        change.row.state, change.row.notice = (CLOSED if closed else HELD), notice
        change.detail = {"state": change.row.state, "notice": notice}
        roles.hold_city(change.city, change.row.schema)


def resume(code: str, *, by: str = "system") -> None:
    """Let a city take entries again.

    Raises:
        NotFoundError: There is no such city.
        ConflictError: It is being moved, ended or made.
    """
    with changing(code, CityAudit.RESUMED, by) as change:
        if change.row.state not in MAY_SUSPEND:
            raise ConflictError(f"“{change.row.name}”正在迁移、注销或开通，现在不能恢复受理。")
        change.row.state, change.row.notice = "active", None
        roles.release_city(change.city, change.row.schema)


def rename(code: str, name: str, *, by: str = "system") -> None:
    """Give a city another name; its code, hosts and data stay.

    Raises:
        NotFoundError: There is no such city.
        InvalidInputError: The name is empty or too long.
    """
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInputError({"name": f"请填写城市名称，不超过{LONGEST_NAME}个字。"})
    with changing(code, CityAudit.RENAMED, by) as change:
        change.detail = {"before": change.row.name, "after": name}
        change.row.name = name


def add_host(code: str, host: str, *, primary: bool = False, by: str = "system") -> None:
    """Let a host name lead to a city; the primary one is printed and linked to.

    Raises:
        NotFoundError: There is no such city.
        InvalidInputError: It is no host name, or the platform's own.
        ConflictError: It leads to a city already.
    """
    host = check_host(host)
    with changing(code, CityAudit.HOST_ADDED, by) as change:
        known = change.session.scalar(select(TenantHost).where(TenantHost.host == host))
        if known is not None and (known.tenant_id != change.row.id or not primary):
            raise ConflictError(f"网址“{host}”已经使用，请换一个，或先从原来的城市取消。")
        own = known or TenantHost(host=host, is_primary=False)
        if primary:
            for other in change.row.hosts:
                other.is_primary = False
            own.is_primary = True
        if known is None:
            change.row.hosts.append(own)
        change.detail = {"host": host, "primary": primary}


def check_host(host: str) -> str:
    """The host name as it is kept.

    Raises:
        InvalidInputError: It is none, or the platform's own.
    """
    host = host.strip().lower().rstrip(".")
    if not HOST.fullmatch(host) or host in current_config().platform_hosts:
        raise InvalidInputError({"host": f"“{host}”不能作为城市的网址，请填写不带端口的域名，例如 sfj.example.cn。"})
    return host


def remove_host(code: str, host: str, *, by: str = "system") -> None:
    """Let a host name lead to the city no more.

    Raises:
        NotFoundError: There is no such city.
        InvalidInputError: It does not lead there, or is the primary one.
    """
    with changing(code, CityAudit.HOST_REMOVED, by) as change:
        found = next((known for known in change.row.hosts if known.host == host.strip().lower()), None)
        if found is None:
            raise InvalidInputError({"host": f"“{host}”不是“{change.row.name}”的网址，请核对。"})
        if found.is_primary:
            raise InvalidInputError({"host": f"“{host}”是主网址，请先另设一个主网址，再取消它。"})
        change.row.hosts.remove(found)
        change.detail = {"host": found.host}


def set_limits(code: str, given: Mapping[str, int], *, by: str = "system") -> Limits:
    """Say how much a city may have; zero lifts a limit, what is not given stays.

    Raises:
        NotFoundError: There is no such city.
    """
    with changing(code, CityAudit.LIMITED, by) as change:
        known = {part.name for part in fields(Limits)}
        merged = change.row.quotas | {name: value or None for name, value in given.items() if name in known}
        change.row.quotas = {name: value for name, value in merged.items() if value is not None}
        limits = Limits(**change.row.quotas)
        change.detail = asdict(limits)
        roles.apply_limits(change.city, change.row.schema, limits)
    return limits
