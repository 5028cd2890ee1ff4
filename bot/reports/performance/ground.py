"""Everything that the digests of a day are made from, read once for all of them in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.reports.performance import papers as paper_rows
from bot.reports.performance import residents, weeks
from bot.reports.performance.papers import Papers
from bot.reports.performance.residents import Reader, Voices
from bot.reports.performance.roster import Roster, roster
from bot.reports.performance.standing import Standing, standings
from bot.reports.performance.states import PersonState, badness
from bot.reports.performance.weeks import WeekState
from bot.services.city import City
from bot.services.performance import facts, weekly
from bot.services.performance.evaluation.judging import number_fact
from models.performance.indicator import Indicator, IndicatorFact, Source

#: A deadline this many days ahead is named, where the city does not say (`performance.deadline_days`).
DEADLINE_DAYS = 7


@dataclass(frozen=True)
class Ground:
    """Everything that digests of a day are made from, read once for all of them."""

    city: City
    now: datetime
    roster: Roster
    week: WeekState
    standings: Mapping[int, list[Standing]]
    waiting: Mapping[int, tuple[int, int]]
    papers: Papers
    voices: Voices
    facts: Mapping[int, IndicatorFact]
    persons: dict[int, PersonState] = field(default_factory=dict)

    def person(self, employee_id: int) -> PersonState:
        """One civil servant."""
        found = self.persons.get(employee_id)
        if found is None:
            found = self.persons[employee_id] = self._person(employee_id)
        return found

    def _person(self, employee_id: int) -> PersonState:
        report = self.week.reports.get(employee_id)
        return PersonState(
            member=self.roster.members[employee_id],
            owes=employee_id in self.week.owing,
            reported=report is not None,
            late=report is not None and report.late,
            waiting=self.waiting.get(employee_id, (0, 0))[0],
            standings=tuple(sorted(self.standings.get(employee_id, ()), key=badness)),
            obstacles=tuple(self.week.obstacles.get(employee_id, ())),
            away=employee_id in self.roster.away,
        )

    def reader(self, leader_id: int, units: Collection[int] | None = None) -> Reader:
        """Through whose eyes residents' rows are looked at; `units`: those of a roll-up instead of the own ones."""
        whole = self.roster.as_whom(leader_id)
        own = self.roster.units_of(leader_id) if units is None else frozenset(units)
        involved = frozenset[int]().union(*(self.roster.roles.get(one, frozenset()) for one in whole))
        return Reader(leader_id, own, involved)


async def ground(
    session: AsyncSession,
    city: City,
    now: datetime,
    since: date,
    people: Collection[int] | None = None,
    known: Roster | None = None,
) -> Ground:
    """Read what digests need; of these people alone (and everybody's units), or of all. `since`: ratings from then."""
    day = city.today(now)
    known = known or await roster(session, city, day)
    week = weeks.newest_due(city, now)
    year = weekly.plan_year(week)
    lines = await standings(session, city, year, day, weeks.last_day(city, week), people)
    earliest = max(since, day - residents.LONGEST_LOOK)
    return Ground(
        city,
        now,
        known,
        await weeks.week_state(session, city, week, people),
        lines,
        await weeks.waiting(session, people),
        await paper_rows.papers(session, day, people),
        await residents.voices(session, city, now, earliest, horizon(city, day)),
        await _facts(session, day),
    )


async def _facts(session: AsyncSession, day: date) -> dict[int, IndicatorFact]:
    """What the records give this year, by indicator."""
    counted = (await session.scalars(select(Indicator.id).where(Indicator.source != Source.MANUAL))).all()
    return await facts.latest_facts(session, counted, day)


def horizon(city: City, day: date) -> date:
    """Until which day deadlines are named."""
    return day + timedelta(days=number_fact(city, "performance.deadline_days", DEADLINE_DAYS))
