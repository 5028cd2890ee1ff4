"""A meeting whose room has a point, and people at some distance from it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.callbacks import Learn
from models.rules.training.attendance_code import code_at
from models.training.course import CourseSession
from models.training.registration import Attendance
from tests import training_scenes as scenes
from tests.desk_scenes import forges
from tests.driver import START, Phone, Stage
from tests.training_scenes import phone_of

#: Where the room is; 40 m, 90 m and 900 m north of it.
ROOM = (0.9167, 104.45)
NEAR, NEARER, FAR = (0.91706, 104.45), (0.91751, 104.45), (0.9248, 104.45)


async def at_the_door(stage: Stage, *names: str, room: tuple[float, float] | None = ROOM) -> dict[str, Phone]:
    """Human resources, and these with a seat, a minute before a meeting of three hours begins."""
    await scenes.course(stage, sessions=(START + timedelta(hours=2),), closes_at=START + timedelta(hours=1), quota=9)
    if room is not None:
        async with stage.db.begin() as session:
            row = await session.get_one(CourseSession, 1)
            row.latitude, row.longitude = room
    phones = {name: await phone_of(stage, name) for name in ("hr", *names)}
    for name in names:
        await forges(phones[name], Learn("join", 1).encode())
    stage.later(hours=1, minutes=59)
    return phones


async def scans(stage: Stage, phone: Phone) -> None:
    """The code of now."""
    async with stage.db.read() as session:
        secret = (await session.get_one(CourseSession, 1)).secret
    await phone.starts(f"hadir_1_{code_at(secret, 1, stage.now).long}")
    phone.sees("Kehadiran Bapak/Ibu tercatat")


async def scans_and_adds(stage: Stage, phone: Phone) -> None:
    """The code of now, then the question of the place."""
    await scans(stage, phone)
    await phone.presses("Tambahkan lokasi")
    phone.sees("Mau menambahkan lokasi?")


async def metres_of(stage: Stage) -> list[int | None]:
    """The distances of all attendances, read by a second session."""
    async with stage.db.read() as session:
        return list(await session.scalars(select(Attendance.distance_m).order_by(Attendance.id)))


async def points_of(stage: Stage) -> list[tuple[float, float] | None]:
    """The points of all meetings."""
    async with stage.db.read() as session:
        rows = await session.scalars(select(CourseSession).order_by(CourseSession.starts_at))
        return [(row.point.latitude, row.point.longitude) if row.point else None for row in rows]
