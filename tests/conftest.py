"""Fixtures for every test."""

from collections.abc import AsyncIterator

import pytest

from bot.db import Database
from tests.driver import START, Stage
from tests.factories import small_city, staff

pytest_plugins = ["tests.fixtures_database"]


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    """The product in a small city with its staff, on SQLite and again on PostgreSQL."""
    database = Database(database_url)
    async with database.begin() as session:
        await small_city(session)
        await staff(session, START)
    await database.close()
    stage = Stage(database_url)
    await stage.open()
    yield stage
    await stage.close()
