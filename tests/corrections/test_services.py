"""A life under supervision through the services: who decides what, what is refused with its article, what follows."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from saas import clock
from saas.cases import access, alarms, guarding, queries
from saas.cases.models import Case, Task
from saas.db.session import TenantRef, db
from saas.documents.queries import list_documents
from saas.errors import InvalidInputError, RefusedError
from saas.files import services as files
from tests.conftest import InTenant
from tests.corrections import factory
from tests.corrections.factory import APPROVER, CITY, HEAD, HEAD_OF_OFFICE, JUVENILE, OFFICER, act, actor
from tests.saas.files.samples import png

TEXT = "经查证属实，有询问笔录、现场照片为证。"


def refused(case: Case, action: str, by: str = OFFICER, **values: object) -> list[tuple[str, str]]:
    """Code and article of every reason against a step."""
    with pytest.raises(RefusedError) as refusal:
        act(case, action, by, **values)
    return [(getattr(reason, "code", ""), getattr(reason, "law", None) or "") for reason in refusal.value.reasons]


def documents(case: Case) -> list[str]:
    """The forms issued so far."""
    return [one.form_code.removeprefix("corrections.") for one in list_documents(case.id)]


def test_somebody_is_received_registered_grouped_and_declared(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.serving()

        assert (case.state, case.title, case.label) == ("serving", "孙立强宣告缓刑", 1)
        assert set(documents(case)) == {"receipt", "arrival", "basic_info", "group_duty", "declaration"}
        assert {row.code: row.rule["n"] for row in case.clocks if row.code in {"report", "delivered"}} == {
            "report": 10,
            "delivered": 10,
        }


def test_a_woman_has_a_woman_in_her_group(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.registered(woman=True)

        assert refused(case, "group", **factory.grouped()) == [("woman", "社区矫正法第二十五条")]
        act(case, "group", **factory.grouped(has_woman=True))


def test_leave_is_granted_by_the_level_its_length_asks_for(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.serving()
        short, long, too_long = factory.leave(7), factory.leave(20, ahead=20), factory.leave(10, ahead=45)
        act(case, "apply_leave", **short)
        act(case, "grant_office", HEAD_OF_OFFICE, **factory.granted(short))
        act(case, "apply_leave", **long)
        assert "第二十七条" in refused(case, "grant_office", HEAD_OF_OFFICE, **factory.granted(long))[0][1]
        act(case, "forward_county", HEAD_OF_OFFICE, opinion="同意上报。")
        act(case, "grant_leave", APPROVER, **factory.granted(long))
        act(case, "apply_leave", **too_long)
        act(case, "forward_county", HEAD_OF_OFFICE, opinion="同意上报。")
        assert refused(case, "grant_leave", APPROVER, **factory.granted(too_long))[0][0] == "level"
        act(case, "forward_upper", APPROVER, opinion="两个月内累计超过三十日，报请批准。")
        assert [task.roles for task in queries.list_open_tasks(case) if task.region] == [["corrections_city"]]
        act(case, "grant_upper", CITY, **factory.granted(too_long))

        assert documents(case).count("leave_certificate") == 3
        assert next(row.due_on for row in case.clocks if row.code == "leave") == date.fromisoformat(short["until_on"])


def test_a_penalty_of_the_wrong_level_or_without_facts_is_refused_with_the_article(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.serving()
        wanted = {"measure": "warn", "facts": "多次不参加教育学习，经教育仍不改。"}
        assert refused(case, "propose", **wanted)[0] == ("measure", "社区矫正法第二十八条")
        act(case, "violation", **factory.violation("v_rules"))
        found = refused(case, "propose", **wanted)
        assert "第三十四条" in found[0][1]
        act(case, "propose", **wanted | {"measure": "admonish"})
        decided = {"decided_facts": TEXT, "heard": "无"}
        for wrong in (HEAD_OF_OFFICE, OFFICER, HEAD):
            assert ("role", "社区矫正法第二十八条、社区矫正法实施办法第三十四条") in refused(
                case, "admonish", wrong, **decided
            )
        assert refused(case, "warn", APPROVER, **decided)[0][0] == "measure"
        act(case, "admonish", APPROVER, **decided)

        assert documents(case)[-1] == "admonition"


def test_the_device_needs_one_of_five_grounds_three_months_at_most_and_the_head(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.serving()
        wanted = {"ground": "left", "facts": "未经批准前往外地，需要加强监督。", "months": 3}
        assert refused(case, "apply_monitoring", APPROVER, **wanted) == [("monitoring", "社区矫正法第二十九条")]
        act(case, "violation", **factory.violation("v_left"))
        assert refused(case, "apply_monitoring", APPROVER, **wanted | {"months": 4})[0][1] == "社区矫正法第二十九条"
        act(case, "apply_monitoring", APPROVER, **wanted)
        grant = {"granted_from": str(clock.today()), "months": 3, "told": True, "opinion": "同意。"}
        assert ("role", "社区矫正法第二十九条") in refused(case, "grant_monitoring", APPROVER, **grant)
        act(case, "grant_monitoring", HEAD, **grant)

        assert case.regions["monitoring"] == "monitored"
        assert next(row.rule for row in case.clocks if row.code == "monitoring")["n"] == 3


def test_a_device_approved_for_one_month_is_due_after_one(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.serving()
        act(case, "violation", **factory.violation("v_left"))
        wanted = {"ground": "left", "facts": "未经批准前往外地，需要加强监督。", "months": 3}
        act(case, "apply_monitoring", APPROVER, **wanted)
        grant = {"granted_from": str(clock.today()), "months": 1, "told": True, "opinion": "同意一个月。"}
        act(case, "grant_monitoring", HEAD, **grant)

        assert [row.rule["n"] for row in case.clocks if row.code.startswith("monitoring")] == [1]


def test_who_appears_after_a_month_of_absence_is_received_registered_and_serves(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.open_notice(effective_on=factory.ago(60), judged_on=factory.ago(80))
        search = {"lost_on": factory.ago(50), "last_seen": "家中", "sought": "电话联系、走访家庭。"}
        act(case, "search", **search, search_helpers="大兴公安分局", family_told=True)
        handler = str(actor(OFFICER).id)
        act(case, "absent", APPROVER, handler=handler, reason="电话联系、走访家庭均未找到。")
        release = {"conduct": "无", "appraisal": "无", "advice": "无", "released_on": str(clock.today())}
        act(case, "summary", summary_on=str(clock.today()), summary_text="认真遵守规定，按时报告。")
        assert ("term", "社区矫正法第四十四条") in refused(
            case, "release", **release, declared_how="open", told_to="人民检察院"
        )
        act(case, "appear", **factory.arrival(str(clock.today()), late_reason="在外地务工，没有收到通知"))

        assert (case.state, documents(case)[-1]) == ("received", "arrival")


def test_a_proposal_to_revoke_goes_out_with_its_evidence_and_the_ruling_ends_it(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case, today = factory.serving(), str(clock.today())
        draft = {"proposal": "revoke_probation", "ground": "g_missing", "facts": "脱离监管超过一个月，查找未果。"}
        assert "第四十六条" in refused(case, "draft_revocation", **draft)[0][1]
        act(case, "violation", **factory.violation("v_missing", "grave", days=40))
        assert refused(case, "draft_revocation", **draft | {"proposal": "imprison"})[0][0] == "proposal"
        act(case, "draft_revocation", **draft)
        sent = draft | {"submitted_to": "大兴区人民法院", "submitted_on": today, "evidence_list": "笔录一份"}
        assert refused(case, "submit_revocation", APPROVER, **sent)[0][0] == "evidence"
        files.add(case, "evidence", "笔录.png", png((40, 30)), by=actor(OFFICER))
        act(case, "submit_revocation", APPROVER, **sent)
        act(case, "request_arrest", APPROVER, arrest_ground="flee", facts="有逃跑的现实危险，准备离开本地。")
        act(case, "arrest_decided", arrest="decided", arrest_number=None, custody_from=today)
        assert refused(case, "take_in", APPROVER)[0] == ("guard", "社区矫正法第四十五条")
        act(case, "revoked", ruled_on=today, ruled_by="大兴区人民法院", ruling_number="1号")
        ended = {"ended_on": today, "taken_to": "大兴区看守所", "reason": "已交付执行。", "told_to": "人民检察院"}
        act(case, "take_in", APPROVER, **ended)

        assert case.state == "ended"
        assert {"revoke_probation", "arrest_request", "termination"} <= set(documents(case))
        limits = {row.code: (row.rule["n"], row.rule["unit"], row.rule["roll"]) for row in case.clocks}
        assert (limits["arrest"], limits["custody"], limits["ruling"]) == (
            (48, "hour", False),
            (30, "day", False),
            (30, "day", True),
        )


def test_a_minors_file_is_sealed_from_everyone_not_entitled(beijing: TenantRef, in_tenant: InTenant) -> None:
    born = clock.today() - timedelta(days=365 * 16)
    with in_tenant(beijing):
        with pytest.raises(RefusedError, match="不能登记"):
            factory.open_notice(OFFICER, born=born)
        case = factory.registered(JUVENILE, born=born)
        group = factory.grouped()
        assert [law for _, law in refused(case, "group", JUVENILE, **group)] == [
            "社区矫正法第五十三条",
            "社区矫正法第五十二条",
        ]
        act(case, "group", JUVENILE, **group | {"group_kinds": ["office", "guardian"], "knows_minors": True})
        read = {name: access.allows(actor(name), "case.read", case) for name in (OFFICER, JUVENILE, APPROVER)}

        assert case.label == access.HIGHEST
        assert read == {OFFICER: False, JUVENILE: True, APPROVER: True}


def test_a_minors_case_is_not_given_to_somebody_who_may_not_see_it(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.received(JUVENILE, minor_file=True)
        reasons = refused(case, "register", JUVENILE, handler=str(actor(OFFICER).id))

        assert "label_handler" in [code for code, _ in reasons]


def test_a_limit_of_a_minors_file_is_told_to_none_of_those_who_may_not_see_it(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    born = clock.today() - timedelta(days=365 * 16)
    with in_tenant(beijing):
        told = {
            name: [alarms.hands_of(one), alarms.holders(["corrections_officer"], one.unit_path, one.label)]
            for name, one in (("minor", factory.open_notice(JUVENILE, born=born)), ("adult", factory.open_notice()))
        }
        officer, juvenile = actor(OFFICER).id, actor(JUVENILE).id

        assert (officer in told["minor"][0], juvenile in told["minor"][0], told["minor"][1]) == (False, True, [])
        assert officer in told["adult"][0]
        assert officer in told["adult"][1]


def test_the_head_of_another_line_is_not_let_into_a_minors_file(beijing: TenantRef, in_tenant: InTenant) -> None:
    born, other = clock.today() - timedelta(days=365 * 16), "sunyue"
    until = clock.today() + timedelta(days=5)
    with in_tenant(beijing):
        case, grown_up = factory.open_notice(JUVENILE, born=born), factory.open_notice()
        guarding.add_helper(grown_up, other, until, "请协助核实。", by=actor(APPROVER))
        with pytest.raises(InvalidInputError):
            guarding.add_helper(case, other, until, "请协助核实。", by=actor(APPROVER))
        assert access.allows(actor(other), "case.read", grown_up)
        with pytest.raises(InvalidInputError):
            guarding.set_label(case, 2, "已经密封。", by=actor(other))
        guarding.set_label(grown_up, 2, "查明犯罪时不满十八周岁。", by=actor(APPROVER))
        db.session.expire_all()
        reached = select(Case.id).where(access.reach(actor(other), "case.read"), Case.id == grown_up.id)
        waiting = select(Task.id).where(access.waiting(actor(other)), Task.case_id == grown_up.id)

        assert not access.allows(actor(other), "case.read", grown_up)
        assert (db.session.scalar(reached), db.session.scalar(waiting)) == (None, None)


def test_who_reports_late_is_received_as_late_and_what_may_follow_is_named(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.open_notice(effective_on=factory.ago(40), judged_on=factory.ago(60))
        with pytest.raises(RefusedError, match="警告"):
            act(case, "receive", **factory.arrival(factory.ago(10)))
        act(case, "receive_late", **factory.arrival(factory.ago(10), late_reason="外出务工没有收到通知"))

        assert "late" in case.flags
