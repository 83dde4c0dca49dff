"""What the verification of a dossier found, as pages draw it."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from saas import clock

NO_FILE = ("file", "请选择要核验的卷宗文件（PDF）。")


def shown(found: Mapping[str, Any], more: Mapping[str, str | None] = MappingProxyType({})) -> dict[str, Any]:
    """The verdict with its facts as label and value; ``more`` are further facts by their labels."""
    moment = found["exported_at"]
    facts = {
        "案件编号": found["number"],
        "页数": f"{found['pages']} 页" if found["pages"] is not None else None,
        **more,
        "导出人": found["exported_by"],
        "导出时间": f"{clock.local(datetime.fromisoformat(moment)):%Y-%m-%d %H:%M}" if moment else None,
        "文件的校验码（SHA-256）": found["digest"],
    }
    rows = [{"label": label, "value": value} for label, value in facts.items() if value]
    return {"ok": found["ok"], "problems": found["problems"], "rows": rows}
