"""Spans of the calendar that figures are asked for: this month, the month before, the quarter, the year."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Span(StrEnum):
    """Which days, seen from today."""

    MONTH = "month"
    LAST_MONTH = "last_month"
    QUARTER = "quarter"
    LAST_QUARTER = "last_quarter"
    YEAR = "year"


def days_of(span: Span, today: date) -> tuple[date, date]:
    """First and last day of the span; one that still runs ends on its own last day, not today."""
    month = today.replace(day=1)
    quarter = month.replace(month=month.month - (month.month - 1) % 3)
    if span is Span.MONTH:
        return month, _months_later(month, 1) - timedelta(days=1)
    if span is Span.LAST_MONTH:
        return _months_later(month, -1), month - timedelta(days=1)
    if span is Span.QUARTER:
        return quarter, _months_later(quarter, 3) - timedelta(days=1)
    if span is Span.LAST_QUARTER:
        return _months_later(quarter, -3), quarter - timedelta(days=1)
    return date(today.year, 1, 1), date(today.year, 12, 31)


def _months_later(first: date, months: int) -> date:
    """The first day of the month so many months later."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)
