"""An invented case of help after prison."""

from typing import Any

PARTY = {
    "name": "周建军",
    "gender": "男",
    "birth": "1979-11-20",
    "age": "46",
    "ethnicity": "汉族",
    "occupation": "",
    "phone": "",
    "address": "大兴区兴丰街道黄村中里3号楼4单元201室",
    "id_number": "990115197911200018",
}
CASE: dict[str, Any] = {
    "number": "2026000207",
    "title": "周建军监狱刑满释放",
    "kind": "prison",
    "kind_title": "监狱刑满释放",
    "opened_on": "2026-02-02",
    "closed_on": "",
    "handler": "刘洋",
    "mediators": ["刘洋"],
    "gender": "male",
    "birth": "1979-11-20",
    "registered": "大兴区兴丰街道黄村中里3号楼4单元201室",
    "offence": "盗窃罪",
    "sentence": "有期徒刑三年",
    "sender": "北京市某监狱",
    "released_on": "2026-03-10",
    "meet_way": "fetched",
    "health": "患有高血压",
    "skills": "电工",
    "job": "待业",
    "insured": "城乡居民基本医疗保险",
    "hardship": "独居，没有稳定收入",
    "family": "父母已经去世，离异，女儿随前妻生活。",
    "risk": "middle",
    "grade": "general",
    "apart": True,
    "lives_at": "通州区梨园镇云景里9号楼",
    "help_from": "2026-03-10",
    "group_names": "刘洋、居委会周芳、社会工作者陈静",
    "freed_on": "2031-03-10",
}
STEPS: list[tuple[str, str, str, Any]] = [
    (
        "meet",
        "corrections.meet",
        "2026-03-10",
        {"met_on": "2026-03-10", "meet_way": "fetched", "paper_number": "（2026）京监释字第88号"},
    ),
    (
        "group",
        "corrections.help_group",
        "2026-03-16",
        {
            "group_names": CASE["group_names"],
            "group_kinds": ["office", "village", "social_worker"],
            "agreement": "小组每月走访一次，了解生活和就业情况\n协助申请临时救助和职业技能培训\n"
            "本人遵纪守法，居住地变动及时告知",
        },
    ),
    (
        "visit",
        "corrections.help_visit",
        "2026-04-15",
        {
            "held_at": "2026-04-15T15:00:00+08:00",
            "place_name": "黄村中里3号楼家中",
            "visitors": "刘洋、周芳",
            "content": "本人身体稳定，已参加电工复训，等待面试，情绪平稳。",
            "needs": "希望介绍工作，申请临时救助。",
        },
    ),
    (
        "support",
        "corrections.support",
        "2026-04-28",
        {
            "support_way": "relief",
            "supported_on": "2026-04-28",
            "support_by": "兴丰街道办事处",
            "support_amount": 150000,
            "content": "发放临时救助金，并推荐到物业公司应聘电工。",
        },
    ),
    (
        "pass_over",
        "corrections.pass_over",
        "2026-10-12",
        {"passed_to": "通州区梨园司法所", "passed_on": "2026-10-12", "file_list": "安置帮教档案一卷，26页"},
    ),
    (
        "free",
        "corrections.free",
        "2031-03-10",
        {
            "freed_on": "2031-03-10",
            "conduct": "五年来遵纪守法，在物业公司稳定就业，没有重新违法犯罪。",
            "opinion": "帮教期满，同意解除。",
        },
    ),
]
