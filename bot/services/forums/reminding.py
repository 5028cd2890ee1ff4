"""What the clock does for events: whoever registered is reminded the day before and on the morning."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot.services import duties
from bot.services.forums import browsing
from bot.services.forums.desk import Gathering, tell, visitors
from bot.services.training.reminding import reminder_hour
from models.forum import Forum, ForumStatus
from models.outbox import Promise
from models.rules.training.reminders import DAYS, Stage, horizon, stage_due

DUTY = "forum reminder"
STAGES = (Stage.ONE_DAY, Stage.MORNING)


async def remind(by: Gathering) -> int:
    """Everybody who registered for an event that is near, each stage once; how many reminders were put."""
    hour = reminder_hour(by.city.fact("forum.reminder_hour"))
    local = by.now.astimezone(by.city.calendar.zone)
    put = 0
    for forum in await _near(by):
        stage = stage_due(forum.starts_at.astimezone(local.tzinfo), local, hour)
        if stage in STAGES and await duties.claim(by.session, DUTY, f"{forum.id}:{stage.value}", by.now):
            put += await _remind(by, forum, stage)
    return put


async def _near(by: Gathering) -> Sequence[Forum]:
    statement = select(Forum).where(
        Forum.status == ForumStatus.OPEN, Forum.starts_at > by.now, Forum.starts_at < horizon(by.now)
    )
    return (await by.session.scalars(statement.order_by(Forum.starts_at, Forum.id))).all()


async def _remind(by: Gathering, forum: Forum, stage: Stage) -> int:
    return await tell(
        by,
        await visitors(by, forum.id),
        "forum_reminder",
        f"{forum.id}:{stage.value}",
        at_once=True,
        promise=Promise.AT_MOST_ONCE,
        forum_id=forum.id,
        title=forum.title,
        days=DAYS[stage],
        starts_at=forum.starts_at.isoformat(),
        place=forum.place,
        link=forum.link or "",
        calendar=browsing.told(by, forum),
    )
