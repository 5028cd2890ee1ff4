"""The database: `begin()` is the only place that commits.

SQLite has one writer at a time, and waiting for it blocks: so writers queue in the process, every write transaction
starts with BEGIN IMMEDIATE (a deferred one that reads first fails under load), and reading has connections of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from bot.sqlite import PRAGMAS, Writer

#: SQLite's result codes that will pass by themselves; SQLite calls a wrong statement an operational error too.
SQLITE_AWAY = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
    }
)


def engine_url(plain: str) -> URL:
    """The plain DATABASE_URL with the product's driver filled in."""
    url = make_url(plain)
    if url.get_backend_name() == "sqlite":
        return url.set(drivername="sqlite+aiosqlite")
    return url.set(drivername="postgresql+psycopg")


def sync_url(plain: str) -> URL:
    """The same database for tools that are not async (Alembic)."""
    url = make_url(plain)
    if url.get_backend_name() == "sqlite":
        _make_folder(url)
        return url.set(drivername="sqlite")
    return url.set(drivername="postgresql+psycopg")


def _make_folder(url: URL) -> None:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)


def database_of(session: AsyncSession) -> str:
    """Which database a session speaks to, the same for reading and writing, whatever the driver."""
    return session.info.get(_NAME) or name_of(session.get_bind().engine.url)


def name_of(url: URL) -> str:
    """The URL of a database without driver and password, for comparing."""
    return url.set(drivername=url.get_backend_name()).render_as_string()


def is_away(error: BaseException) -> bool:
    """Whether the database itself is the trouble (locked, gone, full), not the statement."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in SQLITE_AWAY
    return isinstance(error, OperationalError) or (isinstance(error, DBAPIError) and error.connection_invalidated)


#: Where a session keeps the name of its database: it is asked for several times in every turn.
_NAME = "database"


class Database:
    """The way in to write, `begin()`, and the way in to look, `read()`."""

    def __init__(self, plain_url: str) -> None:
        self.url = engine_url(plain_url)
        self._info = {_NAME: name_of(self.url)}
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_reader(self.url) if self.is_sqlite else _postgresql_engine(self.url)
        self._writer = Writer(self.url.database or "") if self.is_sqlite else None

    @asynccontextmanager
    async def begin(self, *, ahead: bool = False) -> AsyncIterator[AsyncSession]:
        """A write transaction: commits at the end, rolls back when anything is raised. No network inside.

        Where there is one writer at a time, one that is `ahead` goes before all who wait.
        """
        if self._writer is not None:
            async with self._writer.begin(ahead=ahead) as session:
                session.info.update(self._info)
                yield session
        else:
            async with AsyncSession(self.engine, expire_on_commit=False, info=self._info) as session, session.begin():
                yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads; whatever it changed is rolled back."""
        async with AsyncSession(self.engine, expire_on_commit=False, info=self._info) as session:
            yield session

    async def close(self) -> None:
        """Give the connections back. Call it when nothing is in flight any more."""
        await self.engine.dispose()
        if self._writer is not None:
            self._writer.close()


def _postgresql_engine(url: URL) -> AsyncEngine:
    return create_async_engine(
        url, pool_size=10, max_overflow=10, pool_pre_ping=True, pool_timeout=10, hide_parameters=True
    )


def _sqlite_reader(url: URL) -> AsyncEngine:
    """Readers run in threads: a long one delays nobody, and in WAL mode never waits for the writer."""
    _make_folder(url)
    engine = create_async_engine(url, pool_size=5, max_overflow=20, hide_parameters=True)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine
