"""What people's mediation declares to the platform."""

from enum import StrEnum
from pathlib import Path

from blueprints.mediation import codes, deepened, documents, indicators, registers, rules
from blueprints.mediation.demo.kept import kept
from blueprints.mediation.demo.plan import plan
from blueprints.mediation.settings import SETTINGS
from blueprints.mediation.volume import CATEGORIES, VOLUME
from saas.documents.form import Snapshot
from saas.domain import (
    Domain,
    Guide,
    ProcessPack,
    RoleDeclaration,
    VolumeForms,
)
from saas.fields.definition import load_forms
from saas.identity.permissions import KernelPermission as Kernel
from saas.inspections.declaration import InspectionKind

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
        ProcessPack(codes.SCREENING, HERE / "processes" / "screening.yaml"),
        ProcessPack(codes.CLUE, HERE / "processes" / "clue.yaml"),
        ProcessPack(codes.DOCKING, HERE / "processes" / "docking.yaml"),
    ),
    forms=documents.FORMS,
    fields=load_forms(HERE / "fields"),
    code_lists={
        **codes.LISTS,
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
    }
    | {
        name: getattr(deepened, name)
        for name in (
            "suspension",
            "coverage",
            "clues_named",
            "danger_to_police",
            "consent",
            "answer_extension",
            "answer_dates",
            "subsidy",
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
    demo_weight=24,
    demo_entries=kept,
    body_types=("committee",),
)
