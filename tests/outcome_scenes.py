"""A course that is over, its participants, and what the duty gives them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.jobs.training import hours
from models.employee import Employee
from models.rules.small_cells import SMALLEST
from models.training.certificate import Certificate
from models.training.course import CourseSession, CourseStatus
from models.training.rating import CourseRating, RatedPart
from models.training.registration import Attendance, AttendanceWay, Registration, RegistrationStatus
from tests import training_scenes as scenes
from tests.driver import START, Stage

TITLE = "Pelayanan Prima"


async def over(stage: Stage, there: Sequence[int], absent: Sequence[int] = (), **values: Any) -> int:
    """A course that ended two days ago; `there` were at its meeting, `absent` had seats only. Hours not counted yet."""
    begin = START - timedelta(days=2)
    course_id = await scenes.course(
        stage,
        values.pop("title", TITLE),
        sessions=(begin,),
        status=CourseStatus.DONE,
        closes_at=begin - timedelta(days=1),
        quota=100,
        **values,
    )
    async with stage.db.begin() as session:
        statement = select(CourseSession.id).where(CourseSession.course_id == course_id)
        session_id = (await session.scalars(statement)).one()
        for seat, employee_id in enumerate([*there, *absent], start=1):
            row = Registration(
                course_id=course_id,
                employee_id=employee_id,
                unit_id=1,
                status=RegistrationStatus.SEATED,
                seat=seat,
                unit_seat=seat,
                queued_at=begin,
            )
            session.add(row)
            await session.flush()
            if employee_id in there:
                session.add(Attendance(session_id=session_id, registration_id=row.id, way=AttendanceWay.CODE, at=begin))
    return course_id


async def counted(stage: Stage) -> None:
    """The duty counts hours; what it tells arrives."""
    assert stage.product is not None
    await hours.run(stage.product.runtime)
    await stage.settle()


async def crowd(stage: Stage, size: int = SMALLEST) -> list[int]:
    """So many more civil servants without accounts."""
    async with stage.db.begin() as session:
        rows = [
            Employee(nip=f"19900101201501{number:04d}", name=f"Peserta {number}", unit_id=1, kind="pns")
            for number in range(1, size + 1)
        ]
        session.add_all(rows)
        await session.flush()
        return [row.id for row in rows]


async def rated(stage: Stage, course_id: int, *rows: tuple[int, int, str | None]) -> None:
    """Ratings: employee, the score of every part, a comment."""
    async with stage.db.begin() as session:
        for employee_id, score, comment in rows:
            scores: dict[str, Any] = {part.value: score for part in RatedPart}
            session.add(
                CourseRating(course_id=course_id, employee_id=employee_id, comment=comment, rated_at=START, **scores)
            )


async def all_of(stage: Stage, table: type[Any]) -> list[Any]:
    """Every row of a table."""
    async with stage.db.read() as session:
        return list((await session.scalars(select(table).order_by(table.id))).all())


async def certificates(stage: Stage) -> list[Certificate]:
    """Those that were given."""
    return await all_of(stage, Certificate)
