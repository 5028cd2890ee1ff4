"""The number of a certificate in the form that a city writes."""

from __future__ import annotations

from datetime import date

import pytest

from models.rules.training.certificate_number import FORM, LONGEST, written

WORDS = {"kind": "DIKLAT-T", "unit": "BKPSDM"}


@pytest.mark.parametrize(
    ("form", "serial", "day", "number"),
    [
        (FORM, 1, date(2026, 11, 24), "0001/DIKLAT-T/BKPSDM/XI/2026"),
        (FORM, 12345, date(2027, 1, 2), "12345/DIKLAT-T/BKPSDM/I/2027"),
        ("800/{number}/{year}", 7, date(2026, 4, 1), "800/0007/2026"),
        ("{number}/{month}", 7, date(2026, 4, 1), "0007/DIKLAT-T/BKPSDM/IV/2026"),
        ("SERTIFIKAT", 7, date(2026, 12, 1), "0007/DIKLAT-T/BKPSDM/XII/2026"),
    ],
    ids=["usual", "more digits", "own form", "no year", "no number"],
)
def test_the_number_is_written_in_the_citys_form_where_it_tells_certificates_apart(
    form: str, serial: int, day: date, number: str
) -> None:
    assert written(form, serial, day, WORDS) == number


def test_words_that_are_too_long_are_left_out() -> None:
    number = written(FORM, 3, date(2026, 5, 1), {"kind": "x" * LONGEST, "unit": "BKPSDM"})
    assert number == "0003/-/-/V/2026"
