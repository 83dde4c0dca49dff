"""Whose agreement a step needs: all, any, in sequence, a share, and people asked besides."""

from typing import Any

import pytest

from saas.workflow.engine import Refusal
from saas.workflow.engine_signing import signing_of
from tests.saas.workflow import many_hands
from tests.saas.workflow.playing import Play, person

CLERK, HEAD, CASHIER, EXPERT = person("clerk1"), person("head1"), person("cashier1"), person("expert1")
ROLES = ["expert", "cashier", "clerk"]


def reviewed(**sign: Any) -> Play:  # noqa: ANN401  parts of the rule
    """A case before the head's decision, with other signatures wanted if given."""
    body = many_hands.body()
    step = next(one for one in body["transitions"] if one["id"] == "approve")
    step["sign"] = step["sign"] | sign
    play = Play(many_hands.definition(transitions=body["transitions"]))
    play.step("review", CLERK, income=100)
    return play


def agree(play: Play, *people: Any) -> None:  # noqa: ANN401  actors
    for one in people:
        play.do("sign", one, action="approve", agreed=True)


def test_a_step_waits_for_the_signatures_and_names_who_is_missing() -> None:
    play = reviewed()
    agree(play, EXPERT)

    answer = play.answer("approve", HEAD, {})

    assert isinstance(answer, Refusal)
    assert [(one.code, one.law) for one in answer.reasons] == [("sign", "资助办法第六条")]
    assert "还需要出纳签署" in answer.reasons[0].sentence
    assert "请出纳打开本件" in str(answer.reasons[0].help)


def test_two_persons_sign_and_the_step_is_taken() -> None:
    play = reviewed()
    agree(play, EXPERT, CASHIER)

    assert play.step("approve", HEAD).to_state == "paying"
    assert play.view.signed == ()


@pytest.mark.parametrize(
    ("rule", "signers", "enough"),
    [
        ({"mode": "any"}, 0, False),
        ({"mode": "any"}, 1, True),
        ({"mode": "ratio", "ratio": 60}, 1, False),
        ({"mode": "ratio", "ratio": 60}, 2, True),
        ({"mode": "ratio", "ratio": 100}, 2, False),
        ({"mode": "all"}, 2, False),
        ({"mode": "all"}, 3, True),
        ({"mode": "sequence"}, 3, True),
    ],
)
def test_how_many_are_enough(*, rule: dict[str, Any], signers: int, enough: bool) -> None:
    play = reviewed(by=ROLES, **rule)
    agree(play, *[EXPERT, CASHIER, CLERK][:signers])

    answer = play.answer("approve", HEAD, {})

    assert ("sign" not in (one.code for one in getattr(answer, "reasons", ()))) is enough


def test_in_a_sequence_nobody_signs_before_his_turn() -> None:
    play = reviewed(by=ROLES, mode="sequence")

    assert play.refused("@sign", CASHIER, action="approve", agreed=True) == ["not_your_turn"]
    answer = play.answer("approve", HEAD, {})
    assert "请评审人打开本件" in str(answer.reasons[0].help)  # type: ignore[union-attr]


def test_one_person_with_two_roles_signs_once() -> None:
    both = person("both1", "expert", "cashier")
    play = reviewed()
    agree(play, both)

    assert play.refused("@sign", both, action="approve", agreed=True) == ["not_your_turn"]
    assert "sign" in play.refused("approve", HEAD)


def test_who_does_not_agree_says_why_and_may_agree_later() -> None:
    play = reviewed(by=["expert"])

    assert play.refused("@sign", EXPERT, action="approve", agreed=False) == ["reason"]
    play.do("sign", EXPERT, action="approve", agreed=False, reason="材料不全")
    step = play.definition.find_transition("approve")
    assert step is not None
    signing = signing_of(play.definition, play.view, step)
    assert signing is not None
    assert signing.against == ("expert1",)
    agree(play, EXPERT)
    assert play.step("approve", HEAD).to_state == "paying"


def test_who_is_asked_besides_counts_like_a_role() -> None:
    play = reviewed(by=["expert"])
    play.do("cosign", HEAD, action="approve", person="lawyer9", person_name="顾问", person_roles=["expert"])
    agree(play, EXPERT)

    assert "还需要顾问签署" in play.answer("approve", HEAD, {}).reasons[0].sentence  # type: ignore[union-attr]
    agree(play, person("lawyer9", "clerk"))
    assert play.step("approve", HEAD).to_state == "paying"


def test_a_step_without_signatures_of_its_own_waits_for_who_was_asked() -> None:
    play = reviewed()
    play.do("cosign", HEAD, action="reject", person="lawyer9", person_roles=["expert"])

    assert play.refused("reject", HEAD) == ["sign"]
    assert play.refused("@sign", EXPERT, action="reject", agreed=True) == ["not_your_turn"]


def test_signatures_are_lost_when_the_case_goes_elsewhere_and_kept_when_something_is_registered() -> None:
    play = reviewed()
    agree(play, EXPERT)
    play.step("remark", CLERK)
    kept = len(play.view.signed)

    play.step("note", CLERK)

    assert (kept, len(play.view.signed)) == (1, 0)


def test_a_step_inside_a_region_uses_up_only_the_signatures_of_that_region() -> None:
    body = many_hands.body()
    regions = body["states"]["paying"]["regions"]
    regions["money"]["transitions"][0]["sign"] = {"by": ["expert"]}
    regions["visit"]["transitions"][0]["sign"] = {"by": ["head"]}
    play = Play(many_hands.definition(states=body["states"]))
    play.step("review", CLERK, income=1)
    agree(play, EXPERT, CASHIER)
    play.step("approve", HEAD)
    play.do("sign", EXPERT, action="pay", agreed=True)
    play.do("sign", HEAD, action="see", agreed=True)

    play.step("pay", CASHIER)

    assert [one.action for one in play.view.signed] == ["see"]


@pytest.mark.parametrize(
    ("entered", "code"),
    [
        ({"action": "close", "person": "x", "person_roles": ["head"]}, "action"),
        ({"action": "approve", "person": None}, "person"),
        ({"action": "approve", "person": "x", "person_roles": []}, "person"),
        ({"action": "approve", "person": "head1", "person_roles": ["head"]}, "person"),
    ],
)
def test_asking_for_a_signature_that_cannot_be_is_refused(entered: dict[str, Any], code: str) -> None:
    assert reviewed().refused("@cosign", HEAD, **entered) == [code]


def test_nobody_is_asked_twice() -> None:
    play = reviewed()
    asked = {"action": "approve", "person": "x", "person_roles": ["head"]}
    play.do("cosign", HEAD, **asked)

    assert play.refused("@cosign", HEAD, **asked) == ["person"]


def test_a_step_that_is_not_there_cannot_be_signed() -> None:
    assert reviewed().refused("@sign", EXPERT, action="close", agreed=True) == ["action"]
    assert reviewed().refused("@sign", EXPERT, action="remark", agreed=True) == ["action"]


def test_when_all_have_signed_it_says_so() -> None:
    play = reviewed(by=["expert"])
    agree(play, EXPERT)

    answer = play.answer("@sign", person("expert2"), {"action": "approve", "agreed": True})

    assert "已经齐了" in str(answer.reasons[0].help)  # type: ignore[union-attr]
