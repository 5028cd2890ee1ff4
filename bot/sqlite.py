"""SQLite without threads for writing.

aiosqlite hands every call to a thread: about fifteen hand-overs a transaction, four times the cost of the transaction
itself (docs/performance.md). A write on a local file takes microseconds, so the one writing connection is an ordinary
one on the event loop, behind a lock. It never waits for a file lock, nor for the disk: `Writer.begin` does, asleep.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, nullcontext
from functools import cached_property
from typing import Any

from sqlalchemy import URL, Connection, StaticPool, bindparam, create_engine, insert, inspect
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import make_transient_to_detached

#: NORMAL leaves it to us when a commit is on the disk: `Writer.begin` waits for that, with others, in a thread.
PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")
#: How long `begin` waits while another process writes, and how often it looks, in seconds.
LOCK_WAIT = 5.0
LOCK_LOOK = 0.02
#: So many seconds a sync waits for other commits when there is a crowd; two or three of them fit in.
GATHER = 0.004


class InlineSession(AsyncSession):
    """A session on a connection that never waits: what is used most goes to it without the detour by greenlets."""

    def __init__(self, connection: Connection, raw: sqlite3.Connection) -> None:
        super().__init__(expire_on_commit=False)
        self.sync_session.bind = connection
        self.raw = raw

    async def execute(self, *given: Any, **options: Any) -> Any:
        """See AsyncSession; so the others."""
        return self.sync_session.execute(*given, **options)

    async def scalars(self, *given: Any, **options: Any) -> Any:
        """The first column."""
        return self.sync_session.scalars(*given, **options)

    async def scalar(self, *given: Any, **options: Any) -> Any:
        """The first column of the first row."""
        return self.sync_session.scalar(*given, **options)

    async def get(self, *given: Any, **options: Any) -> Any:
        """The row with this key, or None."""
        return self.sync_session.get(*given, **options)

    async def get_one(self, *given: Any, **options: Any) -> Any:
        """The row with this key."""
        return self.sync_session.get_one(*given, **options)

    async def flush(self, *given: Any, **options: Any) -> None:
        """Send what is new or changed."""
        self.sync_session.flush(*given, **options)


class Prepared:
    """A statement of every turn: here it is compiled once, and sqlite3 gets it without SQLAlchemy's way around it.

    Values come and go as the columns' types want them. Python-side defaults and ORM objects are not for it.
    """

    def __init__(self, statement: Any) -> None:
        self._statement = statement

    async def rows(self, session: AsyncSession, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        """The rows that it finds."""
        if not isinstance(session, InlineSession):
            return [tuple(row) for row in await session.execute(self._statement, values)]
        found = self._run(session, values).fetchall()
        return [
            tuple(read(value) if read else value for read, value in zip(self._readers, row, strict=True))
            for row in found
        ]

    async def change(self, session: AsyncSession, values: dict[str, Any]) -> int:
        """How many rows it changes."""
        if not isinstance(session, InlineSession):
            result: Any = await session.execute(self._statement, values)
            return int(result.rowcount)
        return self._run(session, values).rowcount

    def insert(self, session: InlineSession, values: dict[str, Any]) -> int:
        """The number that the row it stores is given."""
        return self._run(session, values).lastrowid or 0

    def _run(self, session: InlineSession, values: dict[str, Any]) -> sqlite3.Cursor:
        text, places = self._compiled
        given = [write(values.get(name, own)) if write else values.get(name, own) for name, own, write in places]
        return session.raw.execute(text, given)

    @cached_property
    def _compiled(self) -> tuple[str, list[tuple[str, Any, Any]]]:
        """The text, and for each place in it a name, the statement's own value, and what makes it SQLite's."""
        compiled = self._statement.compile(dialect=_DIALECT)
        own = compiled.params
        names = compiled.positiontup or ()
        return str(compiled), [
            (name, own[name], _impl(compiled.binds[name]).bind_processor(_DIALECT)) for name in names
        ]

    @cached_property
    def _readers(self) -> list[Any]:
        return [_impl(column).result_processor(_DIALECT, None) for column in self._statement.selected_columns]


def take_in(session: AsyncSession, row: Any, values: dict[str, Any]) -> None:
    """Give a new object what is stored of it, as if the session had loaded it: quicker than to let it do so."""
    vars(row).update(values)
    make_transient_to_detached(row)
    session.add(row)


class Fresh:
    """New rows of a table of every turn: stored at once, as adding them to the session and flushing it would do.

    For tables with a number of their own that nobody listens to (the audit hears only of what is flushed). What hangs
    on a row by a relationship is not looked at.
    """

    def __init__(self, kind: Any) -> None:
        columns = inspect(kind).columns
        (self._key,) = inspect(kind).primary_key
        self._defaults = [(name, one.default) for name, one in columns.items() if one is not self._key]
        taken = {name: bindparam(name, type_=columns[name].type) for name, _default in self._defaults}
        self._statement = Prepared(insert(kind.__table__).values(taken))

    async def store(self, session: AsyncSession, row: Any) -> None:
        """Give the new object its number and what its columns have by themselves."""
        if not isinstance(session, InlineSession):
            session.add(row)
            await session.flush()
            return
        values = vars(row)
        for name, default in self._defaults:
            if name not in values:
                values[name] = None if default is None else default.arg
        take_in(session, row, {self._key.key: self._statement.insert(session, values)})


_DIALECT = pysqlite.dialect()


def _impl(column: Any) -> Any:
    return column.type.dialect_impl(_DIALECT)


class Log:
    """The file's write-ahead log: all that is committed by the time it is synced is on the disk at once."""

    def __init__(self, path: str) -> None:
        self._path = f"{path}-wal"
        self._thread = ThreadPoolExecutor(1, "sqlite-log")
        self._one_at_a_time = asyncio.Lock()
        self._next: asyncio.Task[None] | None = None

    async def lasts(self, *, crowded: bool = False) -> None:
        """Return when the disk has what is committed now; whoever waits meanwhile shares the next sync.

        In a crowd others are about to commit, and a sync costs as much for one as for many: it waits for them.
        """
        if self._next is None:
            self._next = asyncio.create_task(self._sync(GATHER if crowded else 0))
        await asyncio.shield(self._next)

    async def _sync(self, pause: float) -> None:
        async with self._one_at_a_time:
            if pause:
                await asyncio.sleep(pause)
            self._next = None
            await asyncio.get_running_loop().run_in_executor(self._thread, _fsync, self._path)

    def close(self) -> None:
        """Give the thread back."""
        self._thread.shutdown()


