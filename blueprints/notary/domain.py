"""What notarial work declares to the platform."""

from enum import StrEnum
from pathlib import Path

from blueprints.notary import backlog_rules, documents, indicators, lists, registers, rules, settings, volume
from blueprints.notary.demo.plan import plan
from saas.domain import Domain, Guide, ProcessPack, RoleDeclaration
from saas.fields.definition import load_forms
from saas.identity.permissions import KernelPermission as Kernel

HERE = Path(__file__).parent


class Permission(StrEnum):
    """Permissions of this line of work beyond the kernel's."""

    SUPERVISE = registers.SUPERVISE
    REGISTER_READ = registers.READ
    REGISTER_WRITE = registers.WRITE


READING = {Kernel.WORK, Kernel.CASE_READ, Kernel.DOCUMENT_READ, Kernel.STATISTICS, Permission.REGISTER_READ}
WORKING = READING | {Kernel.CASE_OPEN, Kernel.CASE_ACT, Kernel.FILE_ADD, Kernel.UNMASK}
EXPORTING = {Kernel.CASE_EXPORT, Kernel.DOSSIER_EXPORT, Kernel.DOSSIER_WHOLE}
LEADING = WORKING | EXPORTING | {Kernel.CASE_ASSIGN, Kernel.CASE_LABEL, Kernel.DOCUMENT_VOID}
# Offices answer for their certificates themselves; the bureau supervises and guides them (公证法第五条、第六条).
OVERSEEING = frozenset({Permission.SUPERVISE, Permission.REGISTER_WRITE, Kernel.EXPORT_APPROVE})

ROLES = (
    RoleDeclaration("notary", "承办公证员", frozenset(WORKING | EXPORTING), clearance=1, never=OVERSEEING),
    RoleDeclaration("notary_approver", "审批人", frozenset(WORKING | EXPORTING), clearance=2, never=OVERSEEING),
    RoleDeclaration("notary_head", "公证机构负责人", frozenset(LEADING), clearance=2, never=OVERSEEING),
    RoleDeclaration("notary_clerk", "公证窗口人员", frozenset(WORKING), never=OVERSEEING),
    RoleDeclaration(
        "notary_supervisor",
        "公证工作科",
        frozenset(
            READING
            | EXPORTING
            | {Kernel.CASE_ACT, Kernel.FILE_ADD, Kernel.EXPORT_APPROVE, Permission.SUPERVISE, Permission.REGISTER_WRITE}
        ),
        clearance=2,
        # The bureau supervises; it takes no application and lets no certificate go.
        never=frozenset({Kernel.CASE_OPEN, Kernel.DOCUMENT_VOID}),
    ),
)
PLACE = "当地公证处，或者在这里网上申请。老年人、残疾人等行动不便的，可以申请上门办证。"
LAW = ("中华人民共和国公证法第二十五条至第三十四条", "公证程序规则")
GUIDES = (
    Guide(
        process="notary.matter",
        way="apply",
        title="申请办理公证",
        summary="委托、声明、继承、遗嘱、出生、亲属关系等，可以向公证处申请公证。",
        who=(
            "与申请公证的事项有利害关系的个人或者单位",
            "遗嘱、生存、收养关系等公证应当由本人申请",
            "申请人之间有争议的，不能办理公证",
        ),
        bring=("身份证或者营业执照", "与公证事项有关的证明材料和文书的原件", "替别人申请的，带授权委托书"),
        time="受理之日起十五个工作日内出具公证书；简单事项五个或者十个工作日。补充材料、核实的时间不计算在内。",
        fee="按照省级规定的标准收费；法律援助受援人和经济困难的可以申请减免（公证法第三十四条）。",
        place=PLACE,
        law=LAW,
    ),
    Guide(
        process="notary.matter",
        way="book",
        title="预约办理公证",
        summary="先约好时间，再带材料到公证处办理，不用排队。",
        who=("准备办理公证的个人或者单位",),
        bring=("预约时不用交材料", "办证当天请带证件和材料的原件"),
        time="预约九十日以内的工作日，公证处会尽快与您确认。",
        fee="预约不收费。",
        place=PLACE,
        law=LAW,
    ),
)
MATTER_RULES = (
    *("acceptance", "in_person", "jurisdiction", "term", "reduction", "informed", "fees", "told_once"),
    *(
        "verified_by_two",
        "visit_staff",
        "visit_done",
        "nothing_open",
        "draft_whole",
        "numerals",
        "approval_points",
        "approved_text",
    ),
    *("served_date", "termination", "review_period", "review_extension", "volume_complete"),
)
BACKLOG_RULES = ("helping_office", "handover", "progress", "finished", "written_off")


def _pack(key: str, name: str) -> ProcessPack:
    local = {path.name.split(".")[0]: path for path in sorted((HERE / "local").glob(f"*.{name}.yaml"))}
    return ProcessPack(key, HERE / "processes" / f"{name}.yaml", local)


DOMAIN = Domain(
    name="notary",
    title="公证",
    laws=("中华人民共和国公证法", "公证程序规则", "关于压缩公证办理期限的指导意见"),
    permissions=Permission,
    permission_titles={
        Permission.SUPERVISE: "监督指导公证机构",
        Permission.REGISTER_READ: "查看公证名录",
        Permission.REGISTER_WRITE: "维护公证名录",
    },
    roles=ROLES,
    processes=(_pack("notary.matter", "matter"), _pack("notary.backlog", "backlog")),
    forms=documents.FORMS,
    fields=load_forms(HERE / "fields"),
    code_lists=lists.CODE_LISTS,
    rules={name: getattr(rules, name) for name in MATTER_RULES}
    | {name: getattr(backlog_rules, name) for name in BACKLOG_RULES},
    facts=rules.facts_of,
    volume=volume.VOLUME,
    volume_forms=volume.FORMS,
    file_categories=volume.CATEGORIES,
    settings=settings.SETTINGS,
    indicators=indicators.INDICATORS,
    registers=registers.REGISTERS,
    inspections=(registers.QUALITY,),
    guides=GUIDES,
    handler_roles=("notary", "notary_head"),
    escalation=("notary_head", "notary_supervisor"),
    demo=plan,
    body_types=("notary",),
)
