"""Long work does not let the transaction fall asleep."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from saas.db.counting import Counted
from saas.db.session import TenantRef
from saas.dossier import awake
from tests.conftest import InTenant


def _slowly() -> str:
    time.sleep(0.5)
    return "done"


def test_the_transaction_is_touched_until_the_work_is_done(
    beijing: TenantRef,
    in_tenant: InTenant,
    count_queries: Callable[[], AbstractContextManager[Counted]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(awake, "EVERY", 0.05)

    with in_tenant(beijing), count_queries() as counted:
        assert awake.awake(_slowly) == "done"

    assert len(counted.statements) >= 3


def test_what_goes_wrong_in_it_is_raised() -> None:
    def fail() -> None:
        raise TimeoutError("of its own")

    with pytest.raises(TimeoutError, match="of its own"):
        awake.awake(fail)
