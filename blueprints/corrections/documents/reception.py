"""Forms from the papers of the court to the declaration and the plan."""

from blueprints.corrections.documents.parts import Fields, From, Sheet, station
from blueprints.corrections.documents.sample import SERVING
from saas.documents.form import Snapshot, Values, code, text, texts

FIELDS_READ = "社区矫正对象基本信息表（栏目据公开的社区矫正系统中的全表）"
SHEET = Sheet(SERVING)
BASIC: Fields = {
    "former_name": text("曾用名", most=50),
    "ethnicity": text("民族", most=20),
    "education": text("文化程度", most=20),
    "health": text("健康状况", most=50),
    "political": text("原政治面貌", most=20),
    "marriage": text("婚姻状况", most=20),
    "area_name": text("执行地", most=80),
    "workplace": text("现工作单位（学校）", most=100),
    "phone": text("联系电话", most=40),
    "decider": text("社区矫正决定机关", most=80),
    "detained_at": text("原羁押场所", most=80),
    "ban": text("禁止令内容", most=80),
    "ban_detail": texts("禁止事项和期限", most=500, empty=0),
    "documents_received_on": text("法律文书收到时间", most=20),
    "papers": text("法律文书种类", most=200),
    "how_arrived": text("接收方式", most=20),
    "reported_on": text("报到时间", most=20),
    "arrival_state": code("报到情况", "in_time", "late", "absent"),
    "crime_facts": texts("主要犯罪事实", needed=True),
    "former_crimes": texts("本次犯罪前的违法犯罪记录"),
    "history": texts("个人简历"),
    "family": texts("家庭成员及主要社会关系"),
}
STATES = {"receive": "in_time", "receive_late": "late", "absent": "absent", "appear": "late"}


def _arrival(shot: Snapshot) -> Values:
    """How the person came, and what only the party knows."""
    came = shot.taken(*STATES).get("action", "")
    party = next(iter(shot.side("applicant")), {})
    return {"arrival_state": STATES.get(came, ""), "ethnicity": party.get("ethnicity") or ""}


FORMS = (
    SHEET.form(
        "receipt",
        "送达回执",
        "矫回字",
        {
            "decider": text("社区矫正决定机关", most=80, needed=True),
            "documents_received_on": text("收到日期", most=20),
            "papers": text("收到的文书", most=200),
            "lacking_papers": text("缺少的文书", most=200),
            "receipt_to": text("送往机关", most=80, needed=True),
            "copied_to": text("抄送", most=120),
        },
        From(texts=("decider",), days=("documents_received_on",), words=("papers",)),
        From(("send_receipt", "receipt_later"), texts=("receipt_to", "lacking_papers", "copied_to")),
    ),
    SHEET.form(
        "arrival",
        "社区矫正报到通知书",
        "矫报字",
        {
            "decider": text("社区矫正决定机关", most=80),
            "reported_on": text("报到日期", most=20, needed=True),
            "how_arrived": text("接收方式", most=20),
            "late_reason": texts("未按时报到的原因", empty=0),
            "next_on": text("下一次报告日期", most=20, needed=True),
            "station": text("司法所", most=100),
        },
        From(texts=("decider",)),
        From(
            ("receive", "receive_late", "appear"),
            days=("reported_on", "next_on"),
            words=("how_arrived",),
            paragraphs=("late_reason",),
        ),
        extra=station,
    ),
    SHEET.form(
        "basic_info",
        "社区矫正对象基本信息表",
        "矫基字",
        BASIC,
        From(
            texts=("former_name", "education", "health", "political", "marriage", "area_name", "workplace"),
            words=("ban", "papers"),
            days=("documents_received_on", "reported_on"),
            paragraphs=("ban_detail", "crime_facts", "former_crimes", "history", "family"),
        ),
        From(texts=("phone", "decider", "detained_at"), words=("how_arrived",)),
        extra=_arrival,
        layout="table",
        source=FIELDS_READ,
        verified=True,
        pages=(2, 3),
    ),
    SHEET.form(
        "group_duty",
        "社区矫正小组责任书",
        "矫组字",
        {
            "group_leader": text("组长", most=50, needed=True),
            "group_names": text("成员", most=200, needed=True),
            "group_kinds": text("成员类别", most=200),
            "group_duty": texts("分工和责任", needed=True),
        },
        From(
            ("group", "regroup"),
            texts=("group_leader", "group_names"),
            words=("group_kinds",),
            paragraphs=("group_duty",),
        ),
        words={"closing": ("结束的话", "以上责任，矫正小组成员已经知悉并愿意履行。")},
    ),
    SHEET.form(
        "declaration",
        "社区矫正宣告书",
        "矫宣字",
        {
            "decider": text("社区矫正决定机关", most=80),
            "judged_on": text("判决日期", most=20),
            "declared_at": text("宣告时间", most=40, needed=True),
            "place_name": text("宣告地点", most=100, needed=True),
            "attended": text("参加人员", most=200),
            "ban": text("禁止令内容", most=80),
            "group_names": text("矫正小组成员", most=200),
        },
        From(texts=("decider", "group_names"), words=("ban",), days=("judged_on",)),
        From(("declare",), moments=("declared_at",), texts=("place_name", "attended")),
        pages=(2, 3),
    ),
    SHEET.form(
        "plan",
        "社区矫正方案",
        "矫案字",
        {
            "plan_basis": texts("综合评估结果", needed=True),
            "mind": texts("心理状态和其他特殊情况", needed=True),
            "supervision_measures": texts("监督管理措施", needed=True),
            "help_measures": texts("教育帮扶措施", needed=True),
            "group_names": text("矫正小组成员", most=200),
            "handler": text("制定人", most=60),
        },
        From(("plan",), paragraphs=("plan_basis", "mind", "supervision_measures", "help_measures"), actor="handler"),
        From(texts=("group_names",)),
        layout="table",
    ),
)
