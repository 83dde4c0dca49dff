"""Invented cases that show every form filled in; no person or number in them is real."""

from collections.abc import Mapping
from typing import Any

from blueprints.corrections.codes import CODE_LISTS
from blueprints.corrections.documents import sample_help, sample_serving, sample_survey
from blueprints.corrections.questions import FIELDS
from saas.documents.form import Snapshot
from saas.fields.definition import FieldDefinition

OFFICE = {
    "name": "兴丰司法所",
    "short_name": "兴丰",
    "phone": "010-60000000",
    "address": "大兴区兴丰街道",
    "office": "大兴区司法局",
}
CATALOGUE = [
    {"seq": "1", "title": "刑事判决书、执行通知书", "pages": "1–6", "note": "复印件", "target": "1"},
    {"seq": "2", "title": "送达回执", "pages": "7", "note": "", "target": "2"},
    {"seq": "3", "title": "社区矫正对象基本信息表", "pages": "8–9", "note": "", "target": "3"},
    {"seq": "4", "title": "社区矫正宣告书", "pages": "10–11", "note": "", "target": "4"},
    {"seq": "5", "title": "解除社区矫正证明书", "pages": "12", "note": "", "target": "5"},
]


def told(field: FieldDefinition, value: object) -> str:
    """An answer in the words people saw; all but choices as they are."""
    names = dict(field.options or (CODE_LISTS[field.list] if field.list else ()))
    chosen = value if isinstance(value, list) else [value]
    return "、".join(names.get(str(one), str(one)) for one in chosen)


def _step(action: str, form: str, on: str, entered: Mapping[str, Any]) -> dict[str, Any]:
    asked = {field.id: field for field in FIELDS[form].fields}
    return {
        "action": action,
        "title": action,
        "on": on,
        "actor": "赵敏",
        "input": dict(entered),
        "answers": {name: told(asked[name], value) for name, value in entered.items()},
    }


def _shot(case: Mapping[str, Any], party: Mapping[str, Any], steps: list[tuple[str, str, str, Any]]) -> Snapshot:
    asked = {field.id: field for form in FIELDS.values() for field in form.fields}
    return Snapshot(
        tenant={"name": "北京市", "bureau": "北京市司法局", "phone": "12348"},
        unit=OFFICE,
        case=case,
        parties=[{"side": "applicant", "kind": "natural", "representative": "", "agent_for": "", **party}],
        steps=[_step(*one) for one in steps],
        clocks=[
            {"code": code, "title": code, "started_on": case["opened_on"], "due_on": due}
            for code, due in (("travel", "2027-02-01"), ("move_out", "2026-09-17"), ("monitoring", "2026-10-08"))
        ]
        + [{"code": "help", "title": "help", "started_on": case["opened_on"], "due_on": "2031-03-10"}],
        document={"number": "（大兴）矫示字〔2026〕第1号", "issued_on": "2026-09-22", "issued_by": "赵敏"},
        extra={"catalogue": CATALOGUE, "pieces": 5, "pages": 12},
        words={name: told(asked[name], value) for name, value in case.items() if name in asked},
    )


SERVING = _shot(sample_serving.CASE, sample_serving.PARTY, sample_serving.STEPS)
"""Somebody on probation; its steps are those of every course a case may take, so that each form finds its own."""
SURVEY = _shot(sample_survey.CASE, sample_survey.PARTY, sample_survey.STEPS)
HELP = _shot(sample_help.CASE, sample_help.PARTY, sample_help.STEPS)
