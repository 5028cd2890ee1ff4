"""The people of the list of training hours: who has how many, and what was told."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from bot.callbacks import Learn
from models.employee import Employee
from models.outbox import OutboxMessage
from models.training.hours import HoursStatus, TrainingHours
from tests import training_scenes as scenes
from tests.desk_scenes import forges
from tests.driver import START, Phone, Stage
from tests.performance_scenes import Team

#: The lists, as a button carries them.
CITY, TEAM, BELOW = "c.u.0", "t.u.0", "b.u.0"


async def people(stage: Stage) -> Team:
    """The worker has 7 JP, second 20, third a contract and 26; the outsider serves in another unit and has none."""
    found = await scenes.people(stage)
    for name, hours in (("worker", 7), ("second", 20), ("third", 26), ("boss", 20), ("deputy", 30), ("hr", 21)):
        await counted(stage, found.ids[name], hours)
    async with stage.db.begin() as session:
        (await session.get_one(Employee, found.ids["third"])).kind = "pppk"
        (await session.get_one(Employee, found.ids["outsider"])).unit_id = 2
        strangers = select(Employee).where(Employee.id.not_in(list(found.ids.values())))
        for stranger in await session.scalars(strangers):
            stranger.valid_to = date(2026, 1, 1)
    return found


async def counted(stage: Stage, employee_id: int, hours: int, status: HoursStatus = HoursStatus.COUNTED) -> None:
    async with stage.db.begin() as session:
        session.add(
            TrainingHours(
                employee_id=employee_id,
                year=2026,
                hours=hours,
                title="Bimtek",
                ended_on=date(2026, 3, 1),
                status=status,
                created_at=START,
            )
        )


async def notices(stage: Stage) -> int:
    statement = select(func.count()).where(OutboxMessage.kind.like("hours_short%"))
    async with stage.db.read() as session:
        return await session.scalar(statement) or 0


async def opens(phone: Phone, extra: str = CITY) -> None:
    await forges(phone, Learn("lack", 0, extra).encode())
