"""An uploaded list of NIPs: who is on it, and what is wrong with which line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import outbox
from bot.services.broadcasts.desk import Announcing, own_draft
from bot.services.city import City
from bot.services.imports import sheets
from bot.services.people import valid_on
from models.broadcasts.broadcast import Broadcast, BroadcastStatus, ListedRecipient
from models.employee import Employee
from models.errors import Refusal
from models.rules import nip

#: So many faults are told by line; the others only counted.
TOLD_FAULTS = 10
BATCH = 500
COLUMN = "nip"
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: its number as a person counts it, and what stands there."""

    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list gave: people, and of the others the line and what is wrong."""

    people: int
    faults: Sequence[tuple[int, str]]


def entries_of(filename: str, content: bytes) -> list[Entry]:
    """The NIPs of a file: the column `nip`, else the first one. UnreadableFileError for what is none."""
    found: list[Entry] = []
    for sheet in sheets.read(filename, content):
        if not sheet.columns:
            continue
        column = COLUMN if COLUMN in sheet.columns else sheet.columns[0]
        if column.isdigit():  # no heading: the first line is a NIP itself
            found.append(Entry(1, column))
        found += [Entry(row.number, _plain(row.cells.get(column, ""))) for row in sheet.rows]
    return [entry for entry in found if entry.words]


def entries_in(text: str) -> list[Entry]:
    """The NIPs of a message, one a line."""
    return [Entry(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _plain(cell: object) -> str:
    """A spreadsheet's number of 18 digits is rounded already: shown as it is, and refused."""
    return str(int(cell)) if isinstance(cell, float) else str(cell).strip()


async def receive(by: Announcing, broadcast_id: int, file_id: str, name: str) -> Broadcast:
    """A file came: it is fetched and read after the commit."""
    row = await own_draft(by, broadcast_id)
    if not name.lower().endswith((".xlsx", ".xls", ".ods", ".csv")):
        raise Refusal("not_a_list")
    row.upload = {"file_id": file_id, "name": name}
    await by.session.flush()
    return row


async def put(by: Announcing, broadcast_id: int, entries: Sequence[Entry]) -> Listed:
    """The list from now on, in place of an earlier one."""
    row = await own_draft(by, broadcast_id)
    return await _store(by.session, row, entries, by.today)


async def waiting(session: AsyncSession) -> Sequence[tuple[int, str, str]]:
    """Lists to fetch: broadcast, Telegram's id of the file, its name."""
    statement = (
        select(Broadcast)
        .where(Broadcast.status == BroadcastStatus.DRAFT, Broadcast.upload.is_not(None))
        .order_by(Broadcast.id)
    )
    rows = await session.scalars(statement)
    return [(row.id, row.upload["file_id"], row.upload["name"]) for row in rows if row.upload]


async def take(
    session: AsyncSession, city: City, broadcast_id: int, file_id: str, entries: Sequence[Entry] | None, now: datetime
) -> None:
    """A fetched list (None: it cannot be read): stored, and its author told what came of it."""
    row = await session.get_one(Broadcast, broadcast_id, with_for_update=True)
    if row.upload is None or row.upload["file_id"] != file_id or row.status is not BroadcastStatus.DRAFT:
        return
    row.upload = None
    values: dict[str, object] = {"told_id": row.id, "title": row.title, "readable": entries is not None}
    if entries is not None:
        listed = await _store(session, row, entries, city.today(now))
        values |= told(listed)
    author = await session.get_one(Employee, row.author_id)
    if author.person_id is not None:
        key = f"broadcast_list:{row.id}:{file_id[-40:]}:{int(now.timestamp())}"
        await outbox.put(session, key=key, person_id=author.person_id, kind="broadcast_list", now=now, values=values)


def told(listed: Listed) -> dict[str, object]:
    """What came of a list, as plain values."""
    return {
        "people": listed.people,
        "wrong": len(listed.faults),
        "faults": [[line, fault] for line, fault in listed.faults[:TOLD_FAULTS]],
    }


async def _store(session: AsyncSession, row: Broadcast, entries: Sequence[Entry], today: date) -> Listed:
    faults: list[tuple[int, str]] = []
    wanted: dict[str, int] = {}
    for entry in entries:
        digits = entry.words.replace(" ", "")
        found = nip.read(digits, today)
        if isinstance(found, nip.Fault):
            faults.append((entry.line, "nip"))
        elif digits in wanted:
            faults.append((entry.line, "twice"))
        else:
            wanted[digits] = entry.line
    known = await _employees(session, list(wanted), today)
    faults += [(line, "unknown") for digits, line in wanted.items() if digits not in known]
    await session.execute(delete(ListedRecipient).where(ListedRecipient.broadcast_id == row.id))
    for batch in _batches(sorted(known.values())):
        await session.execute(insert(ListedRecipient), [{"broadcast_id": row.id, "employee_id": one} for one in batch])
    await session.flush()
    return Listed(len(known), sorted(faults))


async def _employees(session: AsyncSession, nips: Sequence[str], today: date) -> dict[str, int]:
    found: dict[str, int] = {}
    for batch in _batches(nips):
        statement = select(Employee.nip, Employee.id).where(Employee.nip.in_(batch), valid_on(Employee, today))
        found |= {digits: employee_id for digits, employee_id in await session.execute(statement)}
    return found


def _batches(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]
