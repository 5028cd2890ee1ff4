"""A week in one line: what people type, and what is understood."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.performance.one_line import LineFault, LineProblem, LineValue, read_line, read_number

D = Decimal
CODES = ("IKU-2", "IKU-3", "IKU.DUKCAPIL-01", "1", "2", "12")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", "3"),
        ("3,5", "3.5"),
        ("3.5", "3.5"),
        ("87,50", "87.50"),
        ("1.250", "1250"),  # thousands
        ("1.250,5", "1250.5"),
        ("1.250.000", "1250000"),
        ("12.5", "12.5"),
        ("0.125", "0.125"),  # no thousand begins with nought
        ("1,250", "1.250"),  # a comma always parts decimals
        ("-3", "-3"),
        ("−0,5", "-0.5"),
        ("007", "7"),
        # Not to be understood.
        ("1,250.5", None),
        ("1.25.3", None),
        ("1,2,3", None),
        ("1.2500", "1.2500"),
        ("", None),
        ("3,", None),
        ("2172045011900001", None),  # an NIK
        ("٣", None),
    ],
)
def test_numbers(text: str, expected: str | None) -> None:
    assert read_number(text) == (None if expected is None else D(expected))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 dokumen", [LineValue(None, D(3), "dokumen")]),
        ("3dokumen", [LineValue(None, D(3), "dokumen")]),
        ("3", [LineValue(None, D(3))]),
        ("3.", [LineValue(None, D(3))]),
        ("12 dokumen", [LineValue(None, D(12), "dokumen")]),  # 12 is no code here
        ("87,5%", [LineValue(None, D("87.5"), "%")]),
        ("87,5 persen", [LineValue(None, D("87.5"), "%")]),
        ("2 ribu bibit", [LineValue(None, D(2000), "bibit")]),
        ("1,5 juta rupiah", [LineValue(None, D(1500000), "rupiah")]),
        ("tiga dokumen", [LineValue(None, D(3), "dokumen")]),
        ("Dua belas", [LineValue(None, D(12))]),
        ("ya", [LineValue(None, D(1))]),
        ("belum", [LineValue(None, D(0))]),
        ("3 dokumen, satu ditolak pemohon", [LineValue(None, D(3), "dokumen", "satu ditolak pemohon")]),
        # Codes as people write them.
        ("IKU-2 87,5", [LineValue("IKU-2", D("87.5"))]),
        ("iku-2: 87,5%", [LineValue("IKU-2", D("87.5"), "%")]),
        ("iku2=87,5", [LineValue("IKU-2", D("87.5"))]),
        ("IKU 2 87,5 %", [LineValue("IKU-2", D("87.5"), "%")]),
        ("iku dukcapil 01: 4 berkas", [LineValue("IKU.DUKCAPIL-01", D(4), "berkas")]),
        ("2: 87,5", [LineValue("2", D("87.5"))]),
        ("#2 87,5", [LineValue("2", D("87.5"))]),
        ("2 87,5", [LineValue("2", D("87.5"))]),
        ("IKU-2 ya", [LineValue("IKU-2", D(1))]),
        # Several.
        ("IKU-2: 87,5%; IKU-3 4", [LineValue("IKU-2", D("87.5"), "%"), LineValue("IKU-3", D(4))]),
        ("IKU-2 87,5, IKU-3 4", [LineValue("IKU-2", D("87.5")), LineValue("IKU-3", D(4))]),
        ("1: 3 dokumen\n2: 4", [LineValue("1", D(3), "dokumen"), LineValue("2", D(4))]),
        ("IKU-2 3;;", [LineValue("IKU-2", D(3))]),
    ],
)
def test_understood(text: str, expected: list[LineValue]) -> None:
    assert read_line(text, CODES) == expected


@pytest.mark.parametrize(
    ("text", "fault", "part"),
    [
        ("", "line_empty", ""),
        (" ; \n", "line_empty", ";"),
        ("dokumen", "line_no_number", "dokumen"),
        ("jalan rusak di depan rumah", "line_no_number", "jalan rusak di depan rumah"),
        ("IKU-2", "line_no_number", "IKU-2"),
        ("belum ada yang selesai", "line_no_number", "belum ada yang selesai"),
        ("IKU-2 banyak", "line_no_number", "IKU-2 banyak"),
        ("1.25.3 dokumen", "line_bad_number", "1.25.3 dokumen"),
        ("IKU-2 1,250.5", "line_bad_number", "IKU-2 1,250.5"),
        ("2172045011900001", "line_bad_number", "2172045011900001"),
        ("IKU-9 4", "line_unknown_code", "IKU-9"),
        ("9: 4", "line_unknown_code", "9"),
        ("3 dokumen; 4 surat", "line_code_missing", "3 dokumen"),
        ("IKU-2 3; 4", "line_code_missing", "4"),
        ("IKU-2 3; iku 2 4", "line_code_twice", "IKU-2"),
    ],
)
def test_not_understood(text: str, fault: str, part: str) -> None:
    assert read_line(text, CODES) == LineProblem(LineFault(fault), part)


def test_without_a_list_every_code_is_taken_as_typed() -> None:
    assert read_line("iku-9: 4; kel.3 5 orang") == [LineValue("IKU-9", D(4)), LineValue("KEL.3", D(5), "orang")]


@given(st.text(max_size=60))
def test_never_breaks(text: str) -> None:
    read = read_line(text, CODES)
    assert isinstance(read, LineProblem) or all(value.value.is_finite() for value in read)


@given(st.decimals(-10_000, 10_000, places=2))
def test_what_is_written_with_a_comma_comes_back(value: Decimal) -> None:
    assert read_number(str(value).replace(".", ",")) == value
