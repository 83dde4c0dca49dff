"""A case at the limits of what people enter: thirty applicants, names of thirty characters, rare ones, long texts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from blueprints.legal_aid.documents.sample import CASE, PARTIES, SNAPSHOT, STEPS
from blueprints.legal_aid.documents.sample_duty import SNAPSHOT as DUTY

LONG_NAME = "阿卜杜热合曼买买提艾合买提江吐尔逊古丽米热依木江阿不都拉木提力"[:30]
LONG_TEXT = "当事人陈述事情经过，时间、地点、人物和原因都说得很细，包括每一次来往的数额和票据。" * 75
NAMES = [LONG_NAME, "李䶮", "欧阳娜娜", *(f"工友{'甲乙丙丁戊己庚辛壬'[at % 9]}{at}" for at in range(27))]
# The longest answers that the steps take (blueprints/legal_aid/fields).
LONGEST: dict[str, int] = {
    **dict.fromkeys(("facts", "outcome_detail", "process_detail", "report_content", "answer", "help_opinion"), 3000),
    **dict.fromkeys(("gaps", "summary", "change_reason", "termination_detail", "question", "closing_report"), 2000),
    **dict.fromkeys(("objection_reason", "objection_findings", "objection_grounds"), 2000),
    **dict.fromkeys(("review_opinion", "refuse_detail", "cooperation_items", "means_opinion", "file_opinion"), 1000),
    **dict.fromkeys(("change_check", "report_answer", "hearing_opinion", "service_comment", "suggestion"), 1000),
    **dict.fromkeys(("query_source", "asked_items", "opinion_adopted", "statement"), 1000),
    **dict.fromkeys(("agent_power", "approve_opinion", "assign_note", "subsidy_reason"), 500),
    **dict.fromkeys(("authority_detail", "termination_proof", "major_expense", "debts"), 300),
    **dict.fromkeys(("decision_basis", "introduce_purpose", "household_address", "serve_note"), 200),
    **dict.fromkeys(("provider_name", "organ_name", "letter_to", "asked_organ", "introduce_to"), 80),
}


def _long(values: dict[str, Any]) -> dict[str, Any]:
    return {name: LONG_TEXT[: LONGEST[name]] if name in LONGEST else value for name, value in values.items()}


def _step(step: Mapping[str, Any]) -> dict[str, Any]:
    return {**step, "input": _long(step["input"]), "answers": _long(step["answers"])}


APPLICANTS = [PARTIES[0] | {"name": name, "address": "很长的地址" * 20} for name in NAMES]
EXTREME = replace(
    SNAPSHOT,
    unit={**SNAPSHOT.unit, "name": "某某省某某自治州某某县法律援助中心驻人力资源和社会保障局工作站"},
    case=CASE | {"title": LONG_NAME, "kind_title": "食品药品安全事故损害赔偿", "statement": LONG_TEXT[:1000]},
    parties=[*APPLICANTS, *(party | {"name": LONG_NAME} for party in PARTIES[1:])],
    steps=[_step(step) for step in STEPS],
    extra={
        "catalogue": [
            {"seq": str(place), "title": "证据材料" + "很长的文件名" * 10, "pages": "118—126", "note": "复印件"}
            for place in range(1, 41)
        ],
        "pieces": 140,
        "pages": 1268,
    },
)
EXTREME_DUTY = replace(
    EXTREME,
    case=DUTY.case,
    parties=[{**DUTY.parties[0], "name": LONG_NAME, "address": "很长的地址" * 20}],
    steps=[_step(step) for step in DUTY.steps],
)
