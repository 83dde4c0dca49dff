"""The platform's record and its tasks, in words for operators."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from tenants.data import actions as whole
from tenants.facts import Told
from tenants.lifecycle import actions as life
from tenants.models import Task
from tenants.people import LINKED
from tenants.tasks.kinds import TITLES, Kind
from tenants.web.frame import moment_text, size_text, who

DOINGS = {"asked": "提出", "done": "完成", "failed": "没有完成"}
EVENTS: Mapping[str, str] = {
    **life.TITLES,
    **whole.TITLES,
    "tenant.created": "开通",
    "tenant.move_began": "开始搬迁",
    LINKED: "给首位管理员发链接",
    **{f"task.{kind}.{doing}": f"{title}：{word}" for kind, title in TITLES.items() for doing, word in DOINGS.items()},
}
DETAILS = {
    "before": "原来",
    "after": "现在",
    "host": "网址",
    "notice": "提示语",
    "server": "服务器",
    "file": "文件",
    "username": "账号",
    "users": "账号上限",
    "connections": "连接上限",
    "jobs": "任务上限",
}
TASK_STATES = {
    "waiting": ("排队中", "info"),
    "running": ("进行中", "info"),
    "done": ("完成", "success"),
    "failed": ("没有完成", "danger"),
}


def event_row(event: Told, names: Mapping[str, str]) -> dict[str, Any]:
    """An entry of the record as a row of the table."""
    told = [f"{label}：{event.detail[name]}" for name, label in DETAILS.items() if event.detail.get(name) is not None]
    return {
        "at": moment_text(event.at),
        "what": EVENTS.get(event.action, event.action),
        "by": who(event.by, names),
        "detail": "；".join(told) or "—",
    }


def task_row(task: Task, names: Mapping[str, str]) -> dict[str, Any]:
    """A task as a row of the table."""
    return {
        "title": TITLES.get(task.kind, task.kind),
        "url": url_for("platform.show_task", task=task.id),
        "city": task.city or "（已注销）",
        "state": TASK_STATES[task.state],
        "by": who(task.asked_by, names),
        "asked": moment_text(task.asked_at),
        "finished": moment_text(task.finished_at),
    }


def result_rows(task: Task) -> list[dict[str, Any]]:
    """What a finished task brought, in numbers and names of files."""
    told = task.result
    rows: list[tuple[str, Any]] = [
        ("文件", told.get("file")),
        ("文件夹（在备份目录里）", told.get("folder")),
        ("大小", size_text(told["size"]) if "size" in told else None),
        ("记录数", told.get("rows")),
        ("文件数", told.get("files")),
        ("已损坏、没有备份的文件", told.get("damaged") or None),
        ("找不到或已损坏的文件", told.get("missing") or None),
        ("停止提交的时间", f"{told['seconds']} 秒" if "seconds" in told else None),
        ("现在的服务器", told.get("server")),
        ("现在的版本", told.get("version")),
        ("注销证明的校验码（SHA-256）", told.get("digest")),
        ("性质", ("副本" if told["copy"] else "原城市") if task.kind == Kind.RESTORE and "copy" in told else None),
    ]
    return [{"label": label, "value": value} for label, value in rows if value is not None]
