"""No list is cut silently: one that no file can hold is refused, whoever approves it."""

import pytest

from saas.cases import bulk
from saas.db.session import TenantRef
from saas.errors import BadRequestError, InvalidInputError
from tests.conftest import InTenant
from tests.mediation import factory


def test_a_list_longer_than_a_file_is_neither_asked_for_nor_sent(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        with pytest.raises(InvalidInputError) as asked:
            bulk.ask("q=1", bulk.MOST_ROWS + 1, "年度统计", by=factory.actor("zhaoxh"))
        with pytest.raises(BadRequestError, match="一次导不完"):
            bulk.check_length(bulk.MOST_ROWS + 1)

    assert asked.value.fields == {"query": bulk.TOO_LONG}
