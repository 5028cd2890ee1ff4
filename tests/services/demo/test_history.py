"""The demo's months are such as a city has: the offices work when they are open, and most people can be reached."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.db import Database
from bot.services.city import know
from bot.services.demo.history import History
from tests.factories import small_city

MONDAY_NIGHT = datetime(2026, 11, 23, 20, tzinfo=UTC)
FRIDAY_NOON = datetime(2026, 11, 27, 5, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 29, 3, tzinfo=UTC)


@pytest.mark.parametrize("now", [MONDAY_NIGHT, FRIDAY_NOON, SUNDAY])
async def test_what_the_offices_did_they_did_when_open(database: Database, now: datetime) -> None:
    async with database.begin() as session:
        await small_city(session)
        city = await know(session, now)
        history: Any = History(session, city, {}, random.Random(1), [], {}, now)
        moments = [history._moment(20) for _ in range(200)]
        later = [history._later(moment, 2, 60) for moment in moments]
    opens = city.calendar.next_office_moment
    assert all(moment <= now and opens(moment) - moment <= timedelta(minutes=1) for moment in moments)
    assert all(begun <= done <= now for begun, done in zip(moments, later, strict=True))
    assert sum(opens(done) == done for done in later) > 190
