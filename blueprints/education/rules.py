"""What is checked in legal education: pure checks of facts and entries, each with its source."""

import re
from collections.abc import Mapping
from typing import Any

from blueprints.education.codes import GRADES, LEVELS
from saas.workflow.engine import Reason

Facts = Mapping[str, Any]
Values = Mapping[str, Any]

BAR = re.compile(r"\s*[｜|]\s*")
COLUMNS = 4
CRITERIA = ("duty", "study", "activities", "cases", "evidence")
"""Twenty, twenty, thirty, fifteen and fifteen points: a suggestion, no text prescribes them."""
GRADED = (("excellent", 90), ("good", 75), ("qualified", 60), ("unqualified", 0))
PASSED = 60
DUTY = "法治宣传教育法第九条"
OWN = "本单位工作要求"


def split_items(text: str | None) -> list[list[str]]:
    """The lines of a list of responsibility as their columns, as many as were written."""
    return [BAR.split(line.strip()) for line in (text or "").splitlines() if line.strip()]


def list_items(facts: Facts, values: Values) -> list[Reason]:
    """Every line of a list or of a change asked for names four things: when or what, the law, who leads, which office.

    Source: 法治宣传教育法 9; columns as lists published by 遂宁 have them.
    """
    del facts
    found = []
    field = "proposed" if "proposed" in values else "items"
    for place, columns in enumerate(split_items(values.get(field)), 1):
        if len(columns) != COLUMNS or not all(columns):
            text = f"第 {place} 行没有写全：每项四栏，用“｜”隔开，不能留空。"
            found.append(Reason("items", text, field, DUTY))
    return found


def total_of(values: Values) -> int:
    """The points of an evaluation, 100 at most."""
    return sum(int(values.get(name) or 0) for name in CRITERIA)


def grade_of(total: int) -> str:
    """The grade that so many points give."""
    return next(code for code, least in GRADED if total >= least)


def evaluation(facts: Facts, values: Values) -> list[Reason]:
    """The grade is the one the points give, and what is not good enough is named.

    Source: 法治宣传教育法 9; the steps of grades are a suggestion.
    """
    del facts
    total = total_of(values)
    right = grade_of(total)
    found = []
    if values.get("grade") != right:
        text = f"总分 {total} 分，等次应当是“{dict(GRADES)[right]}”，请核对得分和等次。"
        found.append(Reason("grade", text, "grade", DUTY))
    if total < PASSED and not values.get("to_rectify"):
        text = f"总分不足 {PASSED} 分的，请写明需要整改的问题。"
        found.append(Reason("rectify", text, "to_rectify", DUTY))
    return found


def nothing_to_rectify(facts: Facts, values: Values) -> list[Reason]:
    """What has to be put right is ordered to be put right.

    Source: 法治宣传教育法 9; circulation after evaluation as 保定市 has it.
    """
    del values
    if not facts["case.to_rectify"]:
        return []
    return [Reason("rectify", "评议发现了需要整改的问题，请改办“通报并要求整改”。", None, DUTY)]


def counts(facts: Facts, values: Values) -> list[Reason]:
    """Copies belong to kinds of material, and kinds to copies.

    Source: the office's own requirement for figures.
    """
    del facts
    kinds, copies = int(values.get("material_kinds") or 0), int(values.get("material_copies") or 0)
    if bool(kinds) == bool(copies):
        return []
    text = "发放资料的种类和份数应当同时填写；没有发放的都填 0。"
    return [Reason("counts", text, "material_kinds" if copies else "material_copies", OWN)]


def photographs(facts: Facts, values: Values) -> list[Reason]:
    """What an event achieved is not confirmed without a photograph of it.

    Source: the office's own requirement.
    """
    del values
    if "photo" in facts["case.file_categories"]:
        return []
    return [Reason("photo", "还没有活动照片，请在“材料”中上传，或者退回补充。", None, OWN)]


def naming(facts: Facts, values: Values) -> list[Reason]:
    """Nothing is named above the level applied for, nor with too few points.

    Source: the office's own requirement.
    """
    order = [code for code, _ in LEVELS]
    applied, level, points = facts["case.level_applied"], values.get("level"), facts["case.points"]
    found = []
    if applied in order and level in order and order.index(level) < order.index(applied):
        text = "命名的级别不能高于申报的级别，请另行申报。"
        found.append(Reason("level", text, "level", OWN))
    if points is not None and points < PASSED:
        found.append(Reason("points", f"评审得分不足 {PASSED} 分，请办理“不予命名”。", None, OWN))
    return found


def kept(facts: Facts, values: Values) -> list[Reason]:
    """What was found fit to be removed is not kept without a word.

    Source: the office's own requirement.
    """
    if facts["case.found"] != "removed" or values.get("reason"):
        return []
    return [Reason("kept", "复核建议撤销的，保留命名请写明理由。", "reason", OWN)]


def facts_of(case: Mapping[str, Any] | None, values: Values) -> dict[str, Any]:
    """What the checks above ask of a case; ``case`` is None while one is being opened."""
    del values
    known = case or {"data": {}, "file_categories": []}
    data = known["data"]
    return {
        "case.file_categories": known["file_categories"],
        "case.to_rectify": bool(data.get("to_rectify")),
        "case.level_applied": data.get("level_applied"),
        "case.points": data.get("points"),
        "case.found": data.get("found"),
        "case.group_sessions": int(data.get("group_sessions") or 0),
        "case.group_hours": int(data.get("group_hours") or 0),
        "case.officials": int(data.get("officials") or 0),
        "case.officials_reached": int(data.get("officials_reached") or 0),
    }
