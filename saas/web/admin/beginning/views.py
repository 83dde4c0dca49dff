"""Beginning a process in the browser: its name, then a page for each of its parts, then all of them at a glance."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.errors import ConflictError, InvalidInputError, NotFoundError
from saas.fields.views import FieldView
from saas.identity import queries as identity
from saas.identity.permissions import KernelPermission, requires
from saas.own_lines import queries as own
from saas.web.admin import cursor, draft_tabs
from saas.web.admin.beginning import matter, papers, people, public
from saas.web.admin.beginning.page import City, Group, Page, line, radio
from saas.web.admin.beginning.sent import Sent
from saas.web.admin.board import admin
from saas.workflow import drafts
from saas.workflow.models import Draft
from saas.workflow.sketch import answers
from saas.workflow.sketch.beginning import STEPS, Body, begin
from saas.workflow.sketch.copying import copied

PAGES = (
    people.NAME,
    people.PEOPLE,
    matter.QUESTIONS,
    people.STAGES,
    matter.LIMIT,
    papers.PAPER,
    papers.NUMBER,
    public.PAGE,
    public.FIGURE,
)
FROM_NOTHING = "new"
FROM_ALL = "all"
NO_ROLES = "本市还没有可以办理案件的岗位。请先在“角色与权限”里建立一个能办理案件的角色。"
GONE_ON = "这份草稿已经在流程设计里改得和向导不一样了，请在流程设计里继续。"


@admin.get("/processes/new")
@requires(KernelPermission.CONFIGURE)
def new_process() -> ResponseReturnValue:
    """Ask what the new process is called, and what it begins with."""
    return render_template("admin/beginning/new_process.html", groups=[Group(None, first_questions())], errors=[])


@admin.post("/processes/new")
@requires(KernelPermission.CONFIGURE)
def make_process() -> ResponseReturnValue:
    """Make the draft; it works as it is, and the pages that follow make it what is wanted."""
    sent, sources = Sent(request.form), {version.key: version.body for version in own.list_in_force()}
    try:
        title = sent.line("title", people.NAME_MISSING)
        source = sent.one_of("source", {FROM_NOTHING: "", **dict.fromkeys(sources, "")}, "请选择从哪里开始。")
        sent.refuse()
        key = own.next_key()
        body = copied(sources[source], key, title) if source in sources else _begun(key, title)
        draft = drafts.create(body, by=g.actor)
    except InvalidInputError as error:
        groups = [Group(None, sent.typed(first_questions(), error.fields))]
        page = render_template("admin/beginning/new_process.html", groups=groups, errors=list(error.fields.items()))
        return page, error.status
    return redirect(url_for("admin.ask_setup", draft_id=draft.id, page=PAGES[1].id), 303)


@admin.get("/processes/<uuid:draft_id>/setup")
@requires(KernelPermission.CONFIG_READ)
def show_setup(draft_id: UUID) -> ResponseReturnValue:
    """Show everything that was answered, what still stands against it, and where to go on."""
    draft = find(draft_id)
    city, may = city_of(draft), g.actor.may(KernelPermission.CONFIGURE)
    rows = [
        {
            "label": page.title,
            "value": told(page.ask(draft.body, city)),
            "change_url": page_url(draft, page, returning=True) if may else None,
        }
        for page in PAGES
    ]
    problems = drafts.problems_of(draft)
    tabs = draft_tabs.of(draft, "admin.show_setup")
    return render_template("admin/beginning/show_setup.html", draft=draft, tabs=tabs, rows=rows, problems=problems)


@admin.get("/processes/<uuid:draft_id>/setup/<page>")
@requires(KernelPermission.CONFIGURE)
def ask_setup(draft_id: UUID, page: str) -> ResponseReturnValue:
    """Show a page with what the draft says now."""
    draft = find(draft_id)
    wanted = find_page(page)
    return drawn(draft, wanted, wanted.ask(draft.body, city_of(draft)))


@admin.post("/processes/<uuid:draft_id>/setup/<page>")
@requires(KernelPermission.CONFIGURE)
def answer_setup(draft_id: UUID, page: str) -> ResponseReturnValue:
    """Take a page's answers and go on; what is refused is shown again with every reason."""
    draft, wanted = find(draft_id), find_page(page)
    sent, city, before = Sent(request.form), city_of(draft), draft.body
    try:
        body = wanted.take(before, city, sent)
        if body != before:
            drafts.edit(draft, body, wanted.what, cursor=cursor.seen(), by=g.actor)
    except (InvalidInputError, ConflictError) as error:
        faults = error.fields if isinstance(error, InvalidInputError) else {}
        groups = [replace(one, fields=sent.typed(one.fields, faults)) for one in wanted.ask(before, city)]
        return drawn(draft, wanted, groups, listed(error)), error.status
    return redirect(next_url(draft, wanted), 303)


