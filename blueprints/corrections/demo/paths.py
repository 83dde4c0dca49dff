"""The steps of an invented person from the papers to where they stand today."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from blueprints.corrections.demo.stories import JOBS, SERVICES, STUDIES
from saas.demo import DemoAct

OFFICER, APPROVER, OFFICE, HELPER, HANDLER = (
    "corrections_officer", "corrections_approver", "office_head", "placement_officer", "handler",
)  # fmt: skip
MONTH = 30  # days


@dataclass
class Course:
    """Somebody on the way: the day reached and the steps so far."""

    rng: Random
    day: date
    court: str
    worker: str
    """The id of the account that handles the case."""
    acts: list[DemoAct] = field(default_factory=list)

    def take(self, action: str, role: str, days: int, /, **values: Any) -> None:  # noqa: ANN401 - plain values
        """Add a step some days later."""
        self.day += timedelta(days=days)
        self.acts.append(DemoAct(action, values, role, days))

    def morning(self) -> str:
        """Nine o'clock of the day reached."""
        return f"{self.day}T09:00:00+08:00"


def receive(course: Course, effective: date, term: int) -> None:
    """Papers, report, file, group, declaration, plan, class."""
    court, day = course.court, str(course.day)
    papers = {"notified_on": day, "documents_received_on": day, "papers": ["judgement", "execution"], "checked": True}
    course.take("documents_in", OFFICER, 0, **papers)
    course.take("send_receipt", OFFICER, 0, receipt_to=court, lacking_papers="无", copied_to="人民检察院、公安机关")
    come = course.day + timedelta(days=2)
    course.take(
        "receive",
        OFFICER,
        2,
        reported_on=str(come),
        identity_checked=True,
        how_arrived="self",
        late_reason=None,
        next_on=str(come + timedelta(days=7)),
        told=True,
    )
    _register(course, effective, effective + timedelta(days=term))
    course.take(
        "group",
        OFFICER,
        1,
        group_leader="司法所工作人员",
        group_kinds=["office", "village", "guardian"],
        group_names="司法所工作人员、居委会委员、家庭成员",
        has_woman=True,
        knows_minors=False,
        group_duty="司法所负责日常监督管理和教育。\n居委会每月反馈一次表现。\n家庭成员督促其遵守规定。",
    )
    course.take(
        "declare",
        HANDLER,
        1,
        declared_at=f"{course.day + timedelta(days=1)}T09:30:00+08:00",
        place_name="司法所宣告室",
        attended="矫正小组成员",
        rules_told=True,
        rights_told=True,
        signed=True,
    )
    course.take(
        "plan",
        HANDLER,
        2,
        plan_basis="家庭和工作稳定，认罪悔罪，再犯罪危险较低。",
        mind="情绪稳定，没有特殊情况。",
        supervision_measures="每周到司法所报告一次\n不定期走访核查",
        help_measures="参加法治教育\n按照特长参加公益活动",
    )
    course.take("classify", OFFICER, 0, **{"class": "strict", "risk": "middle", "reason": "入矫不满两个月。"})


def _register(course: Course, begins: date, ends: date) -> None:
    course.take(
        "register",
        OFFICER,
        1,
        **dict.fromkeys(
            ("former_name", "education", "health", "political", "marriage", "workplace", "detained_at", "family")
        ),
        crime_facts="本人对指控的犯罪事实供认不讳。",
        former_crimes="没有违法犯罪记录。",
        history=None,
        unfit=False,
        term_from=str(begins),
        term_until=str(ends),
        summary_by=str(ends - timedelta(days=MONTH)),
        next_review="none",
        review_from=None,
        handler=course.worker,
        police_copied=True,
    )


def month(course: Course) -> None:
    """A month of reports, study, service and a talk; now and then a breach answered by 训诫."""
    course.take(
        "report", OFFICER, 7, reported_at=course.morning(), way="on_site", content="报告近期工作和生活情况。",
        written=True,
    )  # fmt: skip
    course.take("study", OFFICER, 5, held_on=str(course.day), hours=4, content=course.rng.choice(STUDIES))
    course.take(
        "service", OFFICER, 5, held_on=str(course.day), hours=4, place_name="社区", content=course.rng.choice(SERVICES)
    )
    course.take(
        "visit", OFFICER, 5, visited_at=course.morning(), visit_way="visit", place_name="家中", content="表现稳定。"
    )
    if course.rng.random() < 0.06:  # noqa: PLR2004 - about one month in sixteen
        breach(course)
    course.take("talk", OFFICER, 8, held_on=str(course.day), talk_kind="talk", content="谈话了解思想动态。")


def breach(course: Course) -> None:
    """A breach on record, proposed and answered."""
    facts = "未按规定时间报告，经电话联系后当日补报，情节轻微，有通话记录。"
    course.take(
        "violation",
        OFFICER,
        0,
        violation="v_rules",
        gravity="minor",
        happened_at=course.morning(),
        place_name="司法所",
        days=None,
        facts=facts,
        proof=["record"],
        taught=False,
    )
    course.take("propose", OFFICER, 1, measure="admonish", facts=facts)
    course.take("admonish", APPROVER, 1, decided_facts=facts, heard="无")


