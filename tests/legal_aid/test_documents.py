"""The forms of legal aid: filled from a case's whole life, at the limits, and in the words the law wants."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from marshmallow import fields, validate

from blueprints.legal_aid.documents import FORMS
from blueprints.legal_aid.documents.parts import NATIONAL
from blueprints.legal_aid.documents.sample import CASE, SNAPSHOT, STEPS, step
from blueprints.legal_aid.documents.sample_duty import at_stage
from saas import clock
from saas.cases.models import Case
from saas.db.session import TenantRef
from saas.documents import render
from saas.documents.fonts import missing
from saas.documents.form import Form, Snapshot, strings
from saas.documents.pages import page_texts
from saas.documents.queries import list_documents
from tests.conftest import InTenant
from tests.legal_aid import factory
from tests.legal_aid.documents_extreme import EXTREME, EXTREME_DUTY
from tests.measuring import seal
from tests.printing import FONTS, printing, squeezed

BY_NAME = {form.code.removeprefix("legal_aid."): form for form in FORMS}
DUTY = {"help_application", "duty_record", "duty_ledger", *(name for name in BY_NAME if name.startswith("duty_"))}
NUMERALS = ["一", "二", "三", "四", "五", "六", "七", "八", "九"]
PRESCRIBED = [*NUMERALS, "十", *("十" + one for one in NUMERALS), "二十", *("二十" + one for one in NUMERALS)]
each_name = pytest.mark.parametrize("name", sorted(BY_NAME))


@pytest.fixture(scope="module", autouse=True)
def _printing() -> Iterator[None]:
    with printing():
        yield


def text(form: Form, values: dict[str, Any]) -> str:
    return squeezed("".join(page_texts(render.pdf(render.html(form, values), form.layout))))


def built(name: str, *steps: dict[str, Any], **changed: object) -> dict[str, Any]:
    """The values of a form where these steps came last."""
    shot = replace(SNAPSHOT, case=CASE | changed, steps=[*STEPS, *steps], step=steps[-1] if steps else None)
    return BY_NAME[name].build(shot)


def made(case: Case) -> dict[str, dict[str, Any]]:
    """The values of the documents of a case by the name of their form, the latest of each."""
    found = sorted(list_documents(case.id), key=lambda document: document.issued_at)
    return {document.form_code.removeprefix("legal_aid."): dict(document.values) for document in found}


def choices(form: Form) -> list[tuple[str, list[str], bool]]:
    """The choices of a form, and whether several may be marked."""
    several = {name: each.inner for name, each in form.schema().fields.items() if isinstance(each, fields.List)}
    single = {name: each for name, each in form.schema().fields.items() if name not in several}
    return [
        (name, [choice for choice in rule.choices if choice], name in several)
        for name, each in (single | several).items()
        for rule in each.validators
        if isinstance(rule, validate.OneOf)
    ]


def test_all_thirty_two_prescribed_forms_are_there_and_two_were_read_in_full() -> None:
    numbers = {form.source.removeprefix(NATIONAL).partition("（")[0] for form in FORMS if NATIONAL in form.source}
    assert numbers == {*PRESCRIBED, "三十", "三十一", "三十二"}
    assert [form.title for form in FORMS if form.verified] == ["更换法律援助人员申请表", "更换法律援助人员通知书"]
    assert all("未核对" in form.source for form in FORMS if NATIONAL in form.source and not form.verified)
    counted = Counter(form.standing for form in FORMS)
    assert counted == {"national": 2, "national_unverified": 30, "local": 5}


@each_name
def test_every_choice_has_its_own_mark(name: str) -> None:
    form = BY_NAME[name]
    for value, offered, several in choices(form):
        drawn = {
            render.html(form, form.blank() | {value: [choice] if several else choice}) for choice in ["", *offered]
        }
        assert len(drawn) == len(offered) + 1, value


def test_no_two_forms_differ_in_name_alone() -> None:
    drawn = [re.sub(r"<(title|h1)>.*?</\1>", "", render.html(form, form.blank()), flags=re.DOTALL) for form in FORMS]
    assert len(set(drawn)) == len(FORMS)


@each_name
def test_the_longest_values_are_printed_to_their_end(name: str) -> None:
    form = BY_NAME[name]
    values = form.load(form.build(EXTREME_DUTY if name in DUTY else EXTREME))
    printed = text(form, values)
    lost = [value for _, value in strings(values) if len(value) > 40 and squeezed(value)[-8:] not in printed]
    assert lost == []


@each_name
def test_a_case_that_has_only_begun_leaves_places_for_the_hand(name: str) -> None:
    form, case = BY_NAME[name], {"number": "2026000312", "title": "劳动报酬", "mediators": []}
    built = form.build(Snapshot(tenant={}, unit=SNAPSHOT.unit, case=case))
    assert render.html(form, {value: known or form.blank()[value] for value, known in built.items()}, preview=True)


def test_the_fixed_words_of_the_forms_are_in_the_fonts() -> None:
    assert missing("".join(render.html(form, form.blank()) for form in FORMS), FONTS) == []


def test_what_was_entered_in_a_whole_life_stands_in_its_documents(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.assigned()
        factory.act(case, "agree", factory.agreement(), factory.LAWYER)
        factory.act(case, "finish", factory.finishing(), factory.LAWYER)
        report = {"submitted_on": str(clock.today()), "file_pages": 40, "closing_report": "请求得到支持。"}
        factory.act(case, "submit_file", report, factory.LAWYER)
        found, lawyer = made(case), factory.actor(factory.LAWYER).name

    assert found["application"]["opponent"] == "陈立冬"
    assert found["application"]["amount"] == "40,000.00元"
    assert (found["application"]["stage"], found["application"]["way"]) == ("arbitration", "representation")
    assert found["receipt"]["papers"][0]["title"] == "身份证复印件 1 份"
    assert found["receipt"]["received_by"]
    assert (found["review"]["ground"], found["review"]["exemption"]) == ("exempt", "migrant")
    assert (found["review"]["proposal"], found["review"]["decision"]) == ("grant", "grant")
    assert found["review"]["reviewer"] != found["review"]["decider"]
    assert (found["grant"]["basis"], found["grant"]["urgent"]) == ("法律援助法第三十一条", "")
    assert (found["assignment"]["firm"], found["assignment"]["lawyer"]) == ("天平律师事务所", lawyer)
    assert found["agreement"]["assignment_number"] == found["assignment"]["number"]
    assert (found["letter"]["addressee"], found["letter"]["kind"]) == ("大兴区劳动人事争议仲裁委员会", "agency")
    assert found["closing"]["recovered"].startswith("36,000.00元")
    assert (found["closing"]["meetings"], found["closing"]["outcome"]) == ("2次", "arbitration")


def test_who_is_refused_is_told_the_ground_the_department_and_the_last_day(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.refused()
        found = made(case)
        last = next(row.due_on for row in case.clocks if row.code == "objection_right")

    assert found["refusal"]["details"] == ["家庭人均月收入高于本省经济困难标准。"]
    assert found["refusal"]["supervisor"] == "大兴区司法局"
    assert found["refusal"]["object_by"] == f"{last.year}年{last.month}月{last.day}日"
    assert found["means"]["income_wage"] == "9,000.00元"
    assert (found["review"]["result"], found["review"]["decision"]) == ("not_poor", "refuse")


def test_a_refusal_names_the_articles_and_the_ways_left() -> None:
    printed = text(BY_NAME["refusal"], BY_NAME["refusal"].sample)
    assert "法律援助法》第四十三条的规定，决定不予法律援助" in printed
    assert "大兴区司法局" in printed
    assert "2026年1月30日以前" in printed
    assert "申请行政复议或者提起行政诉讼（《中华人民共和国法律援助法》第四十九条）" in printed


@pytest.mark.parametrize(("ground", "item"), [("deceit", "一"), ("means_changed", "四"), ("other", "八")])
def test_an_end_before_its_time_names_its_item_of_article_48(ground: str, item: str) -> None:
    values = BY_NAME["termination"].sample | {"ground": ground}
    assert f"第四十八条第一款第{item}项" in text(BY_NAME["termination"], values)


def test_only_what_was_got_by_deceit_is_paid_for() -> None:
    form = BY_NAME["termination"]
    assert "支付已实施法律援助的费用" in text(form, form.sample | {"must_pay": "yes"})
    assert "支付已实施法律援助的费用" not in text(form, form.sample)


def test_aid_given_at_once_says_why_and_by_when_the_papers_are_wanted() -> None:
    urgent = {"aid_form": "representation", "decision_basis": "法律援助法第四十四条", "papers_by": "2026-02-02"}
    taken = step(
        "grant_urgent", "2026-01-26", "陈静", urgent | {"urgent_ground": "limitation"}, {"urgent_ground": "时效"}
    )
    values = built("grant", taken)
    assert (values["urgent"], values["papers_by"], values["basis"]) == ("yes", "2026年2月2日", "法律援助法第四十四条")
    assert "先行提供法律援助" in text(BY_NAME["grant"], values)
    assert "先行提供法律援助" not in text(BY_NAME["grant"], BY_NAME["grant"].sample)


def test_the_department_and_not_the_agency_signs_what_it_decides_on_an_objection() -> None:
    form = BY_NAME["objection"]
    by_department, by_agency = (
        render.html(form, form.sample | {"supervisor": name}, seal=seal())
        for name in ("大兴区司法局", form.sample["agency"])
    )
    assert 'class="seal"' not in by_department
    assert 'class="seal"' in by_agency


@pytest.mark.parametrize(
    ("taken", "objected", "ruling"),
    [
        (("refuse", "uphold_refusal"), "refusal", "uphold"),
        (("terminate", "uphold_termination"), "termination", "uphold"),
        (("terminate", "correct_termination"), "termination", "correct"),
    ],
)
def test_an_objection_is_decided_on_what_was_decided_last(taken: tuple[str, str], objected: str, ruling: str) -> None:
    values = built("objection", *(step(action, "2026-05-11", "吴强", {}) for action in taken))
    assert (values["objected"], values["ruling"]) == (objected, ruling)
    assert values["decision_number"] == CASE["document_numbers"][f"legal_aid.{objected}"]


def test_a_firm_is_told_to_send_who_knows_death_cases_and_minors() -> None:
    values = built("assignment", gravest="death", categories=["minor"])
    first = step("apply", "2026-01-12", "李秀英", {"categories": ["minor"]})
    shot = replace(SNAPSHOT, case=CASE | {"gravest": "death"}, steps=[first])
    assert [line.partition("（")[0] for line in BY_NAME["assignment"].build(shot)["demands"]] == [
        "承办律师应当具有三年以上相关执业经历",
        "承办律师应当熟悉未成年人身心特点",
    ]
    assert values["demands"][-1].startswith("本案有六名工友")


def test_the_notice_of_a_change_goes_to_the_firm_that_had_the_case() -> None:
    change = next(one for one in STEPS if one["action"] == "change")
    shot = replace(SNAPSHOT, step=change)
    values = BY_NAME["change_notice"].build(shot)
    assert (values["firm"], values["lawyer"]) == ("北京某某律师事务所", "周明")
    assert (values["change"], values["change_days"]) == ("within", "3")


@pytest.mark.parametrize(("decided", "opinion"), [(("change",), "同意更换。"), (("keep",), "不同意更换。"), ((), "")])
def test_a_request_for_another_lawyer_bears_the_decision_on_it_alone(decided: tuple[str, ...], opinion: str) -> None:
    asked = step("apply_change", "2026-04-01", "李秀英", {"change_reason": "不及时答复"})
    values = built("change_application", asked, *(step(action, "2026-04-02", "陈静", {}) for action in decided))
    assert (values["approved"], bool(values["approver"])) == (opinion, bool(decided))


@pytest.mark.parametrize(
    ("line", "placed"),
    [
        ("王芳、女儿、2010-03-04、学生、无", {"birth": "2010-03-04", "occupation": "学生", "workplace": "无"}),
        (
            "王强、儿子、99011520100304001X、打工、每月4,000元",
            {"id_number": "99011520100304001X", "wages": "每月4,000元"},
        ),
        ("王德、父亲、1950年1月、无、无、无、无、300元", {"birth": "1950年1月", "business": "无", "other": "300元"}),
    ],
)
def test_a_member_of_the_family_is_read_from_a_line(line: str, placed: dict[str, str]) -> None:
    member = built("means", household_members="")["members"][0]
    first = step("apply", "2026-01-12", "李秀英", {"household_members": line})
    found = BY_NAME["means"].build(replace(SNAPSHOT, steps=[first]))["members"][0]
    assert member["name"] == "李秀英"
    assert {name: found[name] for name in placed} == placed


@pytest.mark.parametrize(
    ("organ", "words"),
    [
        ("police", ("侦查期间", "第三十六条", "监视居住")),
        ("security", ("危害国家安全", "第四条、第三十六条", "保密")),
        ("procuratorate", ("审查起诉期间", "第一百七十三条、第一百七十四条", "认罪认罚具结书的时间")),
        ("court", ("审判期间", "第一百九十条", "开庭时间")),
    ],
)
def test_each_organ_has_a_notice_of_its_stage_and_articles(organ: str, words: tuple[str, ...]) -> None:
    form = BY_NAME[f"duty_{organ}"]
    printed = text(form, form.build(at_stage(organ)))
    assert [word for word in words if word not in printed] == []
    others = (BY_NAME[f"duty_{other}"] for other in ("police", "security", "procuratorate", "court") if other != organ)
    assert all(words[2] not in text(other, other.blank()) for other in others)


def test_an_id_number_stands_in_eighteen_boxes() -> None:
    form = BY_NAME["application"]
    drawn = re.search(r'<span class="digits">(.*?)</span></td>', render.html(form, form.blank()), re.DOTALL)
    assert drawn is not None
    assert drawn[1].count("<span>") == 18
