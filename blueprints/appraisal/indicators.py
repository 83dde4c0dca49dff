"""The figures of appraisal and its oversight, counted by the day of the step that makes them."""

from saas.indicators.declaration import Indicator

CASE = "appraisal.case"
COMPLAINT = "appraisal.complaint"
PROFICIENCY = "appraisal.proficiency"
GRADING = "appraisal.grading"
INSPECTION = "appraisal.inspection"
LICENCE = "appraisal.licence"
LEDGER = "司法鉴定机构业务台账"
OVERSIGHT = "司法行政机关监督管理台账"


def count(code: str, title: str, process: str, *event: str) -> Indicator:
    """A number of cases by what happened in them."""
    source = LEDGER if process == CASE else OVERSIGHT
    return Indicator(f"appraisal.{code}", title, process, event=event, source=source)


def ratio(code: str, title: str, process: str, part: str, whole: str, source: str) -> Indicator:
    """One figure of another in percent."""
    return Indicator(
        f"appraisal.{code}",
        title,
        process,
        measure="ratio",
        numerator=f"appraisal.{part}",
        denominator=f"appraisal.{whole}",
        unit="%",
        source=source,
    )


INDICATORS = (
    count("commissioned", "收到鉴定委托", CASE, "commission"),
    count("accepted", "受理鉴定案件", CASE, "accept"),
    count("not_accepted", "不予受理鉴定案件", CASE, "refuse"),
    count("issued", "出具鉴定意见", CASE, "issue"),
    count("terminated", "终止鉴定", CASE, "terminate"),
    count("concluded", "办结鉴定案件", CASE, "issue", "terminate"),
    count("extended", "延长鉴定时限", CASE, "extend"),
    count("corrected", "补正鉴定意见", CASE, "correct"),
    count("appeared", "出庭作证", CASE, "court"),
    count("again", "另行重新鉴定", CASE, "again_elsewhere"),
    ratio("again_rate", "重新鉴定率", CASE, "again", "issued", "另行重新鉴定除以出具鉴定意见"),
    count("admitted", "意见被采信", CASE, "admitted"),
    count("judged", "已有采信结果", CASE, "admitted", "not_admitted"),
    ratio("admission_rate", "采信率", CASE, "admitted", "judged", "被采信除以已有采信结果"),
    count("complaints", "收到投诉", COMPLAINT, "complain", "register"),
    count("complaints_accepted", "受理投诉", COMPLAINT, "accept"),
    count("complaints_refused", "不予受理投诉", COMPLAINT, "refuse"),
    count("complaints_concluded", "办结投诉", COMPLAINT, "conclude"),
    count("complaints_rectified", "投诉查实责令整改", COMPLAINT, "rectify"),
    count("licences_applied", "登记许可申请", LICENCE, "apply"),
    count("licences_granted", "准予登记", LICENCE, "grant"),
    count("licences_denied", "不予登记", LICENCE, "deny"),
    count("graded", "公布诚信等级", GRADING, "publish"),
    count("grades_objected", "诚信等级异议", GRADING, "object"),
    count("inspections_planned", "双随机抽查计划", INSPECTION, "plan"),
    count("inspections_done", "双随机检查完成", INSPECTION, "check"),
    count("inspections_published", "双随机结果公示", INSPECTION, "publish"),
    count("inspections_rectified", "双随机责令整改", INSPECTION, "rectify"),
    count("tests", "能力验证项目", PROFICIENCY, "enrol"),
    count("tests_satisfied", "能力验证满意", PROFICIENCY, "satisfy"),
    count("tests_passed", "能力验证通过", PROFICIENCY, "pass_test"),
    count("tests_failed", "能力验证不通过", PROFICIENCY, "fail_test"),
    count("tests_with_result", "能力验证已有结果", PROFICIENCY, "satisfy", "pass_test", "fail_test"),
    *(
        Indicator(f"appraisal.{code}", title, "appraisal.double_random", "inspected", states=states, unit="家")
        for code, title, states in (
            ("inspected", "双随机检查机构", ("qualified", "rectify", "filed")),
            ("inspected_bad", "双随机检查发现问题", ("rectify", "filed")),
        )
    ),
    ratio(
        "tests_satisfied_rate",
        "能力验证满意率",
        PROFICIENCY,
        "tests_satisfied",
        "tests_with_result",
        "满意除以已有结果",
    ),
)
