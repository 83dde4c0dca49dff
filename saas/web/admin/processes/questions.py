"""What the property form of each kind of part asks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from saas.web.admin.processes.desk import Desk, Options
from saas.workflow.difference.words import MODES, TO
from saas.workflow.editing import Lock


@dataclass(frozen=True)
class Question:
    """One field of a property form: the key it fills in (`message.title` is inside `message`) and how it is asked."""

    key: str
    label: str
    kind: str = "text"
    options: Sequence[tuple[str, str]] = ()
    hint: str | None = None
    required: bool = False
    longest: int = 60
    more: bool = False
    """Whether it is asked under a heading that is folded away."""

    @property
    def name(self) -> str:
        """The name of its input."""
        return self.key.replace(".", "-")


_RARE: Mapping[str, frozenset[str]] = {
    "states": frozenset({"verbs"}),
    "transitions": frozenset(
        {"only", "assign", "not_same_as", "sign", "comment", "confirm", "primary", "message", "law"}
    ),
    "opens": frozenset({"message"}),
    "clocks": frozenset({"pause", "resume", "extend", "verified"}),
}
"""By kind the keys that most parts do without."""


def of(desk: Desk, kind: str, lock: Lock | None) -> list[Question]:
    """The questions about a part of a kind."""
    rare = _RARE.get(kind, frozenset())
    return [replace(one, more=one.key.partition(".")[0] in rare) for one in _ASKED[kind](desk, lock)]


def _text(key: str, label: str, *, hint: str | None = None, longest: int = 200) -> Question:
    return Question(key, label, "longtext" if longest > 100 else "text", hint=hint, longest=longest)  # noqa: PLR2004


def _name(label: str = "名称") -> Question:
    return Question("title", label, required=True)


def _about_state(desk: Desk, _lock: Lock | None) -> list[Question]:
    phases = [(one, one) for one in desk.body.get("phases", ())]
    return [
        _name("环节名称"),
        Question("queue", "办理角色", "multichoice", desk.titles("roles"), hint="案件到这里，进入这些角色的待办。"),
        Question("handler", "由承办人办理", "boolean"),
        Question("end", "到这里办结", "boolean"),
        Question("phase", "所在阶段", "choice", phases),
        _text("public", "给当事人看的说明", hint="用当事人听得懂的话，例如“正在审查您的申请”。"),
        _text("next", "请当事人做什么"),
        Question("verbs", "这里可以用的通用操作", "multichoice", desk.verbs(), hint="都不选，就和整个流程一样。"),
    ]


def _about_step(desk: Desk, lock: Lock | None) -> list[Question]:
    steps = _people(desk, lock)
    others = desk.actions
    return [
        _name("办理事项的名称"),
        Question("from", "从哪些环节出发", "multichoice", desk.titles("states"), required=True),
        Question("to", "去向", "choice", _targets(desk, lock), required=True),
        Question("by", "办理人", "multichoice", steps, required=True),
        Question("only", "只能由承办人办理", "boolean"),
        Question("assign", "办完后由谁承办", "choice", _handlers(desk), hint="去向由承办人办理时填写。"),
        *_paperwork(desk),
        Question("not_same_as", "办理人不能是办过这些事项的人", "multichoice", others),
        Question("sign.by", "会签：要哪些角色同意", "multichoice", desk.titles("roles")),
        Question("sign.mode", "会签方式", "choice", list(MODES.items()), hint="选了会签角色时填写。"),
        Question("sign.ratio", "会签比例（%）", "integer", hint="方式是“按比例”时填写 1 到 100。"),
        Question("comment", "办理意见", "choice", [("optional", "可以填写"), ("required", "必须填写")]),
        Question("confirm", "提交前的提醒", longest=100),
        Question("primary", "放在最前面，作为主要事项", "boolean"),
        *_telling(),
        Question("law", "依据", longest=100, hint="法律、法规或者文件的名称和条款。"),
    ]


def _handlers(desk: Desk) -> Options:
    """Who may become the handler: who takes the step, or whom one of its answers names."""
    named = {one.id: one.label for form in desk.known.fields.values() for one in form.fields if one.type == "person"}
    return [("actor", "办理人自己"), *((id_, f"表单里选的“{label}”") for id_, label in sorted(named.items()))]


def _targets(desk: Desk, lock: Lock | None) -> Options:
    """Where a step may lead: a step of the law's to where it led, or through states of the city's own."""
    lawful = (desk.base or {}).get("states", {}) if lock else {}
    return [one for one in desk.titles("states") if one[0] not in lawful or (lock and one[0] == lock.part["to"])]


def _about_way(desk: Desk, lock: Lock | None) -> list[Question]:
    return [
        _name("收件方式的名称"),
        Question("by", "由谁提出", "multichoice", _people(desk, lock), required=True),
        Question("to", "去向", "choice", desk.titles("states"), hint="不选，就到开始环节。"),
        *_paperwork(desk),
        *_telling(),
        Question("law", "依据", longest=100),
    ]


def _paperwork(desk: Desk) -> list[Question]:
    return [
        Question("form", "填写的表单", "choice", desk.forms),
        Question("documents", "生成的文书", "multichoice", desk.documents),
    ]


def _telling() -> list[Question]:
    return [
        Question("message.to", "办完后通知谁（抄送）", "choice", list(TO.items())),
        Question("message.title", "通知标题"),
        _text("message.body", "通知内容"),
    ]


def _people(desk: Desk, lock: Lock | None) -> Options:
    """Who may take a step: any role, of a step of the law's only those it names."""
    allowed = lock.part.get("by") if lock else None
    return [one for one in desk.titles("roles") if allowed is None or one[0] in allowed]


