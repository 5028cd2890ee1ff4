"""Hours against the year's limits. Domain rule 38: PNS a minimum, PPPK a maximum."""

from __future__ import annotations

import pytest

from models.rules.training.hours_target import Target

TARGET = Target(minimum=20, maximum=24)


@pytest.mark.parametrize(
    ("kind", "hours", "missing", "is_full", "limit"),
    [
        ("pns", 0, 20, False, 20),
        ("pns", 19, 1, False, 20),
        ("pns", 20, 0, False, 20),  # reached
        ("pns", 31, 0, False, 20),  # more than enough is no fault, and no maximum
        ("pppk", 0, 0, False, 24),  # a maximum is nothing that could be missed
        ("pppk", 23, 0, False, 24),
        ("pppk", 24, 0, True, 24),
        ("pppk", 30, 0, True, 24),
    ],
)
def test_rule_38_what_is_missing_and_what_is_full(
    kind: str, hours: int, missing: int, is_full: bool, limit: int
) -> None:
    assert TARGET.missing(kind, hours) == missing
    assert TARGET.is_full(kind, hours) is is_full
    assert TARGET.limit(kind) == limit
