"""The forms of corrections and placement: what they name, and which one is made."""

from dataclasses import replace

import pytest

from blueprints.corrections.documents import FORMS, variant
from blueprints.corrections.documents.sample import HELP, SERVING
from saas.errors import InvalidInputError

BY_CODE = {form.code.removeprefix("corrections."): form for form in FORMS}


@pytest.mark.parametrize(
    ("proposal", "form"),
    [("revoke_probation", "revoke_probation"), ("revoke_parole", "revoke_parole"), ("imprison", "imprisonment")],
)
def test_each_proposal_has_its_own_form(proposal: str, form: str) -> None:
    shot = replace(SERVING, case={**SERVING.case, "proposal": proposal})

    assert variant("corrections.revoke_probation", shot) == f"corrections.{form}"


def test_the_county_issues_what_the_office_does_not_decide() -> None:
    assert BY_CODE["admonition"].sample["agency"] == "大兴区司法局"
    assert BY_CODE["help_agreement"].build(HELP)["agency"] == "兴丰司法所"


def test_the_basic_table_marks_how_somebody_came() -> None:
    late = [step for step in SERVING.steps if step["action"] == "receive_late"]
    in_time = [step | {"action": "receive"} for step in late]

    assert BY_CODE["basic_info"].build(SERVING)["arrival_state"] == "late"
    assert BY_CODE["basic_info"].build(replace(SERVING, steps=in_time))["arrival_state"] == "in_time"


def test_the_cover_of_a_minors_file_says_that_it_is_sealed() -> None:
    def sealed(**case: object) -> str:
        found = BY_CODE["cover"].build(replace(SERVING, case={**SERVING.case, **case}))["sealed"]
        return str(found)

    assert sealed(minor_file=False) == ""
    assert sealed(minor_file=False, birth="2010-01-01") == "未成年人档案，封存"


def test_a_decision_without_its_facts_is_refused() -> None:
    bare = [step for step in SERVING.steps if step["action"] != "admonish"]
    with pytest.raises(InvalidInputError) as caught:
        BY_CODE["admonition"].load(BY_CODE["admonition"].build(replace(SERVING, steps=bare)))

    assert list(caught.value.fields) == ["decided_facts"]
