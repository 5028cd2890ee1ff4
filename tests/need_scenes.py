"""Units whose figures show needs of training: answers, an indicator, reports, topics of the city, improvements."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from bot.db import Database
from bot.services import city as cities
from bot.services.city import know
from bot.services.performance.indicators import Looking
from models.complaint import Complaint, ReportClass
from models.improvement import Improvement
from models.performance.indicator import YEAR, Indicator, IndicatorFact, IndicatorTarget, Level, Source
from models.rules.complaint_flow import Status
from models.rules.improvements import Term
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.permissions import Grant, Presser, Role
from models.rules.skm import Element
from models.rules.training.needs import NeedKind
from models.survey import SurveyResponse
from models.training.course import CourseKind
from models.training.need import NeedTopic
from tests.driver import START
from tests.survey_rows import BEFORE, response, store

#: The services of the small city: of unit 1 (PU), of unit 2 (Disdukcapil).
LAMPS, CARDS = 1, 3
TODAY = START.date()
_numbers = count(1)


def answers(n: int, *, service: int = LAMPS, period: str = BEFORE, **low: int) -> list[SurveyResponse]:
    """So many people satisfied with everything but the elements named: `answers(34, U7=2)`."""
    scores = [low.get(element.code, 4) for element in Element]
    return [response(scores, service, period) for _ in range(n)]


def topic(need: NeedKind, what: str, *topics: str, kind: CourseKind | None = None) -> NeedTopic:
    return NeedTopic(need=need, what=what, topics=list(topics), course_kind=kind)


def topics() -> list[NeedTopic]:
    """What the city's data says."""
    return [
        topic(NeedKind.ELEMENT, "U6", "kompetensi", "petugas"),
        topic(NeedKind.ELEMENT, "U7", "perilaku", "santun"),
        topic(NeedKind.INDICATOR, "lampu-nyala", "jaringan listrik"),
        topic(NeedKind.INDICATOR, "*", "kinerja"),
        topic(NeedKind.REPORTS, "complaint", "pengaduan", kind=CourseKind.TECHNICAL),
    ]


async def indicator(database: Database, value: str | None, *, unit_id: int = 1, **columns: Any) -> int:
    """An indicator that should be at 90 of 100 by now; its value as the records gave it."""
    defaults: dict[str, Any] = {
        "code": "lampu-nyala",
        "name": "Lampu jalan menyala",
        "measure_unit": "%",
        "polarity": Polarity.HIGHER,
        "aggregation": Aggregation.LAST,
        "level": Level.UNIT,
        "unit_id": unit_id,
        "source": Source.CONFIRMED_SHARE,
    }
    async with database.begin() as session:
        row = Indicator(**(defaults | columns))
        session.add(row)
        await session.flush()
        session.add_all(
            IndicatorTarget(indicator_id=row.id, year=TODAY.year, quarter=quarter, low=Decimal(90), high=Decimal(90))
            for quarter in (YEAR, 1, 2, 3, 4)
        )
        fact = IndicatorFact(indicator_id=row.id, period=f"{TODAY.year}", as_of=TODAY, n=40, computed_at=START)
        fact.value = None if value is None else Decimal(value)
        session.add(fact)
        return row.id


def report(
    unit_id: int = 1, kind: ReportClass = ReportClass.COMPLAINT, days_ago: int = 10, **columns: Any
) -> Complaint:
    """A report that a unit works on."""
    number, received = next(_numbers), START - timedelta(days=days_ago)
    defaults: dict[str, Any] = {
        "code": f"TPI-N{number}",
        "filing_key": f"need{number}",
        "report_class": kind,
        "text": "x",
        "unit_id": unit_id,
        "status": Status.IN_PROGRESS,
        "received_at": received,
        "disposed_at": received,
        "verify_due_at": received + timedelta(days=3),
        "settle_due_at": received + timedelta(days=14),
        "statutory_due_on": (received + timedelta(days=60)).date(),
    }
    return Complaint(**(defaults | columns))


def many_complaints(unit_id: int = 1) -> list[Complaint]:
    """Eight complaints of ten reports to the unit; in the other one it is the other way round."""
    other = 3 - unit_id
    return [
        *(report(unit_id) for _ in range(8)),
        *(report(unit_id, ReportClass.INFORMATION) for _ in range(2)),
        *(report(other) for _ in range(2)),
        *(report(other, ReportClass.INFORMATION) for _ in range(8)),
    ]


def improvement(owner_id: int, unit_id: int = 1, element: Element | None = Element.U7, **columns: Any) -> Improvement:
    defaults: dict[str, Any] = {
        "title": "Loket ramah setiap hari",
        "due_on": date(2026, 12, 31),
        "term": Term.SHORT,
        "created_at": datetime(2026, 10, 1, 3, tzinfo=START.tzinfo),
    }
    return Improvement(unit_id=unit_id, owner_id=owner_id, element=element, **(defaults | columns))


async def weak_unit(database: Database) -> None:
    """PU: 34 people found its staff unfriendly (U7 = 2.00), and eight of its ten reports are complaints."""
    await store(database, *topics(), *answers(34, U7=2), *many_complaints())


@asynccontextmanager
async def looking(database: Database) -> AsyncIterator[Looking]:
    async with database.begin() as session:
        cities.forget(session)
        hr = Presser(1, 1, (Grant(Role.HR),))
        yield Looking(session, await know(session, START), hr, START)
