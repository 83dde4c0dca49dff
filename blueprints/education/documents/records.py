"""Forms that record what was done: an event, and how a unit's work was judged."""

from marshmallow import Schema

from blueprints.education.codes import AUDIENCES, DAYS, GRADES, TOPICS, WAYS
from blueprints.education.documents.parts import FormSchema, base, declare, duty_unit, titles
from blueprints.education.rules import CRITERIA, total_of
from saas.documents.form import Snapshot, Values, code, rows, text, texts
from saas.documents.wording import day, lines

ITEMS = (
    ("duty", "责任落实（组织领导、清单制定公布）", 20),
    ("study", "国家工作人员学法", 20),
    ("activities", "普法活动和时间节点落实", 30),
    ("cases", "以案释法", 15),
    ("evidence", "佐证材料", 15),
)


class EventSchema(FormSchema):
    """普法活动登记表."""

    event_title = text("活动名称", needed=True, most=80)
    kind = text("活动类型", most=40)
    organiser = text("主办单位", most=100)
    partners = text("协办单位", most=200)
    held_on = text("举办日期", most=20)
    held_at = text("时间", most=60)
    area = text("所在地区", most=100)
    place = text("地点", most=200)
    laws = text("主题法律", most=200)
    node = text("时间节点或者专项主题", most=100)
    audiences = text("普法对象", most=300)
    audience = text("受众人数", most=12)
    material_kinds = text("资料种类", most=12)
    material_copies = text("资料份数", most=12)
    consultations = text("咨询人次", most=12)
    mediations = text("调解件数", most=12)
    media_link = text("媒体链接", most=300)
    result = texts("活动情况", needed=True)
    recorder = text("登记人", most=50)
    checker = text("审核人", most=60)


class ItemSchema(Schema):
    """One thing that is judged."""

    title = text("指标项", most=60)
    most = text("满分", most=4)
    own = text("自评得分", most=4)
    given = text("评议得分", most=4)


class EvaluationSchema(FormSchema):
    """普法责任制履职报告评议表."""

    duty_unit = text("责任单位", needed=True, most=100)
    year = text("年度", most=8)
    mode = code("评议方式", "onsite", "written")
    third_party_name = text("第三方机构", most=80)
    items = rows(ItemSchema, "指标项", empty=5)
    own_total = text("自评合计", most=4)
    total = text("评议合计", most=4)
    evidence_seen = text("佐证", most=300)
    grade = text("等次", most=20)
    opinion = texts("评议意见", needed=True)
    to_rectify = texts("需要整改的问题", empty=0)


def event(snapshot: Snapshot) -> Values:
    """What an event was, and what it came to."""
    return base(snapshot) | {
        "event_title": snapshot.stored("event_title"),
        "kind": titles(snapshot, "kind", WAYS),
        "organiser": duty_unit(snapshot),
        "partners": snapshot.stored("partners"),
        "held_on": day(snapshot.stored("held_on")),
        "held_at": snapshot.stored("held_at"),
        "area": snapshot.stored("area_name"),
        "place": snapshot.stored("place"),
        "laws": snapshot.stored("laws"),
        "node": titles(snapshot, "legal_day", DAYS) or titles(snapshot, "topic", TOPICS),
        "audiences": titles(snapshot, "audiences", AUDIENCES),
        "media_link": snapshot.stored("media_link"),
        "result": lines(snapshot.stored("result")),
        "recorder": snapshot.stored("recorder"),
        "checker": snapshot.taken("check").get("actor", ""),
        **{name: snapshot.stored(name) for name in FIGURES},
    }


def evaluation(snapshot: Snapshot) -> Values:
    """The points a unit gave itself, those it was given, and what is to be put right."""
    entered, answers = snapshot.entered("evaluate"), snapshot.answers("evaluate")
    own = {name: snapshot.case.get(f"self_{name}") for name in CRITERIA}
    return base(snapshot) | {
        "duty_unit": duty_unit(snapshot),
        "year": snapshot.stored("year"),
        "mode": entered.get("mode") or "",
        "third_party_name": entered.get("third_party_name") or "",
        "items": [
            {"title": title, "most": str(most), "own": _points(own[name]), "given": _points(entered.get(name))}
            for name, title, most in ITEMS
        ],
        "own_total": str(total_of(own)) if any(own.values()) else "",
        "total": str(total_of(entered)) if entered else "",
        "evidence_seen": entered.get("evidence_seen") or "",
        "grade": answers.get("grade") or dict(GRADES).get(str(entered.get("grade")), ""),
        "opinion": lines(entered.get("opinion")),
        "to_rectify": lines(entered.get("to_rectify")),
    }


def _points(value: object) -> str:
    return "" if value is None else str(value)


FIGURES = ("audience", "material_kinds", "material_copies", "consultations", "mediations")
FORMS = (
    declare("event_register", "普法活动登记表", EventSchema, event, word="普活字"),
    declare("evaluation", "普法责任制履职报告评议表", EvaluationSchema, evaluation, word="普评字"),
)
