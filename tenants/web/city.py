"""The page of one city: how it is, in numbers and words, and what can be done to it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from saas.config import current_config
from saas.db.session import TenantRef
from tenants import facts, people, placement
from tenants.facts import Facts
from tenants.histories import TENANT
from tenants.observing import queues
from tenants.people import Awaited
from tenants.tasks import shelf
from tenants.web import overview, wording
from tenants.web.acts import ACTS, QUOTAS
from tenants.web.blueprint import operators_only, platform
from tenants.web.choice import address_of
from tenants.web.frame import STATES, frame, moment_text, size_text, who

NEWEST = 30
SHOWN_TASKS = 10
TWO = 2
SHUT = frozenset({"read_only", "suspended"})
EVENT_COLUMNS = (
    {"key": "at", "label": "时间"},
    {"key": "what", "label": "事项"},
    {"key": "by", "label": "经办"},
    {"key": "detail", "label": "说明"},
)
TASK_COLUMNS = (
    {"key": "title", "label": "工作"},
    {"key": "state", "label": "状态"},
    {"key": "by", "label": "提出"},
    {"key": "asked", "label": "提出时间"},
    {"key": "finished", "label": "结束时间"},
)


@platform.get("/ops/cities/<code>")
@operators_only
def show_city(code: str) -> ResponseReturnValue:
    """Show a city in numbers; nothing of any case."""
    city = facts.read(code)
    names = facts.operator_names()
    return render_template(
        "operator/show_city.html",
        **frame(),
        city=city.ref,
        url=address_of(city.hosts[0]) if city.hosts else None,
        state=STATES.get(city.ref.state, (city.ref.state, "neutral")),
        summary=_summary(city, names),
        quotas=_quotas(city.ref),
        deletion=_deletion(city, names),
        awaited=_awaited(city.ref),
        acts=_acts(city),
        backups=[{"name": kept.name, "size": size_text(kept.size)} for kept in shelf.list_backups(code)],
        tasks=[wording.task_row(task, names) for task in facts.list_tasks(code, SHOWN_TASKS)],
        task_columns=TASK_COLUMNS,
        events=[wording.event_row(event, names) for event in facts.list_events(city.ref.id, NEWEST)],
        event_columns=EVENT_COLUMNS,
    )


def _summary(city: Facts, names: Mapping[str, str]) -> list[dict[str, Any]]:
    ref = city.ref
    numbers = overview.count(current_app._get_current_object(), ref)  # type: ignore[attr-defined]  # noqa: SLF001 - counting pushes a context.
    waiting = queues.waiting(current_config()).get(ref.schema, queues.Waiting(ref.schema, 0, 0))
    current = "最新" if ref.version == TENANT.head else "待升级"
    unread = "读取不到"
    rows = (
        ("代码", ref.code),
        ("网址", "、".join(city.hosts) or "没有"),
        ("行政区划", ref.division),
        ("性质", "演示，人员和案件都是虚构的" if ref.demo else "正式"),
        ("开通时间", moment_text(city.created_at)),
        ("提示语", ref.notice or "没有"),
        ("数据库服务器", ref.server),
        ("数据结构版本", f"{ref.version or '—'}（{current}）"),
        ("账号数", unread if numbers.users is None else numbers.users),
        ("案件数", unread if numbers.cases is None else numbers.cases),
        ("文件占用", size_text(overview.stored(ref))),
        ("排队任务", f"待做 {waiting.waiting} 个，失败 {waiting.failed} 个"),
        ("最近备份", _last_backup(ref, names)),
    )
    return [{"label": label, "value": value} for label, value in rows]


def _last_backup(ref: TenantRef, names: Mapping[str, str]) -> str:
    last = facts.last_backups().get(ref.id)
    if last is None:
        return "还没有备份过，请尽快备份"
    return f"{moment_text(last.at)}，{size_text(last.size)}，{who(last.by, names)}"


def _quotas(ref: TenantRef) -> list[dict[str, Any]]:
    limits = asdict(ref.limits)
    return [
        {"label": label, "value": "不限" if limits[name] is None else f"{limits[name]} {unit}"}
        for name, label, unit in QUOTAS
    ]


def _deletion(city: Facts, names: Mapping[str, str]) -> dict[str, str] | None:
    if city.deletion_by is None or city.deletion_at is None:
        return None
    until = city.deletion_at + timedelta(days=current_config().deletion_wait_days)
    return {
        "by": who(city.deletion_by, names),
        "at": moment_text(city.deletion_at),
        "until": moment_text(until),
    }


def _awaited(ref: TenantRef) -> Awaited | None:
    """Who has not come yet; nobody where the city cannot be asked."""
    try:
        return people.find_awaited(ref)
    except SQLAlchemyError:
        return None


def _acts(city: Facts) -> list[dict[str, Any]]:
    """The acts that make sense now; one that does not is refused in words should it be asked for all the same."""
    shut, ending = city.ref.state in SHUT, city.deletion_by is not None
    hidden = {
        "resume": not shut,
        "remove-host": len(city.hosts) < TWO,
        "migrate": city.ref.version == TENANT.head,
        "move": len(placement.list_places()) < TWO,
        "ask-deletion": ending,
        "withdraw-deletion": not ending or city.ref.state == "deleting",
        "confirm-deletion": not ending,
    }
    return [
        {
            "title": act.title,
            "url": url_for("platform.show_act", code=city.ref.code, name=name),
            "is_grave": act.is_grave,
        }
        for name, act in ACTS.items()
        if not hidden.get(name)
    ]
