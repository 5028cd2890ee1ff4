"""A broadcast under SIGKILL: nobody is missed, at most the messages in flight are repeated. Domain rule 40."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.db import Database
from models.outbox import OutboxStatus
from tests import broadcast_crowd as crowd
from tests.kill.process import City

PEOPLE = 300
KILLS = 20
#: So slow that the broadcast outlasts the kills.
SENDS_PER_SECOND = 16
PATIENCE = 90.0
LOOK = 0.05


@pytest.mark.kill
@pytest.mark.timeout(400)
async def test_rule_40_kills_lose_nobody_and_repeat_only_what_was_in_flight(
    city: City, announce: Callable[[str], None]
) -> None:
    await city.kill_bot()
    city.sends_per_second = SENDS_PER_SECOND
    crowd.gather(city.sandbox, PEOPLE)
    database = Database(city.database_url)
    now = datetime.now(UTC)
    await crowd.agree(database, PEOPLE, now)
    broadcast_id = await crowd.announce(database, now)
    dice = random.Random(20261124)
    killed_while_sending = 0
    await city.start_bot()
    for _ in range(KILLS):
        before = sum(crowd.got(city.sandbox, PEOPLE))
        await _sent_more(city, before, dice.randint(1, PEOPLE // KILLS - 2))
        await city.kill_bot()
        killed_while_sending += sum(crowd.got(city.sandbox, PEOPLE)) < PEOPLE
        await city.start_bot()
    await _all_ended(database, broadcast_id)
    assert await city.stop_bot() == 0, city.log()[-2000:]
    times = crowd.got(city.sandbox, PEOPLE)
    ended = await crowd.ended(database, broadcast_id)
    await database.close()
    repeated = sum(times) - PEOPLE
    announce(f"{KILLS} kills in a broadcast to {PEOPLE}: {times.count(0)} missed, {repeated} repeated")
    assert ended == {OutboxStatus.SENT: PEOPLE}
    assert min(times) == 1
    assert killed_while_sending == KILLS
    assert repeated <= KILLS


async def _sent_more(city: City, before: int, more: int) -> None:
    """Wait until so many more arrived, or everybody has it."""
    async with asyncio.timeout(PATIENCE):
        while sum(crowd.got(city.sandbox, PEOPLE)) < min(before + more, PEOPLE):  # noqa: ASYNC110 - the phones tell
            await asyncio.sleep(LOOK)


async def _all_ended(database: Database, broadcast_id: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while set(await crowd.ended(database, broadcast_id)) != {OutboxStatus.SENT}:  # noqa: ASYNC110 - the rows tell
            await asyncio.sleep(0.2)
