"""When it is over, and whether the file is whole (社区矫正法 44; 实施办法 18, 53)."""

from blueprints.corrections.facts import Facts, Values, day, entries
from saas.workflow.engine import Reason

RELEASE = "社区矫正法第四十四条"


def term_over(facts: Facts, values: Values) -> list[Reason]:
    """Nobody is released before the term is over, nor without the own summary.

    Source: 社区矫正法 44; 社区矫正法实施办法 53.
    """
    ends, released = day(facts["data"].get("term_until")), day(values.get("released_on"))
    found = []
    if not ends:
        text = "还没有登记矫正期限，不能解除。请先登记报到、建档。"
        found.append(Reason("term", text, None, RELEASE))
    if ends and released and released < ends:
        text = f"矫正期限到{ends:%Y年%m月%d日}届满，不能提前解除。"
        found.append(Reason("term", text, "released_on", RELEASE))
    if not entries(facts, "summary"):
        law = f"{RELEASE}、社区矫正法实施办法第五十三条（未核对）"
        found.append(Reason("summary", "还没有登记个人总结，请先登记。", None, law))
    return found


def papers_kept(facts: Facts, values: Values) -> list[Reason]:
    """A file is archived with the papers it rests on.

    Source: 社区矫正法 22; 社区矫正法实施办法 18.
    """
    del values
    if "papers" in facts["file_categories"]:
        return []
    text = "卷内缺少“法律文书、来函”。请先在“材料”中上传判决书、委托函或者释放证明等，再归档。"
    return [Reason("volume", text, None, "社区矫正法第二十二条")]
