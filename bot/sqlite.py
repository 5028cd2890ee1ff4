"""SQLite without threads for the writing connection.

aiosqlite hands every call to a thread: about fifteen hand-overs a transaction, four times the cost of the transaction
itself (docs/performance.md). A write on a local file takes microseconds, so the one writing connection runs on the
event loop; it looks like aiosqlite to SQLAlchemy. It never waits for a lock: `Database.begin` does, asleep.
"""

from __future__ import annotations

import sqlite3
from typing import Any


class InlineCursor:
    """A cursor whose awaitables are done when they return."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    async def __aenter__(self) -> InlineCursor:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._cursor.close()

    async def execute(self, operation: str, parameters: Any = ()) -> InlineCursor:
        """Run one statement."""
        self._cursor.execute(operation, parameters)
        return self

    async def executemany(self, operation: str, parameters: Any) -> InlineCursor:
        """Run one statement for many rows."""
        self._cursor.executemany(operation, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        """Every row that is left."""
        return self._cursor.fetchall()

    async def close(self) -> None:
        """Give the cursor back."""
        self._cursor.close()

    @property
    def description(self) -> Any:
        """Columns of the result, or None."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """Rows changed."""
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """Id of the inserted row."""
        return self._cursor.lastrowid

    @property
    def arraysize(self) -> int:
        """Rows that fetchmany would take."""
        return self._cursor.arraysize


class InlineConnection:
    """One SQLite connection on the event loop's own thread."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw
        self._open = True

    @property
    def _connection(self) -> sqlite3.Connection | None:
        """SQLAlchemy asks aiosqlite's connections this way whether they are open."""
        return self.raw if self._open else None

    @property
    def isolation_level(self) -> str | None:
        """Always None: transactions begin when we say so."""
        return self.raw.isolation_level

    def cursor(self) -> InlineCursor:
        """A new cursor."""
        return InlineCursor(self.raw.cursor())

    async def create_function(self, *args: Any, **options: Any) -> None:
        """Give SQLite a function (SQLAlchemy brings its regular expressions)."""
        self.raw.create_function(*args, **options)

    async def commit(self) -> None:
        """Make it last."""
        self.raw.commit()

    async def rollback(self) -> None:
        """Take it back."""
        self.raw.rollback()

    async def close(self) -> None:
        """Close the file."""
        self.stop()

    def stop(self) -> None:
        """Close the file at once."""
        self._open = False
        self.raw.close()


async def connect(path: str, pragmas: tuple[str, ...]) -> InlineConnection:
    """Open the file for writing; a lock that somebody else holds is reported at once."""
    raw = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    for pragma in pragmas:
        raw.execute(f"PRAGMA {pragma}")
    return InlineConnection(raw)
