"""Reading process definitions."""

from pathlib import Path
from typing import Any

import pytest

from saas.workflow.definition import DefinitionError, load, parse
from tests.saas.workflow import samples


def test_a_definition_becomes_typed_values() -> None:
    definition = samples.definition()

    accept = definition.find_transition("accept")
    assert accept is not None
    assert (accept.sources, accept.set_flags, accept.when[0].law) == (("asked",), ("checked",), "借阅规则第一条")
    assert (definition.opens[0].to, definition.states["lent"].end) == ("asked", True)
    assert [definition.title_of(action) for action in ("ask", "lend", "gone")] == ["申请", "准予借出", "gone"]


def test_a_clock_is_a_plain_rule_with_its_defaults() -> None:
    rule = samples.definition().clocks["review"]

    assert (rule["roll"], rule["pause"], rule["extend"]["times"], rule["public"]) == (True, [], 1, False)


def test_a_clock_may_start_from_a_day_a_form_names() -> None:
    body = samples.body()
    body["clocks"]["review"]["from"] = "asked_on"

    assert parse(body).clocks["review"]["from"] == "asked_on"


def _set(body: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    *parents, last = path.split(".")
    part: Any = body
    for key in parents:
        part = part[int(key) if key.isdigit() else key]
    part[last] = value
    return body


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("colour", "red"),
        ("format", "casework/2"),
        ("states.asked.colour", "red"),
        ("transitions.0.only", "boss"),
        ("transitions.0.by", []),
        ("transitions.0.id", "Accept!"),
        ("clocks.review.kind", "whim"),
        ("clocks.review.n", None),
        ("clocks.review.warn", ["soon"]),
        ("invariants", [{"must_pass": "accept"}]),
        ("invariants", [{"never": {"by": "clerk"}}]),
        ("fields", {"case.n": "double"}),
    ],
)
def test_a_wrong_shape_is_refused(path: str, value: object) -> None:
    with pytest.raises(DefinitionError, match=r"library\.loan"):
        parse(_set(samples.body(), path, value))


def test_a_file_is_read_as_plain_values(tmp_path: Path) -> None:
    path = tmp_path / "loan.yaml"
    path.write_text("format: casework/1\nclocks: {a: {extend: {on: e}}}\n", encoding="utf-8")

    assert load(path) == {"format": "casework/1", "clocks": {"a": {"extend": {"on": "e"}}}}


def test_a_file_with_a_repeated_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "loan.yaml"
    path.write_text("states: {}\nstates: {}\n", encoding="utf-8")

    with pytest.raises(DefinitionError, match="第2行：名称“states”重复"):
        load(path)
