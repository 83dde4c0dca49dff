"""Every route says which event it leaves, or why none; and the calls of a whole day leave what was said."""

import io
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from flask import Flask, Response, g, request, request_finished
from sqlalchemy import select, text

from saas import clock
from saas.audit.models import AuditEvent
from saas.cases.models import Case
from saas.db.session import TenantRef, db
from saas.documents import jobs
from saas.documents.queries import list_documents
from saas.files.queries import list_files
from saas.identity import totp
from tenants import connections, context
from tests import designing, offering
from tests.browsers import Browser, hidden_fields
from tests.contracts.audited import AUDITED, SILENT
from tests.mediation import factory
from tests.portal import applying
from tests.saas.registers import factory as registers
from tests.saas.rehearsal import samples
from tests.saas.web.staff.sending import as_sent, send
from tests.saas.web.staff.test_intake import OPEN, TRANSFER

UNREACHED = frozenset(
    {
        *("portal.act", "dossiers.download_export", "portal.download", "portal.own"),
        *("dossiers.download_archive", "dossiers.download_batch", "dossiers.take_copy"),
        *("staff.ask_bulk", "staff.approve_bulk", "staff.refuse_bulk", "staff.take_bulk"),
        *("portal.take_code", "portal.take_answer", "web.take_provider_answer", "web.enter_by_passkey"),
        *("web.add_passkey", "web.remove_passkey", "web.take_passkey_due", "web.prove_passkey_second"),
        *("web.finish_enrolment", "web.replace_password", "platform.link_admin", "platform.do_act"),
        *("admin.start_move", "admin.confirm_move", "admin.stop_move", "admin.undo_move", "admin.drop_move"),
        "admin.publish_design",
    }
)
"""Need what a day of this city has not: a case that has come far, a finished dossier, a list beyond the limit, a
provider, a device with a passkey, a stricter policy, an operator, a worker that has judged every case, another dress
for every later document. Declared by what their services record.
"""

UNCALLED = frozenset(
    {
        *("static", "web.set_text_size", "web.read_message", "web.enrolment_picture", "web.ask_provider"),
        *(
            "portal.ask",
            "portal.ask_provider",
            "portal.set_aside",
            "portal.give_code",
            "portal.reopen",
            "portal.forget",
        ),
    }
)
"""Silent ones that need what the day has not either, or change only what the browser's session remembers."""

GUIDE = "/guide/mediation.dispute/apply"
OTHER, NEXT = "Copper/harbour2moss", "Quiet_meadow=9stone"
HELPER = re.compile(r'name="helper" value="([0-9a-f-]{36})"')
RECUSAL = re.compile(r'name="recusal" value="([0-9a-f-]{36})"')
LEAVE = re.compile(r'action="(/admin/accounts/[^"]+/leave/[^"]+/end)"')
CURSOR = re.compile(r'name="cursor" value="(\d+)"')
PAGE = re.compile(r"/pages/(p_\w+)")
ENTRY = re.compile(r'id="down-(\w+)"')
OPTION = re.compile(r'<option value="([0-9a-f-]{36})"')
UNMASK = re.compile(r'href="(/staff/cases/[^"]+/unmask/[^"]+)"')
WITHDRAW = re.compile(r'action="(/admin/proposals/[0-9a-f-]+/withdraw)"')
REVOKE = re.compile(r'action="(/admin/accounts/[^"]+/revoke)"')
END_SESSION = re.compile(r'action="(/account/sessions/[0-9a-f-]{36}/end)"')
SECRET = re.compile(r'id="secret">([A-Z2-7 ]+)<')
PAPER = re.compile(r"(?:[A-Z2-9]{4}-){5}[A-Z2-9]{4}")
FIRST = re.compile(r"/first-sign-in\?token=([\w-]{43})")


def test_every_route_says_what_it_leaves(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("probe.")}

    assert sorted(endpoints - AUDITED.keys() - SILENT.keys()) == []
    assert sorted((AUDITED.keys() | SILENT.keys()) - endpoints) == []
    assert AUDITED.keys() & SILENT.keys() == set()


