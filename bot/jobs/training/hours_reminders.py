"""In September tells whoever lacks training hours, each superior and human resources; each person once a year."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bot.reports.performance.roster import Roster, roster
from bot.reports.training import hours_standing
from bot.runtime import Runtime
from bot.services.city import know
from bot.services.training import hours_reminding
from bot.services.training.desk import Doing
from bot.services.training.hours_reminding import Short
from models.rules.nip import Kind


async def run(runtime: Runtime) -> dict[str, int]:
    """One look; how many notices were put."""
    now = runtime.clock()
    async with runtime.db.begin() as session:
        by = Doing(session, await know(session, now), now)
        year = hours_reminding.year_to_remind(by)
        if year is None:
            return {"reminded": 0}
        put = await _remind(by, year)
    if put:
        runtime.sender.nudge()
    return {"reminded": put}


async def _remind(by: Doing, year: int) -> int:
    lines = await hours_standing.everybody(by, year, by.today)
    target = hours_standing.target_of(by)
    short = hours_standing.short_of(target, lines)
    if not short:
        return 0
    known = await roster(by.session, by.city, by.today)
    owners = [
        Short(one.person_id, one.hours, target.minimum)
        for one in short.values()
        if one.person_id is not None and one.id not in known.away
    ]
    put = await hours_reminding.remind_yearly(by, year, owners)
    put += await hours_reminding.tell_leaders(by, year, _leaders(known, set(short), target.minimum))
    of = sum(one.kind != Kind.PPPK for one in lines)
    return put + await hours_reminding.tell_hr(by, year, {"count": len(short), "of": of, "limit": target.minimum})


def _leaders(known: Roster, short: Collection[int], limit: int) -> dict[int, dict[str, Any]]:
    """Person → how many below this one lack hours, also by acting; of superiors at work with an account."""
    found: dict[int, dict[str, Any]] = {}
    for leader in known.leaders:
        person = known.members[leader].person_id
        below = sum(one in short for one in known.below(leader))
        if below and person is not None and leader not in known.away:
            direct = sum(one in short for one in known.led_by(leader))
            found[person] = {"below": below, "direct": direct, "limit": limit}
    return found
