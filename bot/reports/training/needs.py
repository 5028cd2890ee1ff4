"""The needs of training that the city's figures show today, of all units at once, and which are out of the way.

Everything is read in a fixed number of queries, however many units there are: survey, indicators, reports, decisions.
Restricted reports are never looked at (domain rule 13).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from sqlalchemy import case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.reports import satisfaction
from bot.reports.satisfaction import Scope
from bot.services.city import City
from bot.services.desk.visibility import unrestricted
from bot.services.performance import indicator_cards
from bot.services.performance.indicators import Looking
from bot.services.satisfaction.responses import present_period
from models.complaint import Complaint
from models.errors import Refusal
from models.organisation import Unit
from models.performance.indicator import Indicator, Level
from models.rules.complaint_flow import COUNTED
from models.rules.skm import Tally
from models.rules.survey_period import PeriodKind, earlier, period_of
from models.rules.training.needs import (
    ELEMENTS,
    Answered,
    Counted,
    Need,
    NeedKind,
    NeedLimits,
    Paced,
    UnitFacts,
    needs_of,
)
from models.training.need import NeedDecision, NeedTopic

#: Stands for everything else of its kind in the city's topics.
ANY = "*"
#: What the city's data says where it says nothing.
USUAL = {
    "training.need_element_below": "3.06",
    "training.need_reports_factor": "1.25",
    "training.need_reports_smallest": "5",
    "training.need_reports_days": "90",
    "training.need_reports_usual_days": "365",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One need of a unit: the period that shows it, its indicator, the newest decision about it."""

    unit: Unit
    need: Need
    period: str
    indicator: Indicator | None = None
    decision: NeedDecision | None = None
    quiet: bool = False

    @property
    def token(self) -> str:
        """Its name on a button: the first letter of the kind, and what."""
        return f"{self.need.kind.value[0]}{self.need.what}"


@dataclass(frozen=True, slots=True)
class UnitNeeds:
    """The needs of one unit that count, and those that are out of the way."""

    unit: Unit
    needs: Sequence[Found] = ()
    quiet: Sequence[Found] = ()


def number(city: City, key: str) -> Decimal:
    """A figure of the city's data above zero; the usual one where it is missing or no such figure."""
    try:
        said = Decimal(city.fact(key, USUAL[key]).strip())
    except InvalidOperation:
        said = Decimal(0)
    return said if said.is_finite() and said > 0 else Decimal(USUAL[key])


async def of_city(by: Looking, units: Collection[int] | None = None) -> list[UnitNeeds]:
    """The units (None: all) that have any, those with the most needs first."""
    facts = await _facts(by)
    decisions = await _decisions(by.session)
    found = [_unit_needs(by, unit_id, facts, decisions) for unit_id in facts.units if units is None or unit_id in units]
    some = [one for one in found if one.needs or one.quiet]
    return sorted(some, key=lambda one: (-len(one.needs), one.unit.short_name))


async def of_unit(by: Looking, unit_id: int) -> UnitNeeds:
    """Those of one unit; refused with `no_such_unit`."""
    if unit_id not in by.city.units or by.city.successor(unit_id).id != unit_id:
        raise Refusal("no_such_unit")
    return next(iter(await of_city(by, {unit_id})), UnitNeeds(by.city.units[unit_id]))


async def one(by: Looking, unit_id: int, token: str) -> Found:
    """The need behind a button; refused with `no_such_need` when the figures show it no more."""
    here = await of_unit(by, unit_id)
    found = next((one for one in (*here.needs, *here.quiet) if one.token == token), None)
    if found is None:
        raise Refusal("no_such_need")
    return found


@dataclass(frozen=True)
class _Facts:
    """What is known of every unit of today, the figures of merged ones added to those of their successor."""

    answered: Mapping[int, Tally]
    paced: Mapping[int, Sequence[Paced]]
    indicators: Mapping[str, Indicator]
    counted: Mapping[int, Sequence[Counted]]
    periods: Mapping[NeedKind, str]

    @property
    def units(self) -> list[int]:
        """Every unit with any figure."""
        return sorted({*self.answered, *self.paced, *self.counted})

    def of(self, unit_id: int) -> UnitFacts:
        """Those of one unit."""
        tally = self.answered.get(unit_id, satisfaction.NOTHING)
        answered = [Answered(element, tally.nrr(element), tally.answers(element)) for element in ELEMENTS]
        return UnitFacts(answered, self.paced.get(unit_id, ()), self.counted.get(unit_id, ()))


async def _facts(by: Looking) -> _Facts:
    closed = earlier(present_period(by.city, by.now))
    quarter = period_of(by.today, PeriodKind.QUARTER)
    mixed = by.city.fact("skm.micro_in_ikm") == "yes"
    answers = await satisfaction.results(by.session, Scope(), closed, micro_in_ikm=mixed)
    paced, indicators = await _paced(by)
    return _Facts(
        answered=_merged(by.city, answers.units),
        paced=paced,
        indicators=indicators,
        counted=await _counted(by),
        periods={NeedKind.ELEMENT: closed, NeedKind.INDICATOR: quarter, NeedKind.REPORTS: quarter},
    )


