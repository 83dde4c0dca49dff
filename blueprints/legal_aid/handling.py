"""Checks from the assignment of a lawyer to the archive: pure, each with its article."""

from blueprints.legal_aid import means
from blueprints.legal_aid.codes import SUBSIDIES
from blueprints.legal_aid.facts import Facts, Values, day, setting, stored
from saas.workflow.engine import Reason

GRAVE = {"life", "death", "death_review", "grave"}
YEARS = 3
PROVEN = {"deceit", "conceal", "misuse"}
GIVING = {"assign", "change"}


def three_years(facts: Facts, values: Values) -> list[Reason]:
    """Who may face life or death is defended by a lawyer of three years' practice.

    Source: 法律援助法 26.
    """
    if not {stored(facts, name) for name in ("gravest", "situation", "stage")} & GRAVE:
        return []
    if int(values.get("practice_years") or 0) >= YEARS:
        return []
    text = "可能被判处无期徒刑、死刑的人以及死刑复核案件的被告人，应当指派具有三年以上相关执业经历的律师。"
    return [Reason("three_years", text, "practice_years", "法律援助法第二十六条")]


def minor_lawyer(facts: Facts, values: Values) -> list[Reason]:
    """A minor is given somebody who knows minors.

    Source: 未成年人保护法 104.
    """
    is_minor = "minor" in (stored(facts, "categories") or ()) or stored(facts, "situation") == "minor"
    if not is_minor or values.get("knows_minors"):
        return []
    text = "受援人是未成年人，应当指派熟悉未成年人身心特点的律师。"
    return [Reason("minor", text, "knows_minors", "未成年人保护法第一百零四条")]


def another_lawyer(facts: Facts, values: Values) -> list[Reason]:
    """A change gives the case to somebody else.

    Source: 法律援助法 55.
    """
    given = [entry.values.get("handler") for entry in facts["case.log"] if entry.action in GIVING]
    if given and str(given[-1]) == str(values.get("handler")):
        return [Reason("same", "新的承办人和原承办人是同一人，请另选承办人。", "handler", "法律援助法第五十五条")]
    return []


def agreement_written(facts: Facts, values: Values) -> list[Reason]:
    """The agreement between who is aided and who aids is in writing.

    Source: 办理法律援助案件程序规定.
    """
    del facts
    if values.get("agreement_form") == "written":
        return []
    text = "委托代理、辩护协议应当采取书面形式，口头约定不能作为承办的依据，请签订书面协议后登记。"
    return [Reason("written", text, "agreement_form", "办理法律援助案件程序规定（司法部令第148号）")]


def termination(facts: Facts, values: Values) -> list[Reason]:
    """What is held against who is aided is proved; only who cheated pays for it.

    Source: 法律援助法 48.
    """
    del facts
    ground, law, found = values.get("termination_ground"), "法律援助法第四十八条", []
    if ground in PROVEN and not str(values.get("termination_proof") or "").strip():
        text = "因受援人欺骗、隐瞒、违法而终止的，须写明证据。"
        found.append(Reason("proof", text, "termination_proof", law))
    if values.get("must_pay") and ground != "deceit":
        text = "只有以欺骗或者其他不正当手段获得法律援助的，才要求支付已实施法律援助的费用。"
        found.append(Reason("pay", text, "must_pay", law))
    return found


def papers_complete(facts: Facts, values: Values) -> list[Reason]:
    """Aid that came first is not finished without its papers.

    Source: 法律援助法 44.
    """
    del values
    if "urgent" in facts["case.flags"]:
        text = "本件是先行提供的法律援助，还没有登记补办手续，请先补办。"
        return [Reason("papers", text, None, "法律援助法第四十四条")]
    return []


def finish_dates(facts: Facts, values: Values) -> list[Reason]:
    """Nothing is finished before it was begun.

    Source: 法律援助法 50.
    """
    begun = day(stored(facts, "agreed_on")) or day(stored(facts, "first_met_on"))
    finished = day(values.get("finished_on"))
    if begun and finished and finished < begun:
        text = "办结日期不能早于签订协议、首次会见的日期，请核对。"
        return [Reason("dates", text, "finished_on", "法律援助法第五十条")]
    return []


def submit_dates(facts: Facts, values: Values) -> list[Reason]:
    """The file is handed in after the case was finished.

    Source: 法律援助法 50.
    """
    finished, submitted = day(stored(facts, "finished_on")), day(values.get("submitted_on"))
    if finished and submitted and submitted < finished:
        text = "提交日期不能早于办结日期，请核对。"
        return [Reason("dates", text, "submitted_on", "法律援助法第五十条")]
    return []


def subsidy(facts: Facts, values: Values) -> list[Reason]:
    """A subsidy is what the city's table says, or says why it is not.

    Source: 法律援助法 52.
    """
    rates = {code: setting(facts, f"subsidy_{code}") for code, _ in SUBSIDIES}
    count, amount = int(values.get("subsidy_count") or 1), int(values.get("subsidy_amount") or 0)
    wanted = means.subsidy(str(values.get("subsidy_kind")), count, rates)
    if values.get("subsidy_adjusted") or wanted is None or amount == wanted:
        return []
    text = f"按本市补贴标准应为{means.yuan(wanted)}；按规定增减的，请勾选“按规定增减”并写明理由。"
    return [Reason("subsidy", text, "subsidy_amount", "法律援助法第五十二条")]


def volume_complete(facts: Facts, values: Values) -> list[Reason]:
    """A file is archived with an ID copy of who is aided in it.

    Source: 法律援助法 50.
    """
    del values
    if "identity" in facts["case.file_categories"]:
        return []
    text = "卷内缺少“身份证明”。请先在“材料”中上传，再归档。"
    return [Reason("volume", text, None, "法律援助法第五十条")]