def _fsync(path: str) -> None:
    file = os.open(path, os.O_RDWR)
    try:
        getattr(os, "fdatasync", os.fsync)(file)
    finally:
        os.close(file)


class Door:
    """Lets one in at a time, and the event loop turn between two of them.

    A transaction on the loop's thread seldom waits for anything. Fifty of them would follow one another in a single
    turn of the loop, and until the last of them nothing is read from a socket and the first one's answer not sent.
    """

    def __init__(self) -> None:
        self._queue = asyncio.Lock()
        self._lock = asyncio.Lock()
        self._here = 0

    @property
    def is_crowded(self) -> bool:
        """Whether others wait outside."""
        return self._here > 0

    @asynccontextmanager
    async def alone(self, ahead: bool) -> AsyncIterator[None]:
        """Be the only one inside; who is `ahead` passes the queue."""
        self._here += 1
        try:
            async with nullcontext() if ahead else self._queue, self._lock:
                await asyncio.sleep(0)
                yield
        finally:
            self._here -= 1


class Writer:
    """The one writing connection to a file; its transactions follow one another."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._door = Door()
        self._log = Log(path)

    @asynccontextmanager
    async def begin(self, *, ahead: bool = False) -> AsyncIterator[AsyncSession]:
        """A transaction: BEGIN IMMEDIATE, at the end COMMIT, or ROLLBACK when anything is raised.

        Left without an error, what it did is on the disk. The next one may begin before that, but not end before.
        One that is `ahead` goes before all who wait.
        """
        async with self._door.alone(ahead):
            raw: Any = self._connection.connection.driver_connection
            await _first_in_line(raw)
            session = InlineSession(self._connection, raw)
            try:
                yield session
                session.sync_session.commit()
                raw.commit()  # nothing was asked of the session
            finally:
                session.sync_session.close()
                raw.rollback()
        await self._log.lasts(crowded=self._door.is_crowded)

    def close(self) -> None:
        """Close the file."""
        self._log.close()
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
