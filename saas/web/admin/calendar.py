"""The working calendar of the city: the year as months, a notice loaded, a day of its own, what moved."""

from datetime import date

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas import calendar_notice, clock
from saas.cases import calendars, clock_queries, config_queries
from saas.cases.clock_models import ClockMove
from saas.cases.context import calendar
from saas.errors import InvalidInputError, NotFoundError
from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin import fields
from saas.web.admin.board import admin

FIRST, AHEAD = 2004, 3  # years that can be looked at: from the first published one to some years ahead
NOTICE = 4000  # characters
KINDS = {"work": "上班", "rest": "周末", "off": "放假", "worked": "调休上班"}
WEEKDAYS = "一二三四五六日"
WORKING = (("no", "放假"), ("yes", "上班"), ("national", "恢复全国安排"))


@admin.get("/calendar")
@requires(KernelPermission.CONFIG_READ)
def show_calendar() -> ResponseReturnValue:
    """Show a year of the calendar."""
    return page(asked_year(), {})


@admin.post("/calendar/notice")
@requires(KernelPermission.CONFIGURE)
def load_calendar() -> ResponseReturnValue:
    """Load the notice of a year; running limits are counted anew in the background."""
    year = asked_year()
    source, text = request.form.get("source", "").strip()[: fields.REASON], request.form.get("notice", "")[:NOTICE]
    if not source:
        return page(year, {"source": "请填写通知的文号，例如“国办发明电〔2026〕7号”。"}), InvalidInputError.status
    try:
        calendars.load_year(year, source, calendar_notice.read(text, year), by=g.actor)
    except calendar_notice.NoticeError as error:
        return page(year, {"notice": "".join(error.problems[:5])}), InvalidInputError.status
    flash(f"{year}年的放假安排已载入，正在重新计算办理期限，变动的期限列在页面下方。", "success")
    return redirect(url_for("admin.show_calendar", year=year), 303)


@admin.post("/calendar/day")
@requires(KernelPermission.CONFIGURE)
def set_calendar_day() -> ResponseReturnValue:
    """Give the city a day of its own, or let it follow the nation again."""
    year = asked_year()
    try:
        day = date.fromisoformat(request.form.get("day", ""))
        change_day(day)
    except ValueError:
        return page(year, {"day": "请选择日期。"}), InvalidInputError.status
    except InvalidInputError as error:
        return page(year, error.fields), error.status
    flash("已保存，正在重新计算办理期限。", "success")
    return redirect(url_for("admin.show_calendar", year=day.year), 303)


def change_day(day: date) -> None:
    """Do what the form asks with a day; an InvalidInputError if it does not say what."""
    within(day.year)
    wanted = request.form.get("working", "")
    if wanted == "national":
        calendars.remove_day(day, by=g.actor)
        return
    if wanted not in {"yes", "no"}:
        raise InvalidInputError({"working": "请选择这一天怎样安排。"})
    source = request.form.get("own_source", "").strip()[: fields.REASON]
    if not source:
        raise InvalidInputError({"own_source": "请填写依据，例如放假通知的文号。"})
    calendars.set_day(day, source, working=wanted == "yes", by=g.actor)


def asked_year() -> int:
    """The year the address names, else this one."""
    text = request.values.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else clock.today().year  # noqa: PLR2004 - digits of a year
    within(year)
    return year


def within(year: int) -> None:
    """Refuse a year that no calendar is kept for."""
    if not FIRST <= year <= clock.today().year + AHEAD:
        raise NotFoundError


def page(year: int, errors: dict[str, str]) -> str:
    """The page of a year, with what was typed."""
    return render_template(
        "admin/calendar.html",
        year=year,
        years=range(clock.today().year - 2, clock.today().year + AHEAD + 1),
        months=[month(days) for days in calendars.days_of(year)],
        weekdays=WEEKDAYS,
        kinds=KINDS,
        loaded=config_queries.find_year(year),
        provisional=calendar().is_provisional(date(year, 12, 31)),
        may_change=g.actor.may(KernelPermission.CONFIGURE),
        load=[fields.shown(field, errors) for field in notice_fields(year)],
        own=[fields.shown(field, errors) for field in day_fields()],
        errors=list(errors.items()),
        columns=[{"key": key, "label": label} for key, label in MOVES.items()],
        moves=[move_row(one) for one in clock_queries.list_moves()],
    )


def notice_fields(year: int) -> list[FieldView]:
    """What loading a notice asks, with what was typed."""
    hint = f"每行一段，例如：{year}-01-01 至 {year}-01-03 放假；下一行：{year}-02-14 上班。"
    typed = request.form.get("notice", "")
    return [
        fields.text("source", "通知文号", request.form.get("source", ""), longest=fields.REASON),
        FieldView(
            "notice", "notice", "放假安排", "longtext", typed, hint=hint, required=True, rows=10, maxlength=NOTICE
        ),
    ]


def day_fields() -> list[FieldView]:
    """What a day of the city's own asks, with what was typed."""
    typed = {name: request.form.get(name, "") for name in ("day", "working", "own_source")}
    return [
        FieldView("day", "day", "日期", "date", typed["day"], required=True),
        fields.choice("working", "安排", WORKING, typed["working"]),
        FieldView("own_source", "own_source", "依据", "text", typed["own_source"], maxlength=fields.REASON),
    ]


MOVES = {"case": "案件", "title": "期限", "old": "原到期日", "new": "新到期日", "cause": "原因", "at": "时间"}


def move_row(one: ClockMove) -> dict[str, str]:
    """A limit that moved as a row."""
    return {
        "case": one.case.number,
        "title": one.title,
        "old": f"{one.old_due_on}",
        "new": f"{one.new_due_on}",
        "cause": one.cause,
        "at": f"{clock.local(one.moved_at):%Y-%m-%d %H:%M}",
    }


def month(days: list[calendars.Day]) -> dict[str, object]:
    """A month as weeks of seven, Monday first; days of other months are None."""
    cells: list[calendars.Day | None] = [None] * days[0].day.weekday() + list(days)
    cells += [None] * (-len(cells) % 7)
    return {"title": f"{days[0].day.month}月", "weeks": [cells[n : n + 7] for n in range(0, len(cells), 7)]}