@pytest.fixture(scope="module")
def calls(app: Flask, beijing: TenantRef) -> Mapping[str, list[str]]:
    """The ids of the requests of a whole day that went well, by endpoint."""
    found: dict[str, list[str]] = defaultdict(list)

    def note(_app: Flask, response: Response) -> None:
        if response.status_code < 400 and g.get("request_id") and request.endpoint:
            found[request.endpoint].append(g.request_id)

    password = app.extensions["fengqiao.config"].demo_password

    def as_user(username: str) -> Browser:
        browser = Browser(app, beijing)
        browser.sign_in(username, password)
        return browser

    with request_finished.connected_to(note, app):
        _spend_a_day(app, beijing, as_user)
    return found


def _spend_a_day(app: Flask, city: TenantRef, as_user: Callable[[str], Browser]) -> None:
    citizen = Browser(app, city)
    with context.transaction(app, city):
        applying.forget_tries()
    number = applying.apply(citizen, "110115001")
    with context.entered(app, city):
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        code, document = case.query_code, list_documents(case.id)[0].id
    for address in (f"/apply/done/{number}", f"/apply/done/{number}/code.svg", GUIDE, f"{applying.APPLY}/"):
        citizen.get(address)
    applying.submit(citizen, "/progress", {"number": number, "secret": code})
    material = {"category": "identity", "files": applying.picture()}
    applying.submit(citizen, f"/progress/{number}", material, f"/progress/{number}/material")
    send(as_user("chenjing"), f"{OPEN}/transfer", TRANSFER)
    _work(app, city, as_user("wugang"), number, document)
    _go_on_with_papers(app, city, as_user("zhaoxh"))
    with context.transaction(app, city):
        mediating = factory.mediating().number
        factory.open_application().closed_at = clock.now()
    _guard(as_user("zhaoxh"), as_user("sunli"), mediating)
    _inspect(as_user("zhangwei"), as_user("lixf"), citizen)
    designing.spend_a_day(as_user("wanghy"), as_user("qianfang"), as_user("sunli"), mediating)
    _keep_registers(app, city, as_user("lixf"))
    _audit(as_user("liujg"), number)
    applying.submit(citizen, "/my/sign-in", {"phone": "13900005678"})
    username = _give_rights(as_user("wanghy"), as_user("qianfang"), Browser(app, city), _unit(app, city, "兴丰司法所"))
    _use_account(as_user, username)
    _change_password(as_user(username), app.extensions["fengqiao.config"].demo_password)
    _begin(as_user("wanghy"))
    _keep_calendar(as_user("wanghy"))
    _configure(as_user("wanghy"))
    _let_go(as_user("wanghy"), Browser(app, city), username, _unit(app, city, "兴和人民调解委员会"))
    _shape(as_user("wanghy"))
    _try_a_draft(app, city, as_user("wanghy"))
    _publish(as_user("wanghy"), as_user("qianfang"))
    _ask_more(as_user("wanghy"))
    _list_codes(as_user("wanghy"))
    _take_over(app, as_user("wanghy"))
    _look_around(app, [citizen, *(as_user(name) for name in ("sunli", "zhangwei", "liujg"))])


def _try_a_draft(app: Flask, city: TenantRef, admin: Browser) -> None:
    with context.transaction(app, city):
        base = f"/admin/processes/{samples.draft_with().id}"
    play = f"{base}/play"
    send(admin, play, {"_action": "apply", "_by": "citizen", "_on": "2026-03-02"})
    send(admin, play, {"day": "2026-03-04"}, f"{play}/clock")
    send(admin, play, {"title": "收到申请", "cursor": "0"}, f"{play}/keep")
    send(admin, play, {}, f"{play}/undo")
    send(admin, play, {}, f"{play}/restart")
    kept = f"{base}/scenarios/example_1"
    for act, cursor in (("play", "1"), ("renew", "1"), ("remove", "2")):
        send(admin, f"{base}/scenarios", {"cursor": cursor}, f"{kept}/{act}")
    send(admin, f"{base}/backtest", {})


