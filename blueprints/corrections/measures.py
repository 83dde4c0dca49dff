"""What follows from recorded facts: pure proposals with their articles, which the named authority decides on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from blueprints.corrections.facts import Facts, day, entries, later, since
from saas.workflow.counting import Entry

SHORT = 10  # days up to which an absence is answered by 训诫
MONTH = 30  # days; what an absence noted in days is compared with
TWICE = 2
DECISIONS = ("admonish", "warn", "suggest_security")
RULES = "社区矫正法实施办法"


@dataclass(frozen=True)
class Measure:
    """A measure the facts support: its code, what it is called, what supports it, and the article."""

    code: str
    title: str
    why: str
    law: str


@dataclass(frozen=True)
class Violation:
    """A recorded breach: what it was, how grave, how many days it lasted."""

    kind: str
    gravity: str
    days: int
    taught: bool = False


ADMONISH = ("admonish", "训诫", f"{RULES}第三十四条")
WARN = ("warn", "警告", f"{RULES}第三十五条")
SECURITY = ("public_security", "提请治安管理处罚", f"{RULES}第三十六条")
REVOKE = {
    "probation": ("revoke_probation", "提请撤销缓刑", f"{RULES}第四十六条、刑法第七十七条"),
    "parole": ("revoke_parole", "提请撤销假释", f"{RULES}第四十七条、刑法第八十六条"),
    "outside": ("imprison", "提请收监执行", f"{RULES}第四十九条、刑事诉讼法第二百六十八条"),
}
GROUNDS = {
    "g_missing": "未按规定时间报到或者脱离监管超过一个月",
    "g_ban": "违反禁止令，情节严重",
    "g_security": "受到治安管理处罚后仍不改正",
    "g_warned": "受到两次警告仍不改正",
    "g_other": "其他违反法律、监督管理规定，情节严重",
    "g_unfit": "不符合暂予监外执行条件，或者情形消失后刑期未满",
    "g_guarantor": "保证人丧失条件、不履行义务，又不能提出新的保证人",
}
ABSENCES = ("v_late", "v_missing")


def lateness(due: date, came: date) -> Measure:
    """What may be proposed for reporting late: up to ten days, more, more than a month.

    Source: 社区矫正法实施办法 34, 35, 46, 47 (as the bureau of 温州 tells them).
    """
    days = (came - due).days
    if came > later(due, 1):
        return Measure("revoke", "提请撤销", "未按规定时间报到超过一个月", f"{RULES}第四十六条、第四十七条")
    if days > SHORT:
        return _of(WARN, f"未按规定时间报到超过十日（{days}日）")
    return _of(ADMONISH, f"未按规定时间报到（{days}日）")


def violations(facts: Facts) -> list[Violation]:
    """Every breach on record, a late arrival and an absence without excuse included."""
    return [one for entry in entries(facts) for one in _read(facts, entry)]


def open_violations(facts: Facts) -> list[Violation]:
    """Those that no penalty has answered yet."""
    return [one for entry in since(facts, *DECISIONS) for one in _read(facts, entry)]


def supported(facts: Facts) -> dict[str, Measure]:
    """Every penalty that the facts on record support, by its code."""
    return {one.code: one for one in _supported(facts)}


def _read(facts: Facts, entry: Entry) -> Iterator[Violation]:
    values = entry.values
    if entry.action == "violation":
        yield Violation(
            str(values["violation"]), str(values["gravity"]), values.get("days") or 0, bool(values.get("taught"))
        )
    elif entry.action == "receive_late":
        due = next((facts["due"][code] for code in ("report", "escort", "move_in") if code in facts["due"]), None)
        came = day(values.get("reported_on"))
        if due and came:
            yield Violation("v_late", "minor", _days(due, came))
    elif entry.action == "find" and not values.get("excused"):
        lost, found = _lost(facts, entry), day(values.get("found_on"))
        if lost and found:
            yield Violation("v_missing", "minor", _days(lost, found))
    elif entry.action in ("close_search", "absent"):
        yield Violation("v_missing", "grave", MONTH + 1)


def _days(since_: date, until: date) -> int:
    """Days of an absence; more than a calendar month is always more than thirty."""
    days = (until - since_).days
    return max(days, MONTH + 1) if until > later(since_, 1) else min(days, MONTH)


def _lost(facts: Facts, found: Entry) -> date | None:
    before = [one for one in entries(facts, "lose") if one.day <= found.day]
    return day(before[-1].values.get("lost_on")) if before else None


def _supported(facts: Facts) -> Iterator[Measure]:
    found = open_violations(facts)
    if found:
        yield from _admonition(found)
        yield from _warning(facts, found)
        yield from _security(found)
    yield from _revocation(facts)


def _admonition(found: list[Violation]) -> Iterator[Measure]:
    if any(one.kind in ABSENCES and one.days <= SHORT for one in found):
        yield _of(ADMONISH, "不按时报到或者脱离监管不超过十日")
    elif any(one.kind == "v_study" and one.taught for one in found):
        yield _of(ADMONISH, "不参加教育学习等活动，经教育仍不改正")
    elif any(one.kind in {"v_rules", "v_left", "v_refused", "v_other"} and one.gravity == "minor" for one in found):
        yield _of(ADMONISH, "违反监督管理规定，情节轻微")


def _warning(facts: Facts, found: list[Violation]) -> Iterator[Measure]:
    if any(one.kind in ABSENCES and one.days > SHORT for one in found):
        yield _of(WARN, "不按时报到或者脱离监管超过十日")
    elif len(entries(facts, "admonish")) >= TWICE:
        yield _of(WARN, "受到两次训诫仍不改正")
    elif any(one.kind == "v_ban" and one.gravity == "minor" for one in found):
        yield _of(WARN, "违反禁止令，情节轻微")
    elif any(one.kind == "v_medical" and one.taught for one in found):
        yield _of(WARN, "保外就医期间不按规定提交病情复查情况，经教育仍不改正")
    elif any(one.kind in {"v_rules", "v_left", "v_refused", "v_other"} and one.gravity == "serious" for one in found):
        yield _of(WARN, "违反监督管理规定，情节较重")


def _security(found: list[Violation]) -> Iterator[Measure]:
    if any(one.kind in {"v_security", "v_ban"} and one.gravity != "minor" for one in found):
        yield _of(SECURITY, "违反监督管理规定或者禁止令，依法应当予以治安管理处罚")


def _revocation(facts: Facts) -> Iterator[Measure]:
    known = REVOKE.get(str(facts["data"].get("kind")))
    why = next(iter(revocation_grounds(facts).values()), None)
    if known and why:
        yield _of(known, why)


def revocation_grounds(facts: Facts) -> dict[str, str]:
    """The situations on record in which a court or the deciding body may be asked, the weightiest first, by code."""
    every = violations(facts)
    unfit = facts["data"].get("kind") == "outside" and any(one.kind == "v_unfit" for one in every)
    grave = any(one.gravity == "grave" for one in every)
    holding = {
        "g_missing": any(one.kind in ABSENCES and one.days > MONTH for one in every),
        "g_ban": any(one.kind == "v_ban" and one.gravity == "grave" for one in every),
        "g_security": _breach_after(facts, "punished"),
        "g_warned": len(entries(facts, "warn")) >= TWICE and bool(open_violations(facts)),
        "g_other": grave,
        "g_unfit": unfit,
        "g_guarantor": unfit,
    }
    return {code: GROUNDS[code] for code, holds in holding.items() if holds}


def _breach_after(facts: Facts, action: str) -> bool:
    return bool(entries(facts, action)) and any(True for entry in since(facts, action) for _ in _read(facts, entry))


def _of(known: tuple[str, str, str], why: str) -> Measure:
    code, title, law = known
    return Measure(code, title, why, law)
