"""A city with a real bot process, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.db import Database
from bot.sandbox import create_sandbox
from bot.schema import migrate
from tests.driver import START
from tests.factories import small_city, staff
from tests.kill.process import City


@pytest.fixture
def announce(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Says a figure on the terminal, captured or not: the counts are part of the proof."""

    def say(text: str) -> None:
        with capsys.disabled():
            print(f"\n{text}")

    return say


@pytest.fixture(params=["sqlite", "postgresql"])
async def city(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[City]:
    """A migrated database with a small city, a sandbox and a bot process."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'kill.sqlite'}"
    else:
        url = request.getfixturevalue("postgres_server").create_database()
    migrate(url)
    database = Database(url)
    async with database.begin() as session:
        await small_city(session)
        await staff(session, START)
    await database.close()
    city = City(create_sandbox(limits=False), url, tmp_path)
    await city.open()
    yield city
    await city.close()
