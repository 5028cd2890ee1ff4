"""What somebody reported in a period, to be handed over to e-Kinerja, which stays the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from bot.services.performance.evaluation.judging import Judging
from bot.services.performance.evaluation.period_facts import PeriodFacts, gather_one
from models.performance.plan import PlanItem, PlanResult
from models.performance.progress import COUNTED, WeeklyEntry, WeeklyReport
from models.rules.performance.evaluation_period import EvaluationPeriod

#: So many quarters are offered, the running one first.
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A value as it was reported: on which day, for which week (Monday), about what."""

    day: date
    week: date
    result: str
    line: str
    measure_unit: str
    value: Decimal
    note: str | None
    obstacle: str | None
    link: str | None


def offered(today: date) -> list[EvaluationPeriod]:
    """The running quarter and those before it."""
    count = today.year * QUARTERS + (today.month - 1) // 3
    return [EvaluationPeriod(n // QUARTERS, n % QUARTERS + 1) for n in range(count, count - QUARTERS, -1)]


async def entries(by: Judging, period: EvaluationPeriod) -> list[Entry]:
    """The own entries of a period, the oldest first: one query."""
    first, last = period.weeks
    statement = (
        select(WeeklyEntry, WeeklyReport.week, PlanItem, PlanResult.title)
        .join(WeeklyReport, WeeklyReport.id == WeeklyEntry.report_id)
        .join(PlanItem, PlanItem.id == WeeklyEntry.line_id)
        .join(PlanResult, PlanResult.id == PlanItem.result_id)
        .where(
            WeeklyReport.employee_id == by.employee_id,
            WeeklyReport.week >= first,
            WeeklyReport.week <= last,
            WeeklyReport.status.in_(COUNTED),
        )
        .order_by(WeeklyEntry.entered_at, PlanItem.position, WeeklyEntry.id)
    )
    return [
        Entry(
            day=by.city.calendar.local_day(entry.entered_at),
            week=week,
            result=title,
            line=item.name,
            measure_unit=item.measure_unit,
            value=entry.value,
            note=entry.note,
            obstacle=entry.obstacle,
            link=entry.link,
        )
        for entry, week, item, title in await by.session.execute(statement)
    ]


async def summary(by: Judging, period: EvaluationPeriod) -> PeriodFacts:
    """The own lines with what was reached in the period."""
    return await gather_one(by.session, by.city, by.employee_id, period, by.now)
