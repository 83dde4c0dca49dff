"""What the oversight of forensic appraisal declares to the platform."""

from enum import StrEnum
from pathlib import Path

from blueprints.appraisal import documents, indicators, inspections, registers, rules
from blueprints.appraisal.demo.kept import kept
from blueprints.appraisal.demo.plan import plan
from blueprints.appraisal.lists import LISTS
from blueprints.appraisal.settings import SETTINGS
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

HERE = Path(__file__).parent
PACKS = {
    "case": "appraisal_case",
    "complaint": "complaint",
    "licence": "licence",
    "grading": "grading",
    "proficiency": "proficiency",
    "inspection": "inspection",
}
"""Processes by the end of their key, and the file of each; local files are ``<division>.<process>.yaml``."""


class Permission(StrEnum):
    """Permissions of this line of work beyond the kernel's."""

    REGISTER_READ = registers.READ
    REGISTER_WRITE = registers.WRITE
    INSPECTION_PLAN = inspections.PLAN
    INSPECT = inspections.WORK
    INSPECTION_PUBLISH = inspections.PUBLISH


READING = {Kernel.WORK, Kernel.CASE_READ, Kernel.DOCUMENT_READ, Kernel.STATISTICS, Permission.REGISTER_READ}
WORKING = READING | {
    *(Kernel.CASE_OPEN, Kernel.CASE_ACT, Kernel.FILE_ADD, Kernel.CASE_EXPORT, Kernel.UNMASK, Kernel.DOCUMENT_VOID),
}
LEADING = WORKING | {Kernel.CASE_ASSIGN, Kernel.CASE_LABEL, Kernel.DOSSIER_EXPORT, Kernel.DOSSIER_WHOLE}
# Institutions appraise on their own; the bureau oversees them (北京市司法鉴定管理条例第三条、第四条).
OFFICE = {Permission.REGISTER_WRITE, Permission.INSPECTION_PLAN, Permission.INSPECT}
HEADING = {Permission.REGISTER_WRITE, Permission.INSPECTION_PLAN, Permission.INSPECTION_PUBLISH, Kernel.EXPORT_APPROVE}
OVERSEEING = frozenset(OFFICE | HEADING)

ROLES = (
    RoleDeclaration("appraisal_director", "司法鉴定机构负责人", frozenset(LEADING), clearance=2, never=OVERSEEING),
    RoleDeclaration("appraiser", "司法鉴定人", frozenset(WORKING), clearance=1, never=OVERSEEING),
    RoleDeclaration("appraisal_clerk", "司法鉴定投诉受理人员", frozenset(WORKING), clearance=1, never=OVERSEEING),
    RoleDeclaration("appraisal_officer", "司法鉴定管理科科员", frozenset(LEADING | OFFICE), clearance=2),
    RoleDeclaration("appraisal_head", "司法鉴定管理科负责人", frozenset(LEADING | HEADING), clearance=2),
)

CASE, COMPLAINT, LICENCE = ("appraisal.case",), ("appraisal.complaint",), ("appraisal.licence",)
GRADING, PROFICIENCY, INSPECTION = ("appraisal.grading",), ("appraisal.proficiency",), ("appraisal.inspection",)