def _work(app: Flask, city: TenantRef, staff: Browser, number: str, document: object) -> None:
    page = f"/staff/cases/{number}"
    staff.get(page)
    staff.get(f"{page}.json")
    send(staff, page, {}, f"{page}/take")
    staff.get(f"{page}/act/accept")
    staff.get(f"{page}/documents/{document}.pdf")
    staff.get(f"{page}/preview/mediation.application.pdf")
    send(staff, f"{page}/act/accept", as_sent(factory.ACCEPTED))
    send(staff, f"{page}?tab=materials", {"category": "identity", "files": applying.picture()}, f"{page}/files")
    with context.entered(app, city):
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        file = list_files(case.id)[0].id
    staff.get(f"{page}/files/{file}")
    staff.get(f"{page}/files/{file}/preview.png")
    staff.get("/staff/cases.xlsx")
    for address in ("/staff", "/staff/work", "/staff/cases", "/staff/statistics", "/staff/open"):
        staff.get(address)
    staff.get(f"{OPEN}/initiate")
    send(staff, "/staff", {}, "/sign-out")


def _go_on_with_papers(app: Flask, city: TenantRef, director: Browser) -> None:
    """Serve, put right, issue again and void the documents of a case, and take the register out."""
    with context.transaction(app, city):
        case = factory.mediating()
        number, (served, again, failed) = case.number, [one.id for one in list_documents(case.id)]
        jobs.give_up({"document": str(failed)}, "没有纸样。")
    page = f"/staff/cases/{number}/documents"
    for one in (served, again):
        director.get(f"{page}/{one}.pdf")
    director.get(f"{page}.pdf")
    handed = {"recipient": "赵小燕", "way": "direct", "served_on": str(clock.today())}
    send(director, f"{page}/{served}/service", handed)
    director.get(f"{page}/{served}/receipt.pdf")
    send(director, f"{page}/{served}/correct", {"value-facts": "更正后的事实。", "reason": "事实有误"})
    send(director, f"/staff/cases/{number}?tab=documents", {}, f"{page}/{failed}/redo")
    send(director, f"{page}/{again}/reissue", {"reason": "当事人遗失"})
    send(director, f"{page}/{again}/void", {"reason": "已经补发"})
    director.get("/staff/documents.xlsx")


def _guard(director: Browser, mediator: Browser, number: str) -> None:
    page = f"/staff/cases/{number}"
    helper = {"username": "xuning", "until": str(clock.today()), "reason": "跨区协办"}
    send(director, f"{page}/access", helper, f"{page}/helpers")
    held = HELPER.findall(director.get(f"{page}/access").text)[0]
    send(director, f"{page}/access", {"helper": held}, f"{page}/helpers/end")
    send(director, f"{page}/access", {"label": "0", "reason": "核对级别"}, f"{page}/label")
    recusal = {"username": "zhoumin", "reason": "当事人的亲属"}
    send(director, f"{page}/recusals", recusal)
    out = RECUSAL.findall(director.get(f"{page}/recusals").text)[0]
    send(director, f"{page}/recusals", {"recusal": out}, f"{page}/recusals/end")
    colleague = OPTION.findall(mediator.get(f"{page}/verbs/copy").text)[0]
    send(mediator, f"{page}/verbs/copy", {"person": colleague, "reason": "请知悉"})
    address = UNMASK.findall(mediator.get(page).text)[0]
    send(mediator, address, {"reason": "联系当事人到场"}, address)


