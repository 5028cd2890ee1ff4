"""One process works, a second waits until the first is gone."""

from __future__ import annotations

import asyncio

from bot.lead import Answer, lead_of, wait_for


async def test_only_one_holds_the_lead(database_url: str) -> None:
    first, second = lead_of(database_url), lead_of(database_url)
    assert await first.try_take() is Answer.TAKEN
    assert await second.try_take() is Answer.HELD_ELSEWHERE
    assert await first.is_held()
    assert not await second.is_held()
    await first.release()
    assert await second.try_take() is Answer.TAKEN
    await second.release()


async def test_a_standby_takes_over(database_url: str) -> None:
    first, second = lead_of(database_url), lead_of(database_url)
    await first.try_take()
    waiting = asyncio.create_task(wait_for(second))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await first.release()
    await waiting
    assert await second.is_held()
    await second.release()


async def test_a_database_that_is_away_is_not_somebody_elses_lead() -> None:
    lead = lead_of("postgresql://nobody@127.0.0.1:9/nothing?connect_timeout=1")
    assert await lead.try_take() is Answer.DATABASE_AWAY
