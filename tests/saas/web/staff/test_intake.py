"""Taking in at the window: every way in has its form, faults are named, good ones become cases."""

from collections.abc import Callable

import pytest

from tests.browsers import Browser
from tests.saas.web.staff.sending import send

OPEN = "/staff/open/mediation.dispute"
TRANSFER = {
    "source": "police",
    "origin_unit": "兴丰派出所",
    "received_on": "2026-01-05",
    "applicant_kind": "natural",
    "applicant_name": "周小满",
    "respondent_kind": "natural",
    "respondent_name": "吴大寒",
    "kind": "02",
    "area": "110115001",
    "facts": "两家因为院墙滴水的事争吵了好几次，派出所移送调解。",
}


def test_a_clerk_sees_the_ways_in_of_the_role(as_user: Callable[..., Browser]) -> None:
    page = as_user("chenjing").get("/staff/open").text

    assert f"{OPEN}/apply" in page
    assert f"{OPEN}/transfer" in page
    assert f"{OPEN}/initiate" not in page


@pytest.mark.parametrize("way", ["apply", "initiate", "transfer", "entrust"])
def test_every_way_in_has_a_form_that_can_be_drawn(way: str, director: Browser) -> None:
    page = director.get(f"{OPEN}/{way}")

    assert page.status_code == 200
    assert 'name="respondent_name"' in page.text


def test_a_transferred_dispute_goes_to_the_committee_of_its_street(as_user: Callable[..., Browser]) -> None:
    answer = send(as_user("chenjing"), f"{OPEN}/transfer", TRANSFER)

    assert answer.status_code == 303
    page = as_user("wugang").get(answer.location).text
    assert "周小满与吴大寒邻里纠纷" in page
    assert "兴丰派出所" in page


def test_a_faulty_form_comes_back_with_what_was_typed(director: Browser) -> None:
    answer = send(director, f"{OPEN}/transfer", TRANSFER | {"respondent_name": "", "facts": "短"})

    assert answer.status_code == 422
    assert "<title>错误：" in answer.text
    assert 'value="周小满"' in answer.text
    assert 'href="#respondent_name"' in answer.text
    assert 'href="#facts"' in answer.text


@pytest.mark.parametrize("address", [f"{OPEN}/nothing", "/staff/open/nothing/apply"])
def test_an_unknown_way_in_is_not_found(address: str, director: Browser) -> None:
    assert director.get(address).status_code == 404
