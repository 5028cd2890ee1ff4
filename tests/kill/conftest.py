"""A city with a real bot process, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import create_sandbox
from bot.schema import migrate
from tests.fixtures_database import settle
from tests.kill.process import City


@pytest.fixture(params=["sqlite", "postgresql"])
async def city(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[City]:
    """A migrated database with a small city, a sandbox and a bot process."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'kill.sqlite'}"
    else:
        url = request.getfixturevalue("postgres_server").create_database()
    migrate(url)
    await settle(url)
    city = City(create_sandbox(limits=False), url, tmp_path)
    await city.open()
    yield city
    await city.close()
