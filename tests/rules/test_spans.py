"""Which days a span of the calendar has."""

from datetime import date

import pytest

from models.rules.desk.spans import Span, days_of


@pytest.mark.parametrize(
    ("span", "today", "first", "last"),
    [
        (Span.MONTH, "2026-02-10", "2026-02-01", "2026-02-28"),
        (Span.MONTH, "2024-02-10", "2024-02-01", "2024-02-29"),
        (Span.MONTH, "2026-12-31", "2026-12-01", "2026-12-31"),
        (Span.LAST_MONTH, "2026-01-01", "2025-12-01", "2025-12-31"),
        (Span.LAST_MONTH, "2026-03-31", "2026-02-01", "2026-02-28"),
        (Span.QUARTER, "2026-11-24", "2026-10-01", "2026-12-31"),
        (Span.QUARTER, "2026-03-31", "2026-01-01", "2026-03-31"),
        (Span.LAST_QUARTER, "2026-02-01", "2025-10-01", "2025-12-31"),
        (Span.LAST_QUARTER, "2026-07-01", "2026-04-01", "2026-06-30"),
        (Span.YEAR, "2026-07-01", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_span_has_its_days(span: Span, today: str, first: str, last: str) -> None:
    assert days_of(span, date.fromisoformat(today)) == (date.fromisoformat(first), date.fromisoformat(last))
