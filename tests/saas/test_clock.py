"""What time it is."""

from datetime import UTC, date, datetime

import pytest

from saas import clock


def test_the_day_is_that_of_beijing() -> None:
    with clock.business_time(datetime(2026, 1, 1, 20, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 1, 2)


def test_business_time_ends_with_its_block() -> None:
    moment = datetime(2020, 1, 1, tzinfo=UTC)

    with clock.business_time(moment):
        assert clock.now() == moment

    assert clock.now() > moment
    assert clock.now().tzinfo is UTC


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock.local(datetime(2026, 1, 1))  # noqa: DTZ001  the fault under test
