"""What an operator can do to a city: each act with its form, what it checks, and what does it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from marshmallow import fields, validate

from tenants import placement
from tenants.data import deletion
from tenants.facts import Facts
from tenants.lifecycle import services as life
from tenants.lifecycle.services import LONGEST_NAME
from tenants.tasks import asking
from tenants.web.forms import Field, OperatorSchema, text_field

LONGEST_NOTICE = 200
LARGEST = 10_000_000
QUOTAS = (
    ("users", "账号数上限", "个"),
    ("files", "文件上限", "MB"),
    ("connections", "数据库连接上限", "个"),
    ("jobs", "排队任务上限", "个"),
)
READING, CLOSED = "read", "closed"
LIMIT = "请填写 0 到 10000000 的整数；0 或不填表示不限。"


class NothingSchema(OperatorSchema):
    """An act without questions."""


class SuspendSchema(OperatorSchema):
    """How far a city is shut, and what people read."""

    how = fields.String(
        required=True,
        validate=validate.OneOf([READING, CLOSED], error="请选择暂停的方式。"),
        error_messages={"required": "请选择暂停的方式。"},
    )
    notice = fields.String(
        load_default="", validate=validate.Length(max=LONGEST_NOTICE, error=f"不能超过{LONGEST_NOTICE}个字。")
    )


class NameSchema(OperatorSchema):
    """A city's new name."""

    name = fields.String(load_default="")


class HostSchema(OperatorSchema):
    """A host name, and whether it becomes the primary one."""

    host = fields.String(load_default="")
    primary = fields.Boolean(load_default=False)


class LimitField(fields.Integer):
    """A limit; empty is none, as zero is."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:  # noqa: ANN401 - the base class's types
        return 0 if value == "" else super()._deserialize(value, attr, data, **kwargs)


def limit_field() -> LimitField:
    """A limit of a form that may leave it out."""
    wrong: dict[str, Any] = {"invalid": LIMIT, "too_large": LIMIT}
    return LimitField(load_default=0, validate=validate.Range(0, LARGEST, error=LIMIT), error_messages=wrong)


class QuotaSchema(OperatorSchema):
    """Four limits; empty is without one."""

    users = limit_field()
    files = limit_field()
    connections = limit_field()
    jobs = limit_field()


class ServerSchema(OperatorSchema):
    """A server by its name."""

    server = fields.String(
        required=True,
        validate=validate.Length(min=1, error="请选择服务器。"),
        error_messages={"required": "请选择服务器。"},
    )


class CodeSchema(OperatorSchema):
    """The city's code, typed out by whoever really means it."""

    code = fields.String(load_default="")


Perform = Callable[[Facts, Mapping[str, Any], str, UUID], UUID | None]
"""Does the act for an operator's account; the id of the task when it takes longer than a request."""


@dataclass(frozen=True)
class Act:
    """An act on a city.

    Attributes:
        title: As the button and the page say it.
        lead: What it does, and what it does not.
        perform: What does it.
        done: The notice afterwards, for acts that are done at once.
        ask: The questions, from the facts of the city.
        schema: What is checked of the answers.
        is_grave: Whether the button warns.
        typed: Whether the city's code has to be typed out.
    """

    title: str
    lead: str
    perform: Perform
    done: str = ""
    ask: Callable[[Facts], Sequence[Field]] = lambda _facts: ()
    schema: type[OperatorSchema] = NothingSchema
    is_grave: bool = False
    typed: bool = False


def _suspend(facts: Facts, given: Mapping[str, Any], by: str, _key: UUID) -> None:
    life.suspend(facts.ref.code, given["notice"] or None, closed=given["how"] == CLOSED, by=by)


def _resume(facts: Facts, _given: Mapping[str, Any], by: str, _key: UUID) -> None:
    life.resume(facts.ref.code, by=by)


def _rename(facts: Facts, given: Mapping[str, Any], by: str, _key: UUID) -> None:
    life.rename(facts.ref.code, given["name"], by=by)


def _add_host(facts: Facts, given: Mapping[str, Any], by: str, _key: UUID) -> None:
    life.add_host(facts.ref.code, given["host"], primary=given["primary"], by=by)


def _remove_host(facts: Facts, given: Mapping[str, Any], by: str, _key: UUID) -> None:
    life.remove_host(facts.ref.code, given["host"], by=by)


def _limit(facts: Facts, given: Mapping[str, Any], by: str, _key: UUID) -> None:
    life.set_limits(facts.ref.code, given, by=by)


def _ask_deletion(facts: Facts, _given: Mapping[str, Any], by: str, _key: UUID) -> None:
    deletion.ask(facts.ref.code, by)


def _withdraw(facts: Facts, _given: Mapping[str, Any], by: str, _key: UUID) -> None:
    deletion.withdraw(facts.ref.code, by)


def _confirm(facts: Facts, _given: Mapping[str, Any], by: str, key: UUID) -> UUID:
    return asking.ask_for_deletion(facts.ref.code, by=by, key=key)


def _back_up(facts: Facts, _given: Mapping[str, Any], by: str, key: UUID) -> UUID:
    return asking.ask_for_backup(facts.ref.code, by=by, key=key)


