"""Rewards and penalties: proposed on recorded facts, decided as proposed (社区矫正法 28; 实施办法 32 to 36)."""

from collections.abc import Callable

from blueprints.corrections.facts import Facts, Values, later, latest, setting
from blueprints.corrections.measures import Measure, open_violations, supported
from saas.workflow.engine import Reason

DECIDING = "社区矫正法第二十八条"
PRAISE = f"{DECIDING}、社区矫正法实施办法第三十三条（未核对）"
GOOD = ("obeys", "repents", "studies", "serves")
TITLES = {"praise": "表扬", "admonish": "训诫", "warn": "警告", "public_security": "提请治安管理处罚"}


def measure_grounded(facts: Facts, values: Values) -> list[Reason]:
    """A measure is proposed on facts that support it; what they support is named.

    Source: 社区矫正法 28; 社区矫正法实施办法 33 to 36.
    """
    wanted = str(values.get("measure"))
    if wanted == "praise":
        return _praise(facts, values)
    found = {code: one for code, one in supported(facts).items() if code in TITLES}
    if wanted in found:
        return []
    text = f"登记的事实还不能支持“{TITLES.get(wanted, wanted)}”。{_told(list(found.values()))}"
    return [Reason("measure", text, "measure", "、".join([DECIDING, *(one.law for one in found.values())]))]


def as_proposed(measure: str) -> Callable[[Facts, Values], list[Reason]]:
    """A check that what is decided is what was proposed."""

    def check(facts: Facts, values: Values) -> list[Reason]:
        del values
        proposed = latest(facts, "propose")
        wanted = str(proposed.values.get("measure")) if proposed else ""
        if wanted == measure:
            return []
        text = (
            f"提出的建议是“{TITLES.get(wanted, '（无）')}”，不是“{TITLES[measure]}”。不同意的，请办理“不采纳奖惩建议”。"
        )
        return [Reason("measure", text, None, DECIDING)]

    return check


def _praise(facts: Facts, values: Values) -> list[Reason]:
    """Half a year, the four conditions, and no breach left open."""
    declared, months = latest(facts, "declare"), setting(facts, "praise_months")
    found = []
    if declared is None or later(declared.day, months) > facts["today"]:
        found.append(Reason("praise", f"接受社区矫正满{months}个月的，才可以给予表扬。", "measure", PRAISE))
    if open_violations(facts):
        found.append(Reason("praise", "有尚未处理的违规事实，不能给予表扬。", "measure", PRAISE))
    lacking = [name for name in GOOD if not values.get(name)]
    found += [Reason("praise", "表扬应当同时具备四项条件，请核对并勾选。", name, PRAISE) for name in lacking]
    return found


def _told(found: list[Measure]) -> str:
    if not found:
        return "请先登记违规事实和证据。"
    return "可以提出：" + "；".join(f"{one.title}（{one.why}）" for one in found) + "。"