def leave(course: Course) -> None:
    """A short leave that the office grants, and the return."""
    first, last = course.day + timedelta(days=5), course.day + timedelta(days=8)
    course.take(
        "apply_leave",
        OFFICER,
        0,
        leave_reason="family",
        destination="外省老家",
        from_on=str(first),
        until_on=str(last),
        urgent=False,
        reason="处理家庭重要事务。",
        proof="亲属证明",
    )
    course.take(
        "grant_office",
        OFFICE,
        1,
        granted_from=str(first),
        granted_until=str(last),
        rules_told=True,
        opinion="情况属实，同意。",
    )
    course.take("back", OFFICER, 7, back_on=str(last), proof="车票")


def release(course: Course, ends: date) -> None:
    """The summary, the release on the last day, the hand-over, the file."""
    course.take(
        "summary",
        OFFICER,
        max(0, (ends - timedelta(days=MONTH + 3) - course.day).days),
        summary_on=str(course.day),
        summary_text="认真遵守规定，按时报告，今后遵纪守法。",
    )
    course.take(
        "release",
        HANDLER,
        (ends - course.day).days,
        conduct="遵守监督管理规定，按时报告和学习。",
        appraisal="矫正期间表现较好。",
        advice="建议列为一般帮教对象。",
        released_on=str(ends),
        declared_how="open",
        told_to="社区矫正决定机关、人民检察院、公安机关",
    )
    course.take("hand_over", OFFICER, 1, help_unit="安置帮教办公室", advice="请定期走访。", key_person=False)
    _archive(course, OFFICER, APPROVER)


def _archive(course: Course, worker: str, checker: str) -> None:
    course.take("compile", worker, course.rng.randint(2, 6), retention="y30", statement="无")
    course.take("archive", checker, course.rng.randint(0, 3), checked=True, remark=None)


def survey(course: Course) -> None:
    """Two visits, the discussion, the opinion, the file."""
    course.take("appoint", APPROVER, 0, handler=course.worker, investigators="王磊、赵琴", station="司法所")
    for kind in ("residence", "community"):
        course.take(
            "survey",
            OFFICER,
            1,
            survey_of=kind,
            held_at=course.morning(),
            place_name="社区居委会",
            interviewee="居委会委员",
            interviewee_detail=None,
            recorder="赵琴",
            content="问：请介绍他平时的表现。\n答：邻里关系正常，没有不良反映。",
        )
    course.take(
        "discuss",
        OFFICER,
        1,
        held_at=course.morning(),
        present="王磊、赵琴、所长",
        findings="有固定居所，家庭关系和睦，居委会同意协助监督。",
        opinion_kind="fit",
        ban_advice=None,
    )
    text = "社会危险性较小，对所居住社区没有重大不良影响，可以适用社区矫正。"
    course.take("approve", APPROVER, 1, opinion_text=text, opinion="同意。")
    course.take("deliver", OFFICER, 1, delivered_on=str(course.day), copied_to="人民检察院", deliver_way="direct")
    course.take("adopt", OFFICER, 20, adopted="whole", reason=None)
    _archive(course, OFFICER, APPROVER)


def help_(course: Course, released: date) -> None:
    """Checking, meeting, file, group, a visit, a job."""
    course.take(
        "verify",
        HELPER,
        3,
        local=True,
        told_on=str(course.day),
        family="与父母同住，关系正常。",
        family_told=True,
        apart=course.rng.random() < 0.2,  # noqa: PLR2004 - one in five lives elsewhere
        meet_plan="由家属和司法所一同接回。",
    )
    day = max(released, course.day)
    course.take(
        "meet",
        HELPER,
        (day - course.day).days,
        met_on=str(day),
        meet_way="fetched",
        paper_number="释字第1号",
        content="当日接回。",
    )
    course.take(
        "file",
        OFFICE,
        2,
        health="良好",
        skills=None,
        job="待业",
        insured=None,
        hardship=None,
        risk="low",
        grade="general",
        help_from=str(released),
        handler=course.worker,
    )
    course.take(
        "group",
        HELPER,
        3,
        group_names="司法所工作人员、居委会委员",
        group_kinds=["office", "village"],
        agreement="小组每月走访一次，协助就业。\n本人遵纪守法。",
        signed=True,
    )
    course.take(
        "visit",
        HELPER,
        20,
        held_at=course.morning(),
        place_name="家中",
        visitors="司法所工作人员",
        content="情绪稳定，正在找工作。",
        needs=None,
    )
    if course.rng.random() < 0.57:  # noqa: PLR2004 - 3,779 of 6,578 in 遵义, 2017
        way, what = course.rng.choice(JOBS)
        course.take(
            "settle",
            HELPER,
            15,
            support_way=way,
            supported_on=str(course.day),
            support_by="街道办事处",
            support_amount=None,
            content=what,
        )
