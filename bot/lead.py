"""One process works, a second waits as standby: the lead is a lock of the database that dies with its holder."""

from __future__ import annotations

import asyncio
import sqlite3
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, NullPool, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.db import engine_url
from bot.log import get_logger

log = get_logger(__name__)

#: The key of our advisory lock in PostgreSQL; any fixed number does.
LOCK = 7_216_410_172
LOOK_SECONDS = 0.5
WATCH_SECONDS = 5.0


class Answer(Enum):
    """What came of trying to take the lead."""

    TAKEN = auto()
    HELD_ELSEWHERE = auto()
    DATABASE_AWAY = auto()


class Lead(Protocol):
    """A lock that at most one process holds."""

    async def try_take(self) -> Answer:
        """Take it if it is free."""

    async def is_held(self) -> bool:
        """Whether it is still ours (a PostgreSQL that restarted forgot it)."""

    async def release(self) -> None:
        """Give it back."""


def lead_of(database_url: str) -> Lead:
    """The lock that belongs to this database."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return FileLead(Path(f"{url.database}.lead"))
    return AdvisoryLead(engine_url(database_url))


async def wait_for(lead: Lead) -> None:
    """Wait as standby until the lead is ours."""
    waited = False
    while await lead.try_take() is not Answer.TAKEN:
        if not waited:
            log.info("standby", reason="another process works on this database")
            waited = True
        await asyncio.sleep(LOOK_SECONDS)


async def watch(lead: Lead) -> None:
    """Return when another process has the lead. A database that was only away gives it back to us."""
    while True:
        if not await lead.is_held() and await lead.try_take() is Answer.HELD_ELSEWHERE:
            return
        await asyncio.sleep(WATCH_SECONDS)


class FileLead:
    """An exclusive transaction on a little SQLite file beside the database."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None

    async def try_take(self) -> Answer:
        """Take it if it is free."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=0, isolation_level=None)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            connection.close()
            return Answer.HELD_ELSEWHERE
        self._connection = connection
        return Answer.TAKEN

    async def is_held(self) -> bool:
        """A file lock is held as long as the process lives."""
        return self._connection is not None

    async def release(self) -> None:
        """Give it back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class AdvisoryLead:
    """A session-level advisory lock on a connection of its own."""

    def __init__(self, url: URL) -> None:
        self._engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._connection: AsyncConnection | None = None

    async def try_take(self) -> Answer:
        """Take it if it is free and the database is there."""
        try:
            connection = await self._engine.connect()
            taken = await connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LOCK})
        except DBAPIError:
            return Answer.DATABASE_AWAY
        if not taken:
            await connection.close()
            return Answer.HELD_ELSEWHERE
        self._connection = connection
        return Answer.TAKEN

    async def is_held(self) -> bool:
        """Whether the connection that holds it still answers."""
        if self._connection is None:
            return False
        try:
            await self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            await self._connection.invalidate()
            await self.release()
            return False
        return True

    async def release(self) -> None:
        """Give it back."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None