def _inspect(bureau: Browser, inspector: Browser, citizen: Browser) -> None:
    """Inspect the files closed this year: from the plan to the end, with one person kept out."""
    new, year = "/staff/inspections/new/mediation.file_review", f"{clock.today():%Y}"
    units = re.findall(r'<option value="([0-9a-f-]{36})"', bureau.get(new).text)
    asked = {"title": "案卷评查", "unit_id": units[0], "share": "100", "due_on": str(clock.today())}
    period = {"starts_on": f"{year}-01-01", "ends_on": f"{year}-12-31", "inspectors": "lixf，hetao，zhangwei"}
    plan = str(send(bureau, new, asked | period).location)
    send(bureau, plan, {}, f"{plan}/freeze")
    out = re.findall(rf'href="({plan}/recusals/[^"]+)"', bureau.get(plan).text)
    for address in out:
        people = dict(re.findall(r'<option value="([0-9a-f-]{36})"[^>]*>([^<]+)<', bureau.get(address).text))
        keeps_out = next(id_ for id_, name in people.items() if name == "张伟")
        send(bureau, address, {"inspector": keeps_out, "reason": "曾任调解员"})
    send(bureau, plan, {}, f"{plan}/draw")
    bureau.get(f"{plan}/draw.json")
    for address in out:
        result = address.replace("/recusals/", "/results/")
        page = inspector.get(result).text
        points = dict.fromkeys(re.findall(r'name="(score-\w+)"', page), "1")
        day, later = str(clock.today()), str(clock.today() + timedelta(days=9))
        send(inspector, result, points | {"inspected_on": day, "findings": "缺少日期", "rectify_by": later})
    send(bureau, plan, {}, f"{plan}/publish")
    bureau.get(f"{plan}/print")
    for address in out:
        better = dict.fromkeys(points, "2") | {"findings": "缺少日期", "rectify_by": later, "reason": "异议成立"}
        send(bureau, address.replace("/recusals/", "/amendments/"), better)
        send(bureau, address.replace("/recusals/", "/rectifications/"), {"rectified_on": day, "rectified": "已补"})
    send(bureau, plan, {}, f"{plan}/close")
    for address in ("", "/draw.json"):
        citizen.get(f"{plan.removeprefix('/staff')}{address}")


def _keep_registers(app: Flask, city: TenantRef, keeper: Browser) -> None:
    """Add, change and record entries, bring in a table, take the list out, and look at what everybody may read."""
    with context.transaction(app, city):
        unit, named = str(factory.body("兴丰司法所").id), registers.add(name="名录调委会")
        page = f"/staff/registers/{registers.MEDIATOR}"
        mediator = {"_unit": unit, "name": "周明", "kind": "full_time", "committee": str(named.id)}
    for address in ("/staff/registers", page, f"{page}/import", f"{page}/template.xlsx", f"{page}/entries.xlsx"):
        keeper.get(address)
    entry = str(send(keeper, f"{page}/new", mediator).location)
    keeper.get(entry)
    send(keeper, f"{entry}/change", mediator | {"gender": "male"})
    send(keeper, f"{entry}/records/培训", {"happened_on": "2026-03-05", "subject": "民法典", "hours": "8"})
    send(keeper, entry, {"status": "ended", "reason": "任期届满"}, f"{entry}/status")
    table = "名称,种类\n表格调委会,村\n".encode()
    page = f"/staff/registers/{registers.COMMITTEE}"
    send(keeper, f"{page}/import", {"_unit": unit, "table": (io.BytesIO(table), "名录.csv")})
    for address in ("/registers", f"/registers/{registers.COMMITTEE}"):
        keeper.get(address)


def _begin(admin: Browser) -> None:
    """Begin a process of the city's own and answer one page of its wizard."""
    page = str(send(admin, "/admin/processes/new", {"title": "走访登记", "source": "new"}).location)
    setup = page.rpartition("/")[0]
    send(admin, f"{setup}/limit", {"cursor": "0", "n": "5", "unit": "day", "law": "市局规定"})
    admin.get(setup)


def _shape(admin: Browser) -> None:
    """Begin a draft, add a state, take it back and add it again."""
    page = str(send(admin, "/admin/processes", {"process": "mediation.dispute"}).location)
    admin.get(f"{page}/map")
    send(admin, page, {"part": "states", "title": "复核", "cursor": "0"}, f"{page}/acts/add")
    send(admin, page, {"cursor": "1"}, f"{page}/undo")
    send(admin, page, {"cursor": "0"}, f"{page}/redo")


