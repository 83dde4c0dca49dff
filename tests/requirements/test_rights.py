"""Permissions: R23 to R26 and R32 to R38 of the security requirements, one after the other."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError

from saas import clock
from saas.app import create_app
from saas.audit.models import AuditEvent
from saas.cases import access, bulk, bulk_queries, guarding, queries
from saas.cases.bulk_models import BulkExport
from saas.cases.models import Case
from saas.cases.people_models import Helper
from saas.cases.queries import Filter
from saas.config import Config
from saas.db.ids import new_id
from saas.db.session import TenantRef, db
from saas.domain import role_declarations
from saas.errors import AppError, ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from saas.identity import accounts, duties, proposals, services
from saas.identity import queries as identity
from saas.identity.actor import SYSTEM, Actor, Granted
from saas.identity.models import Grant, Practitioner, Proposal, User
from saas.identity.permissions import KernelPermission, UndeclaredRouteError
from saas.identity.sessions import actor_of
from saas.indicators import services as indicators
from saas.settings import services as settings
from saas.web.admin import matrix, titles
from tenants import context
from tenants.guests import services as guests
from tenants.guests.services import Asked
from tenants.web import operators
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.web.staff.sending import as_sent, send

FORGED = {
    "role": "UPDATE role SET permissions = permissions || '{case.export}' WHERE code = :code AND :grant IS NOT NULL",
    "role_grant": "UPDATE role_grant SET unit_id = (SELECT id FROM unit WHERE code = '11')"
    " WHERE id = :grant AND role_code = :code",
}
SignIn = Callable[..., Browser]
PASSWORD = "brook willow lantern"
COLUMNS = [column.key for column in Case.__table__.columns]
OWN, OTHER = "兴和人民调解委员会", "通州区人民调解委员会"


def person(username: str) -> User:
    """Somebody of the city."""
    found = identity.find_user(username)
    assert found is not None, username
    return found


def newcomer(*grants: tuple[str, str], password: str = PASSWORD) -> User:
    """A new account with roles at bodies."""
    held = [(role, factory.body(body).code) for role, body in grants]
    return services.create_user(services.NewUser(f"r{uuid4().hex[:10]}", "新人", password, held), by=SYSTEM)


def asked(user: User, role: str, body: str, by: str = "wanghy") -> Proposal:
    """A proposal of 王海燕's to give a role."""
    found = identity.find_role(role)
    assert found is not None
    return proposals.propose_grant(user, found, factory.body(body), "工作需要", by=factory.actor(by))


def cleared(clearance: int, *permissions: str) -> Actor:
    """Somebody over the whole city who may see cases up to a label."""
    return Actor(new_id(), "某人", "staff", (Granted("x", "x", "", None, "", frozenset(permissions), clearance),))


def seen_by(actor: Actor) -> set[str]:
    """The numbers of the cases in the actor's list."""
    return set(db.session.scalars(queries.cases_of(actor, Filter()).with_only_columns(Case.number)))


def events(action: str, subject: object) -> int:
    """How often the record says that something was done."""
    query = select(func.count()).where(AuditEvent.action == action, AuditEvent.subject_id == str(subject))
    return db.session.scalar(query) or 0


def test_r23_a_route_without_a_permission_stops_the_start(config: Config) -> None:
    def careless(app: Flask) -> None:
        app.add_url_rule("/open-to-all", "careless", lambda: "everything")

    with pytest.raises(UndeclaredRouteError, match="careless"):
        create_app(config, (), (careless,))


def test_r24_the_matrix_is_made_of_the_declared_data_alone(app: Flask) -> None:
    with app.app_context():
        roles = [(role.code, role.permissions) for role in role_declarations()]
    cells = matrix.table(matrix.lines(app), roles)

    assert {status for _, answers in cells for status in answers.values()} == {200, 403, 404}
    for line, answers in cells:
        for code, permissions in roles:
            assert (answers[code] == 403) == (line.permission not in {*permissions, "signed_in"})


