"""What the law forbids in notarial work, each refusal with its article."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from blueprints.notary import backlog_rules, lists, rules
from blueprints.notary.documents.parts import chinese_day

FACTS = rules.facts_of(
    {
        "data": {"copies": 2, "backlog_count": 108, "handed_count": 60, "done_count": 40, "served_on": "2026-03-11"},
        "actions": ["apply", "accept", "inform"],
        "days": {"issue": date(2026, 3, 10)},
        "due": {
            "inactivity": date(2026, 8, 10),
            "review_right": date(2027, 3, 11),
            "review_limit": date(2046, 3, 12),
        },
        "clock_states": {"review": "running"},
        "unit": "甲公证处",
        "today": date(2026, 8, 10),
        "flags": [],
        "file_categories": ["identity"],
    },
    {},
)
GOOD = {
    **dict.fromkeys((*rules.CONDITIONS, *rules.POINTS), True),
    "informed": True,
    "kind": "03",
    "jurisdiction": "residence",
}


def told(rule: str, values: Mapping[str, Any], **facts: Any) -> list[tuple[str | None, str | None]]:  # noqa: ANN401 - facts of any type
    known = FACTS | {f"case.{name}": value for name, value in facts.items()}
    found = getattr(rules, rule, None) or getattr(backlog_rules, rule)
    return [(reason.field, reason.law) for reason in found(known, values)]


REFUSED = [
    ("acceptance", {"interested": False}, {}, "interested", "公证程序规则第十九条"),
    ("acceptance", {"undisputed": False}, {}, "undisputed", "公证程序规则第十九条"),
    ("acceptance", {"in_scope": False}, {}, "in_scope", "公证程序规则第十九条"),
    ("acceptance", {"in_area": False}, {}, "in_area", "公证程序规则第十九条"),
    ("in_person", {"kind": "06", "on_behalf": "agent"}, {}, "on_behalf", "公证法第二十六条"),
    ("in_person", {"kind": "13", "on_behalf": "agent"}, {}, "on_behalf", "公证法第二十六条"),
    ("jurisdiction", {"kind": "02", "real_estate": True}, {}, "jurisdiction", "公证法第二十五条"),
    ("jurisdiction", {"jurisdiction": "property"}, {}, "jurisdiction", "公证法第二十五条"),
    ("term", {"term": "five", "simple": False}, {}, "simple", "关于压缩公证办理期限的指导意见（2024年）"),
    ("reduction", {"fee_due": 100, "reduced_amount": 101}, {}, "reduced_amount", "公证法第三十四条"),
    ("reduction", {"fee_due": 9, "reduced_amount": 9}, {"flags": ["reduced"]}, "reduced_amount", "公证法第三十四条"),
    ("informed", {"informed": False}, {}, "informed", "公证法第二十七条"),
    ("fees", {"fee_due": 200, "fee_paid": 199}, {}, "fee_paid", "公证法第三十一条第九项、第三十四条"),
    ("fees", {"fee_due": 200, "fee_paid": 201}, {}, "fee_paid", "公证法第三十四条"),
    (
        "told_once",
        {"again_reason": "补"},
        {"actions": ["ask_more"]},
        "again_reason",
        "关于优化公证服务更好利企便民的意见",
    ),
    ("verified_by_two", {"verified_way": "site", "verified_by": "王芳"}, {}, "verified_by", "公证程序规则第二十七条"),
    ("visit_staff", {"visit_staff": "王芳、王芳"}, {}, "visit_staff", "本公证机构的上门办证规定"),
    ("nothing_open", {}, {"flags": ["suspended"]}, None, "公证法第三十条"),
    ("nothing_open", {}, {"flags": ["visit_due"]}, None, "公证法第六条"),
    ("nothing_open", {}, {"actions": ["accept"]}, None, "公证法第二十七条"),
    ("draft_whole", {"major": True, "discussion": "同意"}, {}, "discussion", "公证程序规则第四十条"),
    ("numerals", {"wording": "于2026年9月出具"}, {}, "wording", "定式公证书格式（2011年版）"),
    ("approval_points", {"fee_right": False}, {}, "fee_right", "公证程序规则第四十条"),
    ("approved_text", {}, {}, None, "公证程序规则第四十条"),
    ("approved_text", {}, {"actions": ["draft", "approve", "redraft"]}, None, "公证程序规则第四十条"),
    ("served_date", {"served_on": "2026-03-09", "served_copies": 1}, {}, "served_on", "公证法第三十二条"),
    ("served_date", {"served_on": "2026-03-10", "served_copies": 3}, {}, "served_copies", "公证法第三十条"),
    ("termination", {"end_reason": "six_months"}, {}, "end_reason", "公证程序规则第五十条"),
    (
        "review_period",
        {"reviewer_kind": "party", "review_received_on": "2027-03-12"},
        {},
        "review_received_on",
        "公证程序规则第六十一条",
    ),
    (
        "review_period",
        {"reviewer_kind": "other", "known_on": "2028-01-02", "review_received_on": "2029-01-03"},
        {},
        "known_on",
        "公证程序规则第六十一条",
    ),
    (
        "review_period",
        {"reviewer_kind": "other", "known_on": "2046-03-12", "review_received_on": "2046-03-13"},
        {},
        "review_received_on",
        "公证程序规则第六十一条",
    ),
    ("review_extension", {}, {"review_extended": True}, "extra_days", "公证程序规则第六十三条"),
    ("review_extension", {}, {"review_state": "overdue"}, "extra_days", "公证程序规则第六十三条"),
    ("volume_complete", {}, {"flags": ["issued"]}, None, "公证法第三十五条"),
    ("helping_office", {"helping_office": "甲公证处"}, {}, "helping_office", "协助工作方案"),
    ("handover", {"handed_count": 70, "kept_name": False}, {}, "kept_name", "公证程序规则第四条"),
    ("handover", {"handed_count": 109, "kept_name": True}, {}, "handed_count", "协助工作方案"),
    ("handover", {"handed_count": 59, "kept_name": True}, {}, "handed_count", "协助工作方案"),
    ("progress", {"done_count": 61}, {}, "done_count", "协助工作方案"),
    ("progress", {"done_count": 39}, {}, "done_count", "协助工作方案"),
    ("finished", {"done_count": 60, "rest_text": None}, {}, "rest_text", "协助工作方案"),
    ("written_off", {"written_off": 108}, {}, "written_off", "协助工作方案"),
]


@pytest.mark.parametrize(("rule", "values", "facts", "field", "law"), REFUSED)
def test_what_is_forbidden_is_refused_with_its_article(
    rule: str, values: dict[str, Any], facts: dict[str, Any], field: str | None, law: str
) -> None:
    assert told(rule, GOOD | values, **facts) == [(field, law)]


ALLOWED = [
    ("acceptance", {}, {}),
    ("in_person", {"kind": "06", "on_behalf": "self"}, {}),
    ("in_person", {"kind": "03", "on_behalf": "agent"}, {}),
    ("jurisdiction", {"kind": "03", "real_estate": True}, {}),
    ("jurisdiction", {"kind": "02", "real_estate": True, "jurisdiction": "property"}, {}),
    ("term", {"term": "usual"}, {}),
    ("term", {"term": "ten", "simple": True}, {}),
    ("fees", {"fee_due": 200, "fee_paid": 50}, {"reduced_amount": 150, "flags": ["reduced"]}),
    ("told_once", {"again_reason": None}, {}),
    ("told_once", {"again_reason": "当事人补充的材料有误"}, {"actions": ["ask_more"]}),
    ("verified_by_two", {"verified_way": "site", "verified_by": "王芳、李军"}, {}),
    ("nothing_open", {}, {}),
    ("approved_text", {}, {"actions": ["draft", "approve", "redraft", "approve"]}),
    ("termination", {"end_reason": "withdrawn"}, {}),
    ("termination", {"end_reason": "six_months"}, {"today": date(2026, 8, 11)}),
    ("review_period", {"reviewer_kind": "party", "review_received_on": "2027-03-11"}, {}),
    (
        "review_period",
        {"reviewer_kind": "other", "known_on": "2028-01-02", "review_received_on": "2029-01-01"},
        {},
    ),
    ("volume_complete", {}, {"flags": ["issued"], "file_categories": ["identity", "signed"]}),
    ("handover", {"handed_count": 108, "kept_name": True}, {}),
    ("finished", {"done_count": 60, "rest_text": "移交回受理公证处办理"}, {}),
    ("written_off", {"written_off": 40}, {}),
]


@pytest.mark.parametrize(("rule", "values", "facts"), ALLOWED)
def test_what_is_allowed_is_not_refused(rule: str, values: dict[str, Any], facts: dict[str, Any]) -> None:
    assert told(rule, GOOD | values, **facts) == []


@pytest.mark.parametrize(
    "wording",
    [
        "公民身份号码：110105194912310021，住北京市大兴区12号楼3单元602室。",
        "编号为BJ2026-00123的合同，统一社会信用代码91110115MA00000012。",
        "二〇二六年九月十日，五百元。",
    ],
)
def test_numbers_of_persons_papers_and_doors_stay_in_figures(wording: str) -> None:
    assert told("numerals", {"wording": wording}) == []


def test_a_visit_needs_two_people_who_prove_and_record_it() -> None:
    values = {"visited_by": "王芳", "left_at": "2026-09-10T10:00:00+08:00", "arrived_at": "2026-09-10T09:00:00+08:00"}

    assert [field for field, _ in told("visit_done", values)] == [
        "visited_by",
        "visit_identity",
        "visit_recorded",
        "arrived_at",
    ]


def test_there_are_nine_grounds_of_refusal_and_every_matter_of_the_law() -> None:
    assert [code for code, _ in lists.REFUSALS] == [f"0{n}" for n in range(1, 10)]
    assert set(rules.IN_PERSON) | rules.FREE_OF_PLACE <= {code for code, _ in lists.KINDS}
    assert {code: dict(lists.KINDS)[code] for code in rules.IN_PERSON} == rules.IN_PERSON


def test_a_day_is_written_in_words() -> None:
    assert chinese_day("2026-11-22") == "二〇二六年十一月二十二日"
    assert chinese_day("1948-10-05") == "一九四八年十月五日"
    assert chinese_day(None) == ""