def _publish(admin: Browser, security: Browser) -> None:
    """Bring a draft through review into a version that holds in ten years, and plan to move cases to it."""
    dropped = str(send(admin, "/admin/processes", {"process": "mediation.dispute"}).location)
    send(admin, f"{dropped}/review", {}, f"{dropped}/discard")
    page = str(send(admin, "/admin/processes", {"process": "mediation.dispute"}).location)
    review = f"{page}/review"
    for verb in ("submit", "recall", "submit"):
        send(admin, review, {}, f"{page}/{verb}")
    send(security, review, {"reason": "请写明依据"}, f"{page}/send-back")
    send(admin, review, {}, f"{page}/submit")
    reasons = dict.fromkeys(re.findall(r'name="(accepted-[0-9a-f]+)"', security.get(review).text), "已经核对")
    later = {"valid_from": str(clock.today() + timedelta(days=3650))}
    listed = str(send(security, review, reasons | later, f"{page}/publish").location)
    newest = max(map(int, re.findall(r'<option value="([0-9]+)"', admin.get(listed).text)))
    two, moves = f"?old={newest - 1}&new={newest}", listed.replace("/versions", "/moves")
    admin.get(f"{listed.replace('/versions', '/compare')}{two}")
    admin.get(moves)
    plan = {"reason": "统一", "stop_after": "10"}
    admin.get(str(send(admin, f"{moves}/new{two}", plan, f"{moves}{two}").location))


def _take_over(app: Flask, admin: Browser) -> None:
    """Take a new version of the pack over into a draft, and give the draft up."""
    with TemporaryDirectory() as folder, offering.raised(app, Path(folder)):
        draft = str(send(admin, "/admin/processes/offers", {}, f"/admin/processes/offers/{factory.PROCESS}").location)
        send(admin, f"{draft}/review", {}, f"{draft}/discard")


def _look_around(app: Flask, visitors: Sequence[Browser]) -> None:
    """Open every page that has one address for all and says it leaves nothing."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint in SILENT.keys() - UNCALLED and "GET" in (rule.methods or ()) and not rule.arguments:
            for visitor in visitors:
                visitor.get(rule.rule)


def _unit(app: Flask, city: TenantRef, name: str) -> str:
    with context.entered(app, city):
        return factory.body(name).code


def _give_rights(admin: Browser, security: Browser, stranger: Browser, unit: str) -> str:
    """Make an account that has a role at a unit, and a role of the city's own that nobody has."""
    username, password = f"n{uuid4().hex[:8]}", admin.application.extensions["fengqiao.config"].demo_password
    new = {"name": "新人", "username": username, "unit": unit, "phone": ""}
    link = FIRST.findall(send(admin, "/admin/accounts/new", new, "/admin/accounts").text)[0]
    given = {"token": link, "password": password, "again": password}
    send(stranger, f"/first-sign-in?token={link}", given, "/first-sign-in")
    page = f"/admin/accounts/{username}"
    asked = {"role": "office_head", "unit": unit, "reason": "新任所长"}
    send(admin, page, asked, f"{page}/grants")
    send(admin, page, {}, WITHDRAW.findall(admin.get(page).text)[0])
    send(admin, page, asked, f"{page}/grants")
    _decide(security, "approve")
    role = {"title": "查档人员", "permissions": ["case.read"], "clearance": "0", "reason": "查档", "code": username}
    send(admin, "/admin/roles/new", role, "/admin/roles")
    _decide(security, "approve")
    send(admin, f"/admin/roles/{username}", role | {"clearance": "1"})
    _decide(security, "refuse")
    leave = {"starts_on": str(clock.today()), "ends_on": str(clock.today()), "reason": "年休假"}
    send(admin, f"{page}/work", leave, f"{page}/leave")
    send(admin, f"{page}/work", {}, LEAVE.findall(admin.get(f"{page}/work").text)[0])
    send(admin, f"{page}/work", {"cap": "9"})
    for address in ("/accounts", "/rights", "/roles", f"/accounts/{username}/view"):
        admin.get(f"/admin{address}")
    return username


def _decide(security: Browser, how: str) -> None:
    """Decide what was proposed last."""
    waiting = re.findall(rf"/admin/proposals/[0-9a-f-]+/{how}", security.get("/admin/proposals").text)
    send(security, "/admin/proposals", {}, waiting[-1])


