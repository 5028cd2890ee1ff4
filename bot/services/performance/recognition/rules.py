"""Rules of recognition: which count for a period. A rule is fixed before the period begins (domain rule 32)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from bot.services.performance.evaluation.judging import Judging
from models.errors import Refusal
from models.performance.recognition import RecognitionRule
from models.rules.performance.evaluation_period import EvaluationPeriod
from models.rules.performance.recognition import require_fixed_before

QUARTER, YEAR = "quarter", "year"
PERIODS = (QUARTER, YEAR)


def kind_of(period: EvaluationPeriod) -> str:
    """What rules of that period are called."""
    return QUARTER if period.quarter else YEAR


def counts(by: Judging, rule: RecognitionRule, period: EvaluationPeriod) -> bool:
    """Whether the rule counts for the period: of its kind, valid throughout, and fixed before it began."""
    ends = rule.valid_to is None or rule.valid_to >= period.last
    if rule.period != kind_of(period) or rule.valid_from > period.first or not ends:
        return False
    try:
        require_fixed_before(by.city.calendar.local_day(rule.fixed_at), period.first)
    except Refusal:
        return False
    return True


async def counting(by: Judging, period: EvaluationPeriod) -> Sequence[RecognitionRule]:
    """The rules that count for a period, by title."""
    statement = select(RecognitionRule).order_by(RecognitionRule.title, RecognitionRule.id)
    return [rule for rule in await by.session.scalars(statement) if counts(by, rule, period)]


async def valid(by: Judging) -> Sequence[RecognitionRule]:
    """The rules that are not over today, by title."""
    statement = select(RecognitionRule).order_by(RecognitionRule.title, RecognitionRule.id)
    return [rule for rule in await by.session.scalars(statement) if rule.valid_to is None or rule.valid_to >= by.today]


def has_begun(rule: RecognitionRule, fixed_on: date, today: date) -> bool:
    """Whether a period has begun for which the rule counts: then it is not changed any more, only ended."""
    return today >= first_period_after(rule.period, max(fixed_on, rule.valid_from - timedelta(days=1))).first


def first_period_after(kind: str, day: date) -> EvaluationPeriod:
    """The first period of this kind that begins after the day."""
    if kind == YEAR:
        return EvaluationPeriod(day.year + 1, 0)
    quarter = (day.month - 1) // 3 + 1
    return EvaluationPeriod(day.year, quarter + 1) if quarter < 4 else EvaluationPeriod(day.year + 1, 1)
