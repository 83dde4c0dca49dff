"""The lists of responsibility: the table of all duties of a unit, and a list of each of three kinds."""

from collections.abc import Sequence

from marshmallow import Schema

from blueprints.education.codes import AUDIENCES, CARRIERS, WAYS
from blueprints.education.documents.parts import LISTS, FormSchema, base, declare, duty_unit, titles
from blueprints.education.rules import COLUMNS, split_items
from saas.documents.form import Snapshot, Values, rows, text, texts
from saas.documents.wording import lines

COLUMN_NAMES = ("first", "second", "third", "fourth")


class ListSchema(FormSchema):
    """What the four lists say of whose they are."""

    duty_unit = text("责任单位", needed=True, most=100)
    year = text("年度", most=8)
    batch = text("批次", most=20)
    contact = text("联络人", most=50)


class MainSchema(ListSchema):
    """普法责任清单（总表）."""

    laws = texts("普法内容", needed=True)
    audiences = text("重点普法对象", most=300)
    tasks = texts("重点任务", needed=True)
    ways = text("普法形式", most=300)
    carriers = text("载体", most=300)
    department = text("责任部门", most=100)
    schedule = text("时间节点、完成时限", most=200)


class DayRowSchema(Schema):
    """A day and what is taught on it."""

    first = text("时间节点", most=100)
    second = text("宣传主题、法律", most=200)
    third = text("牵头单位", most=100)
    fourth = text("责任部门", most=100)


class TopicRowSchema(Schema):
    """A topic and who takes it up."""

    first = text("专项主题", most=100)
    second = text("重点内容", most=200)
    third = text("牵头、配合单位", most=100)
    fourth = text("时间", most=100)


class LawRowSchema(Schema):
    """A law that is new or revised."""

    first = text("法律法规名称", most=100)
    second = text("施行日期", most=50)
    third = text("责任单位", most=100)
    fourth = text("宣传要求", most=200)


class DatesSchema(ListSchema):
    """重要时间节点普法清单."""

    items = rows(DayRowSchema, "清单项目", empty=12)


class TopicsSchema(ListSchema):
    """专项主题普法清单."""

    items = rows(TopicRowSchema, "清单项目", empty=12)


class LawsSchema(ListSchema):
    """新颁（修）法律法规宣传清单."""

    items = rows(LawRowSchema, "清单项目", empty=12)


def head(snapshot: Snapshot) -> Values:
    """Whose list it is, of which year and batch."""
    return base(snapshot) | {
        "duty_unit": duty_unit(snapshot),
        "year": snapshot.stored("year"),
        "batch": snapshot.words.get("batch", ""),
        "contact": snapshot.stored("contact"),
    }


def main(snapshot: Snapshot) -> Values:
    """Everything the unit has to teach, to whom and how."""
    return head(snapshot) | {
        "laws": lines(snapshot.stored("laws")),
        "audiences": titles(snapshot, "audiences", AUDIENCES),
        "tasks": lines(snapshot.stored("tasks")),
        "ways": titles(snapshot, "ways", WAYS),
        "carriers": titles(snapshot, "carriers", CARRIERS),
        "department": snapshot.stored("department"),
        "schedule": snapshot.stored("schedule"),
    }


def of_kind(snapshot: Snapshot) -> Values:
    """A list of one kind; what its four columns are is the kind's."""
    return head(snapshot) | {"items": [_row(columns) for columns in split_items(snapshot.stored("items"))]}


def _row(columns: Sequence[str]) -> Values:
    return dict(zip(COLUMN_NAMES, (*columns, "", "", "", "")[:COLUMNS], strict=True))


FORMS = (
    declare("list_main", "普法责任清单", MainSchema, main, word="普责字", source=LISTS, level="local"),
    declare("list_dates", "重要时间节点普法清单", DatesSchema, of_kind, word="普节字", source=LISTS, level="local"),
    declare("list_topics", "专项主题普法清单", TopicsSchema, of_kind, word="普题字", source=LISTS, level="local"),
    declare("list_laws", "新颁（修）法律法规宣传清单", LawsSchema, of_kind, word="普新字", source=LISTS, level="local"),
)
