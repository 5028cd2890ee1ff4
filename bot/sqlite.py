"""SQLite without threads for writing.

aiosqlite hands every call to a thread: about fifteen hand-overs a transaction, four times the cost of the transaction
itself (docs/performance.md). A write on a local file takes microseconds, so the one writing connection is an ordinary
one on the event loop, behind a lock. It never waits for a file lock: `Writer.begin` does, asleep.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property
from typing import Any

from sqlalchemy import URL, Connection, StaticPool, create_engine
from sqlalchemy.ext.asyncio import AsyncSession

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
#: How long `begin` waits while another process writes, and how often it looks, in seconds.
LOCK_WAIT = 5.0
LOCK_LOOK = 0.02


class InlineSession(AsyncSession):
    """A session on a connection that never waits: what is used most goes to it without the detour by greenlets."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(expire_on_commit=False)
        self.sync_session.bind = connection

    async def execute(self, *given: Any, **options: Any) -> Any:
        """See AsyncSession; so the others."""
        return self.sync_session.execute(*given, **options)

    async def scalars(self, *given: Any, **options: Any) -> Any:
        """The first column."""
        return self.sync_session.scalars(*given, **options)

    async def scalar(self, *given: Any, **options: Any) -> Any:
        """The first column of the first row."""
        return self.sync_session.scalar(*given, **options)

    async def flush(self, *given: Any, **options: Any) -> None:
        """Send what is new or changed."""
        self.sync_session.flush(*given, **options)


class Writer:
    """The one writing connection to a file; its transactions follow one another."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """A transaction: BEGIN IMMEDIATE, at the end COMMIT, or ROLLBACK when anything is raised."""
        async with self._lock:
            raw: Any = self._connection.connection.driver_connection
            await _first_in_line(raw)
            session = InlineSession(self._connection)
            try:
                yield session
                session.sync_session.commit()
                raw.commit()  # nothing was asked of the session
            finally:
                session.sync_session.close()
                raw.rollback()

    def close(self) -> None:
        """Close the file."""
        if "_connection" in vars(self):
            self._connection.close()
            self._connection.engine.dispose()

    @cached_property
    def _connection(self) -> Connection:
        url = URL.create("sqlite", database=self._path)
        engine = create_engine(url, creator=self._open, poolclass=StaticPool, hide_parameters=True)
        return engine.connect()

    def _open(self) -> sqlite3.Connection:
        raw = sqlite3.connect(self._path, timeout=0, isolation_level=None, check_same_thread=False)
        for pragma in PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
        return raw


async def _first_in_line(raw: Any) -> None:
    """Begin; wait asleep while another process writes; past the deadline SQLite's own error is raised."""
    deadline = time.monotonic() + LOCK_WAIT
    while True:
        try:
            raw.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(LOCK_LOOK)
        else:
            return
