"""People who serve or come back, for tests: valid entries with keyword overrides, and those who act."""

from datetime import date, timedelta
from typing import Any

from saas import clock
from saas.cases import services
from saas.cases.models import Case, Step
from saas.text import check_digit
from tests.mediation import factory as people

OFFICE = "兴丰司法所"
OFFICER, JUVENILE, HEAD_OF_OFFICE, APPROVER, HEAD, CITY, HELPER = (
    "jzzhaolei", "jzlinmei", "lixf", "jzsunhao", "jzzhengwei", "jzcaoyang", "jzliuyang",
)  # fmt: skip
actor, body = people.actor, people.body
SERVING, SURVEY, HELP = "corrections.supervision", "corrections.investigation", "corrections.placement"


def id_number(born: date, *, woman: bool = False) -> str:
    """An ID number of nobody, for a day of birth."""
    start = f"990101{born:%Y%m%d}00{2 if woman else 1}"
    return start + check_digit(start)


def ago(days: int) -> str:
    """A day before today."""
    return str(clock.today() - timedelta(days=days))


def person(born: date = date(1986, 4, 12), *, woman: bool = False, **changed: object) -> dict[str, Any]:
    """Whom a case is about."""
    return {
        "subject_name": "孙立强",
        "subject_id": id_number(born, woman=woman),
        "gender": "female" if woman else "male",
        "birth": str(born),
        "ethnicity": "汉族",
        "phone": "13900002345",
        "registered": "大兴区青云店镇垡上村12号",
        "residence": "大兴区兴丰街道黄村西里8号楼",
        "area": "110115001",
        "minor_file": False,
    } | changed


def notice(born: date = date(1986, 4, 12), *, woman: bool = False, **changed: object) -> dict[str, Any]:
    """The plain values of a court's notice that somebody is on probation."""
    return (
        person(born, woman=woman)
        | {
            "kind": "probation",
            "outside_reason": None,
            "decider": "大兴区人民法院",
            "decider_kind": "court",
            "offence": "故意伤害罪",
            "sentence": "有期徒刑一年，缓刑一年六个月",
            "judged_by": "大兴区人民法院",
            "judged_on": ago(20),
            "effective_on": ago(5),
            "arrival": "self",
            "ban": None,
            "ban_detail": None,
        }
        | changed
    )


def open_notice(by: str = OFFICER, **changed: object) -> Case:
    """Somebody of whom the notice came."""
    return services.open_case(SERVING, "notice", notice(**changed), by=actor(by), unit=body(OFFICE))  # type: ignore[arg-type]


def act(case: Case, action: str, by: str = OFFICER, **values: object) -> Step:
    """Take a step as somebody of the starter."""
    return services.act(case, action, values, by=actor(by))


def received(by: str = OFFICER, **changed: object) -> Case:
    """Somebody who came in time, whose papers are here."""
    case, today = open_notice(by, **changed), str(clock.today())
    papers = {"notified_on": ago(3), "documents_received_on": ago(1), "papers": ["judgement"], "checked": True}
    act(case, "documents_in", by, **papers)
    act(case, "send_receipt", by, receipt_to="大兴区人民法院", lacking_papers=None, copied_to="大兴区人民检察院")
    act(case, "receive", by, **arrival(today))
    return case


def arrival(on: str, **changed: object) -> dict[str, Any]:
    """How somebody reported."""
    return {
        "reported_on": on,
        "identity_checked": True,
        "how_arrived": "self",
        "late_reason": None,
        "next_on": str(clock.today() + timedelta(days=7)),
        "told": True,
    } | changed


def registered(by: str = OFFICER, **changed: object) -> Case:
    """Somebody with a file and a handler."""
    case = received(by, **changed)
    until = clock.today() + timedelta(days=540)
    values = dict.fromkeys(
        ("former_name", "education", "health", "political", "marriage", "workplace", "detained_at", "former_crimes")
    )
    act(
        case,
        "register",
        by,
        **values,
        crime_facts="因琐事与他人争执，将对方打伤。",
        history=None,
        family=None,
        unfit=False,
        term_from=ago(5),
        term_until=str(until),
        summary_by=str(until - timedelta(days=30)),
        next_review="none",
        review_from=None,
        handler=str(actor(by).id),
        police_copied=True,
    )
    return case


def grouped(**changed: object) -> dict[str, Any]:
    """A group of the office and the village."""
    return {
        "group_leader": "赵磊",
        "group_kinds": ["office", "village"],
        "group_names": "赵磊、周芳",
        "has_woman": False,
        "knows_minors": False,
        "group_duty": "司法所负责日常监督管理，村居每月反馈一次表现。",
    } | changed


def declared() -> dict[str, Any]:
    """A declaration now."""
    return {
        "declared_at": clock.now().isoformat(),
        "place_name": "司法所宣告室",
        "attended": "矫正小组成员",
        "rules_told": True,
        "rights_told": True,
        "signed": True,
    }


def serving(by: str = OFFICER, *, group: dict[str, Any] | None = None, **changed: object) -> Case:
    """Somebody who serves."""
    case = registered(by, **changed)
    act(case, "group", by, **(group or grouped()))
    act(case, "declare", by, **declared())
    return case


def violation(kind: str, gravity: str = "minor", **changed: object) -> dict[str, Any]:
    """A breach with its evidence."""
    return {
        "violation": kind,
        "gravity": gravity,
        "happened_at": clock.now().isoformat(),
        "place_name": "兴丰街道",
        "days": None,
        "facts": "经核查属实，有询问笔录和照片。",
        "proof": ["record"],
        "taught": False,
    } | changed


def leave(days: int, ahead: int = 5) -> dict[str, Any]:
    """An application to leave for some days, the first so many days from now."""
    first = clock.today() + timedelta(days=ahead)
    return {
        "leave_reason": "family",
        "destination": "河北省保定市",
        "from_on": str(first),
        "until_on": str(first + timedelta(days=days - 1)),
        "urgent": False,
        "reason": "母亲住院手术，需要陪护。",
        "proof": "住院通知书",
    }


def granted(request: dict[str, Any]) -> dict[str, Any]:
    """The leave as it was asked for."""
    return {
        "granted_from": request["from_on"],
        "granted_until": request["until_on"],
        "rules_told": True,
        "opinion": "情况属实，同意。",
    }
