"""A process a city made itself runs like every other: number, limit, document, file, figure; nobody else sees it."""

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import true

from saas.cases import queries
from saas.cases.services import open_case
from saas.db.counting import Counted
from saas.db.session import TenantRef
from saas.documents import jobs
from saas.documents.pages import page_texts
from saas.documents.queries import list_documents
from saas.domain import all_domains, domains, get_domain, own_domains
from saas.dossier.jobs import build
from saas.dossier.queries import find_record, get_export, list_places
from saas.dossier.services import request_export
from saas.dossier.verify import verify
from saas.errors import InvalidInputError, NotFoundError
from saas.files import store
from saas.identity.actor import citizen
from saas.indicators import services as indicators
from saas.own_lines import framing
from saas.workflow import drafts
from saas.workflow.definition import DefinitionError, parse
from tests.browsers import Browser
from tests.conftest import InTenant, SignIn
from tests.mediation import factory
from tests.printing import squeezed
from tests.saas.own_lines import samples


def figures() -> dict[str, object]:
    report = indicators.report(f"{samples.TODAY:%Y-%m}", true(), "试点市")
    return {one["code"]: one["value"] for one in report["indicators"]}


def test_it_is_a_line_of_work_with_everything_in_its_place(shaper: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaper):
        line = get_domain(samples.LINE)

        assert line.title == samples.TITLE
        assert [form.code for form in line.forms] == ["own.p1.notice", framing.COVER, framing.CATALOGUE]
        assert [item.title for item in line.volume] == ["办理结果告知书", "现场照片", "其他材料"]
        assert [guide.process for guide in line.guides] == [samples.KEY]
        assert line.handler_roles == ("director", "mediator")


@pytest.mark.parametrize("code", [framing.COVER, framing.CATALOGUE])
def test_no_document_of_a_process_takes_the_place_of_cover_or_catalogue(code: str) -> None:
    made = samples.body()
    made["papers"][0]["code"] = code

    with pytest.raises(DefinitionError):
        parse(made)


def test_another_city_sees_none_of_it(shaper: TenantRef, beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaper):
        assert [line.name for line in own_domains()] == [samples.LINE]
    with in_tenant(beijing):
        assert all_domains() == domains()
        with pytest.raises(NotFoundError):
            get_domain(samples.LINE)
        with pytest.raises(NotFoundError):
            open_case(samples.KEY, "apply", samples.APPLIED, by=citizen("冯春分"))


def test_where_no_city_is_served_there_are_only_the_deployments_lines(app: Flask) -> None:
    with app.app_context():
        assert own_domains() == ()


def test_the_deployments_lines_are_found_without_asking_the_city(
    shaper: TenantRef, in_tenant: InTenant, count_queries: Callable[[], AbstractContextManager[Counted]]
) -> None:
    with in_tenant(shaper), count_queries() as counted:
        get_domain("mediation")

    assert len(counted.statements) == 0


def test_the_citys_own_are_read_by_one_statement_a_session(
    shaper: TenantRef, in_tenant: InTenant, count_queries: Callable[[], AbstractContextManager[Counted]]
) -> None:
    with in_tenant(shaper):
        all_domains()  # what the versions say is kept by the process
    with in_tenant(shaper), count_queries() as counted:
        assert get_domain(samples.LINE) in all_domains()

    assert len(counted.statements) == 1


def test_a_case_has_the_number_limit_title_and_body_that_were_asked_for(shaper: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaper):
        case = samples.open_case()

        assert re.fullmatch(r"P1-\d{4}-\d{4}", case.number)
        assert case.title == "冯春分矛盾纠纷线索登记"
        assert [row.code for row in case.clocks] == ["limit"]
        assert case.unit.name == "汇川区人民调解委员会"
        assert case.data["q3"] == 120_000
        task = queries.open_task(case)
        assert task is not None
        assert task.roles == ["director"]


def test_the_document_says_what_was_entered(shaper: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaper):
        case = samples.finished()
        (document,) = list_documents(case.id)
        jobs.make(document)
        text = squeezed("".join(page_texts(store.get(str(document.storage_key)))))

        assert case.state == "done"
        assert document.number in text
        assert "办理结果告知书" in text
        assert f"冯春分：您于{samples.TODAY.year}年" in text
        assert squeezed(samples.RESULT["result"]) in text
        assert case.unit.name in text


