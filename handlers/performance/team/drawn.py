"""The pictures of the team desk and of the weekly digest: read first, drawn outside of any transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from bot.db import Database
from bot.reports.charts import Chart, draw_or_none
from bot.reports.performance import digest as reports
from bot.reports.performance import history
from bot.reports.performance.states import PersonState, UnitRoll
from bot.reports.performance.weeks import newest_due
from bot.services.city import City, know
from bot.services.performance.own_week import Reporting
from bot.views.performance.team import pictures as view
from bot.views.screen import Enclosure
from models.errors import Refusal

#: So many weeks are in a heat map.
WEEKS = 12


class Picture(NamedTuple):
    """What is drawn, and the same figures in words."""

    charts: tuple[Chart, ...]
    words: tuple[str, ...]


async def line(by: Reporting, person: PersonState, line_id: int) -> Picture:
    """A line beside its pace."""
    week = newest_due(by.city, by.now)
    found = await history.course(by.session, by.city, person.member.id, line_id, week)
    if found is None:
        raise Refusal("no_such_choice")
    return Picture((view.pace(person.member.name, found),), (view.pace_words(person.member.name, found),))


async def team(session: Any, city: City, now: datetime, leader_id: int) -> Picture | None:
    """The weeks of the own people; for whoever leads leaders the units, too."""
    digest = await reports.digest(session, city, now, leader_id, deep=True)
    if digest is None or not digest.people:
        return None
    weeks = history.weeks_before(digest.week, WEEKS)
    past = await history.past(session, city, [one.member.id for one in digest.people], weeks)
    charts, words = [view.heat(digest, weeks, past)], [view.heat_words(digest, past)]
    drawn = units(city, digest.units)
    if drawn is not None:
        charts, words = [*drawn.charts, *charts], [*drawn.words, *words]
    return Picture(tuple(charts), tuple(words))


def units(city: City, found: Sequence[UnitRoll]) -> Picture | None:
    """Units by the share of what keeps the pace."""
    names = {one.unit_id: city.units[one.unit_id].short_name for one in found}
    if not any(one.share is not None for one in found):
        return None
    return Picture((view.units(found, names),), (view.units_words(found, names),))


async def enclosures(picture: Picture | None) -> tuple[Enclosure, ...]:
    """Drawn; each with its figures in words as the caption."""
    if picture is None:
        return ()
    made = await draw_or_none(picture.charts)
    return tuple(
        Enclosure(f"tim-{number}.png", content, words, is_picture=True)
        for number, (content, words) in enumerate(zip(made, picture.words, strict=False), start=1)
    )


async def of_digest(db: Database, values: dict[str, Any], now: datetime) -> tuple[Enclosure, ...]:
    """What goes with a weekly digest; nothing with a daily one."""
    if not values.get("weekly"):
        return ()
    async with db.read() as session:
        picture = await team(session, await know(session, now), now, values["leader"])
    return await enclosures(picture)


#: Kind of notice → the pictures that go below it.
ENCLOSED = {"team_digest": of_digest}
