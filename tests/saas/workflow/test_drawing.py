"""The map is one SVG without script or style, says everything in words too, and every step can be reached."""

import re
from xml.etree import ElementTree as ET

import pytest

from saas.workflow import drawing
from saas.workflow.definition import parse
from saas.workflow.process import Definition
from tests.saas.workflow import samples

NAMESPACE = {"s": "http://www.w3.org/2000/svg"}


def root(drawn: str) -> ET.Element:
    return ET.fromstring(drawn)  # noqa: S314  made here a line above


def address(place: str) -> str:
    return f"/x?at={place}"


def definition() -> Definition:
    return samples.definition()


def test_a_map_holds_every_state_and_every_step_that_leads_on() -> None:
    drawn = root(drawing.draw(definition()))

    assert {one.get("data-place") for one in drawn.iter() if one.get("data-place")} == {
        *("states.asked", "states.checked", "states.lent"),
        *("transitions.accept", "transitions.lend"),
    }


def test_a_map_needs_no_script_and_no_style_attribute() -> None:
    drawn = drawing.draw(definition(), marks={"asked": "current"}, focusable=True, address=address, ports=True)

    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|\sid=|url\(|href=\"(?!/x\?at=)", drawn)


def test_what_people_wrote_is_never_markup() -> None:
    evil = "<script>alert(1)</script>\"'&"
    body = samples.body() | {"title": evil, "roles": {"reader": evil, "clerk": evil, "head": evil}}
    body["states"]["asked"]["title"] = body["transitions"][0]["title"] = evil

    drawn = drawing.draw(parse(body), address=address)

    assert "<script" not in drawn
    assert root(drawn).get("aria-label") == f"{evil}流程图"


def test_without_links_the_map_is_one_picture_with_a_description() -> None:
    drawn = root(drawing.draw(definition()))

    assert drawn.get("role") == "img"
    assert drawn.findtext("s:desc", namespaces=NAMESPACE) == (
        "共3个环节。待受理：受理到待审批。待审批：准予借出到已借出。已借出：办结。"
    )
    assert not drawn.findall(".//s:a", NAMESPACE)
    assert all(group.find("s:title", NAMESPACE) is not None for group in drawn.findall("s:g", NAMESPACE))


def test_with_links_every_part_has_a_name_and_leads_to_its_place() -> None:
    links = root(drawing.draw(definition(), address=address)).findall(".//s:a", NAMESPACE)

    assert {link.get("href") for link in links} >= {address("states.asked"), address("transitions.lend")}
    assert all(link.get("aria-label") for link in links)


def test_a_map_without_links_can_still_be_walked() -> None:
    drawn = root(drawing.draw(definition(), focusable=True))

    assert {one.get("tabindex") for one in drawn.findall("s:g", NAMESPACE)} == {"0"}


@pytest.mark.parametrize("mark", sorted(drawing.MARKS))
def test_a_mark_is_told_by_class_sign_and_word(mark: str) -> None:
    drawn = root(drawing.draw(definition(), marks={"checked": mark, "lend": mark}, address=address))
    box = next(one for one in drawn.iter() if one.get("data-place") == "states.checked")
    line = next(one for one in drawn.iter() if one.get("data-place") == "transitions.lend")

    for part in (box, line):
        assert f"mark-{mark}" in str(part.get("class"))
        assert drawing.MARKS[mark] in str(part.get("aria-label"))
    assert [text for text in box.itertext() if not text.isalnum()]


def test_what_is_done_without_leaving_is_counted_beside_the_box() -> None:
    box = next(one for one in root(drawing.draw(definition())).iter() if one.get("data-place") == "states.checked")

    assert "1项" in list(box.itertext())
    assert "1项在本环节内办理" in "".join(box.itertext())


def test_many_steps_between_two_states_share_a_line() -> None:
    body = samples.body()
    body["transitions"] += [{**body["transitions"][2], "id": f"more{n}", "title": f"另{n}"} for n in range(4)]

    drawn = drawing.draw(parse(body))

    assert "等5项" in drawn
    assert drawn.count('class="flow-step"') == 4


def test_there_and_back_are_two_lines_beside_each_other() -> None:
    body = samples.body()
    body["transitions"].append({"id": "back", "title": "退回", "from": "checked", "to": "asked", "by": ["clerk"]})

    paths = [one.get("d") for one in root(drawing.draw(parse(body))).findall("s:path", NAMESPACE)]

    assert len(set(paths)) == len(paths) == 3


def test_states_put_beside_each_other_are_joined_at_their_sides() -> None:
    body = samples.body() | {"layout": {"asked": [100, 100], "checked": [400, 100], "lent": [100, 100 + 300]}}

    paths = [str(one.get("d")) for one in root(drawing.draw(parse(body))).findall("s:path", NAMESPACE)]

    assert "M176 100L324 100" in paths
