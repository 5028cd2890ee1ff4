"""A register's file in the talk: received, checked, shown in numbers, applied; the same file again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import outbox
from bot.services.imports.sheets import UnreadableFileError, read
from bot.services.performance.records import counter, reading
from bot.services.performance.records.counter import Serving
from bot.services.performance.records.reading import Application, Register, Wrong
from models.errors import Refusal
from models.outbox import Lane
from models.performance.record_file import RecordFile, RecordFileStatus
from models.performance.service_record import RecordSource, ServiceRecord
from models.rules.performance.durations import is_on_time, working_minutes

BATCH = 500
_MOMENTS = ("received_at", "complete_at", "finished_at", "finished_on", "minutes", "on_time", "touched_at")
_COLUMNS = ServiceRecord.__table__.c
#: A row that somebody else holds meanwhile fails there: its version moves on.
_CHANGE = (
    update(ServiceRecord.__table__)  # type: ignore[arg-type]
    .where(_COLUMNS.id == bindparam("row"))
    .values(version=_COLUMNS.version + 1, **{name: bindparam(name, type_=_COLUMNS[name].type) for name in _MOMENTS})
)
FAULTS_KEPT = 200


@dataclass(frozen=True, slots=True)
class Differences:
    """What a file would do: rows that are new, changed, and as they are already."""

    new: Sequence[Application]
    changed: Sequence[tuple[int, Application]]
    same: int

    def counts(self) -> dict[str, int]:
        """The same in numbers."""
        return {"new": len(self.new), "changed": len(self.changed), "same": self.same}


def receive(by: Serving, file_id: str, file_name: str) -> RecordFile:
    """A file has come; the duty `record files` fetches and checks it."""
    row = RecordFile(person_id=by.presser.person_id, file_id=file_id, file_name=file_name[:200], received_at=by.now)
    by.session.add(row)
    return row


async def waiting(session: AsyncSession) -> Sequence[tuple[int, str, int]]:
    """Id, Telegram's file and sender of every file that is not checked yet."""
    rows = await session.execute(
        select(RecordFile.id, RecordFile.file_id, RecordFile.person_id)
        .where(RecordFile.status == RecordFileStatus.RECEIVED)
        .order_by(RecordFile.id)
    )
    return [(number, file_id, person_id or 0) for number, file_id, person_id in rows]


async def check(by: Serving, record_file_id: int, content: bytes | None) -> bool:
    """Read the file (None: it could not be fetched) and tell its sender; whether anything in it can be used."""
    row = await by.session.get_one(RecordFile, record_file_id)
    found = await parse(by, row.file_name, content)
    row.faults = [list(fault) for fault in found.faults[:FAULTS_KEPT]]
    row.rows = [reading.packed(one) for one in found.rows]
    row.become(RecordFileStatus.READY if found.rows else RecordFileStatus.FAULTY, by.now)
    differences = await compare(by.session, found.rows)
    values = {"file": row.id, "faults": row.faults, "wrong": len(found.faults), **differences.counts()}
    await outbox.put(
        by.session,
        key=f"record_file:{row.id}",
        person_id=by.presser.person_id,
        kind="record_file_checked",
        values=values,
        lane=Lane.ANSWER,
        now=by.now,
    )
    return bool(found.rows)


async def parse(by: Serving, name: str, content: bytes | None) -> Register:
    """The rows of the own services in a file."""
    try:
        sheets = read(name, content) if content is not None else []
    except UnreadableFileError:
        sheets = []
    if not sheets:
        return Register(faults=[Wrong(0, "", "unreadable_file")])
    return reading.read(by, await counter.services(by), sheets)


async def compare(session: AsyncSession, rows: Sequence[Application]) -> Differences:
    """Against what is stored; a moment that the file does not know leaves the stored one as it is."""
    stored: dict[tuple[int, str], ServiceRecord] = {}
    services = sorted({row.service_id for row in rows})
    for start in range(0, len(rows), BATCH):
        numbers = [row.number for row in rows[start : start + BATCH]]
        which = ServiceRecord.service_id.in_(services), ServiceRecord.number.in_(numbers)
        statement = select(ServiceRecord).where(*which).order_by(ServiceRecord.id)
        stored |= {(one.service_id, one.number): one for one in await session.scalars(statement)}
    new, changed, same = [], [], 0
    for row in rows:
        one = stored.get((row.service_id, row.number))
        if one is None:
            new.append(row)
        elif (merged := _merged(one, row)) != _as_stored(one):
            changed.append((one.id, merged))
        else:
            same += 1
    return Differences(new, changed, same)


def _as_stored(one: ServiceRecord) -> Application:
    return Application(one.service_id, one.number, one.received_at, one.complete_at, one.finished_at)


def _merged(one: ServiceRecord, row: Application) -> Application:
    complete, finished = row.complete_at or one.complete_at, row.finished_at or one.finished_at
    return row._replace(complete_at=complete, finished_at=finished)


async def apply(by: Serving, record_file_id: int) -> dict[str, int]:
    """Write what the file has; a second press changes nothing. Refused with `record_file_is_over`."""
    row = await _own(by, record_file_id)
    row.become(RecordFileStatus.APPLIED, by.now)
    own = {service.id for service in await counter.services(by)}
    found = await compare(by.session, [one for one in map(reading.unpacked, row.rows) if one.service_id in own])
    row.rows = []  # the records hold them now
    await write(by, found)
    return found.counts()


async def write(by: Serving, found: Differences) -> None:
    """Insert and change in batches."""
    for batch in _batches([_values(by, one) for one in found.new]):
        await by.session.execute(insert(ServiceRecord), batch)
    changed = [{"row": number, **_moments(by, one), "touched_at": by.now} for number, one in found.changed]
    for batch in _batches(changed):
        await by.session.execute(_CHANGE, batch)


def _batches(rows: list[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _values(by: Serving, one: Application) -> dict[str, Any]:
    return {
        "service_id": one.service_id,
        "unit_id": by.city.successor(by.city.services[one.service_id].unit_id).id,
        "number": one.number,
        "source": RecordSource.IMPORT,
        "touched_at": by.now,
        "recorded_by_id": by.presser.employee_id,
        "version": 1,
        **_moments(by, one),
    }


def _moments(by: Serving, one: Application) -> dict[str, Any]:
    minutes = on_time = finished_on = None
    if one.complete_at is not None and one.finished_at is not None:
        finished_on = by.city.today(one.finished_at)
        minutes = working_minutes(one.complete_at, one.finished_at, by.city.calendar)
        on_time = is_on_time(minutes, counter.standard(by.city, one.service_id, one.complete_at))
    return {
        "received_at": one.received_at,
        "complete_at": one.complete_at,
        "finished_at": one.finished_at,
        "finished_on": finished_on,
        "minutes": minutes,
        "on_time": on_time,
    }


async def discard(by: Serving, record_file_id: int) -> None:
    """Nothing is written."""
    row = await _own(by, record_file_id)
    row.become(RecordFileStatus.DISCARDED, by.now)
    row.rows = []


async def _own(by: Serving, record_file_id: int) -> RecordFile:
    row = await by.session.get(RecordFile, record_file_id)
    if row is None or row.person_id != by.presser.person_id:
        raise Refusal("record_file_is_over")
    return row
