"""A case at the limits of what people enter: six parties, names of thirty characters, very long texts."""

from dataclasses import replace
from typing import Any

from blueprints.mediation.documents.sample import CASE, PARTIES, SNAPSHOT, STEPS

LONG_NAME = "阿卜杜热合曼买买提艾合买提江吐尔逊古丽米热依木江阿不都拉木提力"[:30]
LONG_FIRM = "某某省某某自治州某某县农村信用合作联社综合服务有限责任公司分社"[:30]
LONG_TEXT = "当事人陈述事情经过，时间、地点、人物和原因都说得很细，包括每一次来往的数额和票据。" * 75


def _party(party: dict[str, Any], side: str, name: str) -> dict[str, Any]:
    return party | {"side": side, "name": name, "address": "很长的地址" * 20, "occupation": "高级工程师" * 4}


PARTIES_6 = [
    _party(PARTIES[0], "applicant", LONG_NAME),
    _party(PARTIES[0], "applicant", "欧阳娜娜"),
    _party(PARTIES[0], "applicant", "李䶮"),
    _party(PARTIES[0], "respondent", LONG_NAME[::-1]),
    _party(PARTIES[1], "respondent", LONG_FIRM),
    _party(PARTIES[2], "agent", LONG_NAME),
]
LONG_INPUT = {
    "content": "\n".join([LONG_TEXT, LONG_TEXT[:2000], LONG_TEXT[:1500]]),
    "place": "很远的地方" * 19,
    "participants": "参加人甲乙" * 39,
    "invited": "参加人甲乙" * 39,
    "interviewee": LONG_NAME,
    "interviewee_detail": "情况说明文字" * 33,
    "guidance_text": LONG_TEXT[:1000],
    "reason": LONG_TEXT[:1000],
    "danger": LONG_TEXT[:2000],
    "measures": LONG_TEXT[:1000],
    "opinion": LONG_TEXT[:1000],
    "performance_found": LONG_TEXT[:300],
    "hidden_danger": LONG_TEXT[:1000],
    "sued": LONG_TEXT[:200],
    "remark": LONG_TEXT[:500],
    "result": LONG_TEXT[:300],
}
CASE_LONG = CASE | {
    "title": f"{LONG_NAME}与{LONG_FIRM}等拖欠农民工工资纠纷",
    "mediators": [LONG_NAME, "赵敏", "孙立"],
    "facts": LONG_TEXT[:3000],
    "requests": "\n".join([LONG_TEXT[:900], LONG_TEXT[:900], "赔礼道歉"]),
    "amount": 99999999999,
    "agreed_facts": LONG_TEXT[:3000],
    "terms": "\n".join([LONG_TEXT[:1200]] * 4),
    "performance_mode": LONG_TEXT[:200],
    "agreed_amount": 99999999999,
    "statement": LONG_TEXT[:1000],
    "court_name": "某某省某某自治州某某县人民法院" * 3,
    "origin_unit": "移送单位名称" * 13,
    "origin_number": "文号字样" * 15,
}
EXTREME = replace(
    SNAPSHOT,
    unit={**SNAPSHOT.unit, "name": "某某市某某区道路交通事故损害赔偿纠纷人民调解委员会"},
    case=CASE_LONG,
    parties=PARTIES_6,
    steps=[step | {"input": step["input"] | LONG_INPUT} for step in STEPS],
    extra={
        "catalogue": [
            {"seq": str(place), "title": "证据材料" + "很长的文件名" * 10, "pages": "118—126", "note": "复印件"}
            for place in range(1, 41)
        ],
        "pieces": 140,
        "pages": 1268,
    },
)
