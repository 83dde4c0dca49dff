"""What the law forbids in legal aid, each check with what it lets through and what it refuses."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from blueprints.legal_aid.codes import SUBSIDIES
from blueprints.legal_aid.limits import RATES
from blueprints.legal_aid.rules import RULES, facts_of
from saas.workflow.counting import Entry

TODAY = date(2026, 3, 10)
SETTINGS = {"legal_aid.means_threshold_fen": 250_000} | {
    f"legal_aid.subsidy_{code}": RATES[code] for code, _ in SUBSIDIES
}


def case(
    data: Mapping[str, Any] | None = None,
    *,
    flags: tuple[str, ...] = (),
    actions: tuple[str, ...] = (),
    due: Mapping[str, date] | None = None,
    states: Mapping[str, str] | None = None,
    files: tuple[str, ...] = (),
    log: tuple[Entry, ...] = (),
) -> dict[str, Any]:
    """What the checks ask of a case."""
    known = {
        "data": data or {},
        "actions": list(actions),
        "due": due or {},
        "clock_states": states or {},
        "file_categories": list(files),
        "settings": SETTINGS,
        "log": list(log),
        "today": TODAY,
    }
    return {**facts_of(known, {}), "case.flags": list(flags)}


def refused(name: str, facts: Mapping[str, Any], **values: object) -> list[tuple[str | None, str | None]]:
    """The field and the article of every reason against."""
    return [(reason.field, reason.law) for reason in RULES[name](facts, values)]


GRANTED = case({"means_ground": "economic", "means_result": "poor", "proposal": "grant"})
NOT_POOR = {"means_ground": "exempt", "means_result": "not_poor"}
TOLD = case(flags=("told_gaps",))
LAPSING = case(due={"supplement": date(2026, 3, 9)})
NOT_YET = case(due={"supplement": TODAY})
DEATH = case({"gravest": "death"})
MINOR = case({"categories": ["minor"]})
WAGES = case({"kind": "05", "categories": ["migrant"]})
ASKED, HANDED_ON = Entry("provide", TODAY, {"wants_aid": "yes"}), Entry("forward", TODAY)
NOT_ASKED = Entry("provide", TODAY, {"wants_aid": "no"})
FORWARD = case(log=(ASKED, NOT_ASKED))
GIVEN = case(log=(Entry("assign", TODAY, {"handler": "a"}),))
OBJECTING = case(due={"objection_right": TODAY}, states={"objection_right": "due_today"})
LATE = case(due={"objection_right": date(2026, 3, 9)}, states={"objection_right": "overdue"})

ALLOWED: list[tuple[str, Mapping[str, Any], dict[str, Any]]] = [
    ("means", case(), {"checked_size": 2, "checked_income": 500_000, "means_result": "poor"}),
    ("means", case(), {"checked_size": 1, "checked_income": 250_001, "means_result": "not_poor"}),
    (
        "means",
        case(),
        {
            "checked_size": 1,
            "checked_income": 0,
            "means_result": "not_poor",
            "means_opinion": "名下有三套房产，出租两套，隐瞒收入。",
        },
    ),
    ("exemption", WAGES, {"exempt_kind": "migrant"}),
    ("green_channel", WAGES, {}),
    ("supplement_once", case(), {}),
    ("supplement_once", TOLD, {"again_reason": "申请人补充后又变更了申请事项，需要新的材料。"}),
    ("lapsed", LAPSING, {}),
    ("eligible", GRANTED, {}),
    ("eligible", case(NOT_POOR, actions=("verify", "correct_refusal")), {}),
    ("eligible", case(NOT_POOR, actions=("verify", "supplement", "exempt")), {}),
    ("refusal_reasoned", case(), {"refuse_detail": "家庭人均月收入高于标准。"}),
    ("urgent", case(), {"urgent_ground": "limitation", "limitation_on": "2026-03-16"}),
    ("urgent", case(), {"urgent_ground": "preservation"}),
    ("objection_in_time", OBJECTING, {}),
    ("objection_in_time", case(), {}),
    ("objection_over", LATE, {}),
    ("three_years", DEATH, {"practice_years": 3}),
    ("three_years", case(), {"practice_years": 0}),
    ("minor_lawyer", MINOR, {"knows_minors": True}),
    ("another_lawyer", GIVEN, {"handler": "b"}),
    ("agreement_written", case(), {"agreement_form": "written"}),
    ("termination", case(), {"termination_ground": "asked"}),
    ("termination", case(), {"termination_ground": "deceit", "termination_proof": "银行流水", "must_pay": True}),
    ("subsidy", case(), {"subsidy_kind": "civil_trial", "subsidy_count": 1, "subsidy_amount": 200_000}),
    ("subsidy", case(), {"subsidy_kind": "civil_trial", "subsidy_amount": 250_000, "subsidy_adjusted": True}),
    ("forwarded", case(log=(NOT_ASKED,)), {}),
    ("forwarded", case(log=(ASKED, HANDED_ON, NOT_ASKED)), {}),
    ("forward_wanted", FORWARD, {}),
]
FORBIDDEN: list[tuple[str, Mapping[str, Any], dict[str, Any], str | None, str]] = [
    (
        "means",
        case(),
        {"checked_size": 2, "checked_income": 500_002, "means_result": "poor"},
        "means_result",
        "法律援助法第三十四条",
    ),
    (
        "means",
        case(),
        {"checked_size": 1, "checked_income": 0, "means_result": "not_poor"},
        "means_opinion",
        "法律援助法第三十四条",
    ),
    ("exemption", case({"kind": "04"}), {"exempt_kind": "migrant"}, "exempt_kind", "法律援助法第四十二条"),
    ("green_channel", case({"kind": "05"}), {}, None, "保障农民工工资支付条例第四十五条"),
    ("supplement_once", TOLD, {"again_reason": None}, "again_reason", "法律援助法第四十三条"),
    ("lapsed", NOT_YET, {}, None, "法律援助法第四十三条"),
    ("agent_named", case({"on_behalf": "self"}), {}, None, "法律援助法第四十条"),
    (
        "jurisdiction",
        case(),
        {"proposal": "grant", "jurisdiction": "none"},
        "jurisdiction",
        "法律援助法第三十八条",
    ),
    ("scope", case(), {"proposal": "grant", "in_scope": "no"}, "in_scope", "法律援助法第三十一条"),
    (
        "eligible",
        case(NOT_POOR, actions=("receive", "verify", "review")),
        {},
        None,
        "法律援助法第三十四条",
    ),
    ("eligible", case({"proposal": "refuse"}), {}, None, "法律援助法第四十三条"),
    ("refusal_reasoned", case(), {"refuse_detail": "不符合"}, "refuse_detail", "法律援助法第四十三条"),
    (
        "urgent",
        case(),
        {"urgent_ground": "limitation", "limitation_on": "2026-03-17"},
        "limitation_on",
        "法律援助法第四十四条",
    ),
    (
        "urgent",
        case(),
        {"urgent_ground": "limitation", "limitation_on": "2026-03-09"},
        "limitation_on",
        "法律援助法第四十四条",
    ),
    ("objection_in_time", LATE, {}, None, "北京市法律援助条例第二十四条"),
    ("objection_over", OBJECTING, {}, None, "北京市法律援助条例第二十四条"),
    ("three_years", case({"stage": "death_review"}), {"practice_years": 2}, "practice_years", "法律援助法第二十六条"),
    ("three_years", DEATH, {"practice_years": 2}, "practice_years", "法律援助法第二十六条"),
    ("minor_lawyer", MINOR, {}, "knows_minors", "未成年人保护法第一百零四条"),
    ("another_lawyer", GIVEN, {"handler": "a"}, "handler", "法律援助法第五十五条"),
    ("agreement_written", case(), {"agreement_form": "oral"}, "agreement_form", "办理法律援助案件程序规定"),
    ("termination", case(), {"termination_ground": "deceit"}, "termination_proof", "法律援助法第四十八条"),
    (
        "termination",
        case(),
        {"termination_ground": "asked", "must_pay": True},
        "must_pay",
        "法律援助法第四十八条",
    ),
    ("papers_complete", case(flags=("urgent",)), {}, None, "法律援助法第四十四条"),
    (
        "finish_dates",
        case({"agreed_on": "2026-03-05"}),
        {"finished_on": "2026-03-04"},
        "finished_on",
        "法律援助法第五十条",
    ),
    (
        "submit_dates",
        case({"finished_on": "2026-03-05"}),
        {"submitted_on": "2026-03-04"},
        "submitted_on",
        "法律援助法第五十条",
    ),
    (
        "subsidy",
        case(),
        {"subsidy_kind": "civil_trial", "subsidy_amount": 210_000},
        "subsidy_amount",
        "法律援助法第五十二条",
    ),
    ("volume_complete", case(), {}, None, "法律援助法第五十条"),
    (
        "transfer_dates",
        case(),
        {"requested_at": "2026-03-05T09:00:00+08:00", "received_on": "2026-03-04"},
        "received_on",
        "法律援助法第三十九条",
    ),
    (
        "receipt_dates",
        case({"requested_at": "2026-03-05T09:00:00+08:00"}),
        {"received_at": "2026-03-05T08:00:00+08:00"},
        "received_at",
        "法律援助法第三十九条",
    ),
    (
        "notice_received",
        case({"found_on": "2026-03-05"}),
        {"received_on": "2026-03-04"},
        "received_on",
        "法律援助法第三十六条",
    ),
    ("lawyer_only", case(), {"provider_kind": "grassroots"}, "provider_kind", "法律援助法第二十五条"),
    ("notice_filed", case(), {}, None, "法律援助法第三十六条"),
    (
        "help_dates",
        case({"requested_at": "2026-03-05T09:00:00+08:00"}),
        {"held_at": "2026-03-05T08:00:00+08:00"},
        "held_at",
        "法律援助法第三十七条",
    ),
    ("forwarded", case(log=(ASKED, HANDED_ON, ASKED)), {}, None, "法律援助法第三十九条"),
    ("forward_wanted", case(log=(ASKED, HANDED_ON)), {}, None, "法律援助法第三十九条"),
    ("forward_wanted", case(log=(NOT_ASKED,)), {}, None, "法律援助法第三十九条"),
    ("forwarded", FORWARD, {}, None, "法律援助法第三十九条"),
]


@pytest.mark.parametrize(("name", "facts", "values"), ALLOWED)
def test_what_the_law_allows_is_let_through(name: str, facts: Mapping[str, Any], values: dict[str, Any]) -> None:
    assert refused(name, facts, **values) == []


@pytest.mark.parametrize(("name", "facts", "values", "field", "law"), FORBIDDEN)
def test_what_the_law_forbids_is_refused_at_its_field_with_its_article(
    name: str, facts: Mapping[str, Any], values: dict[str, Any], field: str | None, law: str
) -> None:
    found = refused(name, facts, **values)

    assert [place for place, _ in found] == [field]
    assert str(found[0][1]).startswith(law)


def test_every_check_is_refused_somewhere() -> None:
    assert {name for name, *_ in FORBIDDEN} == set(RULES)
