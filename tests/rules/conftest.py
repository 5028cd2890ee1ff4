"""The working calendar that the vectors of domain section 8 were computed with."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

import holidays
import pytest

from models.rules.working_time import WorkCalendar


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    """Monday to Friday 08.00–16.00 WIB, Friday prayer 11.30–13.30; holidays and cuti bersama are off."""
    days_off = holidays.country_holidays(
        "ID", years=range(2025, 2028), categories=("public", "government"), language="id"
    )
    working = (time(8), time(16))
    return WorkCalendar(
        days_off=frozenset(days_off),
        hours=(working,) * 5 + (None, None),
        prayer=(time(11, 30), time(13, 30)),
        zone=ZoneInfo("Asia/Jakarta"),
    )
