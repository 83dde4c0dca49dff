"""The device, and what is put before a court: only on recorded facts (社区矫正法 29, 33, 46 to 49)."""

from collections.abc import Callable, Mapping

from blueprints.corrections.facts import Facts, Values, day, entries, latest, since
from blueprints.corrections.measures import REVOKE, revocation_grounds, violations
from saas.workflow.engine import Reason

DEVICE = "社区矫正法第二十九条"
LONGEST = 3  # months for which the device may be used at a time
REVOCATION = "社区矫正法第四十六条、第四十九条"
CLOSED = ("revoked", "not_revoked", "drop_revocation")


def _breach(*kinds: str) -> Callable[[Facts], bool]:
    return lambda facts: any(one.kind in kinds for one in violations(facts))


GROUNDS: Mapping[str, tuple[str, Callable[[Facts], bool]]] = {
    "ban": ("违反人民法院禁止令", _breach("v_ban")),
    "left": ("无正当理由，未经批准离开所居住的市、县", _breach("v_left")),
    "refused": (
        "拒不按照规定报告自己的活动情况，被给予警告",
        lambda facts: _breach("v_refused")(facts) and bool(entries(facts, "warn")),
    ),
    "security": ("违反监督管理规定，被给予治安管理处罚", lambda facts: bool(entries(facts, "punished"))),
    "revoking": (
        "拟提请撤销缓刑、假释或者暂予监外执行收监执行",
        lambda facts: any(entry.action == "draft_revocation" for entry in since(facts, *CLOSED)),
    ),
}
"""The five situations of article 29, each with what must be on record."""


def monitoring_ground(facts: Facts, values: Values) -> list[Reason]:
    """The device is for the five situations of the law and for no other, each on record.

    Source: 社区矫正法 29.
    """
    found = []
    title, holds = GROUNDS.get(str(values.get("ground")), ("", lambda _facts: False))
    if not holds(facts):
        text = (
            f"没有登记“{title or '法定情形'}”的事实，不得使用电子定位装置。"
            "只有社区矫正法第二十九条规定的五种情形可以使用。"
        )
        found.append(Reason("monitoring", text, "ground", DEVICE))
    return found + monitoring_months(facts, values)


def monitoring_months(facts: Facts, values: Values) -> list[Reason]:
    """Three months at most each time.

    Source: 社区矫正法 29.
    """
    del facts
    if int(values.get("months") or 0) > LONGEST:
        return [Reason("monitoring", "使用电子定位装置的期限每次不得超过三个月。", "months", DEVICE)]
    return []


def revocation_grounded(facts: Facts, values: Values) -> list[Reason]:
    """A proposal fits the kind of measure and rests on what is on record.

    Source: 社区矫正法 46, 49; 刑法 77, 86; 刑事诉讼法 268.
    """
    kind, wanted = str(facts["data"].get("kind")), str(values.get("proposal"))
    fitting = REVOKE.get(kind)
    if fitting is None or fitting[0] != wanted:
        text = f"这名社区矫正对象可以提出的是“{fitting[1] if fitting else '（无）'}”，请核对矫正类别。"
        return [Reason("proposal", text, "proposal", REVOCATION)]
    grounds = revocation_grounds(facts)
    if values.get("ground") in grounds:
        return []
    told = f"登记的事实支持的情形是：{'；'.join(grounds.values())}。" if grounds else "请先登记违规事实、处罚和证据。"
    text = f"登记的事实还不能支持以所选情形{fitting[1]}。{told}"
    return [Reason("proposal", text, "ground", fitting[2])]


def arrest_grounded(facts: Facts, values: Values) -> list[Reason]:
    """Arrest is asked for while revoking probation or parole is.

    Source: 社区矫正法 47.
    """
    del values
    if facts["data"].get("kind") in {"probation", "parole"}:
        return []
    text = "提请逮捕只适用于被提请撤销缓刑、撤销假释的社区矫正对象。"
    return [Reason("arrest", text, None, "社区矫正法第四十七条")]


def evidence_kept(facts: Facts, values: Values) -> list[Reason]:
    """What is put before another body goes there with its evidence.

    Source: 社区矫正法 28, 46, 49.
    """
    del values
    if "evidence" in facts["file_categories"]:
        return []
    text = "请先在“材料”中上传证据材料（笔录、照片、定位记录等），再提出建议。"
    return [Reason("evidence", text, None, REVOCATION)]


def ruling_dates(facts: Facts, values: Values) -> list[Reason]:
    """A ruling follows the proposal to revoke or to imprison.

    Source: 社区矫正法 48, 49.
    """
    return _after(facts, values, "submit_revocation", "社区矫正法第四十八条、第四十九条")


def _after(facts: Facts, values: Values, proposal: str, law: str) -> list[Reason]:
    proposed = latest(facts, proposal)
    asked, ruled = day(proposed.values.get("submitted_on")) if proposed else None, day(values.get("ruled_on"))
    if asked and ruled and ruled < asked:
        return [Reason("dates", "裁定日期不能早于提出建议的日期，请核对。", "ruled_on", law)]
    return []


def commutation_open(facts: Facts, values: Values) -> list[Reason]:
    """A ruling answers a proposal that waits for one.

    Source: 社区矫正法 33.
    """
    if _waiting(facts):
        return _after(facts, values, "propose_commutation", "社区矫正法第三十三条")
    return [Reason("commutation", "没有待裁定的减刑建议。", None, "社区矫正法第三十三条")]


def no_commutation_open(facts: Facts, values: Values) -> list[Reason]:
    """One proposal waits at a time.

    Source: 社区矫正法 33.
    """
    del values
    if not _waiting(facts):
        return []
    return [Reason("commutation", "已有一件减刑建议在等待裁定。", None, "社区矫正法第三十三条")]


def _waiting(facts: Facts) -> bool:
    last = latest(facts, "propose_commutation", "commuted", "not_commuted")
    return last is not None and last.action == "propose_commutation"


def found_after_lost(facts: Facts, values: Values) -> list[Reason]:
    """Nobody is found before being lost.

    Source: 社区矫正法 30.
    """
    lost = latest(facts, "lose")
    went, came = day(lost.values.get("lost_on")) if lost else None, day(values.get("found_on"))
    if went and came and came < went:
        return [Reason("dates", "到案日期不能早于失去联系的日期，请核对。", "found_on", "社区矫正法第三十条")]
    return []
