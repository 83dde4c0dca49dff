from uuid import uuid4

import pytest

from saas.db.session import TenantRef, db
from saas.errors import NotFoundError
from saas.messages import queries, services
from tests.conftest import InTenant
from tests.saas.identity.factories import make_user


def test_a_message_waits_unread_in_its_owners_inbox(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        user = make_user()
        services.tell_user(user.id, "新案件", "有一件新案件分派给您。")
        db.session.flush()

        assert [message.title for message in queries.list_inbox(user.id)] == ["新案件"]
        assert queries.count_unread(user.id) == 1


def test_several_people_are_told_once_each(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        first, second = make_user(), make_user()
        services.tell_users([first.id, second.id, first.id], "通知", "内容")
        db.session.flush()

        assert (queries.count_inbox(first.id), queries.count_inbox(second.id)) == (1, 1)


def test_a_read_message_goes_behind_the_unread_and_keeps_its_first_time(
    in_tenant: InTenant, beijing: TenantRef
) -> None:
    with in_tenant(beijing):
        user = make_user()
        services.tell_user(user.id, "早", "内容")
        late = services.tell_user(user.id, "晚", "内容")
        services.mark_read(late)
        first_read = late.read_at
        services.mark_read(late)
        db.session.flush()

        assert [message.title for message in queries.list_inbox(user.id)] == ["早", "晚"]
        assert late.read_at == first_read


def test_a_message_of_somebody_else_is_not_found(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        message = services.tell_user(make_user().id, "通知", "内容")
        db.session.flush()

        with pytest.raises(NotFoundError):
            queries.get_message(message.id, user_id=uuid4())
