"""The spans over which work is evaluated: a quarter, or the year (PermenPANRB 6/2022; quarterly by our design)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from models.rules.survey_period import first_day, following, is_period

#: The number of the whole year among the quarters.
WHOLE_YEAR = 0
_ONE_DAY = timedelta(days=1)
_THURSDAY = 3


class EvaluationPeriod(NamedTuple):
    """A quarter (1-4) of a year, or the year itself (0)."""

    year: int
    quarter: int

    @classmethod
    def read(cls, code: str) -> EvaluationPeriod | None:
        """The period of a name (`2026-Q3`, `2026`); None where it names none."""
        year, _, rest = code.partition("-")
        if not is_period(code) or (rest and not rest.startswith("Q")):
            return None
        return cls(int(year), int(rest[1:] or WHOLE_YEAR))

    @property
    def code(self) -> str:
        """Its name, which sorts by time within a kind."""
        return f"{self.year}-Q{self.quarter}" if self.quarter else f"{self.year}"

    @property
    def first(self) -> date:
        """Its first day."""
        return first_day(self.code)

    @property
    def last(self) -> date:
        """Its last day: whoever is the superior then evaluates."""
        return first_day(following(self.code)) - _ONE_DAY

    @property
    def weeks(self) -> tuple[date, date]:
        """The Mondays of its first and last week: a week belongs where its Thursday lies (ISO 8601)."""
        return _monday_of_thursday(self.first), _monday_of_thursday(self.last + _ONE_DAY) - timedelta(weeks=1)


def over_before(today: date) -> list[EvaluationPeriod]:
    """What is to be evaluated: the quarter that is over, and in the first quarter the year that is over."""
    quarter = (today.month - 1) // 3
    if quarter:
        return [EvaluationPeriod(today.year, quarter)]
    return [EvaluationPeriod(today.year - 1, 4), EvaluationPeriod(today.year - 1, WHOLE_YEAR)]


def _monday_of_thursday(day: date) -> date:
    """The Monday of the first week whose Thursday is not before the day."""
    thursday = day + _ONE_DAY * ((_THURSDAY - day.weekday()) % 7)
    return thursday - _ONE_DAY * _THURSDAY
