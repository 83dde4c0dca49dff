"""Who can give a city more room is told before it has none."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from saas.db.session import TenantRef, db
from saas.files import room, services
from saas.identity import queries as identity
from saas.identity.actor import SYSTEM
from saas.messages.models import Message
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.files import samples

LIMIT = 1_000  # megabytes


def test_system_administrators_are_told_once_when_the_mark_is_passed(
    beijing: TenantRef, in_tenant: InTenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_tenant(replace(beijing, limits=replace(beijing.limits, files=LIMIT))):
        case = factory.open_application()
        before = told()
        services.add(case, "other", "a.pdf", samples.pdf(), by=SYSTEM)
        assert told() == before

        monkeypatch.setattr(room, "ALARM_AT", (room._kept() + 1) / (LIMIT * room.MEGABYTE))
        for name in ("b.pdf", "c.pdf"):
            services.add(case, "other", name, samples.pdf(), by=SYSTEM)

        roles = {role.code for role in identity.list_roles() if role.duty == "system"}
        administrators = {user.id for user in identity.list_holders(roles, case.unit_path)}
        assert administrators
        assert {message.user_id for message in told() if message not in before} == administrators
        assert len(told()) == len(before) + len(administrators)


def told() -> list[Message]:
    """Messages about room."""
    found = select(Message).where(Message.title.startswith("材料存储空间已用")).order_by(Message.sent_at, Message.id)
    return list(db.session.scalars(found))
