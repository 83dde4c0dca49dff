"""The pages at the end of a file call everything that was done to a case by its name."""

import pytest

from saas.cases.actions import CaseAudit
from saas.dossier.changes import ACTION_TITLES, is_change
from saas.moving.actions import MoveAction

CHANGES = sorted(str(one) for one in (*CaseAudit, *MoveAction) if one.startswith("case.") and is_change(one))


@pytest.mark.parametrize("action", CHANGES)
def test_what_changed_a_case_is_named_in_words(action: str) -> None:
    assert ACTION_TITLES[action].isprintable()
    assert not ACTION_TITLES[action].isascii()