def _export(facts: Facts, _given: Mapping[str, Any], by: str, key: UUID) -> UUID:
    return asking.ask_for_export(facts.ref.code, by=by, key=key)


def _move(facts: Facts, given: Mapping[str, Any], by: str, key: UUID) -> UUID:
    return asking.ask_for_move(facts.ref.code, given["server"], by=by, key=key)


def _migrate(facts: Facts, _given: Mapping[str, Any], by: str, key: UUID) -> UUID:
    return asking.ask_for_migration(facts.ref.code, by=by, key=key)


def _suspend_fields(facts: Facts) -> Sequence[Field]:
    ways = [(READING, "只读：可以查看，不能提交"), (CLOSED, "停用：页面也不能打开")]
    hint = "想提交的人会看到这段话。不填时显示统一的说明。"
    return (
        text_field("how", "方式", kind="radio", options=ways, value=READING),
        text_field("notice", "提示语", kind="longtext", rows=3, hint=hint, value=facts.ref.notice, required=False),
    )


def _name_fields(facts: Facts) -> Sequence[Field]:
    return (text_field("name", "城市名称", value=facts.ref.name, maxlength=LONGEST_NAME),)


def _host_fields(_facts: Facts) -> Sequence[Field]:
    hint = "不带 http:// 和端口，例如 sfj.example.cn。域名要先解析到本平台。"
    return (
        text_field("host", "网址", hint=hint),
        text_field("primary", "设为主网址，印在文书上、用在链接里", kind="boolean", required=False),
    )


def _known_hosts(facts: Facts) -> Sequence[Field]:
    return (text_field("host", "要取消的网址", kind="choice", options=[(host, host) for host in facts.hosts]),)


def _quota_fields(facts: Facts) -> Sequence[Field]:
    limits = asdict(facts.ref.limits)
    return [
        text_field(
            name, label, kind="integer", unit=unit, value=limits[name], hint="不填或填 0 表示不限。", required=False
        )
        for name, label, unit in QUOTAS
    ]


def _server_fields(facts: Facts) -> Sequence[Field]:
    others = [(name, name) for name in placement.list_places() if name != facts.ref.server]
    hint = f"现在在 {facts.ref.server}。"
    if not others:
        hint += "没有登记别的服务器，请先用 flask server add 登记。"
    return (text_field("server", "搬到", kind="choice", options=others, hint=hint),)


def _code_fields(_facts: Facts) -> Sequence[Field]:
    return (text_field("code", "请输入这个城市的代码，表示您确认要注销它"),)


ACTS: Mapping[str, Act] = {
    "suspend": Act(
        "暂停受理",
        "已经提交的内容都保留。恢复以后照常办理。",
        _suspend,
        "已经暂停受理。",
        _suspend_fields,
        SuspendSchema,
    ),
    "resume": Act("恢复受理", "恢复以后，群众和工作人员可以照常提交。", _resume, "已经恢复受理。"),
    "rename": Act("更改名称", "代码、网址和数据都不变。", _rename, "名称已经更改。", _name_fields, NameSchema),
    "add-host": Act(
        "增加网址", "新网址与原来的网址一样通往这个城市。", _add_host, "网址已经增加。", _host_fields, HostSchema
    ),
    "remove-host": Act(
        "取消网址", "取消以后，这个网址不再通往这个城市。", _remove_host, "网址已经取消。", _known_hosts, HostSchema
    ),
    "quota": Act(
        "调整用量上限",
        "达到上限时，系统会提示不能再增加；已有的不受影响。",
        _limit,
        "用量上限已经调整。",
        _quota_fields,
        QuotaSchema,
    ),
    "backup": Act("立即备份", "制作一个加密的备份文件，期间照常办理。", _back_up),
    "export": Act(
        "导出全部数据",
        "写成不用本系统也能读的文件夹，留在服务器的备份目录里，只有服务器管理员能取走；运维页面不提供下载。",
        _export,
    ),
    "move": Act(
        "搬到另一台服务器", "搬迁时可以查看，有几秒到一分钟不能提交。", _move, ask=_server_fields, schema=ServerSchema
    ),
    "migrate": Act("升级数据结构", "把数据结构升到程序的最新版本，期间有几秒不能提交。", _migrate),
    "ask-deletion": Act(
        "申请注销",
        "申请以后照常办理，等待期满再由另一名运维人员确认，才会删除。等待期内可以撤回。",
        _ask_deletion,
        "已经申请注销。等待期满以后，请另一名运维人员确认。",
        _code_fields,
        CodeSchema,
        is_grave=True,
        typed=True,
    ),
    "withdraw-deletion": Act("撤回注销申请", "撤回以后，要注销需重新申请。", _withdraw, "注销申请已经撤回。"),
    "confirm-deletion": Act(
        "确认注销",
        "删除这个城市的全部数据、文件和账号，不能恢复；以前的备份文件仍在备份目录里，由保管人按期销毁。",
        _confirm,
        ask=_code_fields,
        schema=CodeSchema,
        is_grave=True,
        typed=True,
    ),
}
