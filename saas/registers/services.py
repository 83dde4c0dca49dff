"""What is done to registers: add an entry, change it, set its status, record what happened, import many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from saas import clock
from saas.audit import services as audit
from saas.db.ids import new_id
from saas.db.session import db
from saas.errors import ConflictError, InvalidInputError
from saas.identity.actor import Actor
from saas.organisation.models import Unit
from saas.registers import access, catalogue, keeping, queries
from saas.registers.actions import RegisterAudit
from saas.registers.declaration import Register
from saas.registers.models import RegisterEntry, RegisterRecord
from saas.registers.rows import Line, Refused, read_rows

TAKEN = "名录里已经有这个{label}，请核对；要修改的，请打开那一条。"
LATER = "发生日期不能晚于今天。"
CHANGED_MEANWHILE = "您打开这一页之后，别人已经修改了这一条。您填写的内容还在下面，请核对后再提交。"


@dataclass(frozen=True)
class Imported:
    """What an import came to; with anything refused, nothing was saved."""

    added: int = 0
    changed: int = 0
    refused: tuple[Refused, ...] = ()


def add(register: Register, values: Mapping[str, Any], unit: Unit, *, by: Actor, status: str = "") -> RegisterEntry:
    """Add an entry, in the register's first status unless another is given.

    Args:
        register: The register.
        values: Checked plain values of its form.
        unit: Who keeps the entry.
        by: Who adds it.
        status: Its status, for what is taken over from elsewhere.

    Raises:
        InvalidInputError: another entry has the same value in the unique field.
        PermissionDeniedError: the actor does not keep the register at the unit.
    """
    access.check_write(by, register, unit.path)
    _check_key(register, values, None)
    entry = keeping.new(register, values, unit, status or register.active)
    db.session.add(entry)
    keeping.note(entry, RegisterAudit.ADDED, by=by)
    audit.record(RegisterAudit.ADDED, entry, by=by, detail={"register": register.key, "unit": unit.path})
    return entry


def change(entry: RegisterEntry, values: Mapping[str, Any], *, by: Actor, revision: int | None = None) -> RegisterEntry:
    """Change what an entry holds; nothing is recorded where nothing differs.

    Raises:
        ConflictError: somebody changed it after the form was drawn.
        InvalidInputError: another entry has the same value in the unique field.
        PermissionDeniedError: the actor does not keep the register at its unit.
    """
    register = catalogue.find(entry.register).register
    access.check_write(by, register, entry.unit_path)
    _unchanged(entry, revision)
    _check_key(register, values, entry)
    if ids := keeping.write(entry, register, values, RegisterAudit.CHANGED, by=by):
        audit.record(RegisterAudit.CHANGED, entry, by=by, detail={"register": register.key, "fields": ids})
    return entry


def set_status(
    entry: RegisterEntry, status: str, reason: str, *, by: Actor, revision: int | None = None
) -> RegisterEntry:
    """Set an entry's status for a reason.

    Raises:
        ConflictError: somebody changed it after the form was drawn.
        InvalidInputError: there is no such status, the entry has it, or no reason is given.
        PermissionDeniedError: the actor does not keep the register at its unit.
    """
    register = catalogue.find(entry.register).register
    access.check_write(by, register, entry.unit_path)
    _unchanged(entry, revision)
    errors = {}
    if status not in dict(register.statuses) or status == entry.status:
        errors["status"] = "请选择要变更成的状态。"
    if not reason.strip():
        errors["reason"] = "请写明变更的理由，例如文号。"
    if errors:
        raise InvalidInputError(errors)
    old, entry.status = entry.status, status
    keeping.touch(entry)
    keeping.note(entry, RegisterAudit.STATUS_SET, by=by, reason=reason.strip())
    detail = {"register": register.key, "from": old, "to": status}
    audit.record(RegisterAudit.STATUS_SET, entry, by=by, detail=detail)
    return entry


def add_record(
    entry: RegisterEntry, kind: str, values: Mapping[str, Any], happened_on: date, *, by: Actor
) -> RegisterRecord:
    """Record what happened to an entry on a day.

    Args:
        entry: The entry.
        kind: What the register calls such records.
        values: Checked plain values of that kind's form.
        happened_on: The day; not after today.
        by: Who records it.

    Raises:
        InvalidInputError: the day is after today.
        NotFoundError: the register keeps no such records.
        PermissionDeniedError: the actor does not keep the register at the entry's unit.
    """
    declared = catalogue.find(entry.register)
    access.check_write(by, declared.register, entry.unit_path)
    kept = keeping.parted(declared.record_form(kind), values)
    if happened_on > clock.today():
        raise InvalidInputError({"happened_on": LATER})
    record = RegisterRecord(
        id=new_id(),
        entry=entry,
        kind=kind,
        happened_on=happened_on,
        values=kept.values,
        by_id=by.id,
        by_name=by.name,
        recorded_at=clock.now(),
    )
    record.secret = kept.secret
    db.session.add(record)
    detail = {"register": entry.register, "kind": kind, "on": str(happened_on)}
    audit.record(RegisterAudit.RECORDED, entry, by=by, detail=detail)
    return record


def import_rows(register: Register, rows: Sequence[Mapping[str, str]], unit: Unit, *, by: Actor) -> Imported:
    """Add or change an entry for each row; with any row refused nothing is saved and every fault is told.

    An empty cell empties the answer; one that the table has no column for stays as it is.

    Args:
        register: The register.
        rows: Texts by the labels or the ids of the form's fields; ``状态`` and ``所属单位`` may stand beside them.
        unit: Who keeps the entries of rows that name no unit.
        by: Who imports.

    Raises:
        PermissionDeniedError: the actor does not keep the register at the unit.
    """
    access.check_write(by, register, unit.path)
    read = read_rows(catalogue.find(register.key), rows, unit, by=by)
    if read.refused:
        return Imported(refused=read.refused)
    known = queries.by_keys(register, [line.key for line in read.lines if line.key])
    refused = tuple(one for line in read.lines if (one := _out_of_reach(register, line, known, by=by)))
    if refused:
        return Imported(refused=refused)
    changed = sum(_import_one(register, line, known.get(line.key or ""), by=by) for line in read.lines)
    done = Imported(added=len(read.lines) - sum(line.key in known for line in read.lines if line.key), changed=changed)
    detail = {"register": register.key, "rows": len(read.lines), "added": done.added, "changed": done.changed}
    audit.record(RegisterAudit.IMPORTED, ("register", register.key), by=by, detail=detail, high=True)
    return done


def _out_of_reach(register: Register, line: Line, known: Mapping[str, RegisterEntry], *, by: Actor) -> Refused | None:
    entry = known.get(line.key or "")
    if entry is None or by.kind == "system" or access.may_write_at(by, register, entry.unit_path):
        return None
    form = catalogue.find(register.key).form
    label = next((one.label for one in form.fields if one.id == register.key_field), "")
    return Refused(line.number, label, "名录里已经有这一条，由别的单位管理，不能在这里修改。")


def _import_one(register: Register, line: Line, entry: RegisterEntry | None, *, by: Actor) -> bool:
    """Add or change the entry of a row; whether one that was there has changed."""
    if entry is None:
        new = keeping.new(register, line.values, line.unit, line.status or register.active)
        db.session.add(new)
        keeping.note(new, RegisterAudit.IMPORTED, by=by)
        return False
    status = line.status or entry.status
    moved, entry.status = status != entry.status, status
    values = {**entry.answers, **{id_: line.values.get(id_) for id_ in line.asked}}
    changed = keeping.write(entry, register, values, RegisterAudit.IMPORTED, by=by)
    if moved and not changed:
        keeping.touch(entry)
        keeping.note(entry, RegisterAudit.IMPORTED, by=by)
    return moved or bool(changed)


def _unchanged(entry: RegisterEntry, revision: int | None) -> None:
    if revision is not None and revision != entry.revision:
        raise ConflictError(CHANGED_MEANWHILE)


def _check_key(register: Register, values: Mapping[str, Any], own: RegisterEntry | None) -> None:
    value = keeping.key_of(register, values)
    other = queries.find_by_key(register, value) if value else None
    if other is not None and (own is None or other.id != own.id):
        form = catalogue.find(register.key).form
        label = next(one.label for one in form.fields if one.id == register.key_field)
        raise InvalidInputError({str(register.key_field): TAKEN.format(label=label)})
