"""The writing SQLite connection: what `begin` promises when it returns."""

import asyncio
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot import sqlite
from bot.clock import utc_now
from bot.db import Database
from bot.services import people
from bot.sqlite import Writer
from models.conversation import Conversation
from models.person import Person


class Disk:
    """A disk that is slow while `free` is not set, and counts its syncs."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.free.set()
        self.busy = threading.Event()
        self.syncs = 0

    def sync(self, _file: int) -> None:
        self.syncs += 1
        self.busy.set()
        assert self.free.wait(10)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    disk = Disk()
    monkeypatch.setattr(os, "fdatasync", disk.sync, raising=False)
    return disk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "x.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE word (word TEXT)")
    connection.close()
    return path


@pytest.fixture
def writer(path: Path) -> Iterator[Writer]:
    writer = Writer(str(path))
    yield writer
    writer.close()


async def write(writer: Writer, word: str) -> None:
    async with writer.begin() as session:
        await session.execute(text("INSERT INTO word VALUES (:word)"), {"word": word})


def words(path: Path) -> list[str]:
    """What another connection sees."""
    connection = sqlite3.connect(path)
    found = [row[0] for row in connection.execute("SELECT word FROM word ORDER BY rowid")]
    connection.close()
    return found


async def test_begin_returns_when_the_disk_has_the_commit(writer: Writer, path: Path, disk: Disk) -> None:
    disk.free.clear()
    writing = asyncio.create_task(write(writer, "a"))
    assert await asyncio.to_thread(disk.busy.wait, 10)
    assert words(path) == ["a"]
    assert not writing.done()
    disk.free.set()
    await writing


async def test_commits_during_a_sync_share_the_next_one(writer: Writer, path: Path, disk: Disk) -> None:
    disk.free.clear()
    first = asyncio.create_task(write(writer, "a"))
    assert await asyncio.to_thread(disk.busy.wait, 10)
    others = [asyncio.create_task(write(writer, word)) for word in "bcdefghijk"]
    while len(words(path)) < 11:  # noqa: ASYNC110 - the file tells
        await asyncio.sleep(0)
    assert not any(task.done() for task in others)
    disk.free.set()
    await asyncio.gather(first, *others)
    assert disk.syncs == 2


async def test_the_loop_turns_between_two_transactions(writer: Writer, path: Path) -> None:
    done: list[str] = []

    async def note(word: str) -> None:
        await write(writer, word)
        done.append(word)

    async def watch() -> int:
        """How many other things the loop has time for until all is written."""
        turns = 0
        while len(words(path)) < 10:
            turns += 1
            await asyncio.sleep(0)
        return turns

    turns, *_ = await asyncio.gather(watch(), *(note(word) for word in "abcdefghij"))
    assert turns >= 10
    assert done == list("abcdefghij")


async def test_who_is_ahead_passes_those_who_wait_and_those_keep_their_order(writer: Writer, path: Path) -> None:
    begun = asyncio.Event()
    may_end = asyncio.Event()

    async def hold() -> None:
        async with writer.begin() as session:
            await session.execute(text("INSERT INTO word VALUES ('first')"))
            begun.set()
            await may_end.wait()

    async def hurry() -> None:
        async with writer.begin(ahead=True) as session:
            await session.execute(text("INSERT INTO word VALUES ('ahead')"))

    holding = asyncio.create_task(hold())
    await begun.wait()
    waiting = [asyncio.create_task(write(writer, word)) for word in "abc"]
    await asyncio.sleep(0)
    hurrying = asyncio.create_task(hurry())
    await asyncio.sleep(0)
    may_end.set()
    await asyncio.gather(holding, hurrying, *waiting)
    assert words(path) == ["first", "ahead", "a", "b", "c"]


async def test_who_goes_away_while_waiting_is_not_in_the_way(writer: Writer, path: Path) -> None:
    async with writer.begin() as session:
        await session.execute(text("INSERT INTO word VALUES ('first')"))
        waiting = [asyncio.create_task(write(writer, word)) for word in "abc"]
        await asyncio.sleep(0)
        waiting[0].cancel()
        waiting[1].cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await write(writer, "last")
    assert words(path) == ["first", "c", "last"]


async def test_in_a_crowd_commits_wait_for_each_other_and_share_a_sync(
    writer: Writer, path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "GATHER", 0.5)
    await asyncio.gather(*(write(writer, word) for word in "abcdefgh"))
    assert sorted(words(path)) == list("abcdefgh")
    assert disk.syncs <= 2
    monkeypatch.setattr(sqlite, "GATHER", 3600)
    await write(writer, "i")  # nobody else is about to commit: it waits for nobody
    assert words(path)[-1] == "i"


async def test_whoever_gives_up_waiting_takes_nobody_along(writer: Writer, path: Path, disk: Disk) -> None:
    disk.free.clear()
    writing = [asyncio.create_task(write(writer, word)) for word in "ab"]
    assert await asyncio.to_thread(disk.busy.wait, 10)
    writing[0].cancel()
    await asyncio.gather(writing[0], return_exceptions=True)
    disk.free.set()
    await writing[1]
    assert words(path) == ["a", "b"]


async def test_what_fails_is_taken_back_and_the_next_one_goes_on(writer: Writer, path: Path) -> None:
    async def fail() -> None:
        async with writer.begin() as session:
            await session.execute(text("INSERT INTO word VALUES ('lost')"))
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with writer.begin():
        pass  # asks nothing of the session
    await write(writer, "kept")
    assert words(path) == ["kept"]


async def test_it_waits_asleep_while_another_process_writes(writer: Writer, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(write(writer, "a"))
    await asyncio.sleep(0.1)
    assert not writing.done()
    other.execute("COMMIT")
    await writing
    other.close()
    assert words(path) == ["a"]


async def test_a_prepared_statement_reads_and_writes_as_sqlalchemy_does(database: Database) -> None:
    now = utc_now()
    async with database.begin() as session:
        person, standing, _ = await people.meet(session, 7, "Siti", "ms", now, "id")
        standing.flow, standing.draft, standing.updated_at = "report", {"nonce": "ab", "files": [1]}, now
        await people.keep(session, standing)
    async with database.begin() as session:
        met, found, _ = await people.meet(session, 7, "Siti", "ms", now, "id")
        assert not session.dirty
    async with database.read() as session:
        loaded = await session.get_one(Person, person.id)
        talk = await session.get_one(Conversation, person.id)
        read, _, _ = await people.meet(session, 8, "Budi", None, now, "id")
    columns = [column.key for column in Person.__table__.c]
    assert [getattr(met, name) for name in columns] == [getattr(loaded, name) for name in columns]
    assert found == standing
    assert (talk.flow, talk.state, talk.draft, talk.updated_at) == ("report", None, standing.draft, now)
    assert read.language == "id"


async def test_the_person_met_is_the_sessions_own(database: Database) -> None:
    async with database.begin() as session:
        await people.meet(session, 7, "Siti", None, utc_now(), "id")
    async with database.begin() as session:
        person, _, _ = await people.meet(session, 7, "Siti Aminah", None, utc_now(), "id")
        assert person in session.dirty
        assert await session.get(Person, person.id) is person
    async with database.read() as session:
        assert await session.scalar(select(Person.name)) == "Siti Aminah"
