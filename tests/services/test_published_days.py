"""The days off that come with the product are those of the `holidays` library."""

from datetime import date

import pytest

from bot.services.published_days import FILE, published_days
from tests.services.days_of_the_library import YEARS, written


def test_the_file_says_what_the_library_says() -> None:
    assert FILE.read_text(encoding="utf-8") == written(), "run `python -m tests.services.days_of_the_library`"


@pytest.mark.parametrize(
    ("day", "off"),
    [
        (date(2026, 3, 21), True),  # Idul Fitri
        (date(2026, 3, 24), True),  # cuti bersama
        (date(2026, 3, 25), False),
        (date(2026, 8, 17), True),
        (date(2025, 8, 17), False),  # of another year than asked for
    ],
)
def test_holidays_and_cuti_bersama_of_the_year_asked_for(day: date, off: bool) -> None:
    assert (day in published_days([2026])) is off


def test_no_year_is_missing() -> None:
    assert all(date(year, 8, 17) in published_days([year]) for year in YEARS)
