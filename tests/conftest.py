"""Fixtures for every test."""

import os
from collections.abc import AsyncIterator

import pytest

from bot.db import Database
from tests.driver import IDENTITY_KEY, START, Stage
from tests.factories import small_city, staff

#: Opens the seals of every test's database.
os.environ["GURINDAM_IDENTITY_KEY"] = IDENTITY_KEY

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
