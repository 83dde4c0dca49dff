"""Forms by which somebody who serves is allowed something."""

from blueprints.corrections.documents.parts import Fields, From, Sheet, station
from blueprints.corrections.documents.sample import SERVING
from saas.documents.form import Snapshot, Values, text, texts
from saas.documents.wording import day, lines

SHEET = Sheet(SERVING)
LEAVES = ("grant_office", "grant_leave", "grant_upper")
DECIDED: Fields = {
    "office_opinion": texts("司法所意见", empty=0),
    "opinion": texts("审批意见", needed=True),
    "approver": text("审批人", most=60),
    "approved_on": text("审批日期", most=20),
}
ASKED: Fields = {"reason": texts("事由", needed=True), "proof": text("证明材料", most=200)}


def _office(shot: Snapshot) -> Values:
    """What the office said when it sent the request on."""
    return {"office_opinion": lines(shot.entered("forward_county").get("opinion"))}


def due(shot: Snapshot, clock: str) -> str:
    """The last day of a limit of the case."""
    return next((day(row["due_on"]) for row in shot.clocks if row["code"] == clock), "")


def _decided(*actions: str) -> From:
    return From(actions, paragraphs=("opinion",), actor="approver", on="approved_on")


FORMS = (
    SHEET.form(
        "leave_approval",
        "社区矫正对象外出审批表",
        "矫外审字",
        {
            "leave_reason": text("外出事由", most=40, needed=True),
            "destination": text("目的地", most=100, needed=True),
            "from_on": text("申请外出日期", most=20),
            "until_on": text("申请返回日期", most=20),
            "granted_from": text("准予外出日期", most=20),
            "granted_until": text("应当返回日期", most=20),
            **ASKED,
            **DECIDED,
        },
        From(
            ("apply_leave",),
            words=("leave_reason",),
            texts=("destination", "proof"),
            days=("from_on", "until_on"),
            paragraphs=("reason",),
        ),
        From(LEAVES, days=("granted_from", "granted_until")),
        _decided(*LEAVES),
        extra=_office,
        layout="table",
    ),
    SHEET.form(
        "leave_certificate",
        "社区矫正对象外出证明",
        "矫外证字",
        {
            "leave_reason": text("外出事由", most=40, needed=True),
            "destination": text("目的地", most=100, needed=True),
            "granted_from": text("准予外出日期", most=20, needed=True),
            "granted_until": text("应当返回日期", most=20, needed=True),
            "station": text("司法所", most=100),
        },
        From(("apply_leave",), words=("leave_reason",), texts=("destination",)),
        From(LEAVES, days=("granted_from", "granted_until")),
        extra=station,
        words={"rules": ("外出须遵守的规定", "外出期间应当遵守法律法规和社区矫正监督管理规定，按期返回并当日销假。")},
    ),
    SHEET.form(
        "place_approval",
        "进入特定区域（场所）审批表",
        "矫场审字",
        {
            "place_name": text("区域、场所", most=100, needed=True),
            "from_on": text("开始日期", most=20),
            "until_on": text("结束日期", most=20),
            "ban": text("禁止令内容", most=80),
            **ASKED,
            **DECIDED,
        },
        From(("apply_place",), texts=("place_name", "proof"), days=("from_on", "until_on"), paragraphs=("reason",)),
        From(words=("ban",)),
        _decided("grant_place"),
        extra=_office,
        layout="table",
    ),
    SHEET.form(
        "meeting_approval",
        "社区矫正对象会客审批表",
        "矫会审字",
        {
            "visitor": text("会见的人", most=50, needed=True),
            "visitor_relation": text("关系", most=100),
            "from_on": text("会见日期", most=20),
            "place_name": text("会见地点", most=100),
            "reason": texts("事由", needed=True),
            **DECIDED,
        },
        From(
            ("apply_meeting",),
            texts=("visitor", "visitor_relation", "place_name"),
            days=("from_on",),
            paragraphs=("reason",),
        ),
        _decided("grant_meeting"),
        extra=_office,
        layout="table",
    ),
    SHEET.form(
        "travel_approval",
        "经常性跨市、县活动审批表",
        "矫跨审字",
        {
            "destination": text("往来的市、县", most=100, needed=True),
            "route": text("路线、时间和频次", most=200),
            "granted_from": text("批准日期", most=20),
            "valid_until": text("有效期至", most=20),
            **ASKED,
            **DECIDED,
        },
        From(("apply_travel",), texts=("destination", "route", "proof"), paragraphs=("reason",)),
        From(("grant_travel",), days=("granted_from",)),
        _decided("grant_travel"),
        extra=lambda shot: _office(shot) | {"valid_until": due(shot, "travel")},
        layout="table",
    ),
    SHEET.form(
        "move_approval",
        "社区矫正执行地变更审批表",
        "矫迁审字",
        {
            "new_place": text("新执行地", most=100, needed=True),
            "new_residence": text("新居住地", most=200),
            "asked_on": text("申请日期", most=20),
            "consulted": text("征求意见的机构", most=80),
            "answered_on": text("收到回复日期", most=20),
            "answer": text("回复意见", most=20),
            **ASKED,
            **DECIDED,
        },
        From(
            ("apply_move",),
            texts=("new_place", "new_residence", "proof"),
            days=("asked_on",),
            paragraphs=("reason",),
        ),
        From(("consult_move",), texts=("consulted",)),
        From(("answer_move",), days=("answered_on",), words=("answer",)),
        _decided("grant_move"),
        extra=_office,
        layout="table",
    ),
    SHEET.form(
        "move_notice",
        "社区矫正执行地变更决定书",
        "矫迁决字",
        {
            "new_place": text("新执行地", most=100, needed=True),
            "consulted": text("接收机构", most=80, needed=True),
            "decided_on": text("决定日期", most=20, needed=True),
            "report_by": text("报到的最后一日", most=20),
            "decider": text("社区矫正决定机关", most=80),
        },
        From(texts=("new_place", "consulted", "decider"), days=("decided_on",)),
        extra=lambda shot: {"report_by": due(shot, "move_out")},
    ),
    SHEET.form(
        "handover_list",
        "社区矫正执行地变更移交清单",
        "矫移字",
        {
            "consulted": text("接收机构", most=80),
            "handed_on": text("移交日期", most=20, needed=True),
            "new_report_on": text("报到日期", most=20),
            "file_list": texts("移交的材料", needed=True, empty=8),
            "handler": text("移交人", most=60),
        },
        From(("move_out",), days=("handed_on", "new_report_on"), paragraphs=("file_list",), actor="handler"),
        From(texts=("consulted",)),
        layout="table",
    ),
    SHEET.form(
        "medical_delay",
        "病情复查延期审批表",
        "矫病审字",
        {
            "outside_reason": text("暂予监外执行原因", most=40),
            "delay_until": text("申请延期至", most=20, needed=True),
            "hospital": text("治疗医院", most=80),
            "reason": texts("身体情况和延期原因", needed=True),
            **DECIDED,
        },
        From(("apply_medical",), texts=("hospital",), days=("delay_until",), paragraphs=("reason",)),
        From(words=("outside_reason",)),
        _decided("grant_medical"),
        extra=_office,
        layout="table",
    ),
)
