"""The forms of integrity grades and of proficiency tests."""

from blueprints.appraisal.documents.parts import FormSchema, base, declare, names, words
from blueprints.appraisal.documents.sample import OVERSEEN
from saas.documents.form import Snapshot, Values, code, text, texts
from saas.documents.wording import day, lines


class IntegritySchema(FormSchema):
    """司法鉴定机构诚信等级评估表."""

    institution = text("司法鉴定机构", needed=True)
    year = text("评估年度", most=8)
    district = text("所在区（县）", most=40)
    first_by = text("初评单位", most=80)
    first_people = text("初评人员")
    joint = code("联合初评", "yes")
    self_score = text("自评得分", most=8)
    self_grade = text("自评等级", most=20)
    self_text = texts("自查自评情况")
    files_drawn = text("抽查案卷", most=8)
    opinions_collected = text("征求意见表", most=8)
    first_score = text("初评得分", most=8)
    first_grade = text("初评等级", most=20)
    first_text = texts("初评意见")
    city_score = text("综合得分", most=8)
    grade = text("拟定等级", most=20, needed=True)
    city_text = texts("综合评估意见")
    recheck_text = texts("异议复核意见", empty=1)


class ProficiencySchema(FormSchema):
    """司法鉴定能力验证登记表."""

    institution = text("司法鉴定机构", needed=True)
    year = text("年度", most=8)
    kind = text("专业", most=60)
    project_code = text("项目编号", most=60, needed=True)
    project_name = text("项目名称", most=120, needed=True)
    organiser = text("组织实施单位", most=80)
    report_by = text("结果回报截止日期", most=20)


def integrity(snapshot: Snapshot) -> Values:
    """The three rounds of a grade side by side."""
    kept = ("year", "first_by", "first_people", "self_score", "files_drawn", "opinions_collected", "first_score")
    texts_kept = ("self_text", "first_text", "city_text", "recheck_text")
    return (
        base(snapshot)
        | {name: snapshot.stored(name) for name in (*kept, "city_score")}
        | {name: words(snapshot, name) for name in ("self_grade", "first_grade", "grade")}
        | {name: lines(snapshot.stored(name)) for name in texts_kept}
        | {
            "institution": names(snapshot, "applicant"),
            "district": snapshot.stored("own_district"),
            "joint": "yes" if snapshot.case.get("joint") else "",
        }
    )


def proficiency(snapshot: Snapshot) -> Values:
    """The entry of an institution for a project."""
    return (
        base(snapshot)
        | {name: snapshot.stored(name) for name in ("year", "project_code", "project_name", "organiser")}
        | {
            "institution": names(snapshot, "applicant"),
            "kind": snapshot.stored("kind_title"),
            "report_by": day(snapshot.stored("report_by")),
        }
    )


FORMS = (
    declare(
        "integrity",
        "司法鉴定机构诚信等级评估表",
        IntegritySchema,
        integrity,
        word="司鉴评字",
        case=OVERSEEN,
        source="《司法鉴定机构诚信等级评估办法（试行）》（司规〔2021〕4号），版式为本系统按规定的内容设计",
        pages=(1, 2),
    ),
    declare("proficiency", "司法鉴定能力验证登记表", ProficiencySchema, proficiency, word="司鉴验字", case=OVERSEEN),
)
