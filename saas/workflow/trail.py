"""The sentences that tell anybody why a limit ends on its day and not on another."""

from collections.abc import Mapping, Sequence
from typing import Any


def event(when: str, title: str, otherwise: str, *, named: bool) -> str:
    """A step with its day; ``named`` when the step's form gives the day and it was taken on another."""
    if named and title:
        return f"“{title}”中登记的日期是{when}"
    return f"{when}{f'“{title}”' if title else otherwise}"


def started(rule: Mapping[str, Any], title: str, when: str, unit: str, *, named: bool = False) -> list[str]:
    """From when it runs, and how long; a limit of nothing is that day itself."""
    step = event(when, title, "开始", named=named)
    first = "从这时起算" if rule["unit"] == "hour" else "当天不计，从第二天起算"
    law = f"（依据：{rule['law']}）" if rule.get("law") else ""
    if rule["n"] == 0:
        return [f"{step}{law}。"]
    return [f"{step}，{first}。", f"期限为{rule['n']}{unit}{law}。"]


def paused(start: str, end: str | None, amount: str, *, counts: bool) -> str:
    """From when to when it stood still."""
    if not counts:
        return f"{start}中止时期限已经届满，不影响期限。"
    if end is None:
        return f"{start}中止计算，还没有恢复，下面的日期按今天恢复推算。"
    return f"{start}中止计算，{end}恢复，扣除{amount}。"


def extended(rule: Mapping[str, Any], amount: str) -> str:
    """By how much it was extended, and on what ground."""
    law = rule["extend"].get("law")
    return f"经批准延长{amount}{f'（依据：{law}）' if law else ''}。"


def ended(raw: str, due: str, *, provisional: bool) -> list[str]:
    """The last day, why it moved, and whether it may still move."""
    lines = []
    if raw != due:
        lines.append(f"按期限推算到{raw}，这一天不上班，顺延到之后的第一个工作日。")
    lines.append(f"因此期限到{due}为止。")
    if provisional:
        lines.append("那时的放假安排还没有公布，日期是暂算的，公布后会重新计算。")
    return lines


def later(lines: Sequence[str]) -> list[str]:
    """The second limit of a rule, whose day is not the one that counts."""
    return ["同时按另一种期限计算：", *lines, "两个日期取较早的一天。"]


def promised(rule: Mapping[str, Any], unit: str, until: str | None) -> list[str]:
    """What the office promised beside the law."""
    if until is None:
        return []
    law = rule["promise"].get("law")
    return [f"本单位承诺{rule['promise']['n']}{unit}内办结{f'（依据：{law}）' if law else ''}，到{until}为止。"]


def stopped(when: str, title: str, *, named: bool = False) -> str:
    """When the clock stopped."""
    return f"{event(when, title, '完成', named=named)}，停止计算。"


def left_text(state: str, left: int, unit: str) -> str:
    """How the limit stands in a few words."""
    over = f"{-left}{unit}" if left < 0 else ""
    return {
        "in_time": "按期完成",
        "late": f"超期{over}完成",
        "paused": f"已中止，恢复后还剩{max(left, 0)}{unit}",
        "due_today": "今天到期",
        "overdue": f"已超期{over}",
    }.get(state, f"还剩{left}{unit}")
