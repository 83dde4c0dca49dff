"""How the record is sealed and verified, as its page draws it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from saas import clock
from saas.audit.models import AuditVerification
from saas.dossier.proofs import Proof
from saas.oversight.queries import Standing

COLUMNS = (
    {"key": "time", "label": "核验时间"},
    {"key": "who", "label": "核验人"},
    {"key": "verdict", "label": "结果"},
    {"key": "events", "label": "记录", "numeric": True},
    {"key": "seals", "label": "封印", "numeric": True},
    {"key": "seconds", "label": "用时（秒）", "numeric": True},
)


def facts(found: Standing) -> list[dict[str, Any]]:
    """What is known of the seals, as label and value."""
    sealed = f"第 {found.seal} 号，{_time(found.sealed_at)}" if found.sealed_at else "还没有封存过"
    waiting = f"{found.waiting} 条"
    if found.alarm:
        waiting += f"，最早的已经等了 {found.oldest_seconds // 60} 分钟：封存可能停了，请联系运维人员检查后台服务"
    outside = f"有 {found.unanchored} 个封印等待存证，稍后自动重试" if found.unanchored else "全部封印都已存证"
    return [
        {"label": "最近的封印", "value": sealed},
        {"label": "等待封存的记录", "value": waiting},
        {"label": "库外存证", "value": outside},
    ]


def newest(kept: Sequence[AuditVerification]) -> dict[str, Any] | None:
    """The verification made last, with its sentences; None where there is none."""
    if not kept:
        return None
    result = kept[0].result
    return {
        "ok": kept[0].ok,
        "time": _time(kept[0].made_at),
        "events": f"{result['events']:,}",
        "seals": f"{result['seals']:,}",
        "anchors": f"{result['anchors']:,}",
        "total": result["total"],
        "sentences": [finding["sentence"] for finding in result["findings"]],
        "notes": result["notes"],
    }


def row(kept: AuditVerification) -> dict[str, Any]:
    """A verification as a line of the list."""
    return {
        "time": _time(kept.made_at),
        "who": kept.actor_name,
        "verdict": "完整" if kept.ok else f"发现 {kept.result['total']} 处问题",
        "events": f"{kept.result['events']:,}",
        "seals": f"{kept.result['seals']:,}",
        "seconds": f"{kept.result['seconds']:.2f}",
    }


def _time(moment: datetime) -> str:
    return f"{clock.local(moment):%Y-%m-%d %H:%M:%S}"


def proof_text(found: Proof | None) -> str | None:
    """How the entry of an export is proven, in words; nothing where the file is no export."""
    if found is None:
        return None
    if found.seal is None:
        return "还没有封存，很快就会封存"
    return f"第 {found.seal} 号封印，" + ("已在库外存证" if found.is_anchored else "等待库外存证")
