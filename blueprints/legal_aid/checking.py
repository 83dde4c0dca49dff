"""Sampled checks of files: what is looked at, and what a grade needs."""

from blueprints.legal_aid.roles import Permission
from saas.inspections.declaration import InspectionKind

# The four grades are those of the peer review of files; what is looked at and its points are the platform's proposal.
FILE_CHECK = InspectionKind(
    key="legal_aid.file_check",
    title="法律援助案卷检查",
    objects="cases:legal_aid.application",
    inspectors="",
    criteria=(
        ("intake", "受理、审查合法及时", 20),
        ("assignment", "指派、委托手续完备", 15),
        ("process", "会见、阅卷、调查、庭审等办理过程", 25),
        ("result", "法律意见和办理结果", 25),
        ("binding", "案卷材料齐全、装订规范", 15),
    ),
    grades=(("excellent", "优秀", 90), ("good", "良好", 80), ("qualified", "合格", 60)),
    plan=Permission.INSPECT,
    work=Permission.INSPECT,
    publish=Permission.INSPECT,
    law="法律援助法第五十七条、第五十九条",
)
