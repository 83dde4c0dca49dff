"""The sheet of a draw: everything somebody needs to draw again and compare, as plain values."""

from typing import Any

from saas import clock
from saas.inspections import draw as drawing
from saas.inspections import queries
from saas.inspections.models import Item, Plan

HOW = (
    "所有摘要都是 SHA-256，文本按 UTF-8 编码，结果写成小写十六进制。",
    "名单摘要 digest：把下列各行用换行符（LF）连接后取摘要。",
    "前三行是：format 的值；“share_percent ”加抽取比例；“per_object ”加每个对象的检查人数。",
    "接着一行“objects”，下面是按字符顺序排列的对象编号，每行一个。",
    "再一行“inspectors”，下面是按字符顺序排列的检查人员编号，每行一个。",
    "名单摘要在产生种子 seed 之前固定。",
    "抽取对象：计算每个对象的 sha256(种子:对象编号)，从小到大排列，按抽取比例取前面的部分，有小数的进一。",
    "抽取检查人员：按抽出的顺序，逐个对象从没有回避（recused）的检查人员中取 per_object 人。",
    "已分到的对象少的在前；一样多的，按 sha256(种子:对象编号:检查人员编号) 从小到大。",
    "得到的结果应当与 drawn 一致。抽取以后因回避更换的，列在 replaced 中。",
)


def sheet(made: Plan) -> dict[str, Any]:
    """The lists, their digest, the seed and what came out, as far as the plan has come."""
    items, people = queries.list_items(made), queries.list_inspectors(made)
    refs, users = {one.id: one.ref for one in items}, {one.id: str(one.user_id) for one in people}
    recusals = queries.list_recusals(made)
    drawn = queries.list_drawn(made)
    return {
        "format": drawing.FORMAT,
        "how": list(HOW),
        "title": made.title,
        "kind": queries.get_kind(made.kind).title,
        "unit": made.unit.name,
        "share_percent": made.share,
        "per_object": made.per_object,
        "objects": [{"id": one.ref, "title": one.title, "unit": one.unit_name} for one in items],
        "inspectors": [{"id": str(one.user_id), "name": one.name} for one in people],
        "digest": made.digest,
        "frozen_at": clock.local(made.frozen_at).isoformat() if made.frozen_at else None,
        "recused": [
            {"object": refs[one.item_id], "inspector": users[one.inspector_id]} for one in recusals if not one.late
        ],
        "seed": made.seed,
        "drawn_at": clock.local(made.drawn_at).isoformat() if made.drawn_at else None,
        "drawn": [{"object": one.ref, "inspectors": _first(one)} for one in drawn],
        "replaced": [line for one in drawn for line in _replaced(one)],
    }


def agrees(made: Plan) -> bool:
    """Whether drawing again from what is kept comes to what was drawn, and the lists to their digest."""
    told = sheet(made)
    objects, people = [one["id"] for one in told["objects"]], [one["id"] for one in told["inspectors"]]
    if drawing.digest(objects, made.share, people, made.per_object) != made.digest or made.seed is None:
        return False
    out: dict[str, set[str]] = {}
    for one in told["recused"]:
        out.setdefault(one["object"], set()).add(one["inspector"])
    again = drawing.draw(made.seed, objects, made.share, people, made.per_object, out)
    return [(one["object"], tuple(one["inspectors"])) for one in told["drawn"]] == list(again.pairs.items())


def _first(item: Item) -> list[str]:
    return [str(one.inspector.user_id) for one in item.assignments if one.replaces_id is None]


def _replaced(item: Item) -> list[dict[str, str]]:
    by_id = {one.id: one for one in item.assignments}
    return [
        {
            "object": item.ref,
            "out": str(by_id[one.replaces_id].inspector.user_id),
            "in": str(one.inspector.user_id),
            "at": clock.local(one.since).isoformat(),
        }
        for one in item.assignments
        if one.replaces_id is not None
    ]
