"""NIP and NI PPPK: domain section 4, rule 33."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.nip import Fault, Kind, Nip, read, short

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The published examples.
        ("198609262015051001", Nip("198609262015051001", Kind.PNS, date(1986, 9, 26), 2015, 5, None, False)),
        ("199009132025242014", Nip("199009132025242014", Kind.PPPK, date(1990, 9, 13), 2025, None, 24, True)),
        # As people write it.
        (
            "19860926 201505 1 001",
            Nip("198609262015051001", Kind.PNS, date(1986, 9, 26), 2015, 5, None, False),
        ),
        (
            "19860926.201505.1.001",
            Nip("198609262015051001", Kind.PNS, date(1986, 9, 26), 2015, 5, None, False),
        ),
        # The pair: 12 is the last month, 13 the first contract.
        ("198609262015121001", Nip("198609262015121001", Kind.PNS, date(1986, 9, 26), 2015, 12, None, False)),
        (
            "198609262015131001",
            Nip("198609262015131001", Kind.PPPK, date(1986, 9, 26), 2015, None, 13, False),
        ),
        # Next month is still allowed, and a leap day is a real day.
        ("200002292026122001", Nip("200002292026122001", Kind.PNS, date(2000, 2, 29), 2026, 12, None, True)),
    ],
)
def test_rule_33_numbers_that_can_be(text: str, expected: Nip) -> None:
    assert read(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.SHAPE),
        ("2172045011900001", Fault.SHAPE),  # an NIK
        ("19860926201505100", Fault.SHAPE),
        ("1986092620150510012", Fault.SHAPE),
        ("198609262015053001", Fault.SHAPE),  # sex 3
        ("19860926201505100A", Fault.SHAPE),
        ("198609312015051001", Fault.BIRTH),  # 31 September
        ("190102292015051001", Fault.BIRTH),
        ("000001012015051001", Fault.BIRTH),
        ("202611242044051001", Fault.BIRTH),  # born today
        ("198609262015001001", Fault.PAIR),
        ("198609262015051000", Fault.SERIAL),
        ("200001012027011001", Fault.APPOINTMENT),
        ("200001012027211001", Fault.APPOINTMENT),
        ("200001012016121001", Fault.AGE),  # 16 years
        ("200005012017041001", Fault.AGE),  # 17 only next month
        ("195001012011011001", Fault.AGE),  # 61 years
    ],
)
def test_rule_33_numbers_that_cannot_be(text: str, fault: Fault) -> None:
    assert read(text, TODAY) is fault


def test_in_december_next_month_is_january() -> None:
    number = "200001012027011001"
    assert isinstance(read(number, date(2026, 12, 1)), Nip)
    assert read(number, date(2026, 11, 30)) is Fault.APPOINTMENT


@given(st.text(alphabet="0123456789 .-", max_size=24))
def test_only_eighteen_digits_are_read(text: str) -> None:
    result = read(text, TODAY)
    if isinstance(result, Nip):
        assert len(result.digits) == 18
        assert result.birth < TODAY
        assert (result.month is None) == (result.kind is Kind.PPPK)


def test_short_reveals_no_birth_date() -> None:
    assert short("198609262015051001") == "…001"
