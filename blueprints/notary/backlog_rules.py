"""What is forbidden where one office helps another with its backlog: pure checks, each with its source."""

from datetime import date

from blueprints.notary.rules import Facts, Values
from saas.workflow.engine import Reason

ACCEPTING = "公证程序规则第四条"
PLAN = "协助工作方案"
EXPLAINED = 5


def helping_office(facts: Facts, values: Values) -> list[Reason]:
    """No office helps itself, and help ends after it began.

    Source: the plan two offices make.
    """
    found = []
    if str(values.get("helping_office") or "").strip() == facts["case.unit"]:
        text = "协助的公证机构不能是受理公证机构自己。"
        found.append(Reason("office", text, "helping_office", PLAN))
    begins, ends = (values.get(name) for name in ("help_from", "help_until"))
    if begins and ends and date.fromisoformat(str(ends)) < date.fromisoformat(str(begins)):
        found.append(Reason("dates", "计划完成日期不能早于开始日期，请核对。", "help_until", PLAN))
    return found


def handover(facts: Facts, values: Values) -> list[Reason]:
    """Matters go over while certificates stay in the name of the office that accepted them.

    Source: 公证程序规则 4.
    """
    found = []
    if not values.get("kept_name"):
        text = "移交或者联合承办的，公证书仍应当以受理公证机构的名义出具。"
        found.append(Reason("name", text, "kept_name", ACCEPTING))
    handed = int(values.get("handed_count") or 0)
    if handed > int(facts["case.backlog_count"] or 0):
        found.append(Reason("count", "移交的件数不能超过认定的积压件数。", "handed_count", PLAN))
    if handed < int(facts["case.handed_count"] or 0):
        found.append(Reason("count", "这里填写累计件数，不能少于以前登记的件数。", "handed_count", PLAN))
    return found


def progress(facts: Facts, values: Values) -> list[Reason]:
    """No more are done than were handed over, and never fewer than before.

    Source: the plan two offices make.
    """
    done = int(values.get("done_count") or 0)
    if done > int(facts["case.handed_count"] or 0):
        return [Reason("count", "办结的件数不能超过移交的件数。", "done_count", PLAN)]
    if done < int(facts["case.done_count"] or 0):
        return [Reason("count", "这里填写累计件数，不能少于以前登记的件数。", "done_count", PLAN)]
    return []


def finished(facts: Facts, values: Values) -> list[Reason]:
    """What of the backlog is not done is accounted for.

    Source: the plan two offices make.
    """
    rest = int(facts["case.backlog_count"] or 0) - int(values.get("done_count") or 0)
    if rest > 0 and len(str(values.get("rest_text") or "").strip()) < EXPLAINED:
        return [Reason("rest", f"还有 {rest} 件没有办结，请写明怎样处理。", "rest_text", PLAN)]
    return []


def written_off(facts: Facts, values: Values) -> list[Reason]:
    """Just what was done is written off.

    Source: the plan two offices make.
    """
    done = int(facts["case.done_count"] or 0)
    if int(values.get("written_off") or 0) == done:
        return []
    return [Reason("count", f"核销件数应当等于办结件数（{done} 件），请核对。", "written_off", PLAN)]
