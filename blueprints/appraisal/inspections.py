"""The double-random inspections of institutions and appraisers, with the five points the ordinance names."""

from saas.inspections.declaration import InspectionKind

PLAN, WORK, PUBLISH = "appraisal.inspection_plan", "appraisal.inspect", "appraisal.inspection_publish"
LAW = "北京市司法鉴定管理条例第二十八条、行政处罚法第四十二条、第四十三条"
# The points are ours: the ordinance names what is inspected and gives none.
CRITERIA = (
    ("procedure", "遵守司法鉴定程序、技术标准和技术规范及有关法律、法规和规章情况", 30),
    ("ethics", "遵守职业道德和职业纪律情况", 20),
    ("management", "管理制度建立及执行情况", 20),
    ("means", "人员、场地、仪器设备等设置和配备情况", 20),
    ("other", "其他依法应当监督检查的事项", 10),
)
GRADES = (("qualified", "合格", 80), ("rectify", "责令整改", 60), ("filed", "立案查处", 0))


def _kind(name: str, title: str, register: str) -> InspectionKind:
    return InspectionKind(
        key=f"appraisal.{name}",
        title=title,
        objects=f"register:{register}",
        inspectors="appraisal_officer",
        criteria=CRITERIA,
        grades=GRADES,
        per_object=2,
        plan=PLAN,
        work=WORK,
        publish=PUBLISH,
        law=LAW,
        failing=("rectify", "filed"),
    )


INSPECTIONS = (
    _kind("double_random", "司法鉴定机构双随机抽查", "appraisal.institution"),
    _kind("appraiser_check", "司法鉴定人双随机抽查", "appraisal.appraiser"),
)
