"""The city's data as a workbook that comes back changed: checked, shown in words, applied, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import outbox
from bot.services.administration import undoing
from bot.services.imports import headings
from bot.services.imports.applying import apply
from bot.services.imports.plans import Change, ChangeKind, Fault, Plan, draft
from bot.services.imports.sheets import Row, Sheet, UnreadableFileError, read
from bot.services.imports.stored import stored
from bot.services.imports.tables import TABLES
from models.administration.revision import Revision, RevisionStatus
from models.employee import Employee
from models.errors import Refusal
from models.outbox import Lane
from models.person import Person

TRIES = 5
#: So many are shown in the history.
LATEST = 5
#: The mark before an employee's number: no NIP leaves the city in a workbook.
NUMBER = "#"
#: Sheet → the column that names a civil servant.
CIVIL_SERVANTS = {"roles": "employee", "indicators": "owner"}


def receive(session: AsyncSession, person: Person, file_id: str, file_name: str, now: datetime) -> Revision:
    """A workbook has come; the duty `revisions` fetches and checks it."""
    revision = Revision(person_id=person.id, file_id=file_id, file_name=file_name[:200], received_at=now)
    session.add(revision)
    return revision


async def waiting(session: AsyncSession) -> Sequence[tuple[int, str, str]]:
    """Id, Telegram's file and name of every workbook that is not checked yet."""
    rows = await session.execute(
        select(Revision.id, Revision.file_id, Revision.file_name)
        .where(Revision.status == RevisionStatus.RECEIVED)
        .order_by(Revision.id)
    )
    return [(number, file_id, name) for number, file_id, name in rows]


async def check(session: AsyncSession, revision_id: int, content: bytes | None, today: date, now: datetime) -> Plan:
    """Compare the workbook (None: it could not be fetched) with the data, and tell its sender what was found."""
    revision = await session.get_one(Revision, revision_id)
    plan = await _plan(session, revision.file_name, content, today)
    revision.faults = [_packed_fault(fault) for fault in plan.faults]
    revision.changes = [pack(change) for change in plan.changes]
    revision.become(RevisionStatus.FAULTY if plan.faults else RevisionStatus.READY, now)
    if revision.person_id is not None:
        await outbox.put(
            session,
            key=f"revision:{revision.id}",
            person_id=revision.person_id,
            kind="revision_checked",
            values={"revision": revision.id, "faults": revision.faults, "changes": await told(session, revision)},
            lane=Lane.ANSWER,
            now=now,
        )
    return plan


async def _plan(session: AsyncSession, name: str, content: bytes | None, today: date) -> Plan:
    try:
        sheets = read(name, content) if content is not None else []
    except UnreadableFileError:
        sheets = []
    sheets = [sheet for sheet in map(_named, sheets) if sheet.name != headings.IGNORED]
    if not sheets:
        return Plan((Fault(name, None, None, "unreadable_workbook"),), ())
    foreign = [sheet for sheet in sheets if sheet.name not in headings.SHEETS]
    if foreign:
        return Plan(tuple(Fault(sheet.name, None, None, "unknown_sheet", {}) for sheet in foreign), ())
    numbers = await _numbers(session)
    return await draft(session, [_with_numbers(sheet, numbers) for sheet in sheets], today)


def _named(sheet: Sheet) -> Sheet:
    """The sheet with the import's own names instead of the titles people read."""
    known = headings.names()
    rows = tuple(
        Row(row.number, {known.get(column, column): cell for column, cell in row.cells.items()}) for row in sheet.rows
    )
    return Sheet(known.get(sheet.name, sheet.name), tuple(known.get(name, name) for name in sheet.columns), rows)


async def _numbers(session: AsyncSession) -> dict[str, str]:
    rows = await session.execute(select(Employee.id, Employee.nip))
    return {f"{NUMBER}{number}": nip for number, nip in rows}


def _with_numbers(sheet: Sheet, numbers: Mapping[str, str]) -> Sheet:
    column = CIVIL_SERVANTS.get(sheet.name)
    if column is None or column not in sheet.columns:
        return sheet
    known = {"": "", **numbers}
    rows = tuple(
        replace(row, cells={**row.cells, column: known.get(str(row.cells.get(column, "")).strip(), "#?")})
        for row in sheet.rows
    )
    return replace(sheet, rows=rows)


