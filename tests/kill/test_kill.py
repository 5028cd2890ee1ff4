"""The promise of one update, one transaction, under SIGKILL at random instants."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.db import Database
from models.complaint import Complaint
from models.inbox import InboxStatus, InboxUpdate
from tests.kill.process import City
from tests.kill.residents import Resident

KILLS = 20
RESIDENTS = 12


@pytest.mark.kill
@pytest.mark.timeout(300)
async def test_no_report_is_lost_or_doubled_when_the_bot_is_killed(city: City, announce: Callable[[str], None]) -> None:
    residents = [Resident(city.sandbox, 8_000_000 + number, random.Random(number)) for number in range(RESIDENTS)]
    for resident in residents:
        city.sandbox.add_person(f"Warga {resident.id}", resident.id)
    enough = asyncio.Event()
    talking = asyncio.gather(*(resident.file_until(enough) for resident in residents))
    await _kill_again_and_again(city)
    enough.set()
    await talking
    assert await city.stop_bot() == 0, city.log()[-2000:]

    database = Database(city.database_url)
    async with database.read() as session:
        stored = (await session.scalars(select(Complaint).order_by(Complaint.id))).all()
        unfinished = (await session.scalars(select(InboxUpdate).where(InboxUpdate.status != InboxStatus.DONE))).all()
    await database.close()
    told = {text: code for resident in residents for text, code in resident.codes.items()}
    announce(f"{KILLS} kills while {len(residents)} residents filed {len(told)} reports; {len(stored)} stored")
    assert Counter(complaint.text for complaint in stored) == Counter(list(told))
    assert {complaint.text: complaint.code for complaint in stored} == told
    assert not unfinished


async def _kill_again_and_again(city: City) -> None:
    """Kill and restart at random instants, some of them while the bot is still starting."""
    dice = random.Random(20261124)
    for _ in range(KILLS):
        await asyncio.sleep(dice.uniform(0.8, 2.4))
        await city.kill_bot()
        await city.start_bot()
