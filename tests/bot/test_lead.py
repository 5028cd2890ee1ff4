"""One process works, a second waits until the first is gone."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text

from bot.db import Database
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


async def test_a_lost_connection_loses_the_lead_until_it_is_taken_again(database_url: str) -> None:
    if database_url.startswith("sqlite"):
        pytest.skip("a file has no connection to lose")
    lead = lead_of(database_url)
    await lead.try_take()
    await _disconnect_everybody(database_url)
    assert not await lead.is_held()
    assert not await lead.is_held()
    assert await lead.try_take() is Answer.TAKEN
    await _disconnect_everybody(database_url)
    await lead.release()
    assert await lead.try_take() is Answer.TAKEN
    await lead.release()


async def _disconnect_everybody(database_url: str) -> None:
    others = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid()"
    )
    database = Database(database_url)
    async with database.read() as session:
        await session.execute(others)
    await database.close()


async def test_a_database_that_is_away_is_not_somebody_elses_lead() -> None:
    lead = lead_of("postgresql://nobody@127.0.0.1:9/nothing?connect_timeout=1")
    assert await lead.try_take() is Answer.DATABASE_AWAY
