"""Files as people save them, read cell by cell."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.imports.cells import (
    UnreadableCellError,
    civil_servant_number,
    code,
    day,
    degrees,
    geometry,
    maybe,
    one_of,
    text,
    whole,
    words,
    yes_or_no,
)
from bot.services.imports.sheets import UnreadableFileError, read
from tests.services.workbook import xlsx

TODAY = date(2026, 11, 24)


def test_a_workbook_gives_each_sheet_with_typed_cells_and_row_numbers() -> None:
    content = xlsx(
        {
            "Units": [[], ["Code", " Short Name ", "Valid from"], ["a", 112, date(2026, 1, 2)], [], ["b", True, None]],
            "sla": [["name"]],
        }
    )
    units, sla = read("Data Kota.xlsx", content)
    assert (units.name, units.columns) == ("units", ("code", "short_name", "valid_from"))
    assert [(row.number, dict(row.cells)) for row in units.rows] == [
        (3, {"code": "a", "short_name": 112, "valid_from": date(2026, 1, 2)}),
        (5, {"code": "b", "short_name": True, "valid_from": ""}),
    ]
    assert (sla.name, sla.columns, sla.rows) == ("sla", ("name",), ())


@pytest.mark.parametrize(
    "content",
    [
        "code,name\na,Jalan é\n".encode(),
        "\ufeffcode,name\r\na,Jalan é\r\n".encode(),
        "code;name\na;Jalan é\n".encode("cp1252"),  # Excel with Indonesian settings
        "code\tname\na\tJalan é".encode(),
        b'code,name\n"a","Jalan \xc3\xa9"\n',
    ],
)
def test_csv_in_every_country_s_form(content: bytes) -> None:
    (sheet,) = read("Units.CSV", content)
    assert sheet.name == "units"
    assert [dict(row.cells) for row in sheet.rows] == [{"code": "a", "name": "Jalan é"}]


def test_lists_survive_a_semicolon_csv() -> None:
    (sheet,) = read("units.csv", b'code;keywords\na;"parit;got"\n')
    assert sheet.rows[0].cells["keywords"] == "parit;got"


def test_facts_and_boundaries() -> None:
    (facts,) = read("city.toml", b'[office]\naddress = "Senggarang"\n[map]\nreach = 5\n')
    assert facts.name == "city"
    assert [row.cells for row in facts.rows] == [
        {"key": "office.address", "value": "Senggarang"},
        {"key": "map.reach", "value": "5"},
    ]
    (lands,) = read(
        "batas.geojson",
        b'{"features": [{"properties": {"code": "1"}, "geometry": {"type": "Polygon", "coordinates": []}}]}',
    )
    assert lands.rows[0].cells == {"code": "1", "boundary": {"type": "Polygon", "coordinates": []}}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("units.xlsx", b"no workbook"),
        ("units.pdf", b"%PDF"),
        ("city.toml", b"= ="),
        ("batas.geojson", b"[]"),
        ("batas.geojson", b'{"features": [{}]}'),
        ("units.csv", b'code\n"open'),
    ],
)
def test_other_files_are_named(name: str, content: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=name):
        read(name, content)


@given(st.binary(max_size=60), st.sampled_from(["a.csv", "a.xlsx", "a.toml", "a.geojson"]))
def test_any_bytes_are_survived(content: bytes, name: str) -> None:
    try:
        sheets = read(name, content)
    except UnreadableFileError:
        return
    assert len(sheets) == 1


SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}


@pytest.mark.parametrize(
    ("reader", "cell", "value"),
    [
        (text, "  a\u00a0b ", "a b"),
        (text, 112.0, "112"),
        (text, 1.5, "1.5"),
        (text, date(2026, 1, 2), "2026-01-02"),
        (words, "parit; got;;parit", ["parit", "got"]),
        (words, "", []),
        (whole, 5.0, 5),
        (whole, "05", 5),
        (degrees(180), "104,4422118", 104.442212),
        (degrees(90), -0.5, -0.5),
        (day, date(2026, 1, 2), date(2026, 1, 2)),
        (day, "2026-01-02", date(2026, 1, 2)),
        (day, "02/01/2026", date(2026, 1, 2)),
        (day, "2-1-2026", date(2026, 1, 2)),
        (yes_or_no, "Ya", True),
        (yes_or_no, "tidak", False),
        (yes_or_no, True, True),
        (yes_or_no, 0.0, False),
        (one_of(("a", "b")), "A", "a"),
        (code, "Kel-Air.Raja_1", "kel-air.raja_1"),
        (civil_servant_number, "19860926 201505 1 001", "198609262015051001"),
        (maybe(day), "", None),
        (maybe(whole), "3", 3),
        (geometry, SQUARE, SQUARE),
    ],
)
def test_a_cell_is_read(reader: object, cell: object, value: object) -> None:
    assert reader(cell, TODAY) == value  # type: ignore[operator]


@pytest.mark.parametrize(
    ("reader", "cell", "fault"),
    [
        (text, 198609262015051001.0, "digits_lost"),  # a spreadsheet rounds long numbers
        (whole, "-1", "not_a_whole_number"),
        (whole, 1.5, "not_a_whole_number"),
        (degrees(90), "91", "not_a_coordinate"),
        (degrees(90), "nan", "not_a_coordinate"),
        (degrees(90), "utara", "not_a_coordinate"),
        (day, "31-02-2026", "not_a_date"),
        (yes_or_no, "mungkin", "not_yes_or_no"),
        (one_of(("a", "b")), "c", "unknown_value"),
        (code, "Kel Air", "not_a_code"),
        (civil_servant_number, "198609312015051001", "nip_birth"),
        (civil_servant_number, 198609262015051001.0, "digits_lost"),
        (geometry, "Polygon", "not_a_boundary"),
        (geometry, {"type": "Point"}, "not_a_boundary"),
        (geometry, {"type": "Polygon", "coordinates": [[[0], [1]]]}, "not_a_boundary"),
    ],
)
def test_a_cell_is_refused(reader: object, cell: object, fault: str) -> None:
    with pytest.raises(UnreadableCellError) as refused:
        reader(cell, TODAY)  # type: ignore[operator]
    assert refused.value.code == fault
