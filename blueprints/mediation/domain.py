"""What people's mediation declares to the platform."""

from enum import StrEnum
from pathlib import Path

from blueprints.mediation import documents, indicators, registers, rules
from blueprints.mediation.demo.kept import kept
from blueprints.mediation.demo.plan import plan
from saas.documents.form import Snapshot
from saas.domain import (
    Domain,
    FileCategory,
    Guide,
    ProcessPack,
    RoleDeclaration,
    VolumeForms,
    VolumeItem,
)
from saas.fields.definition import load_forms
from saas.identity.permissions import KernelPermission as Kernel
from saas.inspections.declaration import InspectionKind
from saas.settings.declaration import Setting

HERE = Path(__file__).parent


class Permission(StrEnum):
    """Permissions of this line of work beyond the kernel's."""

    REVIEW = "mediation.review"
    REGISTER_READ = registers.READ
    REGISTER_WRITE = registers.WRITE


READING = {Kernel.WORK, Kernel.CASE_READ, Kernel.DOCUMENT_READ, Kernel.STATISTICS, Permission.REGISTER_READ}
WORKING = READING | {
    *(Kernel.CASE_OPEN, Kernel.CASE_ACT, Kernel.FILE_ADD, Kernel.CASE_EXPORT, Kernel.UNMASK, Kernel.DOCUMENT_VOID),
}
EXPORTING = {Kernel.DOSSIER_EXPORT, Kernel.DOSSIER_WHOLE}
LEADING = WORKING | {Kernel.CASE_ASSIGN, Kernel.CASE_LABEL} | EXPORTING
# Committees settle disputes; the bureau and its offices guide them and look at their files (人民调解法第五条).
# 人民调解法第五条、第九条：the committees are guided, and their members reported, to the bureau and its offices.
OVERSEEING = frozenset({Permission.REVIEW, Permission.REGISTER_WRITE, Kernel.EXPORT_APPROVE})
KEEPING = {Permission.REVIEW, Permission.REGISTER_WRITE}

ROLES = (
    RoleDeclaration("mediator", "人民调解员", frozenset(WORKING), clearance=1, never=OVERSEEING),
    RoleDeclaration("director", "调委会主任", frozenset(LEADING), clearance=2, never=OVERSEEING),
    RoleDeclaration("clerk", "窗口受理人员", frozenset(WORKING), never=OVERSEEING),
    RoleDeclaration("office_head", "司法所所长", frozenset(LEADING | KEEPING), clearance=2),
    RoleDeclaration(
        "bureau",
        "基层工作科",
        frozenset(WORKING | EXPORTING | KEEPING | {Kernel.CASE_LABEL, Kernel.EXPORT_APPROVE}),
        clearance=2,
    ),
)

# 司法部's eighteen kinds of disputes; the codes are ours and stay.
KINDS = (
    ("01", "婚姻家庭纠纷"),
    ("02", "邻里纠纷"),
    ("03", "房屋宅基地纠纷"),
    ("04", "合同纠纷"),
    ("05", "生产经营纠纷"),
    ("06", "损害赔偿纠纷"),
    ("07", "山林土地纠纷"),
    ("08", "征地拆迁纠纷"),
    ("09", "环境污染纠纷"),
    ("10", "拖欠农民工工资纠纷"),
    ("11", "其他劳动争议纠纷"),
    ("12", "旅游纠纷"),
    ("13", "电子商务纠纷"),
    ("14", "其他消费纠纷"),
    ("15", "医疗纠纷"),
    ("16", "道路交通事故纠纷"),
    ("17", "物业纠纷"),
    ("99", "其他纠纷"),
)
SOURCES = (
    ("application", "当事人申请"),
    ("initiative", "主动调解"),
    ("screening", "排查发现"),
    ("court", "法院委派"),
    ("court_filed", "法院委托"),
    ("police", "公安移送"),
    ("procuratorate", "检察移送"),
    ("petition", "信访移送"),
    ("labour", "劳动仲裁移送"),
    ("traffic", "交管移送"),
    ("hotline", "12345、12348 转办"),
    ("other", "其他部门移送"),
)