async def latest(session: AsyncSession) -> Sequence[Revision]:
    """The newest revisions that were applied or taken back."""
    done = (RevisionStatus.APPLIED, RevisionStatus.TAKEN_BACK)
    statement = select(Revision).where(Revision.status.in_(done)).order_by(Revision.id.desc()).limit(LATEST)
    return (await session.scalars(statement)).all()


async def get(session: AsyncSession, revision_id: int) -> Revision:
    """One revision; refused with `revision_is_over` when there is none."""
    revision = await session.get(Revision, revision_id)
    if revision is None:
        raise Refusal("revision_is_over")
    return revision


async def confirm(session: AsyncSession, revision_id: int, today: date, now: datetime) -> Revision:
    """Apply the changes that were shown, all or none; refused with `data_changed` when the data moved meanwhile."""
    revision = await get(session, revision_id)
    revision.become(RevisionStatus.APPLIED, now)
    changes = [unpack(change) for change in revision.changes]
    await _require_unchanged(session, changes)
    await apply(session, changes, today)
    return revision


async def discard(session: AsyncSession, revision_id: int, now: datetime) -> Revision:
    """Nothing is changed."""
    revision = await get(session, revision_id)
    revision.become(RevisionStatus.DISCARDED, now)
    return revision


async def take_back(session: AsyncSession, revision_id: int, today: date, now: datetime) -> Revision:
    """Undo the newest applied revision; refused with `not_the_newest`, or `data_changed` when something built on it."""
    revision = await get(session, revision_id)
    newest = await session.scalar(
        select(Revision.id)
        .where(Revision.status == RevisionStatus.APPLIED)
        .order_by(Revision.decided_at.desc())
        .limit(1)
    )
    if revision.status is RevisionStatus.APPLIED and newest != revision.id:
        raise Refusal("not_the_newest")
    revision.become(RevisionStatus.TAKEN_BACK, now)
    await undoing.undo(session, [unpack(change) for change in revision.changes], today)
    return revision


async def _require_unchanged(session: AsyncSession, changes: Sequence[Change]) -> None:
    """Refused with `data_changed` unless every row still is as it was when the differences were shown."""
    for name in dict.fromkeys(change.table for change in changes):
        present = (await stored(session, TABLES[name])).values
        for change in (change for change in changes if change.table == name):
            row = present.get(change.key)
            if (row is None) is not (change.kind is ChangeKind.ADDED):
                raise Refusal("data_changed")
            if row is not None and any(row[column] != old for column, (old, _) in change.values.items()):
                raise Refusal("data_changed")


async def told(session: AsyncSession, revision: Revision) -> list[Any]:
    """The changes as people are told of them: an employee by name, never by NIP."""
    names = {nip: name for nip, name in await session.execute(select(Employee.nip, Employee.name))}
    return [_without_nip(change, names) for change in revision.changes]


def _without_nip(change: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    column = CIVIL_SERVANTS.get(change["table"])
    if column is None:
        return change
    if change["table"] == "roles":
        key = [names.get(change["key"][0], ""), *change["key"][1:]]
        return {**change, "key": key, "values": {n: v for n, v in change["values"].items() if n != column}}
    named = {n: [names.get(nip, nip) for nip in v] if n == column else v for n, v in change["values"].items()}
    return {**change, "values": named}


def pack(change: Change) -> dict[str, Any]:
    """A change as a JSON object."""
    values = {name: [_packed(old), _packed(new)] for name, (old, new) in change.values.items()}
    return {"table": change.table, "kind": change.kind.value, "key": [_packed(k) for k in change.key], "values": values}


def unpack(packed: Mapping[str, Any]) -> Change:
    """The change back from its JSON object."""
    values = {name: (_unpacked(old), _unpacked(new)) for name, (old, new) in packed["values"].items()}
    return Change(packed["table"], ChangeKind(packed["kind"]), tuple(map(_unpacked, packed["key"])), values)


def _packed(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"number": str(value)}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _unpacked(value: Any) -> Any:
    if isinstance(value, dict) and value.keys() == {"number"}:
        return Decimal(value["number"])
    return date.fromisoformat(value["day"]) if isinstance(value, dict) and value.keys() == {"day"} else value


def _packed_fault(fault: Fault) -> dict[str, Any]:
    values = {name: str(value) for name, value in fault.values.items()}
    return {"sheet": fault.sheet, "row": fault.row, "column": fault.column, "code": fault.code, "values": values}
