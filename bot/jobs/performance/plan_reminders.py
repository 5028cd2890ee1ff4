"""In January reminds whoever has no work plan, and tells each superior who is missing; each person once a year."""

from __future__ import annotations

from bot.reports.performance.roster import Roster, roster
from bot.runtime import Runtime
from bot.services.city import know
from bot.services.performance.plans import reminding


async def run(runtime: Runtime) -> dict[str, int]:
    """One look; how many notices were put."""
    now = runtime.clock()
    async with runtime.db.begin() as session:
        city = await know(session, now)
        year = reminding.year_to_remind(city, now)
        if year is None:
            return {"reminded": 0}
        known = await roster(session, city, city.today(now))
        missing = set(known.members) - await reminding.planned(session, year)
        owners = [person for one in sorted(missing) if (person := _account(known, one)) is not None]
        put = await reminding.remind(session, city, now, year, owners, _leaders(known, missing))
    if put:
        runtime.sender.nudge()
    return {"reminded": put}


def _account(known: Roster, employee_id: int) -> int | None:
    """The account of somebody who is at work that day."""
    return None if employee_id in known.away else known.members[employee_id].person_id


def _leaders(known: Roster, missing: set[int]) -> dict[int, list[str]]:
    """Person → the names of those without a plan whom this one leads, also by acting."""
    found: dict[int, list[str]] = {}
    for leader in known.leaders:
        names = [known.members[one].name for one in known.led_by(leader) if one in missing]
        person = _account(known, leader)
        if names and person is not None:
            found[person] = names
    return found
