"""The registers that the reader may see, the list of one, its Excel file, and the page of an entry."""

from typing import Any
from uuid import UUID

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas import clock, spreadsheet
from saas.audit import services as audit
from saas.cases import bulk
from saas.errors import NotFoundError, PermissionDeniedError
from saas.fields import display
from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission, fresh, requires, signed_in
from saas.registers import access, catalogue, queries
from saas.registers.actions import RegisterAudit
from saas.registers.catalogue import Declared, is_secret
from saas.registers.models import RegisterEntry
from saas.registers.queries import Wanted
from saas.settings import services as settings
from saas.web.blueprint import city_only
from saas.web.paging import address
from saas.web.paging import wanted as wanted_page
from saas.web.sending import send_bytes
from saas.web.staff import exports, filters, register_values
from saas.web.staff.board import staff

TEXT_LENGTH = 60
DUE = (("", "全部"), ("soon", "即将到期和已过期"), ("over", "已过期"))
TOO_LONG = "筛选结果有 {rows:,} 条，一次最多导出 {limit:,} 条。请返回上一页，按种类或者状态缩小范围后再导出。"
TABLE = {"title": "名录", "total": "总数", "active": "在册", "soon": "即将到期和已过期", "law": "依据"}


@staff.get("/registers")
@signed_in
@city_only
def list_registers() -> ResponseReturnValue:
    """Show the registers that the reader may see, with their figures."""
    found = access.readable(g.actor)
    counts = queries.counts_of(g.actor, found, clock.today())
    rows = [
        {
            "title": one.register.title,
            "url": url_for("staff.list_entries", key=one.register.key),
            "soon_url": url_for("staff.list_entries", key=one.register.key, due="soon"),
            "law": one.register.law or "—",
            **vars(counts[one.register.key]),
        }
        for one in found
    ]
    columns = [{"key": key, "label": label} for key, label in TABLE.items()]
    return render_template("staff/list_registers.html", rows=rows, columns=columns)


@staff.get("/registers/<key>")
@signed_in
@city_only
def list_entries(key: str) -> ResponseReturnValue:
    """Show the entries of a register in the reader's units."""
    declared = readable(key)
    wanted, page, today = from_address(), wanted_page(), clock.today()
    context = register_values.context_of(declared, declared.form)
    kinds = register_values.kinds_of(declared, context)
    query = queries.entries_of(g.actor, declared.register, wanted, today)
    found = queries.list_entries(query, offset=page.offset, limit=page.limit)
    return render_template(
        "staff/list_entries.html",
        register=declared.register,
        fields=filter_fields(declared, wanted, kinds),
        applied=sum(bool(value) for value in vars(wanted).values()),
        columns=columns_of(declared),
        rows=[register_values.entry_row(entry, declared, kinds, today) for entry in found],
        page=page.of(queries.count(query)),
        soon=queries.counts_of(g.actor, [declared], today)[key].soon,
        soon_url=address(due="soon", page=1),
        can_write=g.actor.may(declared.register.write),
        can_export=g.actor.may(KernelPermission.CASE_EXPORT),
        query=request.args.to_dict(),
    )


@staff.get("/registers/<key>/entries.xlsx")
@requires(KernelPermission.CASE_EXPORT)
@fresh
def export_entries(key: str) -> ResponseReturnValue:
    """Send exactly the filtered entries where the reader may take lists out, without what lies sealed."""
    declared, wanted = readable(key), from_address()
    query = queries.entries_to_export(g.actor, declared.register, wanted, clock.today())
    total, limit = queries.count(query), settings.get("export.limit")
    if total > limit:
        raise PermissionDeniedError(TOO_LONG.format(rows=total, limit=limit))
    bulk.check_quota(total, by=g.actor)
    headings, lines = table_of(declared, queries.list_entries(query, offset=0, limit=total))
    audit.record(
        RegisterAudit.LISTED,
        ("register", key),
        by=g.actor,
        detail={"rows": len(lines), "filter": filters.told(wanted)},
        high=True,
    )
    title = declared.register.title
    data = spreadsheet.workbook(title, headings, lines, mark=exports.watermark(len(lines)))
    return send_bytes(data, spreadsheet.MEDIA_TYPE, f"{title}{clock.today():%Y%m%d}.xlsx")


@staff.get("/registers/<key>/<uuid:entry_id>")
@signed_in
@city_only
def show_entry(key: str, entry_id: UUID) -> ResponseReturnValue:
    """Show an entry with its records and its history."""
    declared = readable(key)
    entry = queries.get_entry(entry_id, declared.register, g.actor)
    audit.record(RegisterAudit.READ, entry, by=g.actor, detail={"register": key})
    return render_template("staff/show_entry.html", **entry_values(entry, declared))


