"""Fixtures with a real database: a test that asks for one runs on SQLite and again on PostgreSQL.

Each test has a database of its own: a copy of an empty one with all tables, or for a test on the stage of one in which
the small city and its staff live already.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.db import Database
from bot.schema import migrate
from tests.driver import START
from tests.factories import small_city, staff
from tests.postgres import PostgresServer


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL that lives as long as the test run."""
    server = PostgresServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "gurindam.sqlite"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    url = postgres_server.create_database()
    migrate(url)
    return url


@pytest.fixture(scope="session")
def sqlite_city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("city") / "gurindam.sqlite"
    shutil.copyfile(sqlite_template, path)
    asyncio.run(settle(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_city(postgres_server: PostgresServer, postgres_template: str) -> str:
    url = postgres_server.create_database(postgres_template)
    asyncio.run(settle(url))
    return url


async def settle(url: str) -> None:
    """Let the small city and its staff move into an empty database."""
    database = Database(url)
    async with database.begin() as session:
        await small_city(session)
        await staff(session, START)
    await database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The plain URL (as in GURINDAM_DATABASE_URL) of a new database with all tables, for this test alone."""
    kind = "city" if "stage" in request.fixturenames else "template"
    if request.param == "sqlite":
        path = tmp_path / "gurindam.sqlite"
        shutil.copyfile(request.getfixturevalue(f"sqlite_{kind}"), path)
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.create_database(request.getfixturevalue(f"postgres_{kind}"))
    yield url
    server.drop_database(url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The product's own Database on `database_url`."""
    database = Database(database_url)
    yield database
    await database.close()
