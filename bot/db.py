"""The database: `begin()` is the only place that commits.

SQLite has one writer at a time; its busy handler sleeps, so writers queue in the process instead, and every
write transaction starts with BEGIN IMMEDIATE (a deferred one that reads first fails under load).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

SQLITE_WAIT_MS = 5_000


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


def is_away(error: BaseException) -> bool:
    """Whether the database itself is the trouble (locked, gone, refusing), not the statement."""
    if isinstance(error, OperationalError):
        return True
    return isinstance(error, DBAPIError) and error.connection_invalidated


class Database:
    """One engine, its write lock (SQLite) and the two ways in: `begin()` to write, `read()` to look."""

    def __init__(self, plain_url: str) -> None:
        self.url = engine_url(plain_url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgresql_engine(self.url)
        self._write_lock = asyncio.Lock()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """A write transaction: commits at the end, rolls back when anything is raised. No network inside."""
        if not self.is_sqlite:
            async with AsyncSession(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
            return
        async with (
            self._write_lock,
            AsyncSession(self.engine.execution_options(writes=True), expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads; whatever it changed is rolled back."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            yield session

    async def close(self) -> None:
        """Give the connections back. Call it when nothing is in flight any more."""
        await self.engine.dispose()


def _postgresql_engine(url: URL) -> AsyncEngine:
    return create_async_engine(
        url, pool_size=10, max_overflow=10, pool_pre_ping=True, pool_timeout=10, hide_parameters=True
    )


def _sqlite_engine(url: URL) -> AsyncEngine:
    _make_folder(url)
    engine = create_async_engine(
        url,
        pool_size=5,
        max_overflow=20,
        hide_parameters=True,
        connect_args={"timeout": SQLITE_WAIT_MS / 1000},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={SQLITE_WAIT_MS}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