def _about_clock(desk: Desk, _lock: Lock | None) -> list[Question]:
    actions = desk.actions
    return [
        _name("时限名称"),
        Question("kind", "性质", "choice", _CLOCK_KINDS, required=True),
        Question("n", "时长", "integer", hint="由“参数设置”规定时长的，这里不填。"),
        Question("unit", "单位", "choice", _UNITS, required=True),
        Question("start", "从哪一步起算", "multichoice", actions, required=True),
        Question("stop", "到哪一步停止", "multichoice", actions),
        Question("pause", "从哪一步中止", "multichoice", actions),
        Question("resume", "从哪一步恢复", "multichoice", actions),
        Question("extend.on", "哪一步可以延长", "choice", actions),
        Question("extend.max", "最多延长多久", "integer", hint="单位与时长相同。"),
        Question("warn", "用掉多少时提醒", "multichoice", [(f"{n}%", f"{n}%") for n in (50, 70, 80, 90)]),
        Question("public", "当事人也能看到", "boolean"),
        Question("law", "依据", longest=100, hint="没有依据的时限不能发布。"),
        Question("verified", "依据已经对照原文核对", "boolean"),
    ]


_CLOCK_KINDS: Options = [
    *(("duty", "机关应当在此前办结"), ("right", "当事人可以在此前行使权利")),
    *(("notice", "至少要提前这么久通知"), ("fixed", "固定期限")),
]
_UNITS: Options = [("workday", "工作日"), ("day", "日"), ("month", "月"), ("hour", "小时")]


def _about_role(desk: Desk, _lock: Lock | None) -> list[Question]:
    free = desk.free_roles()
    return [
        Question("code", "本市的角色", "choice", free, hint="没有合适的，请先在“角色与权限”里新增。"),
        Question("title", "在这个流程里的称呼", required=True, hint="例如“窗口受理员”。"),
    ]


def _about_rule(desk: Desk, _lock: Lock | None) -> list[Question]:
    places = [*desk.titles("states"), *desk.actions]
    return [
        Question("must_pass", "必须经过", "choice", places, hint="与“才能到”一起填写。"),
        Question("before", "才能到", "choice", places),
        Question("never.by", "不得由这个角色", "choice", desk.titles("roles"), hint="与“办到”一起填写。"),
        Question("never.to", "办到", "choice", desk.titles("states")),
        Question("separate", "必须由两个人分别办理的两项", "multichoice", desk.actions, hint="正好选两项。"),
        Question("why", "原因", longest=100),
        Question("law", "依据", longest=100),
    ]


_ASKED: Mapping[str, Callable[[Desk, Lock | None], list[Question]]] = {
    "states": _about_state,
    "transitions": _about_step,
    "opens": _about_way,
    "clocks": _about_clock,
    "roles": _about_role,
    "invariants": _about_rule,
}


def head(desk: Desk) -> list[Question]:
    """The questions about the process as a whole."""
    return [
        _name("流程名称"),
        Question("phases", "阶段", "lines", hint="一行一个，按先后顺序；办理进度按阶段显示。", longest=400),
        Question("verbs", "通用操作", "multichoice", desk.verbs(), hint="不用画在图上，每个环节都能用。"),
    ]


def value_at(part: Mapping[str, Any], key: str) -> Any:  # noqa: ANN401  any value of a body
    """What a part has under a key of a question."""
    outer, _, inner = key.partition(".")
    found = part.get(outer)
    return found.get(inner) if inner and isinstance(found, Mapping) else found if not inner else None