# The order of 司发通〔2010〕239号, which knows one volume; what is internal is kept apart in a 副卷 by practice of the
# offices (from memory, no national rule).
VOLUME = (
    VolumeItem("人民调解申请书或者受理登记表", forms=("mediation.application", "mediation.register"), required=True),
    VolumeItem("告知引导书", forms=("mediation.guidance",), part="sub"),
    VolumeItem("人民调解当事人权利义务告知书", forms=("mediation.rights",), required=True),
    VolumeItem("当事人身份证明", categories=("identity",), required=True),
    VolumeItem("授权委托书", categories=("authorisation",)),
    VolumeItem("移送函、委派函", categories=("referral",)),
    VolumeItem("人民调解调查记录", forms=("mediation.investigation",)),
    VolumeItem("人民调解证据材料", categories=("evidence",)),
    VolumeItem("人民调解记录", forms=("mediation.record",), required=True),
    VolumeItem("纠纷激化报告单", forms=("mediation.warning",), part="sub"),
    VolumeItem(
        "人民调解协议书、口头协议登记表或者终止调解通知书",
        forms=("mediation.agreement", "mediation.oral_agreement", "mediation.termination"),
        categories=("agreement",),
        required=True,
    ),
    VolumeItem("履行凭证", categories=("performance",)),
    VolumeItem("人民调解回访记录", forms=("mediation.revisit",)),
    VolumeItem(
        "司法确认有关材料", forms=("mediation.confirmation", "mediation.confirmation_unit"), categories=("court",)
    ),
    VolumeItem("案卷评查表", forms=("mediation.file_review",), part="sub"),
    VolumeItem("其他材料", categories=("other",)),
)
CATEGORIES = (
    FileCategory("identity", "当事人身份证明"),
    FileCategory("authorisation", "授权委托书"),
    FileCategory("referral", "移送函、委派函"),
    FileCategory("evidence", "证据材料", evidence=True),
    FileCategory("agreement", "签字盖章的协议书"),
    FileCategory("performance", "履行凭证"),
    FileCategory("court", "司法确认材料"),
    FileCategory("other", "其他材料"),
)
SETTINGS = (
    Setting(
        "mediation.acceptance_workdays",
        "受理审查期限（工作日）",
        "integer",
        3,
        "收到申请或者移送之后，几个工作日内决定是否受理。",
        "参照《人民法院在线调解规则》第十二条",
        verified=False,
        minimum=1,
        maximum=3,
    ),
    Setting(
        "mediation.mediation_days",
        "调解期限（日）",
        "integer",
        30,
        "受理之后几日内调结。",
        "《全国人民调解工作规范》（SF/T 0083），未核对原文",
        verified=False,
        minimum=5,
        maximum=30,
    ),
    Setting(
        "mediation.revisit_days",
        "回访期限（日）",
        "integer",
        30,
        "履行或者终止之后几日内回访。",
        "本单位工作要求，法律没有规定",
        verified=False,
        minimum=7,
        maximum=90,
    ),
)
# 评查七维: the seven are 颍东区's of 2024; how many points each has is the platform's proposal.
FILE_REVIEW = InspectionKind(
    key="mediation.file_review",
    title="人民调解案卷评查",
    objects="cases:mediation.dispute",
    inspectors="",
    criteria=(
        ("lawful_acceptance", "受理合法", 15),
        ("complete_materials", "材料齐全", 15),
        ("standard_documents", "文书标准", 15),
        ("proper_evidence", "证据恰当", 15),
        ("correct_law", "法律适用准确", 20),
        ("timely_revisit", "回访及时", 10),
        ("proper_binding", "装订规范", 10),
    ),
    grades=(("excellent", "优秀", 90), ("qualified", "合格", 60)),
    plan=Permission.REVIEW,
    work=Permission.REVIEW,
    publish=Permission.REVIEW,
    law="人民调解案件评查工作要求",
)
GUIDE = Guide(
    process="mediation.dispute",
    way="apply",
    title="申请人民调解",
    summary="邻里、婚姻家庭、合同、损害赔偿等民间纠纷，可以请人民调解委员会调解，不收费。",
    who=(
        "纠纷的任何一方当事人都可以申请",
        "对方明确拒绝调解的，不能调解",
        "已经由法院或者其他机关受理的，请向受理机关反映",
    ),
    bring=("身份证", "能说明事情经过的材料，例如合同、收据、照片（没有也可以申请）", "替别人申请的，带授权委托书"),
    time="收到申请后尽快告诉您是否受理；受理后一般三十日内调结。",
    fee="不收取任何费用（人民调解法第四条）。",
    place="当地司法所、人民调解委员会，或者在这里网上申请。",
    law=("中华人民共和国人民调解法第四条、第十七条至第三十三条",),
)


def documents_for(code: str, shot: Snapshot) -> str:
    """The application for confirmation has two forms: between persons, and with an organisation on a side."""
    with_unit = any(party["kind"] == "legal" for party in shot.side("applicant", "respondent"))
    return "mediation.confirmation_unit" if code == "mediation.confirmation" and with_unit else code


DOMAIN = Domain(
    name="mediation",
    title="人民调解",
    laws=("中华人民共和国人民调解法", "中华人民共和国民事诉讼法", "司发通〔2010〕239号"),
    permissions=Permission,
    permission_titles={
        Permission.REVIEW: "评查案卷",
        Permission.REGISTER_READ: "查看人民调解名录",
        Permission.REGISTER_WRITE: "管理人民调解名录",
    },
    roles=ROLES,
    processes=(
        ProcessPack(
            "mediation.dispute",
            HERE / "processes" / "people_mediation.yaml",
            {path.stem: path for path in sorted((HERE / "local").glob("*.yaml"))},
        ),
    ),
    forms=documents.FORMS,
    fields=load_forms(HERE / "fields"),
    code_lists={
        "mediation.kind": KINDS,
        "mediation.source": SOURCES,
        "mediation.committee_kind": registers.COMMITTEE_KINDS,
        "mediation.education": registers.EDUCATION,
        "mediation.grade": registers.GRADES,
    },
    rules={
        name: getattr(rules, name)
        for name in (
            "acceptance",
            "session_held",
            "oral_allowed",
            "agreement_dates",
            "performance_dates",
            "confirmation_period",
            "confirmation_precheck",
            "court_dates",
            "extension",
            "revisit_date",
            "referral",
            "volume_complete",
            "review_scores",
        )
    },
    facts=rules.facts_of,
    documents_for=documents_for,
    volume=VOLUME,
    volume_forms=VolumeForms("mediation.cover", "mediation.catalogue", "mediation.statement", "mediation.back_cover"),
    file_categories=CATEGORIES,
    settings=SETTINGS,
    indicators=indicators.INDICATORS,
    registers=registers.REGISTERS,
    inspections=(FILE_REVIEW,),
    guides=(GUIDE,),
    handler_roles=("mediator", "director"),
    escalation=("director", "office_head", "bureau"),
    demo=plan,
    demo_entries=kept,
    body_types=("committee",),
)
