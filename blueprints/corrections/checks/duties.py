"""What a class has to do each month, by the city's table, and whether it was done (社区矫正法 23, 24, 28)."""

from collections.abc import Mapping
from datetime import date

from blueprints.corrections.facts import Facts, Values, day, entries, later, latest, setting, since
from saas.workflow.engine import Reason

CLASSES = ("strict", "ordinary", "loose")
DUTIES = {
    "reports": "报告（次）",
    "talks": "个别教育（次）",
    "study": "教育学习（小时）",
    "service": "公益活动（小时）",
}
CLASSIFYING = "社区矫正法第二十四条、本省分类管理规定（未核对）"
BAD = ("warn", "suggest_security", "punished")
TWICE = 2
DAYS_OF_MONTH = 30


def duties(facts: Facts, kind: str) -> dict[str, int]:
    """The monthly duties of a class as the city set them: ``reports=4,talks=4,study=12,service=12``."""
    pairs = (part.split("=") for part in str(setting(facts, f"{kind}_duties")).split(","))
    return {name: int(count) for name, count in pairs}


def done(facts: Facts) -> dict[str, int]:
    """What was done since the last assessment, or since the declaration."""
    month = since(facts, "declare", "assess")
    hours = {
        name: sum(int(one.values.get("hours") or 0) for one in month if one.action == name)
        for name in ("study", "service")
    }
    reports, talks = (sum(one.action == name for one in month) for name in ("report", "talk"))
    return {"reports": reports, "talks": talks, **hours}


def shortfall(facts: Facts) -> dict[str, tuple[int, int]]:
    """Each duty that was not met: what was done, and what the class wants for the time passed."""
    wanted, had = duties(facts, str(facts["data"].get("class") or "strict")), done(facts)
    if facts["data"].get("unfit"):
        wanted = {**wanted, "service": 0}
    share = _share(facts)
    return {name: (had[name], int(count * share)) for name, count in wanted.items() if had[name] < int(count * share)}


def duties_met(facts: Facts, values: Values) -> list[Reason]:
    """Nobody passes whose duties of the class were not met; each one is named.

    Source: 社区矫正法 23, 28; the city's table.
    """
    if values.get("result") != "pass":
        return []
    lacking = "；".join(f"{DUTIES[name]} {had}，应当 {count}" for name, (had, count) in shortfall(facts).items())
    if not lacking:
        return []
    text = f"按管理类别的要求还没有做到：{lacking}。请补登记录，或者评为不合格并写明原因。"
    return [Reason("duties", text, "result", "社区矫正法第二十三条、第二十八条")]


def class_grounded(facts: Facts, values: Values) -> list[Reason]:
    """Strict supervision where the provincial rule wants it, an easy class only after a good time.

    Source: 社区矫正法 24, 34; a provincial rule (a city's settings).
    """
    why = _strict(facts, values)
    if why and values.get("class") != "strict":
        return [Reason("class", f"{why}，应当实行严管。", "class", CLASSIFYING)]
    if values.get("class") == "loose" and not _served(facts, setting(facts, "loose_months")):
        months = setting(facts, "loose_months")
        return [Reason("class", f"入矫满{months}个月、表现良好的，才可以实行宽管。", "class", CLASSIFYING)]
    return []


def _strict(facts: Facts, values: Values) -> str:
    """Why somebody is under strict supervision, or nothing."""
    checks: Mapping[str, bool] = {
        f"入矫不满{setting(facts, 'strict_months')}个月": not _served(facts, setting(facts, "strict_months")),
        "评估为高风险": values.get("risk") == "high",
        "受到两次以上训诫": len(entries(facts, "admonish")) >= TWICE,
        "受到警告或者治安管理处罚": bool(entries(facts, *BAD)),
        "月度考核不合格": _failed(facts),
    }
    return next((why for why, holds in checks.items() if holds), "")


def _served(facts: Facts, months: int) -> bool:
    declared = latest(facts, "declare")
    return declared is not None and later(declared.day, months) <= facts["today"]


def _failed(facts: Facts) -> bool:
    last = latest(facts, "assess")
    return last is not None and last.values.get("result") == "fail"


def _share(facts: Facts) -> float:
    """How much of a month has passed since the last assessment or the declaration; one at most."""
    last = latest(facts, "declare", "assess")
    began: date = last.day if last else facts["today"]
    return min(1.0, ((day(facts["today"]) or began) - began).days / DAYS_OF_MONTH)
