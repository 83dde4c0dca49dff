"""Entries of registers as plain values: lines of a list, an entry's answers, records and history, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import url_for

from saas import clock, text
from saas.cases.context import field_context
from saas.fields import display
from saas.fields.context import FieldContext
from saas.fields.definition import FieldDefinition, FormDefinition
from saas.registers.actions import TITLES
from saas.registers.catalogue import Declared, is_secret
from saas.registers.models import RegisterChange, RegisterEntry, RegisterRecord

SEALED = "（已加密保存，管理这个名录的人员可以在修改页面查看）"
EMPTY: tuple[object, ...] = (None, "", [])
SOON, OVER, QUIET = "warning", "danger", "neutral"


def context_of(declared: Declared, form: FormDefinition, unit_path: str = "", *, choices: bool = False) -> FieldContext:
    """What the fields of a register's form may ask of the city."""
    return field_context(declared.line.name, form, unit_path, choices=choices)


def keeping(context: FieldContext, form: FormDefinition, entry: RegisterEntry | None) -> FieldContext:
    """The context in which an entry that refers to one that is active no longer may keep doing so."""
    if entry is None:
        return context
    found = dict(context.entries)
    for field in form.fields:
        chosen, key = entry.values.get(field.id), field.register
        if key and chosen and chosen not in dict(found.get(key, ())):
            found[key] = [*found.get(key, ()), (str(chosen), context.entry_names(str(chosen)) or "")]
    return replace(context, entries=found)


def expiry(entry: RegisterEntry, declared: Declared, today: date) -> tuple[str, str]:
    """When an entry runs out, in words and in a colour; nothing where it does not."""
    day = entry.expires_on
    if day is None:
        return "", QUIET
    left, told = (day - today).days, f"{day:%Y-%m-%d}"
    if entry.status != declared.register.active or left > declared.register.warn_days:
        return told, QUIET
    if left < 0:
        return f"{told} 已过期 {-left} 天", OVER
    return (f"{told} 还有 {left} 天到期" if left else f"{told} 今天到期"), SOON


def entry_row(entry: RegisterEntry, declared: Declared, kinds: Mapping[str, str], today: date) -> dict[str, Any]:
    """An entry as a line of the list."""
    register = declared.register
    words, tone = expiry(entry, declared, today)
    return {
        "name": entry.name,
        "url": entry_url(entry),
        "kind": kinds.get(entry.kind or "", entry.kind or "") or "—",
        "key": entry.key_value or "—",
        "expires": words or "—",
        "expires_tone": tone,
        "status": register.status_title(entry.status),
        "status_tone": "success" if entry.status == register.active else "neutral",
        "unit": entry.unit.name,
    }


def entry_url(entry: RegisterEntry) -> str:
    """The page of an entry."""
    return url_for("staff.show_entry", key=entry.register, entry_id=entry.id)


def kinds_of(declared: Declared, context: FieldContext) -> dict[str, str]:
    """The kinds of a register's entries by code; none where they are of no kind."""
    field = field_named(declared.form, declared.register.kind_field)
    return context.titles(field) if field else {}


def field_named(form: FormDefinition, field_id: str | None) -> FieldDefinition | None:
    """The question of that id; None where the form has none."""
    return next((one for one in form.fields if one.id == field_id), None)


def summary(form: FormDefinition, values: Mapping[str, Any], context: FieldContext) -> list[dict[str, str]]:
    """Every question with its answer in words; what identifies a person is masked, or only said to be there."""
    masks = {field.id: field.mask for field in form.fields}
    hidden = {one.id for one in form.fields if is_secret(one) and not masks[one.id] and values.get(one.id) not in EMPTY}
    return [
        {"label": one.label, "value": SEALED if one.field_id in hidden else one.text}
        for one in display.answers(form, values, context, masked=True)
    ]


def record_item(record: RegisterRecord, declared: Declared) -> dict[str, Any]:
    """A dated record as the timeline draws it."""
    form = declared.record_form(record.kind)
    told = summary(form, record.answers, context_of(declared, form))
    shown = [f"{one['label']}：{one['value']}" for one in told if one["value"] != display.EMPTY]
    return {
        "title": record.kind,
        "time_text": text.chinese_date(record.happened_on),
        "by": f"{record.by_name} {clock.local(record.recorded_at):%Y-%m-%d} 记录",
        "body": "\n".join(shown),
    }


def change_item(change: RegisterChange, declared: Declared, context: FieldContext) -> dict[str, Any]:
    """What was done to an entry as the timeline draws it."""
    lines = [f"状态：{declared.register.status_title(change.status)}"]
    lines += [f"理由：{change.reason}"] if change.reason else []
    lines += _differences(change.fields, declared.form, context)
    return {
        "title": TITLES.get(change.action, change.action),
        "time_text": f"{clock.local(change.made_at):%Y-%m-%d %H:%M}",
        "by": change.by_name,
        "body": "\n".join(lines),
    }


def _differences(fields: Mapping[str, Sequence[Any]], form: FormDefinition, context: FieldContext) -> list[str]:
    """What each changed answer was and became; of what is sealed without a mask only that it changed."""
    found = []
    for field in form.fields:
        if field.id in fields:
            before, after = (display.words(field, value, context, masked=True) for value in fields[field.id])
            sealed = is_secret(field) and not field.mask
            found.append(f"{field.label}：{'已修改' if sealed else f'{before} → {after}'}")
    return found