def readable(key: str) -> Declared:
    """A register that the reader may see.

    Raises:
        NotFoundError: there is none, or the reader may not know of it.
    """
    declared = catalogue.find(key)
    if not access.may_read(g.actor, declared.register):
        raise NotFoundError
    return declared


def from_address() -> Wanted:
    """What the request's address narrows the list to; what makes no sense is left out."""
    due = request.args.get("due", "")
    return Wanted(
        text=request.args.get("q", "").strip()[:TEXT_LENGTH],
        status=request.args.get("status", "")[:TEXT_LENGTH],
        kind=request.args.get("kind", "")[:TEXT_LENGTH],
        due=due if due in dict(DUE) else "",
    )


def filter_fields(declared: Declared, wanted: Wanted, kinds: dict[str, str]) -> list[FieldView]:
    """The filter of a register's list; nothing is asked that the register does not know."""
    register = declared.register
    key = register_values.field_named(declared.form, register.key_field)
    label = "名称" if key is None or key.id == register.name_field else f"名称或者{key.label}"
    statuses = [("", "全部"), *register.statuses]
    found = [
        FieldView("filter-q", "q", label, "text", wanted.text, maxlength=TEXT_LENGTH),
        FieldView("filter-status", "status", "状态", "choice", wanted.status, options=statuses, required=True),
    ]
    if field := register_values.field_named(declared.form, register.kind_field):
        options = [("", "全部"), *kinds.items()]
        found.append(
            FieldView("filter-kind", "kind", field.label, "choice", wanted.kind, options=options, required=True)
        )
    if field := register_values.field_named(declared.form, register.expires_field):
        found.append(FieldView("filter-due", "due", field.label, "choice", wanted.due, options=DUE, required=True))
    return found


def columns_of(declared: Declared) -> list[dict[str, str]]:
    """The columns of a register's list; only what the register knows."""
    register = declared.register
    named = [("kind", register.kind_field), ("key", register.key_field), ("expires", register.expires_field)]
    fields = [(key, register_values.field_named(declared.form, field_id)) for key, field_id in named]
    own = [{"key": key, "label": field.label} for key, field in fields if field and field.id != register.name_field]
    status, unit = {"key": "status", "label": "状态"}, {"key": "unit", "label": "所属单位"}
    return [{"key": "name", "label": "名称"}, *own, status, unit]


def table_of(declared: Declared, entries: Any) -> tuple[list[str], list[list[str]]]:  # noqa: ANN401 - a sequence of rows
    """The headings and lines of a file: every open answer, as an import would take them."""
    fields = [field for field in declared.form.fields if not is_secret(field)]
    context = register_values.context_of(declared, declared.form)
    lines = [
        [
            *(
                plain_words(entry, field.id, display.words(field, entry.values.get(field.id), context))
                for field in fields
            ),
            declared.register.status_title(entry.status),
            entry.unit.name,
        ]
        for entry in entries
    ]
    return [*(field.label for field in fields), "状态", "所属单位"], lines


def plain_words(entry: RegisterEntry, field_id: str, words: str) -> str:
    """An answer in words; a cell of what was not answered stays empty."""
    return words if entry.values.get(field_id) not in register_values.EMPTY else ""


def entry_values(entry: RegisterEntry, declared: Declared) -> dict[str, Any]:
    """What the page of an entry draws."""
    register, context = declared.register, register_values.context_of(declared, declared.form)
    words, tone = register_values.expiry(entry, declared, clock.today())
    can_write = access.may_write_at(g.actor, register, entry.unit_path)
    return {
        "register": register,
        "entry": entry,
        "status": (register.status_title(entry.status), "success" if entry.status == register.active else "neutral"),
        "expires": (words, tone) if tone != register_values.QUIET else None,
        "answers": register_values.summary(declared.form, entry.answers, context),
        "records": [register_values.record_item(one, declared) for one in entry.records],
        "history": [register_values.change_item(one, declared, context) for one in entry.changes],
        "can_write": can_write,
        "record_kinds": list(register.record_forms.items()) if can_write else [],
        "status_fields": status_fields(entry, declared, {}),
        "errors": [],
    }


def status_fields(entry: RegisterEntry, declared: Declared, errors: dict[str, str]) -> list[FieldView]:
    """The form of another status; what was typed stays."""
    others = [(code, title) for code, title in declared.register.statuses if code != entry.status]
    sent = request.form
    return [
        FieldView(
            "status",
            "status",
            "变更为",
            "choice",
            sent.get("status", ""),
            error=errors.get("status"),
            required=True,
            options=others,
        ),
        FieldView(
            "reason",
            "reason",
            "理由",
            "text",
            sent.get("reason", ""),
            error=errors.get("reason"),
            required=True,
            maxlength=200,
        ),
    ]