def test_r25_a_case_of_another_district_is_not_there(beijing: TenantRef, in_tenant: InTenant, as_user: SignIn) -> None:
    with in_tenant(beijing):
        number = factory.mediating().number

    answers = [as_user("xuning").get(f"/staff/cases/{each}").status_code for each in (number, "2026999999")]
    assert answers == [404, 404]
    assert as_user("sunli").get(f"/staff/cases/{number}").status_code == 200


def test_r25_a_helper_reaches_the_one_case_until_it_is_taken_back(
    beijing: TenantRef, in_tenant: InTenant, as_user: SignIn
) -> None:
    with in_tenant(beijing):
        case, other = factory.mediating(), factory.mediating()
        helper = guarding.add_helper(case, "xuning", clock.today(), "跨区协办", by=factory.actor("zhaoxh")).id
        number, hidden, case_id = case.number, other.number, case.id
    browser = as_user("xuning")
    opened = [browser.get(f"/staff/cases/{each}").status_code for each in (number, hidden)]
    listed = [browser.get(f"/staff/{page}").text for page in ("cases", "work")]
    acted = browser.get(f"/staff/cases/{number}/act/warn").status_code
    with in_tenant(beijing):
        guarding.end_help(queries.get_case_by_id(case_id), helper, by=factory.actor("zhaoxh"))

    assert opened == [200, 404]
    assert all(number in page and hidden not in page for page in listed)
    assert acted == 200
    assert browser.get(f"/staff/cases/{number}").status_code == 404


