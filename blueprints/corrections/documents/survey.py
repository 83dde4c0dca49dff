"""Forms of the investigation before a sentence."""

from blueprints.corrections.documents.parts import From, Sheet
from blueprints.corrections.documents.sample import SURVEY
from saas.documents.form import code, text, texts

SHEET = Sheet(SURVEY)
TEXT_READ = "调查评估意见书（正文据公开的社区矫正系统中的模板）"

FORMS = (
    SHEET.form(
        "commission",
        "调查评估委托登记表",
        "矫委字",
        {
            "commission_number": text("委托函文号", most=60),
            "commissioner": text("委托机关", most=80, needed=True),
            "subject_kind": code("对象类型", "accused", "convict"),
            "workplace": text("工作单位", most=100),
            "judged_by": text("判决机关", most=80),
            "judged_on": text("判决日期", most=20),
            "received_on": text("收到日期", most=20),
            "procedure": code("程序", "ordinary", "fast"),
            "asked_for": texts("委托事项", needed=True),
        },
        From(
            texts=("commission_number", "commissioner", "subject_kind", "workplace", "judged_by", "procedure"),
            days=("judged_on", "received_on"),
            paragraphs=("asked_for",),
        ),
        layout="table",
    ),
    SHEET.form(
        "survey",
        "调查评估笔录",
        "矫笔字",
        {
            "survey_of": text("调查内容", most=40),
            "held_at": text("时间", most=40, needed=True),
            "place_name": text("地点", most=100),
            "interviewee": text("被调查人", most=60, needed=True),
            "interviewee_detail": text("与本人的关系、单位和职务", most=200),
            "investigators": text("调查人", most=100),
            "recorder": text("记录人", most=50),
            "content": texts("笔录内容", most=8000, needed=True, empty=8),
        },
        From(
            ("survey",),
            words=("survey_of",),
            moments=("held_at",),
            texts=("place_name", "interviewee", "interviewee_detail", "recorder"),
            paragraphs=("content",),
        ),
        From(texts=("investigators",)),
        layout="record",
        words={"closing": ("核对的话", "以上笔录已经被调查人核对（或者已向被调查人宣读），与所述相符。")},
    ),
    SHEET.form(
        "opinion",
        "调查评估意见书",
        "矫评字",
        {
            "commissioner": text("委托机关", most=80, needed=True),
            "subject_kind": code("对象类型", "accused", "convict"),
            "received_on": text("起始日期", most=20),
            "discussed_on": text("截止日期", most=20),
            "findings": texts("有关情况", needed=True),
            "opinion_text": texts("评估意见", needed=True),
            "ban_advice": texts("建议禁止的事项", empty=0),
            "informed": text("抄送人民检察院", most=80),
        },
        From(
            texts=("commissioner", "subject_kind", "informed"),
            days=("received_on",),
            paragraphs=("findings", "opinion_text", "ban_advice"),
        ),
        From(("discuss",), on="discussed_on"),
        source=TEXT_READ,
        verified=True,
        pages=(1, 3),
    ),
)
