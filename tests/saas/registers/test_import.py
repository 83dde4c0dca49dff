"""Many entries at once: all of a table, or nothing and every fault by its row."""

import io
from collections import Counter
from collections.abc import Iterator
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from saas.cases.context import field_context
from saas.db.session import TenantRef, db
from saas.errors import PermissionDeniedError
from saas.identity.actor import SYSTEM
from saas.registers import services
from saas.registers.models import RegisterEntry
from saas.registers.services import Imported
from tests.conftest import InTenant, SignIn
from tests.mediation.factory import actor, body
from tests.saas.registers import factory
from tests.saas.web.staff.sending import send

BY_KIND = {"村": 1675, "居": 320, "乡镇街道": 249, "企事业": 45, "行业性专业性": 93}
"""Of a city with 2,382 committees; the parts are invented."""
PAGE = f"/staff/registers/{factory.COMMITTEE}/import"


def rows(by_kind: dict[str, int], name: str = "调委会") -> Iterator[dict[str, str]]:
    """Rows as a table has them."""
    for kind, count in by_kind.items():
        for number in range(count):
            yield {"名称": f"{kind}{name}{number}", "种类": kind, "委员人数": "5", "任期届满": "2027-06-30"}


def bring_in(table: list[dict[str, str]], username: str = factory.KEEPER, unit: str = "兴丰司法所") -> Imported:
    """Import a table of committees."""
    return services.import_rows(factory.register(), table, body(unit), by=actor(username))


def count(text: str) -> int:
    """How many committees there are whose name has this in it."""
    named = select(func.count()).where(RegisterEntry.name.contains(text), RegisterEntry.register == factory.COMMITTEE)
    return db.session.scalar(named) or 0


def test_a_citys_2382_committees_are_imported_by_kind(in_tenant: InTenant, zunyi: TenantRef) -> None:
    with in_tenant(zunyi):
        unit = body("遵义市司法局")
        kinds = select(RegisterEntry.kind, func.count()).group_by(RegisterEntry.kind)
        before = Counter({row[0]: row[1] for row in db.session.execute(kinds)})
        done = services.import_rows(factory.register(), list(rows(BY_KIND)), unit, by=SYSTEM)
        db.session.flush()

        assert (done.added, done.changed, done.refused) == (2382, 0, ())
        assert Counter({row[0]: row[1] for row in db.session.execute(kinds)}) - before == {
            "village": 1675,
            "residents": 320,
            "town": 249,
            "enterprise": 45,
            "trade": 93,
        }