def test_a_document_that_lacks_an_answer_is_refused_and_names_the_step(shaper: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaper):
        case = samples.open_case()
        samples.act(case, "accept", {}, "shiqiang")
        samples.act(case, "handle", {"result": None}, "wenjing")
        with pytest.raises(InvalidInputError) as refusal:
            samples.act(case, "finish", {}, "shiqiang")

        assert "缺少“办理结果”，请先在“办理”中填写。" in refusal.value.message
        assert case.state == "checking"
        assert list_documents(case.id) == []


def test_who_takes_the_step_answers_for_a_case_without_a_handler(shaper: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaper):
        samples.publish_again("联系人：{case.handler}。")
        (document,) = list_documents(samples.finished().id)

        assert document.values["paragraphs"][3] == "联系人：石强。"


def test_its_documents_stand_in_their_place_of_the_file(shaper: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaper):
        case = samples.finished()
        place = next(place for place in list_places(case) if place.documents)

        assert place.item.title == "办理结果告知书"


def test_its_file_is_known_as_the_one_that_was_exported(
    shaper: TenantRef, beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(shaper):
        case = samples.finished()
        number, export_id = case.number, request_export(case, by=factory.actor("yangxue")).id
    with in_tenant(shaper):
        build({"export": str(export_id)})
    with in_tenant(shaper):
        data = store.get(str(get_export(export_id).storage_key))
        here = verify(data, find_record)
    with in_tenant(beijing):
        elsewhere = verify(data, find_record)

    assert (here["ok"], here["number"], here["problems"]) == (True, number, [])
    assert not elsewhere["ok"]


def test_its_figure_counts_what_was_finished(shaper: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaper):
        before = figures()["own.p1.finished"]
        samples.open_case()
        samples.finished()

        assert figures()["own.p1.finished"] == int(str(before)) + 1


def test_the_page_for_citizens_is_offered_here_only(app: Flask, shaper: TenantRef, beijing: TenantRef) -> None:
    assert samples.TITLE in Browser(app, shaper).get("/").get_data(as_text=True)
    assert samples.TITLE not in Browser(app, beijing).get("/").get_data(as_text=True)
    assert Browser(app, beijing).get(f"/guide/{samples.KEY}/apply").status_code == 404


def test_the_command_line_finds_nothing_wrong_with_it(app: Flask, shaper: TenantRef) -> None:
    answer = app.test_cli_runner().invoke(args=["process", "check", "--tenant", shaper.code, "--json"])

    assert [one for one in json.loads(answer.stdout) if one["place"].startswith("p1.")] == []


def test_a_later_version_leaves_running_cases_their_own_document(shaper: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaper):
        case = samples.open_case()
        samples.act(case, "accept", {}, "shiqiang")
        samples.act(case, "handle", samples.RESULT, "wenjing")
        samples.publish_again("本件已经办结。")
        later = samples.finished()
        samples.act(case, "finish", {}, "shiqiang")
        said = [list_documents(one.id)[0].values["paragraphs"][3] for one in (case, later)]

        assert "本件已经办结。" not in said[0]
        assert said[1] == "本件已经办结。"


def test_a_city_adds_a_document_of_its_own_to_a_process_of_the_law(shaper: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaper):
        samples.add_receipt_to_mediation()
        case = factory.open_application("汇川区人民调解委员会", area="520303001")
        factory.act(case, "accept", factory.ACCEPTED, "shiqiang")
        issued = {document.form_code: document for document in list_documents(case.id)}
        jobs.make(issued["own.receipt"])

        assert issued["own.receipt"].values["paragraphs"] == ["赵小燕：您关于邻里纠纷的申请已经受理。"]
        assert issued["own.receipt"].state == "ready"
        assert list_places(case)[-1].item.title == "其他材料"


def test_a_new_process_begins_as_a_copy_of_one_of_the_citys_own(
    at_desk: SignIn, shaper: TenantRef, in_tenant: InTenant
) -> None:
    answer = at_desk("luoyong").submit("/admin/processes/new", {"title": "隐患线索登记", "source": samples.KEY})

    assert answer.status_code == 303
    with in_tenant(shaper):
        made = next(draft for draft in drafts.list_drafts() if draft.title == "隐患线索登记")
        assert made.key != samples.KEY
        assert made.body["papers"][0]["code"] == f"own.{made.key}.notice"
        assert drafts.problems_of(made) == []