def find(draft_id: UUID) -> Draft:
    """The draft of that id, as long as the wizard's questions fit it.

    Raises:
        ConflictError: It has been changed beyond them.
        NotFoundError: There is none.
    """
    draft = drafts.get_draft(draft_id)
    if not answers.fits(draft.body):
        raise ConflictError(GONE_ON)
    return draft


def find_page(name: str) -> Page:
    """The page of that name.

    Raises:
        NotFoundError: There is none.
    """
    for page in PAGES:
        if page.id == name:
            return page
    raise NotFoundError


def city_of(draft: Draft) -> City:
    """What the pages need to know of the city."""
    return City(dict(acting_roles()), own.numbers_of_others(draft.key))


def acting_roles() -> list[tuple[str, str]]:
    """The city's roles that work on cases, by code and title."""
    return [(role.code, role.title) for role in identity.list_roles() if KernelPermission.CASE_ACT in role.permissions]


def _begun(key: str, title: str) -> Body:
    """A new body: whoever works on cases takes the first two steps, whoever leads the last."""
    roles = acting_roles()
    if not roles:
        raise InvalidInputError({"title": NO_ROLES})
    leading = {role.code for role in identity.list_roles() if KernelPermission.CASE_ASSIGN in role.permissions}
    codes = [code for code, _ in roles]
    work = [code for code in codes if code not in leading] or codes
    last = [code for code in codes if code in leading] or codes
    return begin(key, title, roles, dict(zip(STEPS, (work, work, last), strict=True)))


def first_questions() -> list[FieldView]:
    """The name, and which process of the city's own is copied if any."""
    sources = {version.key: f"照着“{version.body['title']}”做一个" for version in own.list_in_force()}
    asked = [line("title", "业务名称", "", "群众和工作人员都会看到，例如“矛盾纠纷线索登记”。")]
    start = radio("source", "从哪里开始", {FROM_NOTHING: "从头开始，一页一页地问", **sources}, FROM_NOTHING)
    return [*asked, start]


def drawn(draft: Draft, page: Page, groups: Sequence[Group], errors: Sequence[tuple[str | None, str]] = ()) -> str:
    """A page of the wizard."""
    at = PAGES.index(page)
    return render_template(
        "admin/beginning/ask_setup.html",
        draft=draft,
        page=page,
        groups=groups,
        errors=list(errors),
        place=(at + 1, len(PAGES)),
        back_url=page_url(draft, PAGES[at - 1]) if at else url_for("admin.show_setup", draft_id=draft.id),
        action=url_for(
            "admin.answer_setup", draft_id=draft.id, page=page.id, back=FROM_ALL if _is_returning() else None
        ),
        others=[{"label": "保存，再加几个问题", "name": "more", "value": "1"}] if page is matter.QUESTIONS else [],
    )


def page_url(draft: Draft, page: Page, *, returning: bool = False) -> str:
    """Where a page is asked; ``returning`` to the glance at everything instead of going on."""
    return url_for("admin.ask_setup", draft_id=draft.id, page=page.id, back=FROM_ALL if returning else None)


def next_url(draft: Draft, page: Page) -> str:
    """Where to go after a page was taken."""
    at = PAGES.index(page)
    if request.form.get("more"):
        return page_url(draft, page, returning=_is_returning())
    if _is_returning() or at + 1 == len(PAGES):
        flash("已保存。", "success")
        return url_for("admin.show_setup", draft_id=draft.id)
    return page_url(draft, PAGES[at + 1])


def _is_returning() -> bool:
    """Whether the person came from the glance at everything and goes back there."""
    return request.args.get("back") == FROM_ALL


def listed(error: InvalidInputError | ConflictError) -> list[tuple[str | None, str]]:
    """A refusal for the summary of errors."""
    if isinstance(error, InvalidInputError):
        return list(error.fields.items())
    return [(None, error.message), *((None, one) for one in error.detail or ())]


def told(groups: Sequence[Group]) -> str:
    """What a page says now, for the glance at everything."""
    return "\n".join(filter(None, (line for group in groups for line in _lines(group))))


def _lines(group: Group) -> list[str]:
    if group.row:
        return [_one_line([field for field in group.fields if field.kind != "hidden"])]
    return [_words(field) for field in group.fields]


def _one_line(row: Sequence[FieldView]) -> str:
    """A row as its first answer with the others behind it; nothing where that is empty."""
    first, *others = row
    behind = (_words(field).partition("：") for field in others)
    said = "，".join(text or label for label, _, text in behind if text or label)
    return f"{first.value}（{said}）" if first.value else ""


def _words(field: FieldView) -> str:
    titles: Mapping[str, str] = dict(field.options)
    if field.kind == "boolean":
        return field.label if field.value == "true" else ""
    chosen = [field.value] if isinstance(field.value, str) else field.value
    said = "、".join(titles.get(one, one) for one in chosen if one)
    return f"{field.label}：{said}" if said else ""