def test_what_is_there_already_is_changed_by_its_unique_field(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        first = bring_in(
            [{"名称": "变更村调委会", "种类": "村", "委员人数": "5"}, {"名称": "不变村调委会", "种类": "村"}]
        )
        db.session.flush()
        table = [
            {"名称": "变更村调委会", "种类": "居", "委员人数": "", "状态": "暂停"},
            {"名称": "不变村调委会", "种类": "村"},
        ]
        again = bring_in([*table, {"名称": "新增村调委会", "种类": "村"}])
        db.session.flush()
        entry = db.session.scalars(select(RegisterEntry).where(RegisterEntry.name == "变更村调委会")).one()

        assert (first.added, again.added, again.changed) == (2, 1, 1)
        assert (entry.kind, entry.status, entry.answers.get("members")) == ("residents", "paused", None)
        assert len(entry.changes) == 2


def test_what_the_table_has_no_column_for_stays_as_it_is(in_tenant: InTenant, zunyi: TenantRef) -> None:
    with in_tenant(zunyi):
        bureau, register = body("遵义市司法局"), factory.register("appraisal.appraiser")
        house = {"name": "鉴定所", "licence": "520300-1"}
        place = services.add(factory.register("appraisal.institution"), house, bureau, by=SYSTEM)
        values = {"name": "李明", "licence": "52-1", "class": "forensic", "institution": str(place.id)}
        entry = services.add(register, values | {"phone": "13900003333", "rank": "senior"}, bureau, by=SYSTEM)
        db.session.flush()
        title = dict(field_context("appraisal").lists["appraisal.class"])["forensic"]
        line = {"姓名": "李明", "司法鉴定人执业证号": "52-1", "鉴定大类": title, "执业机构": "鉴定所"}
        done = services.import_rows(register, [line | {"专业技术职称": ""}], bureau, by=SYSTEM)

        assert (done.changed, done.refused) == (1, ())
        assert (entry.answers.get("phone"), entry.answers.get("rank")) == ("13900003333", None)


def test_empty_rows_are_passed_over_and_the_others_keep_their_numbers(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        done = bring_in(
            [{"名称": "隔行甲调委会", "种类": "村"}, {"名称": "", "种类": ""}, {"名称": "隔行乙", "种类": ""}]
        )

        assert [(one.row, one.field) for one in done.refused] == [(4, "种类")]


def test_with_one_fault_nothing_is_saved_and_every_fault_is_told_by_its_row(
    in_tenant: InTenant, beijing: TenantRef
) -> None:
    table = [
        {"名称": "错表甲调委会", "种类": "村"},
        {"名称": "错表乙调委会", "种类": "市", "委员人数": "12"},
        {"名称": "", "种类": "村", "任期届满": "2027-02-30"},
        {"名称": "错表甲调委会", "种类": "居"},
        {"名称": "错表丙调委会", "种类": "村", "状态": "不明", "所属单位": "火星司法所"},
    ]
    with in_tenant(beijing):
        done = bring_in(table)

        assert count("错表") == 0
        assert [(one.row, one.field) for one in done.refused] == [
            *((2, "名称"), (3, "种类"), (3, "委员人数"), (4, "名称"), (4, "任期届满"), (5, "名称")),
            *((6, "状态"), (6, "所属单位")),
        ]


def test_a_strange_heading_is_told_and_not_passed_over(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        done = bring_in([{"名称": "表头村调委会", "种类": "村", "人数": "5"}])

        assert [(one.row, one.field) for one in done.refused] == [(1, "人数")]


def test_a_row_may_name_its_unit_among_those_the_actor_keeps(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        table = [{"名称": "街道归属调委会", "种类": "村", "所属单位": "兴丰司法所"}]
        assert bring_in(table, "zhangwei", "大兴区司法局").added == 1
        db.session.flush()
        entry = db.session.scalars(select(RegisterEntry).where(RegisterEntry.name == "街道归属调委会")).one()
        upwards = bring_in([{"名称": "越级调委会", "种类": "村", "所属单位": "大兴区司法局"}])

        assert entry.unit.name == "兴丰司法所"
        assert [one.field for one in upwards.refused] == ["所属单位"]


def test_what_another_unit_keeps_is_not_changed_by_an_import(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        factory.add("大兴区司法局", by="zhangwei", name="区管调委会")
        db.session.flush()
        done = bring_in([{"名称": "区管调委会", "种类": "居"}])

        assert [(one.row, one.field) for one in done.refused] == [(2, "名称")]


def test_who_does_not_keep_the_register_imports_nothing(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing), pytest.raises(PermissionDeniedError):
        bring_in(list(rows({"村": 1})), "sunli", "兴和人民调解委员会")


def workbook(*lines: list[object]) -> io.BytesIO:
    """A table as Excel saves it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名录")
    for line in lines:
        sheet.append(line)
    data = io.BytesIO()
    book.save(data)
    return io.BytesIO(data.getvalue())


def upload(in_tenant: InTenant, city: TenantRef, data: bytes | io.BytesIO, name: str) -> dict[str, object]:
    """A file as the page sends it."""
    with in_tenant(city):
        unit = str(body("兴丰司法所").id)
    return {"_unit": unit, "table": (io.BytesIO(data) if isinstance(data, bytes) else data, name)}


def test_a_table_of_excel_is_taken_in_on_the_page(as_user: SignIn, in_tenant: InTenant, beijing: TenantRef) -> None:
    table = workbook(
        ["名称", "种类", "委员人数"], ["页面一村调委会", "村", 5], ["页面二村调委会", "居", 7.0], [None, None, None]
    )
    browser = as_user(factory.KEEPER)
    answer = send(browser, PAGE, upload(in_tenant, beijing, table, "名录.xlsx"))

    assert answer.status_code == 303
    with in_tenant(beijing):
        assert count("页面") == 2


def half_a_book() -> bytes:
    """A table of Excel whose sheet breaks off in the middle."""
    broken = io.BytesIO()
    with ZipFile(workbook(["名称", "种类"])) as whole, ZipFile(broken, "w") as copy:
        for name in whole.namelist():
            part = whole.read(name)
            copy.writestr(name, part[:-30] if name.endswith("sheet1.xml") else part)
    return broken.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"\xff\xfe\x00", "a.csv", "另存为"),
        ("名称,名称\n甲,乙\n".encode(), "a.csv", "重复的列"),
        ("名称,种类\n".encode(), "a.csv", "没有内容"),
        (b"PK\x03\x04 not a book", "a.xlsx", "打不开"),
        (b"", "", "请选择要导入的文件"),
        (half_a_book(), "a.xlsx", "另存为"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(
    as_user: SignIn, in_tenant: InTenant, beijing: TenantRef, data: bytes, name: str, told: str
) -> None:
    answer = send(as_user(factory.KEEPER), PAGE, upload(in_tenant, beijing, data, name))

    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)


def test_faults_are_listed_on_the_page(as_user: SignIn, in_tenant: InTenant, beijing: TenantRef) -> None:
    table = "名称,种类\n网页村调委会,市\n".encode()
    answer = send(as_user(factory.KEEPER), PAGE, upload(in_tenant, beijing, table, "a.csv"))
    shown = answer.get_data(as_text=True)

    assert answer.status_code == 422
    assert "一条也没有保存" in shown
    assert "种类的选项已有变化" in shown
