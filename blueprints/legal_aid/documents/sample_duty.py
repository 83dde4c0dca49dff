"""An invented person in custody whom a lawyer on duty helps; no person or number in it is real."""

from dataclasses import replace
from typing import Any

from blueprints.legal_aid.documents.sample import APPLICANT, step
from blueprints.legal_aid.documents.sample import SNAPSHOT as AIDED
from saas.documents.form import Snapshot

SUSPECT: dict[str, Any] = APPLICANT | {
    "name": "马建军",
    "gender": "男",
    "birth": "1991-08-15",
    "age": "34",
    "ethnicity": "回族",
    "occupation": "货车司机",
    "phone": "",
    "address": "大兴区黄村镇芦城村18号",
    "id_number": "990115199108150033",
}
ORGANS = {
    "police": ("大兴区公安分局", "investigation", "侦查"),
    "security": ("某某市国家安全局", "investigation", "侦查"),
    "procuratorate": ("大兴区人民检察院", "prosecution", "审查起诉"),
    "court": ("大兴区人民法院", "first", "一审"),
}
CASE: dict[str, Any] = {
    "number": "2026000402",
    "title": "马建军",
    "kind_title": "",
    "source": "notice",
    "opened_on": "2026-03-02",
    "handler": "何静",
    "mediators": ["何静"],
}


def at_stage(organ_kind: str) -> Snapshot:
    """The person as one of the four organs notifies it."""
    organ, stage, title = ORGANS[organ_kind]
    asked = ["advice", "procedure", "coercive"]
    request = {
        "organ_kind": organ_kind,
        "organ_name": organ,
        "organ_contact": "高翔，010-60000044",
        "detained_at": "大兴区看守所",
        "charge": "盗窃罪",
        "stage": stage,
        "help_items": asked if organ_kind == "police" else [*asked, "opinion", "witness"],
        "admits": "yes",
        "requested_at": "2026-03-02T09:20:00+08:00",
    }
    notified = {
        "notice_number": "大公（刑）法帮通字〔2026〕19号",
        "received_on": "2026-03-02",
        "help_wanted_at": "2026-03-03T09:30:00+08:00",
        "help_place": "大兴区看守所法律援助工作站",
    }
    return replace(
        AIDED,
        case=CASE,
        parties=[SUSPECT],
        clocks=[],
        steps=[
            step("request", "2026-03-02", "王芳", request, {"stage": title}),
            step("notify", "2026-03-02", "王芳", notified),
            *_HELP,
        ],
    )


_HELP = (
    step(
        "arrange",
        "2026-03-02",
        "王芳",
        {"handler": "何静", "provider_name": "北京某某律师事务所", "duty_on": "2026-03-03"},
        {"handler": "何静"},
    ),
    step(
        "provide",
        "2026-03-03",
        "何静",
        {
            "held_at": "2026-03-03T09:40:00+08:00",
            "held_mode": "meeting",
            "provided": ["advice", "procedure", "coercive"],
            "witnessed": "no",
            "help_opinion": "会见马建军，说明涉嫌罪名和量刑的规定，解释认罪认罚从宽制度和可能适用的程序。\n"
            "马建军没有前科，愿意退赔，建议申请取保候审。",
            "opinion_adopted": "已向办案机关提出变更强制措施的书面意见，3月6日答复同意取保候审。",
            "wants_aid": "yes",
        },
        {"provided": "法律咨询、程序选择建议、申请变更强制措施"},
    ),
    step("forward", "2026-03-03", "何静", {"forwarded_at": "2026-03-03T15:00:00+08:00"}),
    step("ledger", "2026-03-09", "王芳", {"duty_days": 1, "ledger_note": "已转交申请"}, {"duty_days": "1 日"}),
)
SNAPSHOT = at_stage("police")
"""The person while the police investigate."""
