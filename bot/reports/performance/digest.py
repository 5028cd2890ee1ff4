"""What every superior should know on a day, computed for all of them at once in a fixed number of queries."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.reports.performance.ground import Ground, ground, horizon
from bot.reports.performance.papers import ToJudge
from bot.reports.performance.residents import Reader, Ticket, Work
from bot.reports.performance.roster import Roster, roster
from bot.reports.performance.states import Deadline, Differing, Digest, PersonState, UnitRoll, urgency
from bot.services.city import City
from bot.services.performance.evaluation.judging import number_fact
from bot.services.performance.plans.reminding import plan_deadline
from models.rules.performance.evaluation_period import EvaluationPeriod
from models.rules.skm import rounded

#: An evaluation is due within so many days of its period.
EVALUATE_WITHIN = 10


def digest_of(base: Ground, leader_id: int, since: date, *, deep: bool = True) -> Digest:
    """The digest of one superior; `since`: from which day on ratings are new."""
    known, day = base.roster, base.roster.day
    people = tuple(base.person(one) for one in known.led_by(leader_id))
    reader = base.reader(leader_id)
    plans = [plan for one in people for plan in base.papers.plans.get(one.member.id, ())]
    judged = [
        paper
        for one in known.as_whom(leader_id)
        for paper in base.papers.evaluations.get(one, ())
        if paper.employee_id != leader_id
    ]
    return Digest(
        leader=known.members[leader_id],
        day=day,
        week=base.week.week,
        people=people,
        plans=tuple(plans),
        evaluations=tuple(judged),
        overdue=tuple(base.voices.overdue(reader)),
        low=base.voices.rated_low(reader, since, day),
        low_since=since,
        deadlines=tuple(_deadlines(base, reader, people, judged)),
        differing=tuple(_differing(base, people)),
        units=tuple(units_of(base, leader_id, since)) if deep else (),
        sees_city=known.sees_city(leader_id),
    )


def units_of(base: Ground, leader_id: int, since: date) -> list[UnitRoll]:
    """The units of everybody below a leader of leaders, of the whole city on the city's level; the worst first."""
    known = base.roster
    if known.sees_city(leader_id):
        return rolled(base, leader_id, known.members, since)
    return rolled(base, leader_id, known.below(leader_id), since) if known.leads_leaders(leader_id) else []


def rolled(base: Ground, leader_id: int, people: Iterable[int], since: date) -> list[UnitRoll]:
    """The sums of the units of these people."""
    known = base.roster
    found: dict[int, UnitRoll] = {}
    for employee in people:
        unit = base.city.successor(known.members[employee].unit_id).id
        found.setdefault(unit, UnitRoll(unit)).add(base.person(employee))
    reader = base.reader(leader_id, found)
    for ticket in base.voices.overdue(reader):
        found[ticket.unit_id].overdue += 1
    for row in base.voices.low:
        if since <= row.day < known.day and reader.sees(row):
            found[row.unit_id].low += row.number
    names = base.city.units
    return sorted(found.values(), key=lambda one: (_unit_badness(one), names[one.unit_id].short_name))


def _unit_badness(one: UnitRoll) -> float:
    return one.share if one.share is not None else 101.0


def _deadlines(
    base: Ground, reader: Reader, people: Iterable[PersonState], judged: Iterable[ToJudge]
) -> list[Deadline]:
    """What is due soon: reports of residents, improvements, plans not approved, evaluations not given."""
    city, day = base.city, base.roster.day
    until = horizon(city, day)
    by_day: dict[date, list[Ticket]] = {}
    for ticket in base.voices.soon(reader):
        by_day.setdefault(city.calendar.local_day(ticket.due_at), []).append(ticket)
    found = [Deadline("tickets", due, len(rows), rows[0].code) for due, rows in by_day.items()]
    found += [_of_work(work) for work in base.voices.due_works(reader, until)]
    without = [one for one in people if one.member.id not in base.papers.planned]
    plans_until = plan_deadline(city, day.year)
    if without and day <= plans_until <= until:
        found.append(Deadline("plans", plans_until, len(without)))
    within = timedelta(days=number_fact(city, "evaluation.within_days", EVALUATE_WITHIN))
    periods: dict[date, int] = {}
    for paper in judged:
        due = EvaluationPeriod(paper.year, paper.quarter).last + within
        periods[due] = periods.get(due, 0) + 1
    found += [Deadline("evaluations", due, count) for due, count in periods.items() if day <= due <= until]
    return sorted(found, key=lambda one: (one.day, one.kind, one.id))


def _of_work(work: Work) -> Deadline:
    return Deadline("improvement", work.due_on, 1, work.title, work.id)


def _differing(base: Ground, people: Iterable[PersonState]) -> list[Differing]:
    """Lines on an indicator that the records count, where another value was typed (to the hundredth)."""
    found = []
    for person in people:
        for one in person.standings:
            fact = base.facts.get(one.indicator_id or 0)
            if fact is None or fact.value is None or one.value is None:
                continue
            if rounded(fact.value) != rounded(one.value):
                found.append(Differing(one, fact))
    return found


async def digests(
    session: AsyncSession, city: City, now: datetime, since: Mapping[int, date], leaders: Collection[int] | None = None
) -> dict[int, Digest]:
    """The digests of these leaders (None: of all) at once; `since`: from which day ratings are new to each.

    The number of queries depends neither on the people nor on the leaders.
    """
    day = city.today(now)
    usual = before(city, day)
    base = await ground(session, city, now, min([*since.values(), usual]))
    wanted = base.roster.leaders if leaders is None else [one for one in base.roster.leaders if one in leaders]
    found = {}
    for one in wanted:
        found[one] = digest_of(base, one, since.get(one, usual))
        await asyncio.sleep(0)  # others are answered meanwhile
    return found


async def digest(
    session: AsyncSession, city: City, now: datetime, leader_id: int, since: date | None = None, *, deep: bool = False
) -> Digest | None:
    """One digest, read for the own people alone (`deep`: with the units below); None for who leads nobody."""
    known = await roster(session, city, city.today(now))
    if leader_id not in known.leaders:
        return None
    people: Collection[int] | None = known.led_by(leader_id)
    if deep:
        people = None if known.sees_city(leader_id) else known.below(leader_id)
    begin = since or before(city, known.day)
    return digest_of(await ground(session, city, now, begin, people, known), leader_id, begin, deep=deep)


def reach_of(known: Roster, viewer_id: int, *, everyone: bool) -> Collection[int]:
    """Whose state somebody may see: everybody below; for human resources everybody (domain rule 31)."""
    return known.members.keys() if everyone else known.below(viewer_id)


async def roll_up(
    session: AsyncSession, city: City, now: datetime, viewer_id: int, *, everyone: bool
) -> list[UnitRoll]:
    """The units below somebody, or of the whole city."""
    known = await roster(session, city, city.today(now))
    whole = everyone or known.sees_city(viewer_id)
    since = before(city, known.day)
    base = await ground(session, city, now, since, None if whole else known.below(viewer_id), known)
    return rolled(base, viewer_id, known.members if whole else known.below(viewer_id), since)


async def persons(
    session: AsyncSession, city: City, now: datetime, people: Collection[int], known: Roster
) -> list[PersonState]:
    """The state of some people, those who need a look first."""
    base = await ground(session, city, now, before(city, known.day), people, known)
    return sorted((base.person(one) for one in people), key=urgency)


def before(city: City, day: date) -> date:
    """The working day before: what came since then is new where no digest was sent yet."""
    return city.calendar.last_working_day(day - timedelta(days=1))
