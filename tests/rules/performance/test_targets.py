"""What people type for targets and quarters."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.rules.performance.achievement import Target
from models.rules.performance.targets import read_quarters, read_target

D = Decimal

TARGETS = {
    "120": (120, 120, ""),
    "120 dokumen": (120, 120, "dokumen"),
    "87,5": ("87.5", "87.5", ""),
    "87.5 %": ("87.5", "87.5", "%"),
    "90%": (90, 90, "%"),
    "90 persen": (90, 90, "%"),
    "1.250 orang": (1250, 1250, "orang"),
    "80-90": (80, 90, ""),
    "80 - 90 %": (80, 90, "%"),
    "80% - 90%": (80, 90, "%"),
    "7 s.d. 8 bulan": (7, 8, "bulan"),
    "80 sampai 90 nilai": (80, 90, "nilai"),
    "3 hari kerja": (3, 3, "hari kerja"),
}


@pytest.mark.parametrize("text", TARGETS)
def test_a_target_is_read_with_its_unit(text: str) -> None:
    low, high, unit = TARGETS[text]
    assert read_target(text) == (Target(D(low), D(high)), unit)


@pytest.mark.parametrize("text", ["", "banyak", "dokumen 120", "1.2.3", "-5", "1,2,3 hari"])
def test_what_is_no_target_is_not_guessed(text: str) -> None:
    assert read_target(text) is None


QUARTERS = {
    "10 20 30 40": (10, 20, 30, 40),
    "10; 20; 30; 40": (10, 20, 30, 40),
    "2,5 2,5 2,5 2,5": ("2.5", "2.5", "2.5", "2.5"),
    "1, 2, 3, 4": (1, 2, 3, 4),
    "80% 85% 90% 90%": (80, 85, 90, 90),
    "- - 50 50": (None, None, 50, 50),
    "10\n20\n30\n40": (10, 20, 30, 40),
}


@pytest.mark.parametrize("text", QUARTERS)
def test_four_quarters_are_read(text: str) -> None:
    assert read_quarters(text) == tuple(None if part is None else D(part) for part in QUARTERS[text])


@pytest.mark.parametrize("text", ["", "10 20 30", "10 20 30 40 50", "a b c d", "10 20 30 -40"])
def test_what_are_no_quarters_is_not_guessed(text: str) -> None:
    assert read_quarters(text) is None
