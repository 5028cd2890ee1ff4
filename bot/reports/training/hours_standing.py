"""Where everybody stands in the training hours of a year: read whole, so that no question is asked per person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Subquery, case, func, select

from bot.reports.performance.roster import roster
from bot.services.people import valid_on
from bot.services.performance import chain
from bot.services.training import ledger, rights
from bot.services.training.desk import Doing
from models.employee import Employee
from models.errors import Refusal
from models.rules.nip import Kind
from models.rules.permissions import Desk, Presser, require_desk
from models.rules.training.hours_target import Target
from models.training.course import Course, CourseKind
from models.training.hours import HoursStatus, TrainingHours

#: In this order a workbook shows them.
KINDS = tuple(CourseKind)


class Whom(StrEnum):
    """Of whom one reads: of the whole city, of those one leads directly, of everybody below."""

    CITY = "c"
    TEAM = "t"
    BELOW = "b"


class Side(StrEnum):
    """PNS below the minimum, or PPPK at the maximum and above."""

    SHORT = "u"
    FULL = "o"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose hours, on which side of the limit, of which unit (0: all)."""

    whom: Whom
    side: Side = Side.SHORT
    unit_id: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One civil servant; `own` are the counted hours of the city's courses by their kind, `outside` all others."""

    id: int
    name: str
    nip: str
    kind: str
    unit_id: int
    person_id: int | None
    own: tuple[int, ...]
    outside: int

    @property
    def hours(self) -> int:
        """All that count."""
        return sum(self.own) + self.outside


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How many of a unit are on the side that was asked for, of how many."""

    unit_id: int
    name: str
    found: int
    of: int


@dataclass(frozen=True, slots=True)
class Standing:
    """An answer: the people with most missing (or most above) first, and every unit with its count."""

    year: int
    asked: Asked
    target: Target
    lines: Sequence[Line]
    units: Sequence[UnitCount]
    of: int


def target_of(by: Doing) -> Target:
    """The limits, as the city's data names them."""
    minimum, maximum = (int(by.city.fact(f"training.{name}", ledger.DEFAULTS[name])) for name in LIMITS)
    return Target(minimum, maximum)


LIMITS = ("pns_minimum", "pppk_maximum")


async def everybody(by: Doing, year: int, day: date) -> list[Line]:
    """Everybody on the roster of that day, by name: one query. Only counted hours are read (domain rule 38)."""
    hours = _hours(year)
    columns = [
        *(Employee.id, Employee.name, Employee.nip, Employee.kind, chain.unit_column(), Employee.person_id),
        *(func.coalesce(hours.c[f"of_{kind.value}"], 0) for kind in KINDS),
        func.coalesce(hours.c.outside, 0),
    ]
    statement = (
        chain.placed(select(*columns).select_from(Employee), day)
        .outerjoin(hours, hours.c.employee_id == Employee.id)
        .where(valid_on(Employee, day))
        .order_by(Employee.name, Employee.id)
    )
    return [_line(by, row) for row in await by.session.execute(statement)]


def _hours(year: int) -> Subquery:
    def total(condition: Any) -> Any:
        return func.sum(case((condition, TrainingHours.hours), else_=0))

    return (
        select(
            TrainingHours.employee_id,
            *(total(Course.kind == kind).label(f"of_{kind.value}") for kind in KINDS),
            total(TrainingHours.course_id.is_(None)).label("outside"),
        )
        .outerjoin(Course, Course.id == TrainingHours.course_id)
        .where(TrainingHours.year == year, TrainingHours.status == HoursStatus.COUNTED)
        .group_by(TrainingHours.employee_id)
        .subquery()
    )


def _line(by: Doing, row: Any) -> Line:
    number, name, nip, kind, unit_id, person_id, *counted, outside = row
    own = tuple(int(one) for one in counted)
    return Line(number, name, nip, kind, by.city.successor(unit_id).id, person_id, own, int(outside))


def require_sight(presser: Presser, whom: Whom) -> None:
    """Refused with `not_your_role`: human resources read of the city, superiors of those below them."""
    require_desk(presser, Desk.HOURS)
    if whom is Whom.CITY:
        rights.require_hr(presser)
    elif not presser.leads or presser.employee_id is None:
        raise Refusal("not_your_role")


async def standing(by: Doing, presser: Presser, asked: Asked) -> Standing:
    """The present year of those whom the presser may see: a fixed number of queries.

    Refused with `not_your_role`, and with `not_your_unit` for a unit in which nobody is the presser's.
    """
    require_sight(presser, asked.whom)
    lines = await everybody(by, by.today.year, by.today)
    if asked.whom is not Whom.CITY:
        own = await _own(by, presser, asked.whom)
        lines = [one for one in lines if one.id in own]
    if asked.unit_id and asked.unit_id not in {one.unit_id for one in lines}:
        raise Refusal("not_your_unit")
    return sorted_out(by, asked, lines)


async def _own(by: Doing, presser: Presser, whom: Whom) -> frozenset[int]:
    """Those the presser leads, also by acting for somebody."""
    if presser.employee_id is None:
        return frozenset()
    known = await roster(by.session, by.city, by.today)
    return frozenset((known.led_by if whom is Whom.TEAM else known.below)(presser.employee_id))


def sorted_out(by: Doing, asked: Asked, lines: Collection[Line]) -> Standing:
    """Of these people whoever is on the side that was asked for."""
    target, is_full = target_of(by), asked.side is Side.FULL
    measured = [one for one in lines if (one.kind == Kind.PPPK) == is_full]
    found = [one for one in measured if is_there(target, asked.side, one)]
    units = _counts(by, measured, {one.id for one in found})
    shown = [one for one in found if asked.unit_id in (0, one.unit_id)]
    of = sum(one.of for one in units if asked.unit_id in (0, one.unit_id))
    shown.sort(key=lambda one: (-one.hours if is_full else one.hours, one.name, one.id))
    return Standing(by.today.year, asked, target, shown, units, of)


def is_there(target: Target, side: Side, one: Line) -> bool:
    """Whether somebody belongs to this side."""
    if side is Side.FULL:
        return target.is_full(one.kind, one.hours)
    return target.missing(one.kind, one.hours) > 0


def _counts(by: Doing, measured: Iterable[Line], found: Collection[int]) -> Sequence[UnitCount]:
    """The units of these people, those with the most found first."""
    counts: dict[int, list[int]] = {}
    for one in measured:
        count = counts.setdefault(one.unit_id, [0, 0])
        count[0] += one.id in found
        count[1] += 1
    rows = [UnitCount(unit, by.city.units[unit].short_name, *count) for unit, count in counts.items()]
    return sorted(rows, key=lambda one: (-one.found, one.name))


def short_of(target: Target, lines: Iterable[Line]) -> Mapping[int, Line]:
    """Whoever is below the minimum, by number."""
    return {one.id: one for one in lines if target.missing(one.kind, one.hours)}