def _use_account(as_user: Callable[[str], Browser], username: str) -> None:
    """Look at one's sessions, set up an app, come in with a code on paper, and do without the app again."""
    here, _there, _third = as_user(username), as_user(username), as_user(username)
    send(here, "/account", {}, END_SESSION.findall(here.get("/account").text)[0])
    send(here, "/account", {}, "/account/sessions/end-others")
    send(here, "/account/totp", {})
    secret = SECRET.findall(here.get("/account/totp").text)[0].replace(" ", "")
    code = totp.code_at(secret, totp.step_at(datetime.now(UTC)))
    send(here, "/account/totp", {"code": code}, "/account/totp/confirm")
    codes = PAPER.findall(send(here, "/account/totp", {}, "/account/codes").text)
    again = as_user(username)
    send(again, "/sign-in/second", {"code": codes[0]})
    send(again, "/account/totp", {}, "/account/totp/remove")


def _change_password(owner: Browser, password: str) -> None:
    send(owner, "/reauthenticate", {"current": password})
    send(owner, "/account/password", {"current": password, "password": OTHER, "again": OTHER})


def _ask_more(admin: Browser) -> None:
    """Add a question to the application, change, move and remove it; make a form and a page, and take them away."""
    draft = str(send(admin, "/admin/processes", {"process": "mediation.dispute"}).location)
    forms, form = f"{draft}/forms", f"{draft}/forms/mediation.apply"

    def do(page: str, action: str, **fields: str) -> str:
        cursor = CURSOR.findall(admin.get(page).text)[0]
        return str(send(admin, page, {"cursor": cursor, **fields}, action).location)

    where = do(form, f"{form}/questions", sort="text", to_page="matter", new_label="门牌号码")
    question = f"{form}/questions/{where.partition('question=')[2].partition('#')[0]}"
    do(where, question, label="门牌号", store="case")
    do(form, f"{question}/move", by="-1")
    do(form, f"{question}/remove")
    admin.get(f"{form}/preview/phone")
    own = do(forms, forms, title="现场勘查")
    do(own, own, form_title="勘查登记", form_intro="")
    do(own, f"{own}/pages", page_title="照片")
    page = PAGE.findall(admin.get(own).text)[-1]
    do(own, f"{own}/pages/{page}", _do="remove")
    do(own, f"{own}/remove")
    send(admin, draft, {"cursor": "0"}, f"{draft}/discard")


def _list_codes(admin: Browser) -> None:
    """Make a list with two entries, and do to one of them whatever can be done."""
    admin.get("/admin/lists")
    own = str(send(admin, "/admin/lists", {"title": "勘查结果"}).location)
    for title in ("属实", "不属实"):
        send(admin, own, {"title": title}, f"{own}/entries")
    entry = f"{own}/entries/{ENTRY.findall(admin.get(own).text)[0]}"
    send(admin, own, {"title": "基本属实"}, f"{entry}/rename")
    for act in ("move", "close", "open"):
        send(admin, own, {"by": "1"}, f"{entry}/{act}")


def _keep_calendar(admin: Browser) -> None:
    own = {"day": "2029-11-26", "working": "no", "own_source": "某通知"}
    admin.submit("/admin/calendar", own, "/admin/calendar/day")
    admin.submit("/admin/calendar", own | {"working": "national"}, "/admin/calendar/day")
    fixed = "2029-01-01 放假\n2029-05-01 至 2029-05-02 放假\n2029-10-01 至 2029-10-03 放假"
    notice = {"year": "2029", "source": "某通知", "notice": fixed}
    admin.submit("/admin/calendar", notice, "/admin/calendar/notice")


def _configure(admin: Browser) -> None:
    """Look at how a number would be, change a setting and put it back; take the configuration out and in again."""
    page, whole = "/admin/settings/portal.query_limit", "/admin/configuration"
    admin.submit(page, {"value": "20"}, f"{page}/preview")
    admin.submit(page, {"value": "20"})
    file = admin.get(f"{whole}/file").data
    admin.submit(page, {}, f"{page}/default")
    sent = {"file": (io.BytesIO(file), "c.json"), "parts": ["settings", "processes"]}
    data = hidden_fields(admin.get(whole).text) | sent
    looked = hidden_fields(admin.post(f"{whole}/check", data=data, content_type="multipart/form-data").text)
    admin.post(whole, data=looked | {"parts": ["settings", "processes"]})
    admin.submit(page, {}, f"{page}/default")


