"""The investigation before a sentence (社区矫正法 18)."""

from blueprints.corrections.facts import Facts, Values, day, entries
from saas.workflow.engine import Reason

ASKING = "社区矫正法第十八条"
TWO = 2


def two_investigators(facts: Facts, values: Values) -> list[Reason]:
    """Two people investigate at least.

    Source: 社区矫正法 18; 社区矫正法实施办法 14.
    """
    del facts
    names = {name.strip() for name in str(values.get("investigators") or "").split("、") if name.strip()}
    if len(names) >= TWO:
        return []
    text = "调查人员不得少于二人，请写明全部姓名，用顿号分开。"
    return [Reason("two_investigators", text, "investigators", f"{ASKING}、社区矫正法实施办法第十四条（未核对）")]


def surveyed(facts: Facts, values: Values) -> list[Reason]:
    """An opinion rests on the home and on what the neighbourhood says.

    Source: 社区矫正法 18 (社会危险性和对所居住社区的影响).
    """
    del values
    seen = {entry.values.get("survey_of") for entry in entries(facts, "survey")}
    needed = {"residence": "居所、家庭和社会关系", "community": "对所居住社区的影响、村居意见"}
    lacking = [title for code, title in needed.items() if code not in seen]
    if not lacking:
        return []
    return [Reason("survey", f"还没有登记走访：{'；'.join(lacking)}。请补充调查后再评议。", None, ASKING)]


def delivered_after_received(facts: Facts, values: Values) -> list[Reason]:
    """An opinion is not delivered before it was asked for.

    Source: 社区矫正法 18.
    """
    received, delivered = day(facts["data"].get("received_on")), day(values.get("delivered_on"))
    if received and delivered and delivered < received:
        return [Reason("dates", "送达日期不能早于收到委托的日期，请核对。", "delivered_on", ASKING)]
    return []
