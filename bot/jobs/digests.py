"""Computes the digests that are due, all at once, and queues those with news; each is made once a day.

A process that dies in between leaves the digests of the batches it had not written: the next look makes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.reports.performance import digest as reports
from bot.reports.performance.roster import roster
from bot.reports.performance.states import Digest
from bot.runtime import Runtime
from bot.services.city import City, know
from bot.services.performance.team import schedule
from bot.services.performance.team.schedule import Due, Ready
from bot.views.performance.team.values import values_of
from models.rules.performance.digests import DigestKind

BATCH = 50


async def run(runtime: Runtime) -> dict[str, int]:
    """One look; how many digests were made, and how many of them sent."""
    now = runtime.clock()
    async with runtime.db.read() as session:
        city = await know(session, now)
        if not schedule.is_open(city, now):
            return {"made": 0, "told": 0}
        known = await roster(session, city, city.today(now))
        accounts = {
            one: person_id
            for one in known.leaders
            if one not in known.away and (person_id := known.members[one].person_id) is not None
        }
        due = {one.employee_id: one for one in await schedule.due(session, city, now, accounts)}
        if not due:
            return {"made": 0, "told": 0}
        since = {one: row.since for one, row in due.items() if row.since is not None}
        found = await reports.digests(session, city, now, since, due)
    ready = _ready(found, due, accounts, city)
    told = 0
    for start in range(0, len(ready), BATCH):
        async with runtime.db.begin() as session:
            told += await schedule.put(session, ready[start : start + BATCH], city.today(now), now)
    await _forget(runtime, city, now)
    if told:
        runtime.sender.nudge()
    return {"made": len(ready), "told": told}


def _ready(found: Mapping[int, Digest], due: Mapping[int, Due], accounts: Mapping[int, int], city: City) -> list[Ready]:
    return [
        Ready(
            due=due[one],
            person_id=accounts[one],
            keys=digest.keys(),
            empty=digest.empty,
            values=values_of(digest, city, weekly=due[one].kind is DigestKind.WEEKLY),
        )
        for one, digest in found.items()
    ]


async def _forget(runtime: Runtime, city: City, now: datetime) -> None:
    async with runtime.db.begin() as session:
        await schedule.forget(session, city.today(now))
