"""A workbook of courses, or of one course's quiz: received, checked, shown, applied whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import outbox
from bot.services.training import arranging, rights, sheet_form, sheet_reading
from bot.services.training.desk import Doing
from bot.services.training.forms import CourseForm
from bot.services.training.quiz import sheet as quiz_sheet
from bot.services.training.quiz import writing
from bot.services.training.quiz.writing import Written
from bot.services.training.sheet_reading import KnownWords, ReadCourses, SheetFault
from models.errors import Refusal
from models.outbox import Lane
from models.rules.permissions import Presser
from models.training.course import Course
from models.training.course_sheet import CourseSheet, CourseSheetStatus


async def receive(by: Doing, file_id: str, file_name: str, course_id: int | None = None) -> CourseSheet:
    """A workbook has come (of the quiz of `course_id`); the duty `course sheets` fetches and checks it."""
    row = CourseSheet(
        person_id=by.actor_id, course_id=course_id, file_id=file_id, file_name=file_name[:200], received_at=by.now
    )
    by.session.add(row)
    await by.session.flush()
    return row


async def waiting(session: AsyncSession) -> Sequence[tuple[int, str, int]]:
    """Id, Telegram's file and sender of every workbook that is not checked yet."""
    rows = await session.execute(
        select(CourseSheet.id, CourseSheet.file_id, CourseSheet.person_id)
        .where(CourseSheet.status == CourseSheetStatus.RECEIVED, CourseSheet.person_id.is_not(None))
        .order_by(CourseSheet.id)
    )
    return [(number, file_id, person_id or 0) for number, file_id, person_id in rows]


async def check(by: Doing, presser: Presser, sheet_id: int, content: bytes | None) -> bool:
    """Read it (None: it could not be fetched) and tell its sender; whether it could be applied."""
    sheet = await by.session.get_one(CourseSheet, sheet_id)
    found = await _read(by, presser, content, sheet.course_id)
    sheet.faults, sheet.content = [asdict(fault) for fault in found.faults], found.courses
    sheet.become(CourseSheetStatus.FAULTY if found.faults else CourseSheetStatus.READY, by.now)
    await outbox.put(
        by.session,
        key=f"course_sheet:{sheet.id}",
        person_id=sheet.person_id,
        kind="course_sheet_checked",
        values={"sheet": sheet.id, "faults": sheet.faults, "courses": sheet.content, "course_id": sheet.course_id},
        lane=Lane.ANSWER,
        now=by.now,
    )
    return not found.faults


async def _read(by: Doing, presser: Presser, content: bytes | None, course_id: int | None) -> ReadCourses:
    if content is None or not rights.arranges(presser):
        return ReadCourses(faults=[SheetFault("sheet_unreadable")])
    if course_id is not None:
        return quiz_sheet.read(content)
    units: dict[str, int] = {}
    for unit in by.city.units.values():
        units |= {sheet_form.plain(name): unit.id for name in (unit.code, unit.short_name, unit.name)}
    local = by.now.astimezone(by.city.calendar.zone)
    return sheet_reading.read(content, KnownWords(units, await _codes(by), local))


async def _codes(by: Doing) -> frozenset[str]:
    return frozenset(code.casefold() for code in await by.session.scalars(select(Course.code)))


async def apply(by: Doing, hr_id: int, sheet_id: int) -> CourseSheet:
    """All of its courses, as drafts, or all of its questions. A second press writes nothing.

    Refused with `data_changed` when one of its codes was taken meanwhile, and as `quiz.writing.add` does.
    """
    sheet = await _own(by, sheet_id)
    if sheet.status is CourseSheetStatus.APPLIED:
        return sheet
    if sheet.course_id is not None:
        sheet.become(CourseSheetStatus.APPLIED, by.now)
        await writing.add(by, hr_id, sheet.course_id, [Written.read(told) for told in sheet.content])
        return sheet
    written = [CourseForm.read(told) for told in sheet.content]
    if {one.code.casefold() for one in written} & await _codes(by):
        raise Refusal("data_changed")
    sheet.become(CourseSheetStatus.APPLIED, by.now)
    for one in written:
        await arranging.add(by, hr_id, one)
    return sheet


async def discard(by: Doing, sheet_id: int) -> CourseSheet:
    """Nothing changes."""
    sheet = await _own(by, sheet_id)
    sheet.become(CourseSheetStatus.DISCARDED, by.now)
    return sheet


async def _own(by: Doing, sheet_id: int) -> CourseSheet:
    sheet = await by.session.get(CourseSheet, sheet_id, with_for_update=True, populate_existing=True)
    if sheet is None or sheet.person_id != by.actor_id:
        raise Refusal("sheet_is_over")
    return sheet
