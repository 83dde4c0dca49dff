"""The page of the deployment's health, and what monitoring asks."""

import shutil
from pathlib import Path
from typing import Any

from flask import Response, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from saas.config import current_config
from saas.errors import AppError, NotFoundError
from saas.identity.permissions import public
from saas.web.proxies import belongs
from tenants import connections, placement
from tenants.observing import collector, probes, readings
from tenants.observing.readings import Reading
from tenants.web.blueprint import operators_only, platform
from tenants.web.frame import frame, size_text

UNREADY = 503
SLOW = 300  # seconds a due job may wait
LITTLE = 0.1  # of a disk
OLD = 8 * 86400  # seconds since the newest backup
NAMED = 10  # cities at most are named in a sentence
SERVER = text(
    "SELECT current_setting('server_version'), current_setting('max_connections')::int,"
    " (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')"
)


@platform.get("/livez")
@public
def is_alive() -> ResponseReturnValue:
    """Whether the process answers at all; asks nothing of anybody."""
    return jsonify(ok=True)


@platform.get("/readyz")
@public
def is_ready() -> ResponseReturnValue:
    """Whether requests may be sent here, and what stands in the way."""
    parts = probes.ready()
    return jsonify(ok=all(parts.values()), **parts), 200 if all(parts.values()) else UNREADY


@platform.get("/metrics")
@public
def show_metrics() -> ResponseReturnValue:
    """Numbers for Prometheus; from networks that are not listed there is no such page."""
    if not belongs(request.remote_addr, current_config().metrics_networks):
        raise NotFoundError
    register = collector.register_of(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001 - the register is the application's.
    return Response(generate_latest(register), content_type=CONTENT_TYPE_LATEST)


@platform.get("/ops/health")
@operators_only
def show_health() -> ResponseReturnValue:
    """Show each part with its fact, and whether somebody has to look."""
    reading = readings.read()
    checks = [*_servers(), *_queue(reading), _tasks(reading), *_cities(reading), *_disks(), _pools()]
    return render_template("operator/show_health.html", **frame(), checks=checks)


def _check(label: str, words: str, *, good: bool) -> dict[str, Any]:
    return {"label": label, "text": words, "good": good}


def _servers() -> list[dict[str, Any]]:
    counts, checks = placement.count_tenants(), []
    for name in placement.list_places():
        label = f"数据库 {name}"
        try:
            with connections.admin_engine(name).connect() as connection:
                version, most, used = connection.execute(SERVER).one()
        except (SQLAlchemyError, AppError):
            checks.append(_check(label, "连不上", good=False))
            continue
        words = f"PostgreSQL {version}，连接 {used} / {most}，城市 {counts.get(name, 0)} 个"
        checks.append(_check(label, words, good=used < most * (1 - LITTLE)))
    return checks


def _queue(reading: Reading) -> list[dict[str, Any]]:
    queue = reading.queue
    if queue is None:
        return [_check("任务队列", "读取不到", good=False)]
    words = (
        f"待做 {queue.queued} 个，在做 {queue.running} 个，失败 {queue.failed} 个，最久等了 {queue.oldest_seconds} 秒"
    )
    return [_check("任务队列", words, good=not queue.failed and queue.oldest_seconds < SLOW)]


def _tasks(reading: Reading) -> dict[str, Any]:
    waiting, running = (reading.tasks.get(state, 0) for state in ("waiting", "running"))
    hint = "；没有进程在做的，请检查 flask jobs work 是否在运行" if waiting and not running else ""
    return _check("运维工作", f"排队 {waiting} 项，进行中 {running} 项{hint}", good=not hint)


def _cities(reading: Reading) -> list[dict[str, Any]]:
    silent = [city.code for city in reading.cities if city.counts is None]
    behind = [city.code for city in reading.cities if city.is_behind]
    stale = [city.code for city in reading.cities if city.backup_age is None or city.backup_age > OLD]
    return [
        _check("城市应答", _named(silent, "读取不到", "全部城市都能读取"), good=not silent),
        _check("数据结构", _named(behind, "还没有升级", "全部城市都是最新版本"), good=not behind),
        _check("备份", _named(stale, "八天内没有备份", "全部城市八天内都有备份"), good=not stale),
    ]


def _named(codes: list[str], wrong: str, right: str) -> str:
    if not codes:
        return right
    more = f"等 {len(codes)} 个" if len(codes) > NAMED else ""
    return f"{'、'.join(codes[:NAMED])}{more}{wrong}"


def _disks() -> list[dict[str, Any]]:
    config = current_config()
    return [_disk("存储空间", config.storage_dir), _disk("备份目录", config.backup_dir)]


def _disk(label: str, place: Path) -> dict[str, Any]:
    """The disk of a folder, or of the nearest one above it that is there already."""
    there = next(path for path in (place, *place.parents) if path.is_dir())
    disk = shutil.disk_usage(there)
    words = f"剩余 {size_text(disk.free)}，共 {size_text(disk.total)}"
    return _check(label, words, good=disk.free > LITTLE * disk.total)


def _pools() -> dict[str, Any]:
    use = connections.usage()
    words = f"使用中 {use.in_use} 个，已打开 {use.open} 个，上限 {use.cap} 个"
    return _check("本进程到城市的连接", words, good=use.in_use < use.cap)
