"""When each duty runs. APScheduler is only the clock: what is due is a column, and each firing is a claimed row.

Two processes, or a restart, never fire the same period twice; downtime is caught up once, within the grace.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.db import is_away
from bot.jobs import (
    auditing,
    broadcasts,
    deadlines,
    digests,
    evaluations,
    files,
    housekeeping,
    improvements,
    indicators,
    leftovers,
    menus,
    plan_sheets,
    proofs,
    recognitions,
    record_files,
    revisions,
    silence,
    weekly,
)
from bot.jobs.forums import reminders as forum_reminders
from bot.jobs.performance import plan_reminders
from bot.jobs.training import codes, effects, hours, hours_reminders, quizzes, reminders, sheets
from bot.log import get_logger
from bot.runtime import Runtime
from bot.services import duties
from bot.services.administration import watching

log = get_logger(__name__)

Run = Callable[[Runtime], Awaitable[dict[str, int]]]
LOOK_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty: its name, what it does, and how often. A daily one names the hour (city time) and its grace."""

    name: str
    run: Run
    every: timedelta
    hour: int | None = None
    grace: timedelta = timedelta(hours=12)

    def period(self, now: datetime, local: datetime) -> str | None:
        """The period that is due now, as a unique text; None while nothing is due."""
        if self.hour is None:
            return str(int(now.timestamp() // self.every.total_seconds()))
        due = local.replace(hour=self.hour, minute=0, second=0, microsecond=0)
        if local < due:
            due -= timedelta(days=1)
        return due.date().isoformat() if local - due <= self.grace else None


DUTIES: tuple[Duty, ...] = (
    Duty("deadlines", deadlines.run, timedelta(minutes=5)),
    Duty("silence", silence.run, timedelta(minutes=5)),
    Duty("files", files.run, timedelta(seconds=15)),
    Duty("revisions", revisions.run, timedelta(seconds=15)),
    Duty("record files", record_files.run, timedelta(seconds=15)),
    Duty("plan sheets", plan_sheets.run, timedelta(seconds=15)),
    Duty("course sheets", sheets.run, timedelta(seconds=15)),
    Duty("trainings", reminders.run, timedelta(minutes=1)),
    Duty("forums", forum_reminders.run, timedelta(minutes=1)),
    Duty("attendance codes", codes.run, timedelta(seconds=15)),
    Duty("broadcasts", broadcasts.run, timedelta(seconds=5)),
    Duty("audit", auditing.run, timedelta(minutes=1)),
    Duty("audit head", auditing.post_head, timedelta(days=1), hour=6),
    Duty("menus", menus.run, timedelta(seconds=30)),
    Duty("leftovers", leftovers.run, timedelta(minutes=1)),
    Duty("held proofs", proofs.run, timedelta(days=1), hour=8),
    Duty("weekly", weekly.run, timedelta(minutes=5)),
    Duty("digests", digests.run, timedelta(minutes=5)),
    Duty("improvements", improvements.run, timedelta(days=1), hour=8),
    Duty("training hours", hours.run, timedelta(minutes=5)),
    Duty("hours reminders", hours_reminders.run, timedelta(days=1), hour=8),
    Duty("plan reminders", plan_reminders.run, timedelta(days=1), hour=8),
    Duty("training quizzes", quizzes.run, timedelta(minutes=5)),
    Duty("training effects", effects.run, timedelta(days=1), hour=8),
    Duty("evaluations", evaluations.run, timedelta(days=1), hour=8),
    Duty("recognitions", recognitions.run, timedelta(days=1), hour=8),
    Duty("indicators", indicators.run, timedelta(days=1), hour=5, grace=timedelta(hours=24)),
    Duty("housekeeping", housekeeping.run, timedelta(days=1), hour=2),
)


class Timetable:
    """Looks at the table every few seconds and runs what is due and not yet claimed."""

    def __init__(self, runtime: Runtime, table: tuple[Duty, ...] = DUTIES) -> None:
        self._runtime = runtime
        self._table = table
        self._scheduler = AsyncIOScheduler(timezone=runtime.settings.zone)
        self._running: set[asyncio.Task[dict[str, int] | None]] = set()

    def start(self) -> None:
        """Begin; the first look is at once."""
        for duty in self._table:
            self._scheduler.add_job(
                self._look,
                IntervalTrigger(seconds=min(LOOK_SECONDS, duty.every.total_seconds())),
                args=[duty],
                id=duty.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
                next_run_time=self._runtime.clock(),
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """Fire nothing more; what runs is broken off, and has given everything back when this returns."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _look(self, duty: Duty) -> None:
        """Fire in a task of its own: APScheduler would log one that is broken off as a failure."""
        task = asyncio.create_task(self.fire(duty))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.wait({task})

    async def fire(self, duty: Duty) -> dict[str, int] | None:
        """Run a duty if its present period is due and nobody claimed it; its counts, or None."""
        runtime = self._runtime
        now = runtime.clock()
        period = duty.period(now, now.astimezone(runtime.settings.zone))
        if period is None:
            return None
        try:
            async with runtime.db.begin() as session:
                claimed = await duties.claim(session, duty.name, period, now)
            if not claimed:
                return None
            with watching.acting_as(f"{watching.SYSTEM}:{duty.name}", now):
                counts = await duty.run(runtime)
            async with runtime.db.begin() as session:
                await duties.finish(session, duty.name, period, counts, runtime.clock())
        except Exception as error:
            if is_away(error):
                log.warning("duty_postponed", duty=duty.name, period=period, reason="database away")
                return None
            log.error("duty_failed", duty=duty.name, period=period, exc_info=error)
            return None
        if any(counts.values()):
            log.info("duty_done", duty=duty.name, period=period, **counts)
        return counts
