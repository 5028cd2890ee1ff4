"""What the city is, read once and kept for a minute: units, services, areas, limits, facts, the working calendar.

Every value is immutable and shared by all turns; an import shows after CACHE_SECONDS at the latest.
"""

from __future__ import annotations

import time as clock
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import database_of
from bot.services.published_days import published_days
from models.calendar import HolidayOverride, ServiceLimit
from models.organisation import Addressee, Area, CityFact, EmergencyNumber, ReplyTemplate, Service, Unit
from models.rules.deadlines import Limits
from models.rules.working_time import Hours, WorkCalendar, parse_hours

CACHE_SECONDS = 60.0
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, eq=False)
class City:
    """Everything about the city that a turn may need. Rows are detached and only read."""

    facts: dict[str, str]
    units: dict[int, Unit]
    services: dict[int, Service]
    areas: dict[int, Area]
    emergencies: tuple[EmergencyNumber, ...]
    addressees: dict[int, Addressee]
    templates: tuple[ReplyTemplate, ...]
    limits: Limits
    calendar: WorkCalendar

    def fact(self, key: str, default: str = "") -> str:
        """A fact of the city (`city.toml`), or the default."""
        return self.facts.get(key, default)

    @property
    def emergency_number(self) -> str:
        """The number for any emergency, the first of the table; "" where the city names none."""
        return self.emergencies[0].number if self.emergencies else ""

    def today(self, now: datetime) -> date:
        """The city's date."""
        return self.calendar.local_day(now)

    def active_services(self, day: date) -> list[Service]:
        """Services offered on that day, by unit and name."""
        found = [
            service
            for service in self.services.values()
            if (service.valid_to is None or day <= service.valid_to) and self.units[service.unit_id].is_active(day)
        ]
        return sorted(found, key=lambda service: (self.units[service.unit_id].short_name, service.name))

    def successor(self, unit_id: int) -> Unit:
        """The unit that answers today for this one: itself, or what it was merged into."""
        unit = self.units[unit_id]
        while unit.merged_into_id is not None:
            unit = self.units[unit.merged_into_id]
        return unit


#: By the name of the database.
_known: dict[str, tuple[float, City]] = {}


async def know(session: AsyncSession, now: datetime) -> City:
    """The city, from memory while it is fresh."""
    database = database_of(session)
    kept = _known.get(database)
    if kept is not None and clock.monotonic() - kept[0] < CACHE_SECONDS:
        return kept[1]
    city = await _read(session, now)
    _known[database] = (clock.monotonic(), city)
    return city


def forget(session: AsyncSession) -> None:
    """The data changed: the next turn reads it anew."""
    _known.pop(database_of(session), None)


async def _read(session: AsyncSession, now: datetime) -> City:
    async def every(table: Any, *order: Any) -> list[Any]:
        rows = list((await session.scalars(select(table).order_by(*order))).all())
        for row in rows:
            session.expunge(row)
        return rows

    facts = {fact.key: fact.value for fact in await every(CityFact, CityFact.key)}
    limits = {limit.name: limit.days for limit in await every(ServiceLimit, ServiceLimit.name)}
    return City(
        facts=facts,
        units={unit.id: unit for unit in await every(Unit, Unit.id)},
        services={service.id: service for service in await every(Service, Service.id)},
        areas={area.id: area for area in await every(Area, Area.kecamatan, Area.kelurahan)},
        emergencies=tuple(await every(EmergencyNumber, EmergencyNumber.position)),
        addressees={row.id: row for row in await every(Addressee, Addressee.name)},
        templates=tuple(await every(ReplyTemplate, ReplyTemplate.code)),
        limits=Limits(limits, limits.get("statutory", 60), limits.get("warn_percent", 75)),
        calendar=_calendar(facts, await every(HolidayOverride, HolidayOverride.day), now.year),
    )


def _calendar(facts: dict[str, str], overrides: list[HolidayOverride], year: int) -> WorkCalendar:
    """National holidays and cuti bersama of the years around, corrected by the city's own table."""
    off = published_days(range(year - 2, year + 3)) | {row.day for row in overrides if not row.working}
    off -= {row.day for row in overrides if row.working}
    hours: tuple[Hours | None, ...] = tuple(parse_hours(facts.get(f"hours.{day}", _USUAL[day])) for day in WEEKDAYS)
    return WorkCalendar(
        days_off=frozenset(off),
        hours=hours,
        prayer=parse_hours(facts.get("hours.prayer", "11.30-13.30")),
        zone=ZoneInfo(facts.get("city.timezone", "Asia/Jakarta")),
    )


_USUAL = dict.fromkeys(WEEKDAYS[:5], "08.00-16.00") | {"sat": "", "sun": ""}
