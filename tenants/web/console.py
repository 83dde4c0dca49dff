"""The operators' first page: every city in numbers, and the health of the deployment."""

from typing import Any

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from tenants import facts
from tenants.facts import LastBackup
from tenants.web import overview
from tenants.web.blueprint import operators_only, platform
from tenants.web.choice import address_of
from tenants.web.frame import STATES, frame, moment_text
from tenants.web.overview import City, Health

MEGABYTE = 1024 * 1024
GIGABYTE = 1024 * MEGABYTE
SLOW_SECONDS = 300
LITTLE_DISK = 0.1
COLUMNS = (
    ("code", "代码"),
    ("name", "城市"),
    ("host", "网址"),
    ("state", "状态"),
    ("version", "数据结构版本"),
    ("users", "账号数"),
    ("cases", "案件数"),
    ("stored", "文件"),
    ("backup", "最近备份"),
    ("waiting", "待做任务"),
    ("failed", "失败任务"),
)
NUMBERS = frozenset({"users", "cases", "stored", "waiting", "failed"})


@platform.get("/ops")
@operators_only
def list_cities() -> ResponseReturnValue:
    """Show every city in numbers; nothing of any case."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - counting pushes a context.
    found, backups = overview.cities(app), facts.last_backups()
    return render_template(
        "operator/list_cities.html",
        **frame(),
        columns=[{"key": key, "label": label, "numeric": key in NUMBERS} for key, label in COLUMNS],
        rows=[_row(city, backups.get(city.ref.id)) for city in found],
        checks=_checks(overview.health(found), len(found)),
    )


def _row(city: City, last: LastBackup | None) -> dict[str, Any]:
    return {
        "code": city.ref.code,
        "name": f"{city.ref.name}（演示）" if city.ref.demo else city.ref.name,
        "host": city.host,
        "url": address_of(city.host) if city.host else None,
        "page": url_for("platform.show_city", code=city.ref.code),
        "backup": moment_text(last.at) if last else "没有",
        "state": STATES.get(city.ref.state, (city.ref.state, "neutral")),
        "version": city.version or "—",
        "is_current": city.is_current,
        "users": city.numbers.users,
        "cases": city.numbers.cases,
        "stored": f"{city.stored / MEGABYTE:,.1f} MB",
        "waiting": city.jobs.waiting,
        "failed": city.jobs.failed,
    }


def _checks(health: Health, cities: int) -> list[dict[str, Any]]:
    """The health box: each part with its fact, and whether somebody has to look."""
    queue = health.queue
    jobs = (
        f"待做 {queue.queued} 个，在做 {queue.running} 个，失败 {queue.failed} 个，最久等了 {queue.oldest_seconds} 秒"
    )
    disk = f"剩余 {health.disk_free / GIGABYTE:,.1f} GB，共 {health.disk_total / GIGABYTE:,.1f} GB"
    return [
        {"label": "数据库", "text": f"PostgreSQL {health.database}", "good": True},
        {"label": "城市应答", "text": f"{cities - health.silent} / {cities} 个城市能读取", "good": not health.silent},
        {"label": "数据结构", "text": _behind(health.behind), "good": not health.behind},
        {"label": "任务队列", "text": jobs, "good": not queue.failed and queue.oldest_seconds < SLOW_SECONDS},
        {"label": "审计封存", "text": _unsealed(health.unsealed), "good": not health.unsealed},
        {"label": "存储空间", "text": disk, "good": health.disk_free > LITTLE_DISK * health.disk_total},
    ]


def _unsealed(count: int) -> str:
    return f"{count} 个城市有记录超过两分钟没有封存，请检查 flask jobs work" if count else "全部城市的操作日志都已封存"


def _behind(count: int) -> str:
    return f"{count} 个城市还没有升级，请运行 flask tenant migrate" if count else "全部城市都是最新版本"
