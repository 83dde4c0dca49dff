"""Definitions nobody should hand in: refused within two seconds, with every reason and its place."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import yaml

from saas.workflow import definition
from saas.workflow.definition import DefinitionError, parse, read_text
from tests.saas.workflow import packs, samples
from tests.saas.workflow.checks import library

SECONDS = 2


@contextmanager
def in_time() -> Iterator[None]:
    began = time.process_time()
    yield
    assert time.process_time() - began < SECONDS


def refused(text: str) -> set[tuple[str, str]]:
    """The places and sentences a text is refused with."""
    with in_time(), pytest.raises(DefinitionError) as error:
        parse(read_text(text))
    assert {problem.code for problem in error.value.problems} == {"WF000"}
    return {(problem.place, problem.message) for problem in error.value.problems}


def written(body: dict[str, Any]) -> str:
    return yaml.safe_dump(body, allow_unicode=True, sort_keys=False)


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: [", "第2行", "YAML"),
        ("\ta: 1", "第1行", "YAML"),
        ("a: 1\n b: 2\n", "第2行", "YAML"),
        ("just words", "全文", "名称: 值"),
        ("- a\n- b\n", "全文", "名称: 值"),
        ("", "全文", "名称: 值"),
        ("a: 1\n---\nb: 2\n", "第2行", "YAML"),
        ("states: {}\nstates: {}\n", "第2行", "重复"),
        ("1: a\n", "第1行", "须是文字"),
        ("? [a]\n: b\n", "第1行", "须是文字"),
        ("a: &x {b: 1}\nc: *x\n", "第1行", "不能引用"),
        ("a: &x\n  b: *x\n", "第1行", "不能引用"),
        (LAUGHS, "第1行", "不能引用"),
        ("[" * 100_000, "全文", "太深"),
        ("a: " + "{a: " * 5000, "全文", "太深"),
        ("- " * 50_000 + "a", "全文", "太深"),
        ("a: " + "9" * 6000, "全文", "数字太大"),
        ("a: " + "x" * 2_000_001, "全文", "拆小"),
        ("a: !!python/object/apply:os.system [id]\n", "第1行", "YAML"),
    ],
    ids=lambda value: str(value)[:16],
)
def test_what_is_no_plain_yaml_is_refused_at_its_line(text: str, place: str, words: str) -> None:
    assert any(one == place and words in said for one, said in refused(text))


def test_every_repeated_key_is_told() -> None:
    found = refused("a: 1\na: 2\nb: {c: 1, c: 2}\nd: 1\nd: 2\n")

    assert {place for place, _ in found} == {"第2行", "第3行", "第5行"}


@pytest.mark.parametrize(
    ("path", "value", "place", "words"),
    [
        ("format", "casework/2", "format", "请先升级系统"),
        ("format", "bpmn", "format", "casework/1"),
        ("colour", "red", "colour", "没有“colour”这个设置项"),
        ("state", {}, "state", "是否想写 states？"),
        ("initial", None, "initial", "不能为空"),
        ("version", "one", "version", "须填写整数"),
        ("transitions.0.form", ["a"], "transitions.accept.form", "须填写文字"),
        ("transitions.0.by", [], "transitions.accept.by", "至少要有一项"),
        ("transitions.0.tittle", "x", "transitions.accept.tittle", "是否想写 title？"),
        ("transitions.0.id", "Accept!", "transitions.Accept!.id", "小写字母"),
        ("transitions.0.only", "boss", "transitions.accept.only", "格式须为"),
        ("states.asked.handler", "perhaps", "states.asked.handler", "true 或 false"),
        ("states.asked", 5, "states.asked", "名称: 值"),
        ("clocks.review.kind", "whim", "clocks.review.kind", "只能是：duty、right、notice、fixed"),
        ("clocks.review.unit", "week", "clocks.review.unit", "只能是：day、workday、month、hour"),
        ("clocks.review.n", 10**9, "clocks.review.n", "请改正"),
        ("clocks.review.n", None, "clocks.review.n", "期限的长度"),
        ("transitions", {"a": 1}, "transitions", "须是列表"),
        ("states", ["a"], "states", "名称: 值"),
        ("invariants", [{"must_pass": "accept"}], "invariants.0", "必经、禁止、分设"),
        ("params", {"p": {"title": "数", "values": {"soon": 1}}}, "params.p.values.soon", "须是日期"),
        ("decisions", {"d": {"title": "表", "inputs": {"a": "text"}, "rules": []}}, "decisions.d.inputs.a", "输入列"),
    ],
)  # fmt: skip
def test_a_wrong_shape_is_told_at_its_place(path: str, value: object, place: str, words: str) -> None:
    body: Any = samples.body()
    *parents, last = path.split(".")
    part = body
    for key in parents:
        part = part[int(key) if key.isdigit() else key]
    part[last] = value

    with in_time(), pytest.raises(DefinitionError) as error:
        parse(body)

    assert any(one.place == place and words in one.message for one in error.value.problems), error.value.problems


def test_all_that_is_missing_is_told_at_once() -> None:
    with pytest.raises(DefinitionError) as error:
        parse({"format": "casework/1", "key": "a.b"})

    places = {problem.place for problem in error.value.problems}
    assert places == {"title", "version", "initial", "domain", "roles", "opens", "states", "transitions"}


def test_a_form_that_stands_twice_is_refused() -> None:
    body = library.body()
    body["forms"].append(body["forms"][0])

    with pytest.raises(DefinitionError, match="重复"):
        parse(body)


def chain(steps: int) -> dict[str, Any]:
    """A long process: one state after the other, each with a guard and a way back."""
    states: dict[str, dict[str, Any]] = {
        f"s{n}": {"title": f"第{n}步", "public": "办理中", "queue": ["clerk"]} for n in range(steps)
    }
    states |= {"done": {"title": "办结", "public": "已办结", "end": True}}
    names = [*states]
    return samples.body() | {
        "initial": "s0",
        "states": states,
        "clocks": {},
        "invariants": [{"must_pass": f"t{steps // 2}", "before": "done"}],
        "transitions": [_link(n, names) for n in range(steps)],
    }


def _link(n: int, names: list[str]) -> dict[str, Any]:
    ends = {"from": names[n], "to": names[n + 1]}
    return {"id": f"t{n}", "title": "下一步", **ends, "by": ["clerk"], "when": f"case.missing <= {n}"}


def test_a_definition_of_two_thousand_steps_is_refused() -> None:
    found = refused(written(chain(2000)))

    assert any(place == "transitions" and "最多" in words for place, words in found)


def test_the_longest_definition_that_is_read_is_checked_in_time() -> None:
    text = written(chain(500))

    with in_time():
        parsed = parse(read_text(text))
        library_found = definition.check(parsed, {}, ["loan.request"], [])

    assert "WF301" not in {problem.code for problem in library_found}


def _by(body: dict[str, Any]) -> None:
    body["transitions"][0]["by"] = ["ghost", "phantom"]
    body["transitions"][2]["when"] = "case.ghost > 1 && case.nothing"
    body["states"]["asked"]["queue"] = ["spectre"]


def _circle(body: dict[str, Any]) -> None:
    body["transitions"][-1]["to"] = "checked"
    body["transitions"][-2]["to"] = "checked"


@pytest.mark.parametrize(("plant", "codes"), [(_by, {"WF011", "WF202"}), (_circle, {"WF101"})])
def test_wrong_names_and_circles_are_told_with_all_their_places(
    plant: Callable[[dict[str, Any]], None], codes: set[str]
) -> None:
    body = library.body()
    plant(body)

    with in_time():
        found = library.found(parse(read_text(written(body))).body)  # type: ignore[arg-type]

    assert codes <= {problem.code for problem in found}
    assert all(problem.place and problem.message for problem in found)


@pytest.mark.parametrize("name", packs.NAMES)
def test_a_pack_reads_back_from_its_text(name: str) -> None:
    body = packs.pack(name)

    assert parse(read_text(written(body))) == parse(body)
