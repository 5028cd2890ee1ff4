"""The small city with its staff."""

import pytest

from bot.db import Database
from tests.driver import START
from tests.factories import small_city, staff


@pytest.fixture
async def people(database: Database) -> dict[str, int]:
    async with database.begin() as session:
        await small_city(session)
        found = await staff(session, START)
    return {name: row.id for name, row in found.items()}
