"""Forms of placement and help."""

from blueprints.corrections.documents.parts import LOCAL, From, Sheet
from blueprints.corrections.documents.requests import due
from blueprints.corrections.documents.sample import HELP
from saas.documents.form import code, text, texts

SHEET = Sheet(HELP, office=True, source=LOCAL)

FORMS = (
    SHEET.form(
        "placement_register",
        "安置帮教对象登记表",
        "帮登字",
        {
            "sender": text("通知机关", most=80),
            "paper_number": text("释放（解除）证明书文号", most=60),
            "meet_way": text("衔接方式", most=40),
            "health": text("健康状况", most=50),
            "skills": text("技能特长", most=100),
            "job": text("就业（就学）状况", most=100),
            "insured": text("社会保险", most=100),
            "hardship": text("困难情况", most=200),
            "family": texts("家庭情况"),
            "risk": code("风险评估", "low", "middle", "high"),
            "grade": code("帮教等级", "key", "general"),
            "apart": code("人户分离", "yes"),
        },
        From(
            texts=("sender", "health", "skills", "job", "insured", "hardship", "risk", "grade"),
            words=("meet_way",),
            paragraphs=("family",),
        ),
        From(("meet",), texts=("paper_number",)),
        extra=lambda shot: {"apart": "yes" if shot.case.get("apart") else ""},
        layout="table",
    ),
    SHEET.form(
        "help_agreement",
        "帮教小组协议书",
        "帮协字",
        {
            "group_names": text("小组成员", most=200, needed=True),
            "group_kinds": text("成员类别", most=200),
            "agreement": texts("帮教内容", needed=True),
            "help_from": text("帮教起算日期", most=20),
            "help_until": text("帮教期限至", most=20),
        },
        From(("group",), texts=("group_names",), words=("group_kinds",), paragraphs=("agreement",)),
        From(days=("help_from",)),
        extra=lambda shot: {"help_until": due(shot, "help")},
    ),
    SHEET.form(
        "help_visit",
        "安置帮教走访记录",
        "帮访字",
        {
            "held_at": text("时间", most=40, needed=True),
            "place_name": text("地点", most=100),
            "visitors": text("走访人员", most=100),
            "content": texts("走访情况", needed=True),
            "needs": texts("困难和需求"),
        },
        From(("visit",), moments=("held_at",), texts=("place_name", "visitors"), paragraphs=("content", "needs")),
        layout="table",
    ),
    SHEET.form(
        "support",
        "安置、救助记录",
        "帮救字",
        {
            "support_way": text("方式", most=40, needed=True),
            "supported_on": text("日期", most=20),
            "support_by": text("提供单位", most=100),
            "support_amount": text("金额", most=80),
            "content": texts("内容和结果", needed=True),
        },
        From(
            ("support", "settle"),
            words=("support_way",),
            days=("supported_on",),
            texts=("support_by",),
            money=("support_amount",),
            paragraphs=("content",),
        ),
        layout="table",
    ),
    SHEET.form(
        "placement_release",
        "解除安置帮教审批表",
        "帮解字",
        {
            "help_from": text("帮教起算日期", most=20),
            "freed_on": text("解除日期", most=20, needed=True),
            "conduct": texts("帮教期间的表现", needed=True),
            "opinion": texts("解除意见", needed=True),
            "approver": text("审批人", most=60),
        },
        From(days=("help_from",)),
        From(("free",), days=("freed_on",), paragraphs=("conduct", "opinion"), actor="approver"),
        layout="table",
    ),
    SHEET.form(
        "placement_transfer",
        "安置帮教移交函",
        "帮移字",
        {
            "passed_to": text("接收机构", most=80, needed=True),
            "passed_on": text("移交日期", most=20),
            "file_list": texts("移交的材料", needed=True),
            "lives_at": text("实际居住地", most=200),
        },
        From(("pass_over",), texts=("passed_to",), days=("passed_on",), paragraphs=("file_list",)),
        From(texts=("lives_at",)),
    ),
)