def test_r25_help_ends_by_the_databases_clock(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.mediating()
        helper = guarding.add_helper(case, "xuning", clock.today(), "跨区协办", by=factory.actor("zhaoxh"))
        actor = factory.actor("xuning")
        before = case.number in seen_by(actor)
        db.session.execute(update(Helper).where(Helper.id == helper.id).values(until=func.now()))

        assert before
        assert case.number not in seen_by(actor)
        with pytest.raises(NotFoundError):
            queries.get_case(case.number, actor)


def test_r26_no_attribute_of_a_case_can_be_set_by_sending_it(
    beijing: TenantRef, in_tenant: InTenant, as_user: SignIn
) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        number, before = case.number, {name: getattr(case, name) for name in COLUMNS}
    address, browser = f"/staff/cases/{number}/act/accept", as_user("zhaoxh")

    answers = {name: send(browser, address, as_sent(factory.ACCEPTED) | {name: "9"}).status_code for name in COLUMNS}

    assert set(answers.values()) == {422}
    with in_tenant(beijing):
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        assert {name: getattr(case, name) for name in COLUMNS} == before


def test_r26_no_attribute_of_an_account_can_be_set_by_sending_it(
    beijing: TenantRef, in_tenant: InTenant, as_user: SignIn
) -> None:
    with in_tenant(beijing):
        unit = factory.body("兴丰司法所").code
    username = f"m{uuid4().hex[:8]}"
    extra = dict.fromkeys(("id", "active", "guest", "expires_at", "password_hash", "seal", "grants", "role"), "9")
    new = {"name": "新人", "username": username, "unit": unit}
    send(as_user("wanghy"), "/admin/accounts/new", extra | new, "/admin/accounts")

    with in_tenant(beijing):
        user = person(username)
        assert (user.grants, user.guest, user.expires_at, user.active) == ([], None, None, True)


def test_r32_no_role_and_no_account_has_two_of_the_three_duties(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        for pair in (("admin", "security"), ("security", "auditor"), ("auditor", "admin")):
            with pytest.raises(InvalidInputError, match="修改"):
                newcomer(*((role, "北京市司法局") for role in pair))
        db.session.rollback()
    for marks in (["tenant.admin", "identity.approve"], ["audit.read", "identity.manage"], ["audit.read", "case.act"]):
        with pytest.raises(InvalidInputError):
            duties.duty_of(marks)


def test_r32_the_database_refuses_a_second_duty_by_itself(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        user, unit = newcomer(("admin", "北京市司法局")), factory.body("北京市司法局")
        values = {"id": new_id(), "user": user.id, "unit": unit.id}
        insert = "INSERT INTO role_grant (id, user_id, role_code, unit_id) VALUES (:id, :user, 'security', :unit)"
        with pytest.raises(IntegrityError) as refused:
            db.session.execute(text(insert), values)
        db.session.rollback()

    assert "one duty" in str(refused.value.orig)


def test_r32_nobody_approves_what_he_proposed_or_what_is_about_himself(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        security = newcomer(("security", "北京市司法局"))
        own = asked(newcomer(), "clerk", OWN)
        own.proposed_by_id = security.id
        about = asked(security, "clerk", OWN)

        for proposal in (own, about):
            with pytest.raises(PermissionDeniedError):
                proposals.approve(proposal, by=actor_of(security))
        with pytest.raises(PermissionDeniedError):
            asked(person("wanghy"), "clerk", OWN)
        db.session.rollback()


@pytest.fixture
def operators_two(app: Flask) -> tuple[str, str]:
    """Two operators."""
    names = f"a{uuid4().hex[:8]}", f"b{uuid4().hex[:8]}"
    with app.app_context():
        for name in names:
            operators.create(name, "运维人员", PASSWORD)
    return names


def test_r33_an_operator_reaches_no_page_of_a_city(app: Flask, operators_two: tuple[str, str]) -> None:
    browser = Browser(app, None)
    browser.submit("/ops/sign-in", {"username": operators_two[0], "password": PASSWORD})
    assert browser.get("/ops").status_code == 200
    sample = {"UUIDConverter": new_id()}
    places = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    cities = [rule for rule in places if rule.endpoint.split(".")[0] in {"staff", "admin", "auditor", "dossiers"}]

    answers = {}
    for rule in cities:
        built = rule.build({name: sample.get(type(rule._converters[name]).__name__, "none") for name in rule.arguments})
        assert built is not None
        answers[rule.rule] = browser.get(built[1]).status_code
    assert len(answers) > 30
    assert set(answers.values()) == {404}


def test_r33_two_operators_open_an_hour_of_reading_and_the_city_is_told(
    app: Flask, beijing: TenantRef, in_tenant: InTenant, operators_two: tuple[str, str], as_user: SignIn
) -> None:
    first, second = operators_two
    with app.app_context():
        grant = guests.ask(Asked("break_glass", ("beijing",), "运维小李", "排查打不开的案件"), by=first)
        with pytest.raises(ConflictError):
            guests.approve(grant, by=first)
        opened = guests.approve(grant, by=second)[0]
    browser = Browser(app, beijing)
    browser.sign_in(opened.username, opened.password)
    with in_tenant(beijing):
        number = factory.mediating().number
        user_id = person(opened.username).id
        now, ends = db.session.execute(select(func.now(), User.expires_at).where(User.id == user_id)).one()
        assert ends is not None
        assert timedelta(minutes=58) < ends - now <= timedelta(minutes=60)
    read = browser.get(f"/staff/cases/{number}").status_code
    act = browser.get(f"/staff/cases/{number}/act/warn").status_code
    told = ["运维小李" in as_user(name).get("/staff").text for name in ("wanghy", "qianfang", "liujg")]

    assert (read, act, told) == (200, 403, [True, True, True])
    assert "运维小李" in as_user("wanghy").get("/admin/accounts").text
    with in_tenant(beijing):
        assert events("guest.opened", user_id) == 1
        db.session.execute(update(User).where(User.id == user_id).values(expires_at=func.now()))
    assert browser.get(f"/staff/cases/{number}").status_code == 303


@pytest.mark.parametrize("label", [0, 1, 2])
@pytest.mark.parametrize("clearance", [0, 1, 2])
def test_r34_a_label_is_kept_from_lower_clearance_everywhere(
    beijing: TenantRef, in_tenant: InTenant, label: int, clearance: int
) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        guarding.set_label(case, label, "涉及未成年人", by=factory.actor("lixf"))
        db.session.flush()
        actor = cleared(clearance, *KernelPermission)
        sees = label <= clearance
        year = f"{clock.today():%Y}"
        everyone, own = (
            indicators.report(year, access.reach(cleared(c, *KernelPermission), "statistics.read"), "")
            for c in (2, clearance)
        )

        assert access.allows(actor, KernelPermission.CASE_READ, case) == sees
        assert (case.number in seen_by(actor)) == sees
        assert (queries.count_cases(queries.cases_of(actor, Filter(text=case.number))) == 1) == sees
        exported = queries.cases_of(actor, Filter(text=case.number), permission=KernelPermission.CASE_EXPORT)
        assert (queries.count_cases(exported) == 1) == sees
        assert sees or everyone["indicators"] != own["indicators"]
        db.session.rollback()


def test_r34_the_work_list_follows_the_label(beijing: TenantRef, in_tenant: InTenant, as_user: SignIn) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        number = case.number
    address = f"/staff/cases/{number}/access"
    raised = send(as_user("zhaoxh"), address, {"label": "2", "reason": "社会影响大"}, f"/staff/cases/{number}/label")

    assert raised.status_code == 303
    assert f"/staff/cases/{number}" in as_user("zhaoxh").get(f"/staff/work?q={number}").text
    assert f"/staff/cases/{number}" not in as_user("sunli").get(f"/staff/work?q={number}").text
    assert as_user("sunli").get(f"/staff/cases/{number}").status_code == 404
    with in_tenant(beijing):
        assert events("case.labelled", queries.get_case(number, factory.actor("zhaoxh")).id) == 1


def test_r34_a_label_above_the_handler_is_refused(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        with pytest.raises(InvalidInputError) as refused:
            guarding.set_label(factory.mediating(), 2, "社会影响大", by=factory.actor("zhaoxh"))
        db.session.rollback()

    assert "孙丽" in refused.value.fields["label"]


def test_r35_what_a_list_counts_is_what_may_be_opened(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        factory.mediating()
        factory.open_application(OTHER)
        for username in ("sunli", "xuning", "zhangwei", "liujg"):
            actor = factory.actor(username)
            listed = queries.cases_of(actor, Filter())
            found = [case for case in db.session.scalars(select(Case)) if access.allows(actor, "case.read", case)]
            assert queries.count_cases(listed) == len(found)
            assert seen_by(actor) == {case.number for case in found}
        db.session.rollback()


@pytest.fixture
def short_limit(beijing: TenantRef, in_tenant: InTenant) -> Iterator[str]:
    """A city where eleven rows need a second person, with that many cases of one matter; what finds them."""
    mark = uuid4().hex
    with in_tenant(beijing):
        settings.set_value("export.limit", 10, by=SYSTEM)
        for _ in range(11):
            factory.open_application(respondent_name=mark)
    yield f"q={mark}"
    with in_tenant(beijing):
        settings.set_value("export.limit", 500, by=SYSTEM)


def test_r36_a_long_list_needs_a_second_person_and_is_taken_once(
    beijing: TenantRef, in_tenant: InTenant, as_user: SignIn, short_limit: str
) -> None:
    director = as_user("zhaoxh")
    alone = director.get(f"/staff/cases.xlsx?{short_limit}").status_code
    ask = {"query": short_limit, "reason": "年度统计"}
    send(director, "/staff/exports", ask, "/staff/exports")
    with in_tenant(beijing):
        newest = select(BulkExport.id).order_by(BulkExport.asked_at.desc()).limit(1)
        export = db.session.scalars(newest).one()
    take = f"/staff/exports/{export}/take"
    early = send(director, "/staff/exports", {}, take).status_code
    send(as_user("zhangwei"), "/staff/export-approvals", {}, f"/staff/export-approvals/{export}/approve")
    taken = send(director, "/staff/exports", {}, take)
    again = send(director, "/staff/exports", {}, take).status_code

    assert (alone, early, taken.status_code, again) == (403, 409, 200, 409)
    rows = [*load_workbook(BytesIO(taken.data)).worksheets[0].iter_rows(values_only=True)]
    assert len(rows) == 1 + 11 + 1
    assert "赵兴华（zhaoxh）" in str(rows[-1][0])
    assert f"{clock.today():%Y-%m-%d}" in str(rows[-1][0])


def test_r36_nobody_approves_his_own_list(beijing: TenantRef, in_tenant: InTenant, short_limit: str) -> None:
    with in_tenant(beijing):
        export = bulk.ask(short_limit, 11, "年度统计", by=factory.actor("zhangwei"))
        with pytest.raises(PermissionDeniedError):
            bulk.decide(export, approved=True, by=factory.actor("zhangwei"))
        db.session.rollback()


def test_r36_a_day_has_its_quota(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        actor = factory.actor("chenjing")
        quota = settings.get("export.daily_rows")
        taken = bulk_queries.taken_today(actor)
        bulk.check_quota(quota - taken, by=actor)
        with pytest.raises(AppError) as refused:
            bulk.check_quota(quota - taken + 1, by=actor)

    assert refused.value.status == 429


def test_r37_of_forty_approvals_at_once_one_counts(app: Flask, beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        user = newcomer()
        proposal, user_id = asked(user, "clerk", OWN).id, user.id

    def approve(_: int) -> int:
        try:
            with context.transaction(app, beijing):
                by = factory.actor("qianfang")
                proposals.approve(identity.get_proposal(proposal, by.scopes("identity.approve")), by=by)
        except AppError as error:
            return error.status
        return 303

    with ThreadPoolExecutor(8) as threads:
        answers = sorted(threads.map(approve, range(40)))

    assert answers == [303, *[409] * 39]
    with in_tenant(beijing):
        assert db.session.scalar(select(func.count()).where(Grant.user_id == user_id)) == 1
        assert events("rights.approved", proposal) == 1


@pytest.mark.parametrize("table", ["role", "role_grant"])
def test_r38_rights_changed_behind_the_application_count_for_nothing_and_are_told(
    beijing: TenantRef, in_tenant: InTenant, as_user: SignIn, config: Config, table: str
) -> None:
    code = f"r{uuid4().hex[:8]}"
    with in_tenant(beijing):
        services.define_role(code, "查档人员", ["case.read"])
        user = newcomer((code, OWN), password=config.demo_password)
        username, grant = user.username, user.grants[0].id
    browser = as_user(username)
    honest = browser.get("/staff/cases").status_code
    with in_tenant(beijing):
        db.session.execute(text(FORGED[table]), {"code": code, "grant": grant})

    assert honest == 200
    assert browser.get("/staff/cases").status_code == 403
    with in_tenant(beijing):
        assert events("rights.tampered", code if table == "role" else grant) == 1


def test_r38_a_grant_put_in_by_sql_gives_nothing(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        user, unit = newcomer(), factory.body("北京市司法局")
        insert = "INSERT INTO role_grant (id, user_id, role_code, unit_id) VALUES (:id, :user, 'bureau', :unit)"
        db.session.execute(text(insert), {"id": new_id(), "user": user.id, "unit": unit.id})
        db.session.expire_all()

        assert len(user.grants) == 1
        assert actor_of(user).grants == ()
        db.session.rollback()


def test_an_account_of_a_register_works_as_long_as_the_entry(
    beijing: TenantRef, in_tenant: InTenant, as_user: SignIn, config: Config
) -> None:
    with in_tenant(beijing):
        user = newcomer(("mediator", OWN), password=config.demo_password)
        username = user.username
        entry = accounts.register(user, accounts.Entry("lawyer", uuid4().hex, "某所", clock.today()), by=SYSTEM)
        db.session.flush()
        entry_id = entry.id
    browser = as_user(username)
    valid = browser.get("/staff/cases").status_code
    with in_tenant(beijing):
        lapsed = clock.today() - timedelta(days=2)
        db.session.execute(update(Practitioner).where(Practitioner.id == entry_id).values(valid_until=lapsed))

    assert valid == 200
    assert browser.get("/staff/cases").status_code == 303


def test_every_permission_has_a_title(app: Flask) -> None:
    with app.app_context():
        held = {permission for role in role_declarations() for permission in role.permissions}
        untitled = [
            permission for permission in sorted({*held, *KernelPermission}) if titles.of(permission) == permission
        ]

    assert untitled == []
