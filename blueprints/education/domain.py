"""What legal education declares to the platform."""

from enum import StrEnum
from pathlib import Path

from blueprints.education import codes, documents, indicators, registers, rules
from blueprints.education.demo.plan import plan
from blueprints.education.settings import SETTINGS
from saas.documents.form import Snapshot
from saas.domain import Domain, FileCategory, ProcessPack, RoleDeclaration, VolumeForms, VolumeItem
from saas.fields.definition import load_forms
from saas.identity.permissions import KernelPermission as Kernel

HERE = Path(__file__).parent
LIST, EVENT, MODEL = "education.list", "education.event", "education.model"


class Permission(StrEnum):
    """Permissions of this line of work beyond the kernel's."""

    EVALUATE = "education.evaluate"
    REGISTER_READ = registers.READ
    REGISTER_WRITE = registers.WRITE


READING = {Kernel.WORK, Kernel.CASE_READ, Kernel.DOCUMENT_READ, Kernel.STATISTICS, Permission.REGISTER_READ}
WORKING = READING | {Kernel.CASE_OPEN, Kernel.CASE_ACT, Kernel.FILE_ADD, Kernel.CASE_EXPORT}
LEADING = WORKING | {Kernel.CASE_ASSIGN, Kernel.DOCUMENT_VOID, Kernel.DOSSIER_EXPORT, Kernel.DOSSIER_WHOLE}
# Who bears the duty is judged by others (法治宣传教育法第九条; 履职评议), so a liaison never judges.
JUDGING = frozenset({Permission.EVALUATE})

ROLES = (
    RoleDeclaration(
        "education_officer", "普法科", frozenset(LEADING | {Permission.REGISTER_WRITE}), clearance=1, never=JUDGING
    ),
    RoleDeclaration("education_liaison", "责任单位联络员", frozenset(WORKING), never=JUDGING),
    RoleDeclaration(
        "education_reviewer",
        "评议组成员",
        frozenset(READING | {Kernel.CASE_ACT, Kernel.FILE_ADD, Permission.EVALUATE}),
    ),
    RoleDeclaration(
        "education_leader",
        "局领导（普法办）",
        frozenset(LEADING | {Kernel.EXPORT_APPROVE, Permission.REGISTER_WRITE}),
        clearance=2,
    ),
    RoleDeclaration("office_head", "司法所所长", frozenset(WORKING | {Permission.REGISTER_WRITE}), clearance=2),
)

VOLUME = (
    VolumeItem("编制通知", categories=("notice",), processes=(LIST,)),
    VolumeItem("普法责任清单", forms=("education.list_main",), required=True, processes=(LIST,)),
    VolumeItem(
        "分类清单",
        forms=("education.list_dates", "education.list_topics", "education.list_laws"),
        required=True,
        processes=(LIST,),
    ),
    VolumeItem("落实情况佐证材料", categories=("proof",), processes=(LIST,)),
    VolumeItem("年度履职报告", categories=("report",), processes=(LIST,)),
    VolumeItem(
        "履职报告评议表", forms=("education.evaluation",), categories=("evaluation",), required=True, processes=(LIST,)
    ),
    VolumeItem("通报和整改材料", categories=("circular",), processes=(LIST,)),
    VolumeItem("活动方案", categories=("scheme",), processes=(EVENT,)),
    VolumeItem("普法活动登记表", forms=("education.event_register",), required=True, processes=(EVENT,)),
    VolumeItem("活动照片", categories=("photo",), required=True, processes=(EVENT,)),
    VolumeItem("签到表和发放的资料", categories=("attendance",), processes=(EVENT,)),
    VolumeItem("申报表和申报材料", categories=("declaration",), required=True, processes=(MODEL,)),
    VolumeItem("初审、评审材料", categories=("assessment",), processes=(MODEL,)),
    VolumeItem("命名文件", categories=("naming",), processes=(MODEL,)),
    VolumeItem("复核材料", categories=("recheck",), processes=(MODEL,)),
    VolumeItem("其他材料", categories=("other",)),
)
CATEGORIES = (
    FileCategory("notice", "编制通知"),
    FileCategory("proof", "落实情况佐证材料", evidence=True),
    FileCategory("report", "年度履职报告"),
    FileCategory("evaluation", "评议、第三方评估材料"),
    FileCategory("circular", "通报和整改材料"),
    FileCategory("scheme", "活动方案"),
    FileCategory("photo", "活动照片", evidence=True),
    FileCategory("attendance", "签到表和发放的资料"),
    FileCategory("declaration", "申报表和申报材料"),
    FileCategory("assessment", "初审、评审材料"),
    FileCategory("naming", "命名文件"),
    FileCategory("recheck", "复核材料"),
    FileCategory("other", "其他材料"),
)


def documents_for(code: str, shot: Snapshot) -> str:
    """The list of one kind has a form for each of the three kinds."""
    return f"education.{shot.case['kind']}" if code == "education.list_dates" else code


DOMAIN = Domain(
    name="education",
    title="普法",
    laws=("中华人民共和国法治宣传教育法",),
    permissions=Permission,
    permission_titles={
        Permission.EVALUATE: "评议履职情况",
        Permission.REGISTER_READ: "查看普法名录",
        Permission.REGISTER_WRITE: "管理普法名录",
    },
    roles=ROLES,
    processes=(
        ProcessPack(
            LIST,
            HERE / "processes" / "list.yaml",
            {path.stem: path for path in sorted((HERE / "local").glob("*.yaml"))},
        ),
        ProcessPack(EVENT, HERE / "processes" / "event.yaml"),
        ProcessPack(MODEL, HERE / "processes" / "model.yaml"),
    ),
    forms=documents.FORMS,
    fields=load_forms(HERE / "fields"),
    code_lists={**codes.LISTS, **registers.CODES},
    rules={
        name: getattr(rules, name)
        for name in ("list_items", "evaluation", "nothing_to_rectify", "counts", "photographs", "naming", "kept")
    },
    facts=rules.facts_of,
    documents_for=documents_for,
    volume=VOLUME,
    volume_forms=VolumeForms("education.cover", "education.catalogue", "education.statement", "education.back_cover"),
    file_categories=CATEGORIES,
    settings=SETTINGS,
    indicators=indicators.INDICATORS,
    registers=registers.REGISTERS,
    handler_roles=("education_liaison",),
    escalation=("education_officer", "education_leader"),
    demo=plan,
    body_types=("bureau", "office"),
)
