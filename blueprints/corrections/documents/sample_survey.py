"""An invented investigation before a sentence."""

from typing import Any

PARTY = {
    "name": "钱大伟",
    "gender": "男",
    "birth": "1992-09-03",
    "age": "33",
    "ethnicity": "汉族",
    "occupation": "",
    "phone": "",
    "address": "大兴区兴丰街道三合南里5号楼1单元102室",
    "id_number": "990115199209030016",
}
CASE: dict[str, Any] = {
    "number": "2026000118",
    "title": "钱大伟宣告缓刑",
    "kind": "probation",
    "kind_title": "宣告缓刑",
    "opened_on": "2026-03-02",
    "closed_on": "",
    "handler": "赵敏",
    "mediators": ["赵敏"],
    "gender": "male",
    "birth": "1992-09-03",
    "registered": "大兴区黄村镇桂村20号",
    "offence": "交通肇事罪",
    "sentence": "尚未判决",
    "commission_number": "（2026）京0115刑委12号",
    "commissioner": "大兴区人民法院",
    "subject_kind": "accused",
    "workplace": "兴达建材商店",
    "judged_by": "大兴区人民法院",
    "judged_on": "2026-02-10",
    "received_on": "2026-03-02",
    "procedure": "ordinary",
    "asked_for": "对被告人的社会危险性和对所居住社区的影响进行调查评估。",
    "investigators": "赵敏、孙立",
    "informed": "大兴区人民检察院",
    "findings": "居所固定，与父母、妻子同住，家庭关系和睦。\n在建材商店工作六年，同事评价较好，没有违法犯罪记录。\n"
    "已赔偿被害人并取得谅解，居委会同意接收。",
    "opinion_kind": "fit",
    "ban_advice": "建议禁止在考验期内驾驶机动车。",
    "opinion_text": "钱大伟有固定居所和监督条件，社会危险性较小，对所居住社区没有重大不良影响，可以适用社区矫正。",
}
STEPS: list[tuple[str, str, str, Any]] = [
    (
        "survey",
        "corrections.survey",
        "2026-03-05",
        {
            "survey_of": "community",
            "held_at": "2026-03-05T10:00:00+08:00",
            "place_name": "三合南里社区居委会",
            "interviewee": "周芳",
            "interviewee_detail": "社区居委会委员",
            "recorder": "孙立",
            "content": "赵敏：我们是大兴区司法局的调查人员，请您如实介绍钱大伟平时的表现。\n"
            "周芳：他住在这里十年了，邻里关系不错，没有听说闹过事。\n"
            "赵敏：如果判处缓刑，居委会愿意协助监督吗？\n"
            "周芳：愿意，我们可以派人参加矫正小组。",
        },
    ),
    (
        "discuss",
        "corrections.discuss",
        "2026-03-11",
        {"held_at": "2026-03-11T14:00:00+08:00", "present": "赵敏、孙立、李晓峰", "opinion_kind": "fit"},
    ),
]
