"""What may differ in each kind of part, and how it is said: a function per attribute, from old and new to sentences."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from saas.workflow.difference.words import KINDS, MODES, STRATEGIES, TO, UNITS, VERBS, Names, listed, many, shortened

Says = Callable[[Any, Any, Names], Iterator[str]]


def plain(name: str) -> Says:
    """A value that is replaced: `name` is what it is called."""

    def say(old: Any, new: Any, _names: Names) -> Iterator[str]:  # noqa: ANN401
        if new in (None, ""):
            yield f"去掉{name}“{shortened(old)}”"
        elif old in (None, ""):
            yield f"增加{name}“{shortened(new)}”"
        else:
            yield f"{name}由“{shortened(old)}”改为“{shortened(new)}”"

    return say


def switch(on: str, off: str) -> Says:
    """Something that is so or not."""

    def say(_old: Any, new: Any, _names: Names) -> Iterator[str]:  # noqa: ANN401
        yield on if new else off

    return say


def grown(name: str, kind: str = "others") -> Says:
    """A list of ids: which came, which went; the order alone is said too."""

    def say(old: Any, new: Any, names: Names) -> Iterator[str]:  # noqa: ANN401
        titles: Mapping[str, str] = getattr(names, kind)
        before, after = many(old), many(new)
        if added := [one for one in after if one not in before]:
            yield f"增加{name}{listed(added, titles)}"
        if removed := [one for one in before if one not in after]:
            yield f"去掉{name}{listed(removed, titles)}"
        if not added and not removed:
            yield f"{name}的次序改为{listed(after, titles)}"

    return say


def replaced(sentence: str, kind: str, empty: str) -> Says:
    """Ids that are named anew: `{}` is where they stand in the sentence."""

    def say(_old: Any, new: Any, names: Names) -> Iterator[str]:  # noqa: ANN401
        yield sentence.format(listed(new, getattr(names, kind))) if many(new) else empty

    return say


def conditions(old: Any, new: Any, _names: Names) -> Iterator[str]:  # noqa: ANN401
    """Guards, each by its refusal, which is what people know it by."""
    before, after = [_guard(one) for one in many(old)], [_guard(one) for one in many(new)]
    yield from (f"增加条件：{that}（不满足时提示：{said}）" for that, said in after if (that, said) not in before)
    yield from (f"去掉条件：{that}" for that, said in before if (that, said) not in after)


def _guard(one: Any) -> tuple[str, str]:  # noqa: ANN401
    return (str(one.get("that")), str(one.get("refuse"))) if isinstance(one, Mapping) else (str(one), "还不具备条件")


def flags(old: Any, new: Any, _names: Names) -> Iterator[str]:  # noqa: ANN401
    """Marks set and taken away."""
    for key, word in (("set", "设置标记"), ("clear", "取消标记")):
        before, after = many((old or {}).get(key)), many((new or {}).get(key))
        if before != after:
            yield f"{word}改为{listed(after, {})}" if after else f"不再{word}"


def message(_old: Any, new: Any, _names: Names) -> Iterator[str]:  # noqa: ANN401
    """Who is told what."""
    yield f"通知{TO[new['to']]}：{shortened(new['title'])}" if new else "不再发通知"


def sign(_old: Any, new: Any, names: Names) -> Iterator[str]:  # noqa: ANN401
    """Whose agreement is needed."""
    if not new:
        yield "不再需要会签"
        return
    ratio = f"，不少于{new['ratio']}%" if new.get("mode") == "ratio" else ""
    yield f"需要{listed(new['by'], names.roles)}会签（{MODES[new.get('mode', 'all')]}{ratio}）"


def propose(_old: Any, new: Any, names: Names) -> Iterator[str]:  # noqa: ANN401
    """How a handler is found."""
    way = STRATEGIES[new.get("strategy", "load")] if new else ""
    yield f"推荐承办人：{listed(new['role'], names.roles)}中{way}" if new else "不再推荐承办人"


def verbs(old: Any, new: Any, _names: Names) -> Iterator[str]:  # noqa: ANN401
    """What can be done without being drawn."""
    if new is None:
        yield "可用的操作改为随流程的设置"
        return
    before, after = many(old), many(new)
    if added := [VERBS[one] for one in after if one not in before]:
        yield f"可以{'、'.join(added)}"
    if removed := [VERBS[one] for one in before if one not in after]:
        yield f"不再可以{'、'.join(removed)}"


def extension(_old: Any, new: Any, names: Names) -> Iterator[str]:  # noqa: ANN401
    """By how much a limit may be extended."""
    yield (
        f"可以由{listed(new['on'], names.steps)}延长，最多{new['max']}、{new.get('times', 1)}次"
        if new
        else "不再可以延长"
    )


def _kind(old: Any, new: Any, _names: Names) -> Iterator[str]:  # noqa: ANN401
    yield f"性质由{KINDS.get(old, old)}改为{KINDS.get(new, new)}"


def _unit(old: Any, new: Any, _names: Names) -> Iterator[str]:  # noqa: ANN401
    yield f"单位由{UNITS.get(old, old)}改为{UNITS.get(new, new)}"


def _values(old: Any, new: Any, _names: Names) -> Iterator[str]:  # noqa: ANN401
    before, after = dict(old or {}), dict(new or {})
    yield from (f"{day}起为{value}" for day, value in after.items() if before.get(day) != value)
    yield from (f"去掉{day}起的数值" for day in before if day not in after)


def _rows(old: Any, new: Any, _names: Names) -> Iterator[str]:  # noqa: ANN401
    before, after = many(old), many(new)
    for row in after:
        if row not in before:
            yield f"增加一行：{_row(row)}"
    yield from (f"去掉一行：{_row(row)}" for row in before if row not in after)
    if not [row for row in [*before, *after] if row not in before or row not in after]:
        yield "各行的次序有调整"


def _row(row: Mapping[str, Any]) -> str:
    cells = "，".join(f"{name}为{shortened(cell)}" for name, cell in (row.get("if") or {}).items()) or "任何情形"
    return f"{cells}时，得出“{row.get('then')}”"


TITLE = plain("名称")
LAW = plain("依据")
STEP: Mapping[str, Says] = {
    "title": TITLE,
    "from": replaced("改为从{}出发", "states", "不再从任何环节出发"),
    "to": replaced("去向改为{}", "states", "没有去向"),
    "by": replaced("改由{}办理", "roles", "没有人办理"),
    "form": replaced("表单改为{}", "others", "不再填写表单"),
    "documents": grown("文书"),
    "when": conditions,
    "checks": grown("核对规则"),
    "law": LAW,
    "only": switch("只能由承办人办理", "不再限于承办人办理"),
    "not_same_as": grown("须由另一人办理的限制：与", "steps"),
    "assign": plain("确定承办人的方式"),
    "flags": flags,
    "confirm": plain("办理前的提醒"),
    "primary": switch("改为主要步骤", "不再是主要步骤"),
    "quiet": switch("不在办理页突出显示", "在办理页正常显示"),
    "comment": switch("需要填写意见", "不再填写意见"),
    "file": plain("须有的材料"),
    "message": message,
    "sign": sign,
    "propose": propose,
    "cancel": switch("并行的事项没有完成也可以办理", "并行的事项完成后才能办理"),
    "source": plain("来源"),
}
STATE: Mapping[str, Says] = {
    "title": TITLE,
    "public": plain("给当事人看的说明"),
    "next": plain("请当事人做的事"),
    "queue": replaced("改为等待{}办理", "roles", "不再有人待办"),
    "handler": switch("改由承办人办理", "不再由承办人办理"),
    "end": switch("改为办结环节", "不再是办结环节"),
    "phase": plain("所属阶段"),
    "outcome": plain("结果"),
    "verbs": verbs,
}
REGION: Mapping[str, Says] = {
    "title": TITLE,
    "initial": replaced("改为从{}开始", "states", "没有开始的环节"),
    "final": replaced("到{}算完成", "states", "没有完成的环节"),
}
CLOCK: Mapping[str, Says] = {
    "title": TITLE,
    "kind": _kind,
    "n": plain("时限"),
    "setting": plain("取值的设置"),
    "unit": _unit,
    "start": replaced("改为从{}起算", "steps", "不再起算"),
    "stop": replaced("改为到{}为止", "steps", "不再停止"),
    "pause": replaced("改为由{}中止", "steps", "不再中止"),
    "resume": replaced("改为由{}恢复", "steps", "不再恢复"),
    "extend": extension,
    "from": plain("起算日的字段"),
    "until": plain("停止日的字段"),
    "given": plain("适用的情形"),
    "warn": replaced("提醒的时候改为{}", "others", "不再提醒"),
    "law": LAW,
    "verified": switch("依据已经核对", "依据还没有核对"),
    "roll": switch("最后一天放假时顺延", "最后一天放假时不顺延"),
    "public": switch("对当事人公开", "不再对当事人公开"),
    "promise": plain("承诺时限"),
}
DECISION: Mapping[str, Says] = {
    "title": TITLE,
    "inputs": plain("判断的依据"),
    "hit": plain("取值的方式"),
    "rules": _rows,
}
PARAM: Mapping[str, Says] = {
    "title": TITLE,
    "values": _values,
    "law": LAW,
    "verified": switch("依据已经核对", "依据还没有核对"),
    "unit": plain("单位"),
}
PAPER: Mapping[str, Says] = {
    "title": TITLE,
    "paragraphs": grown("段落"),
    "law": LAW,
    "receipt": switch("附送达回证", "不再附送达回证"),
}
FIGURE: Mapping[str, Says] = {
    "title": TITLE,
    "event": replaced("改为统计{}", "steps", "不再统计任何步骤"),
    "amount_field": plain("合计的字段"),
    "unit": plain("单位"),
}
FIELD: Mapping[str, Says] = {
    "label": plain("名称"),
    "type": plain("类型"),
    "required": switch("改为必填", "改为选填"),
    "hint": plain("提示"),
    "min": plain("最小值"),
    "max": plain("最大值"),
    "max_length": plain("最多字数"),
    "options": plain("选项"),
    "list": plain("代码表"),
    "show_if": plain("显示的条件"),
    "mask": plain("打码方式"),
    "default": plain("默认值"),
    "unit": plain("单位"),
}
PAGE: Mapping[str, Says] = {
    "way": replaced("申请的方式改为{}", "steps", "没有申请的方式"),
    "title": TITLE,
    "summary": plain("概要"),
    "who": plain("申请条件"),
    "bring": plain("需要的材料"),
    "time": plain("办理时间"),
    "fee": plain("费用"),
    "place": plain("办理地点"),
    "law": plain("依据"),
}
