"""Figures over registers, what inspections draw from them, and telling of what runs out."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select, true

from blueprints.mediation import registers
from saas import clock
from saas.db.session import TenantRef, db
from saas.identity.permissions import KernelPermission
from saas.indicators import queries as figures
from saas.indicators.declaration import Indicator
from saas.inspections.sources import Asked
from saas.messages.models import Message
from saas.registers import access, services, warning
from saas.registers.drawables import active_entries
from tests.conftest import InTenant
from tests.mediation.factory import actor, body
from tests.saas.registers import factory

TITLE = "人民调解委员会名录：有1条即将到期"


def counted(day: date, username: str = "", kinds: tuple[str, ...] = (), states: tuple[str, ...] = ()) -> int:
    """The committees at the end of a day, all or those of somebody's units."""
    one = Indicator("mediation.x", "调委会", factory.COMMITTEE, measure="entries", kinds=kinds, states=states)
    entries = access.counted(actor(username), KernelPermission.STATISTICS) if username else None
    found: int = figures.compute([one], true(), day, day, entries=entries)["mediation.x"]
    return found


def test_entries_are_counted_by_kind_and_status_as_they_stood_at_the_end_of_the_period(
    in_tenant: InTenant, beijing: TenantRef
) -> None:
    with in_tenant(beijing):
        today, later = clock.today(), clock.now() + timedelta(days=2)
        after = clock.local(later).date()
        before = counted(today, kinds=("trade",), states=("active",))
        entry = factory.add(name="数字甲调委会", kind="trade")
        factory.add(name="数字乙调委会", kind="town")
        with clock.business_time(later):
            services.set_status(entry, "dissolved", "合并", by=actor(factory.KEEPER))
        db.session.flush()

        assert counted(today, kinds=("trade",), states=("active",)) - before == 1
        assert counted(after, kinds=("trade",), states=("active",)) - before == 0
        assert counted(today - timedelta(days=1), kinds=("trade",)) == 0


def test_a_figure_counts_only_the_entries_of_the_readers_units(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        today = clock.today()
        mine, above = counted(today, "lixf"), counted(today, "zhangwei")
        factory.add("大兴区司法局", by="zhangwei", name="数字丙调委会")
        db.session.flush()

        assert counted(today, "lixf") == mine
        assert counted(today, "zhangwei") == above + 1


def test_an_inspection_draws_from_the_active_entries_of_the_planners_units(
    in_tenant: InTenant, beijing: TenantRef
) -> None:
    with in_tenant(beijing):
        factory.add("大兴区司法局", by="zhangwei", name="抽查甲调委会")
        gone = factory.add(name="抽查乙调委会")
        services.set_status(gone, "dissolved", "撤村", by=actor(factory.KEEPER))
        factory.add(name="抽查丙调委会")
        db.session.flush()
        asked = Asked(factory.COMMITTEE, "", clock.today(), clock.today(), registers.WRITE, actor("zhangwei"))
        narrow = replace(asked, by=actor(factory.KEEPER))

        assert {"抽查甲调委会", "抽查丙调委会"} <= {one.title for one in active_entries(asked)}
        assert "抽查乙调委会" not in {one.title for one in active_entries(asked)}
        assert "抽查甲调委会" not in {one.title for one in active_entries(narrow)}


def told(username: str) -> list[str]:
    """What somebody was told of committees that run out."""
    mine = select(Message.body).where(Message.user_id == actor(username).id, Message.title == TITLE)
    return list(db.session.scalars(mine))


def test_the_nearest_keepers_are_told_once_of_what_runs_out(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        warning.warn()
        db.session.flush()
        entry = factory.add(name="到期甲调委会", term_to=str(clock.today() + timedelta(days=30)))
        factory.add(name="到期乙调委会", term_to=str(clock.today() + timedelta(days=300)))
        db.session.flush()
        looked = [warning.warn(), warning.warn()]
        db.session.flush()

        assert looked == [1, 0]
        assert [one for one in told("lixf") if "到期甲" in one] == told("lixf")[-1:]
        assert not any("到期甲" in one for one in told("zhangwei"))
        assert not any("到期乙" in one for one in told("lixf"))
        assert entry.warned_for == entry.expires_on


def test_a_new_term_is_told_of_again_when_it_ends(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        warning.warn()
        entry = factory.add(name="续期调委会", term_to=str(clock.today() + timedelta(days=10)))
        db.session.flush()
        warning.warn()
        renewed = factory.committee(name="续期调委会", term_to=str(clock.today() + timedelta(days=20)))
        services.change(entry, renewed, by=actor(factory.KEEPER))
        db.session.flush()

        assert warning.warn() == 1


def test_what_is_not_active_runs_out_in_silence(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        warning.warn()
        entry = factory.add(name="撤销调委会", term_to=str(clock.today() + timedelta(days=10)))
        services.set_status(entry, "dissolved", "撤村", by=actor(factory.KEEPER))
        db.session.flush()

        assert warning.warn() == 0
        assert body("兴丰司法所").path == entry.unit_path
