"""What the audit trail calls the things done to inspections."""

from collections.abc import Mapping
from enum import StrEnum


class InspectionAudit(StrEnum):
    """Audit actions on inspections: ``inspection.<past participle>``."""

    PLANNED = "inspection.planned"
    FROZEN = "inspection.frozen"
    RECUSED = "inspection.recused"
    DRAWN = "inspection.drawn"
    REPLACED = "inspection.replaced"
    RECORDED = "inspection.recorded"
    AMENDED = "inspection.amended"
    PUBLISHED = "inspection.published"
    RECTIFIED = "inspection.rectified"
    CLOSED = "inspection.closed"


TITLES: Mapping[str, str] = {
    InspectionAudit.PLANNED: "制定检查计划",
    InspectionAudit.FROZEN: "锁定检查名单",
    InspectionAudit.RECUSED: "登记检查回避",
    InspectionAudit.DRAWN: "随机抽取",
    InspectionAudit.REPLACED: "更换检查人员",
    InspectionAudit.RECORDED: "登记检查结果",
    InspectionAudit.AMENDED: "复核更正检查结果",
    InspectionAudit.PUBLISHED: "公布检查结果",
    InspectionAudit.RECTIFIED: "登记整改情况",
    InspectionAudit.CLOSED: "结束检查",
}
