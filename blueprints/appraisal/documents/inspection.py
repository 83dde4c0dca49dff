"""The forms of a double-random inspection: plan, notice, record, publication."""

from blueprints.appraisal.documents.parts import FormSchema, base, declare, words
from blueprints.appraisal.documents.sample import OVERSEEN
from saas.documents.form import Snapshot, Values, code, text, texts
from saas.documents.wording import day, lines, listed

ITEMS = ("item_procedure", "item_ethics", "item_management", "item_means", "item_other")
PLANS = "市级司法行政机关双随机抽查计划表（郑州市2023年）的栏目"
RESULTS = ("qualified", "rectify", "filed")


class PlanSchema(FormSchema):
    """双随机抽查计划."""

    year = text("年度", most=8)
    item = text("抽查事项名称", most=100, needed=True)
    content = texts("抽查内容", needed=True)
    objects = text("检查对象", needed=True)
    item_class = text("事项类别", most=40)
    method = text("检查方式", most=80)
    basis = text("检查依据")
    share = text("抽查比例", most=8)
    frequency = text("抽查频次", most=40)
    finish_by = text("完成时限", most=20)


class CheckNoticeSchema(FormSchema):
    """检查通知书."""

    object_name = text("检查对象", most=80, needed=True)
    item = text("抽查事项名称", most=100)
    basis = text("检查依据")
    check_on = text("检查日期", most=20, needed=True)
    inspectors = text("检查人员", most=120, needed=True)
    method = text("检查方式", most=80)
    to_prepare = texts("需要准备的材料", needed=True)


class CheckRecordSchema(FormSchema):
    """检查记录."""

    object_name = text("检查对象", most=80, needed=True)
    object_person = text("负责人", most=50)
    checked_on = text("检查日期", most=20, needed=True)
    check_place = text("地点", most=100)
    inspectors = text("检查人员", most=120)
    item_procedure = code("程序标准", "good", "bad")
    item_ethics = code("职业道德", "good", "bad")
    item_management = code("管理制度", "good", "bad")
    item_means = code("人员场地设备", "good", "bad")
    item_other = code("其他事项", "good", "bad")
    problems = texts("发现的问题", empty=4)
    result = code("结果认定", *RESULTS)


class CheckResultSchema(FormSchema):
    """检查结果公示."""

    year = text("年度", most=8)
    item = text("抽查事项名称", most=100)
    object_name = text("检查对象", most=80, needed=True)
    checked_on = text("检查日期", most=20)
    inspectors = text("检查人员", most=120)
    drawn_on = text("抽取日期", most=20)
    seed = text("随机种子", most=100)
    problems = texts("发现的问题", empty=2)
    result = text("检查结果", most=40, needed=True)
    published_at = text("公示载体", most=100)
    phone = text("联系电话", most=40)


def inspectors(snapshot: Snapshot) -> str:
    """Who inspects."""
    return listed(name for name in (snapshot.stored("inspector_one"), snapshot.stored("inspector_two")) if name)


def plan(snapshot: Snapshot) -> Values:
    """What is inspected in a year, of whom, how much and until when."""
    return base(snapshot) | {
        "year": snapshot.stored("year"),
        "item": snapshot.stored("plan_item"),
        "content": lines(snapshot.stored("plan_content")),
        "objects": snapshot.stored("plan_objects"),
        "item_class": words(snapshot, "item_class"),
        "method": words(snapshot, "method"),
        "basis": snapshot.stored("plan_basis"),
        "share": f"{snapshot.stored('share')}%" if snapshot.stored("share") else "",
        "frequency": snapshot.stored("frequency"),
        "finish_by": day(snapshot.stored("finish_by")),
    }


def check_notice(snapshot: Snapshot) -> Values:
    """When who comes, and what to have ready."""
    return base(snapshot) | {
        "object_name": snapshot.stored("object_name"),
        "item": snapshot.stored("plan_item"),
        "basis": snapshot.stored("plan_basis"),
        "check_on": day(snapshot.stored("check_on")),
        "inspectors": inspectors(snapshot),
        "method": words(snapshot, "method"),
        "to_prepare": lines(snapshot.stored("to_prepare")),
    }


def check_record(snapshot: Snapshot) -> Values:
    """What was found on each of the five statutory points."""
    return (
        base(snapshot)
        | {item: snapshot.stored(item) for item in ITEMS}
        | {
            "object_name": snapshot.stored("object_name"),
            "object_person": snapshot.stored("object_person"),
            "checked_on": day(snapshot.stored("checked_on")),
            "check_place": snapshot.stored("check_place"),
            "inspectors": inspectors(snapshot),
            "problems": lines(snapshot.stored("problems")),
            "result": snapshot.stored("check_result"),
        }
    )


def check_result(snapshot: Snapshot) -> Values:
    """What everybody may read of an inspection, the seed of its draw too."""
    return base(snapshot) | {
        "year": snapshot.stored("year"),
        "item": snapshot.stored("plan_item"),
        "object_name": snapshot.stored("object_name"),
        "checked_on": day(snapshot.stored("checked_on")),
        "inspectors": inspectors(snapshot),
        "drawn_on": day(snapshot.stored("drawn_on")),
        "seed": snapshot.stored("seed"),
        "problems": lines(snapshot.stored("problems")) or ["未发现问题。"],
        "result": words(snapshot, "check_result"),
        "published_at": snapshot.stored("published_at"),
        "phone": snapshot.unit.get("phone") or "",
    }


FORMS = (
    declare(
        "plan", "司法鉴定双随机抽查计划", PlanSchema, plan, word="司鉴抽字", case=OVERSEEN, source=PLANS, level="local"
    ),
    declare(
        "check_notice",
        "司法鉴定双随机检查通知书",
        CheckNoticeSchema,
        check_notice,
        word="司鉴查通字",
        case=OVERSEEN,
        layout="letter",
        pages=(1, 2),
        words={"closing": ("结束的话", "检查人员与贵单位有利害关系的，可以在检查前申请回避。")},
    ),
    declare(
        "check_record", "司法鉴定双随机检查记录", CheckRecordSchema, check_record, word="司鉴查记字", case=OVERSEEN
    ),
    declare(
        "check_result",
        "司法鉴定双随机检查结果公示",
        CheckResultSchema,
        check_result,
        word="司鉴查公字",
        case=OVERSEEN,
        words={"objection": ("异议的提出", "对公示的检查结果有异议的，可以书面向本机关提出。")},
    ),
)