# The order is that of the steps: no national rule lists the places of these files.
VOLUME = (
    VolumeItem("司法鉴定委托书", forms=("appraisal.entrustment",), categories=("commission",), processes=CASE),
    VolumeItem("司法鉴定受理审查表", forms=("appraisal.intake",), part="sub", processes=CASE),
    VolumeItem("司法鉴定告知书", forms=("appraisal.notice",), processes=CASE),
    VolumeItem("鉴定材料", categories=("material",), processes=CASE),
    VolumeItem("检验记录、图谱和照片", categories=("examination",), processes=CASE),
    VolumeItem("延长鉴定时限告知书", forms=("appraisal.extension",), processes=CASE),
    VolumeItem("司法鉴定复核意见", forms=("appraisal.review",), part="sub", processes=CASE),
    VolumeItem(
        "司法鉴定意见书或者终止鉴定告知书",
        forms=("appraisal.opinion", "appraisal.termination"),
        required=True,
        processes=CASE,
    ),
    VolumeItem("司法鉴定意见补正书", forms=("appraisal.correction",), processes=CASE),
    VolumeItem("出庭通知和有关材料", categories=("court",), processes=CASE),
    VolumeItem("投诉登记表", forms=("appraisal.complaint_register",), required=True, processes=COMPLAINT),
    VolumeItem("投诉人身份证明", categories=("identity",), required=True, processes=COMPLAINT),
    VolumeItem(
        "受理通知书或者不予受理告知书",
        forms=("appraisal.complaint_accepted", "appraisal.complaint_refused"),
        required=True,
        processes=COMPLAINT,
    ),
    VolumeItem("证据和调查材料", categories=("evidence",), processes=COMPLAINT),
    VolumeItem("投诉处理答复", forms=("appraisal.complaint_answer",), processes=COMPLAINT),
    VolumeItem("登记申请材料", categories=("application",), processes=LICENCE),
    VolumeItem("专家评审材料", categories=("expert",), part="sub", processes=LICENCE),
    VolumeItem("许可决定和证件复印件", categories=("licence",), processes=LICENCE),
    VolumeItem("诚信等级评估表", forms=("appraisal.integrity",), required=True, processes=GRADING),
    VolumeItem("自查自评材料", categories=("self_check",), processes=GRADING),
    VolumeItem("能力验证登记表", forms=("appraisal.proficiency",), required=True, processes=PROFICIENCY),
    VolumeItem("结果通知书", categories=("result",), processes=PROFICIENCY),
    VolumeItem("双随机抽查计划", forms=("appraisal.plan",), required=True, processes=INSPECTION),
    VolumeItem("检查通知书", forms=("appraisal.check_notice",), required=True, processes=INSPECTION),
    VolumeItem("检查记录", forms=("appraisal.check_record",), categories=("check",), processes=INSPECTION),
    VolumeItem("检查结果公示", forms=("appraisal.check_result",), processes=INSPECTION),
    VolumeItem("整改通知书", forms=("appraisal.rectification",), processes=(*COMPLAINT, *INSPECTION)),
    VolumeItem("整改材料", categories=("rectified",), processes=(*COMPLAINT, *INSPECTION, *PROFICIENCY)),
    VolumeItem("其他材料", categories=("other",)),
)
CATEGORIES = (
    FileCategory("commission", "委托函和委托书"),
    FileCategory("material", "鉴定材料", evidence=True),
    FileCategory("examination", "检验记录、图谱和照片", evidence=True),
    FileCategory("court", "出庭通知和有关材料"),
    FileCategory("identity", "投诉人身份证明"),
    FileCategory("evidence", "证据和调查材料", evidence=True),
    FileCategory("application", "登记申请材料"),
    FileCategory("expert", "专家评审材料"),
    FileCategory("licence", "许可决定和证件复印件"),
    FileCategory("self_check", "自查自评材料"),
    FileCategory("result", "能力验证结果通知书"),
    FileCategory("check", "现场检查材料"),
    FileCategory("rectified", "整改材料"),
    FileCategory("other", "其他材料"),
)
GUIDE = Guide(
    process="appraisal.complaint",
    way="complain",
    title="投诉司法鉴定机构、司法鉴定人",
    summary="认为司法鉴定机构或者司法鉴定人在执业活动中违法违规、侵犯您合法权益的，可以投诉，不收费。",
    who=(
        "与鉴定事项有利害关系的个人和单位",
        "自知道或者应当知道权益受到侵犯之日起三年内提出",
        "仅对鉴定意见有异议的，请向办案机关申请补充鉴定、重新鉴定或者鉴定人出庭",
        "鉴定意见已被生效法律文书采纳的，不能受理",
    ),
    bring=("身份证明", "司法鉴定意见书", "能说明违法违规行为的证据材料", "替别人投诉的，带授权委托书"),
    time="收到投诉后七个工作日内决定是否受理；作出处理决定后七个工作日内书面告知。",
    fee="不收取任何费用。",
    place="司法鉴定机构所在地的司法局，或者在这里网上投诉。",
    law=("司法鉴定执业活动投诉处理办法第三条、第四条、第六条",),
)

DOMAIN = Domain(
    name="appraisal",
    title="司法鉴定",
    laws=(
        "全国人民代表大会常务委员会关于司法鉴定管理问题的决定",
        "司法鉴定程序通则",
        "司法鉴定执业活动投诉处理办法",
        "北京市司法鉴定管理条例",
        "司发通〔2016〕112号",
    ),
    permissions=Permission,
    permission_titles={
        Permission.REGISTER_READ: "查看司法鉴定名册",
        Permission.REGISTER_WRITE: "管理司法鉴定名册",
        Permission.INSPECTION_PLAN: "制定司法鉴定抽查计划",
        Permission.INSPECT: "检查司法鉴定机构和鉴定人",
        Permission.INSPECTION_PUBLISH: "公示司法鉴定检查结果",
    },
    roles=ROLES,
    processes=tuple(
        ProcessPack(
            f"appraisal.{name}",
            HERE / "processes" / f"{file}.yaml",
            {path.stem.partition(".")[0]: path for path in sorted((HERE / "local").glob(f"*.{name}.yaml"))},
        )
        for name, file in PACKS.items()
    ),
    forms=documents.FORMS,
    fields=load_forms(HERE / "fields"),
    code_lists=LISTS,
    rules=rules.RULES,
    facts=rules.facts_of,
    volume=VOLUME,
    volume_forms=VolumeForms("appraisal.cover", "appraisal.catalogue", "appraisal.statement", "appraisal.back_cover"),
    file_categories=CATEGORIES,
    settings=SETTINGS,
    indicators=indicators.INDICATORS,
    guides=(GUIDE,),
    registers=registers.REGISTERS,
    inspections=inspections.INSPECTIONS,
    handler_roles=("appraiser", "appraisal_director", "appraisal_officer", "appraisal_head"),
    escalation=("appraisal_director", "appraisal_officer", "appraisal_head"),
    demo=plan,
    demo_entries=kept,
    # The bureau first: a complaint goes to who oversees the institution, not to the institution.
    body_types=("bureau", "appraisal"),
)
