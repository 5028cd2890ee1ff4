"""Asks for the week on its last working day, and reminds those who have not reported (domain rule 30).

When is the city's data (`[performance] weekly_*`). A reminder comes on a working day of that person in office hours,
never during the Friday prayer; once, whatever process puts it. One that nobody could put in time is passed over: before
the week is due nothing is made up for after it, and after it only within GRACE.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import notices, outbox
from bot.services.city import City
from bot.services.notices import sending_moment
from bot.services.performance import weekly
from bot.services.performance.weekly import Owing
from models.outbox import Promise
from models.rules.performance.weeks import Reminder, ReminderPlan, reminder_now, reminders, week_name, week_of
from models.rules.respondents import listed

PUSH, BEFORE, AFTER, AFTER_HOUR = "13.00", "30", "1", "09.00"
#: How long a reminder after the due time is worth sending.
GRACE = timedelta(hours=24)
#: Weeks behind the running one whose reminder may still come: a fortnight of holidays lies between.
WEEKS = 4
_MINUTE = timedelta(minutes=1)


async def remind(session: AsyncSession, city: City, now: datetime) -> int:
    """Put what is due now, once each; how many were fresh. A fixed number of queries a week."""
    if sending_moment(city, now) > now:
        return 0
    running = week_of(city.today(now))
    weeks = [running - timedelta(weeks=ago) for ago in range(WEEKS)]
    put = 0
    times = _Times(city)
    for week, owed in (await weekly.expected_weeks(session, city, weeks)).items():
        wanted = [(one, found) for one in owed if (found := times.due(one, now)) is not None]
        if not wanted:
            continue
        there = await weekly.reports(session, week)
        rows = [_row(city, one, found, now) for one, found in wanted if one.employee_id not in there]
        put += await outbox.put_many(session, rows, now)
    return put


class _Times:
    """When which reminder of a week comes; worked out once for all who have the same days of leave."""

    def __init__(self, city: City) -> None:
        self._city = city
        self._plan = plan_of(city)
        self._known: dict[tuple[date, frozenset[date]], list[Reminder]] = {}

    def due(self, one: Owing, now: datetime) -> Reminder | None:
        """What this person should have got by now; None for nobody's account, or when it is too late for it."""
        today = self._city.today(now)
        if one.person_id is None or today in one.away:
            return None
        found = reminder_now(self._all(one), now, reported=False)
        if found is None or (found.stage <= 0 and now >= one.due_at) or now - found.at > GRACE:
            return None
        return found

    def _all(self, one: Owing) -> list[Reminder]:
        key = (one.week, one.away)
        if key not in self._known:
            hour = weekly.due_hour(self._city)
            self._known[key] = reminders(one.week, self._city.calendar, hour, self._plan, one.away)
        return self._known[key]


def plan_of(city: City) -> ReminderPlan:
    """The push and the reminders before and after, as the city set them; the push is the earliest one before."""
    before = {int(minutes) for minutes in listed(city.fact("performance.weekly_remind_before", BEFORE))}
    after = (int(days) for days in listed(city.fact("performance.weekly_remind_after", AFTER)))
    return ReminderPlan(
        minutes_before=tuple(sorted(before | {push_minutes(city)}, reverse=True)),
        days_after=tuple(after),
        hour_after=weekly.hour_of(city, "performance.weekly_remind_hour", AFTER_HOUR),
    )


def push_minutes(city: City) -> int:
    """How many minutes before the week is due it is asked for."""
    hours = weekly.due_hour(city), weekly.hour_of(city, "performance.weekly_push", PUSH)
    due, push = (_since_midnight(hour) for hour in hours)
    return max((due - push) // _MINUTE, 0)


def _since_midnight(hour: time) -> timedelta:
    return timedelta(hours=hour.hour, minutes=hour.minute)


def _row(city: City, one: Owing, reminder: Reminder, now: datetime) -> dict[str, Any]:
    is_push = reminder.stage == -push_minutes(city)
    key = f"week:{week_name(one.week)}:{reminder.stage}:{one.person_id}"
    values = {"week": one.week.isoformat(), "due": one.due_at.isoformat(), "stage": reminder.stage}
    kind = "week_push" if is_push else "week_reminder"
    return notices.row(key, one.person_id, kind, values, now, Promise.AT_MOST_ONCE)