def _let_go(admin: Browser, stranger: Browser, username: str, unit: str) -> None:
    """Reset a forgotten password, take the role back, and let the person go elsewhere."""
    page = f"/admin/accounts/{username}"
    link = FIRST.findall(send(admin, f"{page}/reset", {}).text)[0]
    send(stranger, f"/first-sign-in?token={link}", {"token": link, "password": NEXT, "again": NEXT}, "/first-sign-in")
    send(admin, page, {}, REVOKE.findall(admin.get(page).text)[0])
    send(admin, page, {"target": unit}, f"{page}/move")
    send(admin, page, {}, f"{page}/disable")
    send(admin, page, {}, f"{page}/enable")


def _audit(auditor: Browser, number: str) -> None:
    for address in ("/audit", "/audit/events", "/audit/events.xlsx", f"/audit/cases/{number}"):
        auditor.get(address)
    send(auditor, "/audit/verification", {})
    send(auditor, "/audit/persons", {"phone": "13900005678"})
    send(auditor, "/audit/verify", {"file": applying.picture("x.pdf", b"%PDF-1.7 x")})
    asked = send(auditor, f"/audit/cases/{number}", {}, f"/dossiers/cases/{number}")
    auditor.get(asked.location)
    batch = send(auditor, f"/dossiers/batches/new?q={number}", {}, "/dossiers/batches")
    auditor.get(batch.location)


def left(app: Flask, city: TenantRef, ids: list[str]) -> set[str]:
    """The actions of the events that these requests left."""
    with context.entered(app, city):
        return set(db.session.scalars(select(AuditEvent.action).where(AuditEvent.request_id.in_(ids))))


@pytest.mark.parametrize("endpoint", sorted(AUDITED.keys() - UNREACHED))
def test_a_call_leaves_what_its_route_declares(
    app: Flask, beijing: TenantRef, calls: Mapping[str, list[str]], endpoint: str
) -> None:
    assert calls[endpoint], "nobody called it"

    for request_id in calls[endpoint]:
        assert left(app, beijing, [request_id]) & AUDITED[endpoint]


@pytest.mark.parametrize("endpoint", sorted(SILENT))
def test_a_route_that_says_it_leaves_nothing_leaves_nothing(
    app: Flask, beijing: TenantRef, calls: Mapping[str, list[str]], endpoint: str
) -> None:
    if endpoint not in UNCALLED and not endpoint.startswith("platform."):
        assert calls[endpoint], "nobody called it"
    assert left(app, beijing, calls.get(endpoint, [])) == set()


def test_an_act_that_cannot_be_written_down_is_not_done(
    app: Flask, beijing: TenantRef, as_user: Callable[..., Browser]
) -> None:
    with context.transaction(app, beijing):
        case = factory.open_application()
        number, before = case.number, (case.state, case.revision, len(case.steps))
    director = as_user("zhaoxh")
    director.get(f"/staff/cases/{number}")
    # Apart from the calls: inside one context they would share what belongs to a request.
    with app.app_context():
        engine = connections.admin_engine()
    with engine.connect() as connection:
        columns = connection.scalars(
            text(
                "SELECT column_name FROM information_schema.column_privileges WHERE table_schema = :schema"
                " AND table_name = 'audit_event' AND grantee = :schema AND privilege_type = 'INSERT'"
            ),
            {"schema": beijing.schema},
        ).all()
        table = f"{beijing.schema}.audit_event"
        connection.execute(text(f"REVOKE INSERT ON {table} FROM {beijing.schema}"))
        connection.commit()
        try:
            sent = as_sent(factory.ACCEPTED) | {"_revision": before[1]}
            answer = send(director, "/staff", sent, f"/staff/cases/{number}/act/accept")
            looked = director.get(f"/staff/cases/{number}")
        finally:
            connection.execute(text(f"GRANT INSERT ({', '.join(columns)}) ON {table} TO {beijing.schema}"))
            connection.commit()

    assert (answer.status_code, looked.status_code) == (503, 503)
    with context.entered(app, beijing):
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        assert (case.state, case.revision, len(case.steps)) == before