def _merged(city: City, tallies: Mapping[int, Tally]) -> dict[int, Tally]:
    found: dict[int, Tally] = {}
    for unit_id, tally in tallies.items():
        head = city.successor(unit_id).id
        found[head] = _plus(found[head], tally) if head in found else tally
    return found


def _plus(one: Tally, other: Tally) -> Tally:
    sums = {element: one.sums.get(element, 0) + other.sums.get(element, 0) for element in ELEMENTS}
    added = {element: (one.added or {}).get(element, 0) + (other.added or {}).get(element, 0) for element in ELEMENTS}
    return Tally(one.n + other.n, sums, added)


async def _paced(by: Looking) -> tuple[dict[int, list[Paced]], dict[str, Indicator]]:
    """The units' own indicators as they stand against the pace; nobody's personal ones."""
    today = by.today
    statement = (
        select(Indicator)
        .where(
            Indicator.level == Level.UNIT,
            Indicator.unit_id.is_not(None),
            or_(Indicator.valid_from.is_(None), Indicator.valid_from <= today),
            or_(Indicator.valid_to.is_(None), Indicator.valid_to >= today),
        )
        .order_by(Indicator.code)
    )
    rows = (await by.session.scalars(statement)).all()
    found: dict[int, list[Paced]] = {}
    for one in await indicator_cards.stand(by, rows):
        if one.row.unit_id is not None:
            head = by.city.successor(one.row.unit_id).id
            found.setdefault(head, []).append(Paced(f"{one.row.id}", one.value, one.due, one.status))
    return found, {f"{row.id}": row for row in rows}


async def _counted(by: Looking) -> dict[int, list[Counted]]:
    """Of each unit the reports of the last days by class, with the class's share in the city over a longer time.

    Only classes for which the city names topics; only what counts (rule 21) and is not restricted.
    """
    classes = {row.what for row in await topics(by.session) if row.need is NeedKind.REPORTS}
    since = by.now - timedelta(days=int(number(by.city, "training.need_reports_days")))
    long_ago = by.now - timedelta(days=int(number(by.city, "training.need_reports_usual_days")))
    recent = func.sum(case((Complaint.received_at >= since, 1), else_=0))
    keys = (Complaint.unit_id, Complaint.report_class)
    statement = (
        select(*keys, func.count(), recent)
        .where(
            Complaint.received_at >= min(since, long_ago),
            Complaint.disposed_at.is_not(None),
            Complaint.unit_id.is_not(None),
            Complaint.status.in_(COUNTED),
            unrestricted(),
        )
        .group_by(*keys)
        .order_by(*keys)
    )
    usual: dict[str, int] = {}
    here: dict[int, dict[str, int]] = {}
    for unit_id, report_class, count, late in await by.session.execute(statement):
        usual[report_class.value] = usual.get(report_class.value, 0) + count
        mine = here.setdefault(by.city.successor(unit_id).id, {})
        mine[report_class.value] = mine.get(report_class.value, 0) + int(late)
    whole = sum(usual.values())
    return {
        unit_id: [
            Counted(name, count, sum(mine.values()), Decimal(usual[name]) / whole)
            for name, count in mine.items()
            if name in classes or ANY in classes
        ]
        for unit_id, mine in here.items()
    }


async def topics(session: AsyncSession) -> Sequence[NeedTopic]:
    """The city's topics: one query."""
    return (await session.scalars(select(NeedTopic).order_by(NeedTopic.need, NeedTopic.what))).all()


async def _decisions(session: AsyncSession) -> dict[tuple[int, NeedKind, str], NeedDecision]:
    """The newest decision about each need: one query."""
    newest = select(func.max(NeedDecision.id)).group_by(NeedDecision.unit_id, NeedDecision.need, NeedDecision.what)
    rows = await session.scalars(select(NeedDecision).where(NeedDecision.id.in_(newest)).order_by(NeedDecision.id))
    return {(row.unit_id, row.need, row.what): row for row in rows}


def _unit_needs(
    by: Looking, unit_id: int, facts: _Facts, decisions: Mapping[tuple[int, NeedKind, str], NeedDecision]
) -> UnitNeeds:
    limits = NeedLimits(
        element_below=number(by.city, "training.need_element_below"),
        reports_factor=number(by.city, "training.need_reports_factor"),
        reports_smallest=int(number(by.city, "training.need_reports_smallest")),
    )
    unit = by.city.units[unit_id]
    found = []
    for need in needs_of(facts.of(unit_id), limits):
        decision, period = decisions.get((unit_id, need.kind, need.what)), facts.periods[need.kind]
        quiet = decision is not None and decision.quiets(period, by.today)
        indicator = facts.indicators.get(need.what) if need.kind is NeedKind.INDICATOR else None
        found.append(Found(unit, need, period, indicator, decision, quiet))
    return UnitNeeds(unit, [one for one in found if not one.quiet], [one for one in found if one.quiet])
