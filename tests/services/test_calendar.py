"""The city's calendar: published holidays and cuti bersama, corrected by the administrator's own days."""

from datetime import UTC, date, datetime

import pytest

from bot.services import city as cities
from models.calendar import HolidayOverride
from models.rules.deadlines import due
from tests.driver import Stage

RECEIVED = datetime(2026, 3, 17, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("overrides", "verified_by"),
    [
        ({}, date(2026, 3, 27)),
        ({date(2026, 3, 26): False}, date(2026, 3, 30)),  # one more day off, by decree
        ({date(2026, 3, 18): True}, date(2026, 3, 26)),  # a cuti bersama that the city works on
        ({date(2026, 3, 26): False, date(2026, 3, 18): True}, date(2026, 3, 27)),
    ],
)
async def test_rule_11_the_administrators_days_move_a_limit(
    stage: Stage, overrides: dict[date, bool], verified_by: date
) -> None:
    async with stage.db.begin() as session:
        session.add_all(HolidayOverride(day=day, name="Keputusan", working=works) for day, works in overrides.items())
        await session.flush()
        cities.forget(session)
        city = await cities.know(session, RECEIVED)
        promise = due("verify", RECEIVED, city.calendar, city.limits)
    assert city.calendar.local_day(promise.at) == verified_by
