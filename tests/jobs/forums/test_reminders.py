"""Whoever registered for a public event is reminded the day before and on its morning, once each."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.callbacks import Meet
from bot.jobs.forums import reminders
from models.forum import Forum, ForumStatus
from models.outbox import OutboxMessage
from tests import forum_scenes as scenes
from tests.desk_scenes import forges, resident
from tests.driver import Stage

WIB = ZoneInfo("Asia/Jakarta")
#: A Saturday: no office hours that day.
MEETING = datetime(2026, 11, 28, 9, tzinfo=WIB)


async def looks(stage: Stage, at: datetime) -> int:
    stage.now = at
    assert stage.product is not None
    counts = await reminders.run(stage.product.runtime)
    await stage.settle()
    return counts["reminded"]


async def test_reminders_come_once_each_with_a_calendar_file_and_never_at_night(stage: Stage) -> None:
    await scenes.forum(stage, starts_at=MEETING)
    siti, budi = await resident(stage), await resident(stage, "Budi")
    await forges(siti, Meet("join", 1).encode())
    seen = {}
    for day in (24, 25, 26, 27, 28):
        for hour in (1, 7, 12, 22):
            at = datetime(2026, 11, day, hour, 30, tzinfo=WIB)
            if at > stage.now and (put := await looks(stage, at)):
                seen[day, hour] = put
    assert seen == {(27, 7): 1, (28, 7): 1}
    assert siti.saw("Besok ada acara Sembang Berbenah")
    assert siti.saw("Hari ini ada acara Sembang Berbenah")
    assert not budi.saw("ada acara")
    assert "SUMMARY:Sembang Berbenah" in (await siti.newest_file()).decode()
    async with stage.db.read() as session:
        keys = list(await session.scalars(select(OutboxMessage.key).where(OutboxMessage.kind == "forum_reminder")))
    assert len(keys) == len(set(keys)) == 2


async def test_nobody_is_reminded_of_what_was_cancelled_or_given_up(stage: Stage) -> None:
    await scenes.forum(stage, starts_at=MEETING)
    await scenes.forum(stage, starts_at=MEETING, code="lain", title="Lain")
    siti = await resident(stage)
    for number in (1, 2):
        await forges(siti, Meet("join", number).encode())
    await forges(siti, Meet("leave2", 1).encode())
    async with stage.db.begin() as session:
        (await session.get_one(Forum, 2)).move(ForumStatus.CANCELLED, stage.now)
    assert await looks(stage, datetime(2026, 11, 27, 7, 30, tzinfo=WIB)) == 0
    assert not siti.saw("ada acara")
