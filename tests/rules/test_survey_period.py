"""Periods by name: they sort by time, follow each other, and know their first day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from models.rules.respondents import HourBand, hour_band, listed
from models.rules.survey_period import PeriodKind, earlier, first_day, period_of


@pytest.mark.parametrize(
    ("day", "month", "quarter", "semester", "year"),
    [
        (date(2026, 1, 1), "2026-M01", "2026-Q1", "2026-S1", "2026"),
        (date(2026, 6, 30), "2026-M06", "2026-Q2", "2026-S1", "2026"),
        (date(2026, 7, 1), "2026-M07", "2026-Q3", "2026-S2", "2026"),
        (date(2026, 12, 31), "2026-M12", "2026-Q4", "2026-S2", "2026"),
    ],
)
def test_a_day_belongs_to_one_period(day: date, month: str, quarter: str, semester: str, year: str) -> None:
    assert [period_of(day, kind) for kind in PeriodKind] == [month, quarter, semester, year]


@pytest.mark.parametrize("kind", PeriodKind)
def test_periods_follow_each_other_and_sort_by_time(kind: PeriodKind) -> None:
    days = [date(year, month, 15) for year in (2025, 2026, 2027) for month in range(1, 13)]
    names = list(dict.fromkeys(period_of(day, kind) for day in days))
    assert names == sorted(names)
    assert [earlier(name) for name in names[1:]] == names[:-1]
    assert earlier(names[-1], len(names) - 1) == names[0]
    for name in names:
        assert period_of(first_day(name), kind) == name
        assert period_of(date.fromordinal(first_day(name).toordinal() - 1), kind) == earlier(name)


@pytest.mark.parametrize(
    ("clock", "band"),
    [("07:59", "lain"), ("08:00", "08-12"), ("11:59", "08-12"), ("12:00", "12-17"), ("17:00", "lain")],
)
def test_the_hour_is_kept_as_half_a_day_of_the_city(clock: str, band: str) -> None:
    zone = ZoneInfo("Asia/Jakarta")
    at = datetime.fromisoformat(f"2026-11-24T{clock}:00").replace(tzinfo=zone)
    assert hour_band(at.astimezone(ZoneInfo("UTC")), zone) is HourBand(band)


def test_a_list_of_the_city_fits_on_buttons() -> None:
    assert listed("SD; SMP;; SD ;S1:S2;" + "x" * 99) == ["SD", "SMP", "S1 S2", "x" * 20]
    assert listed("") == []
