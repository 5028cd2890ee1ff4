"""Which kelurahan: boundaries, nearest centre, names. The city's 18 areas come from its own data file."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.coordinates import Point
from models.rules.places import Area, AreaKey, boundary, contains, distance_km, find_areas, resolve_area

AREAS_FILE = Path(__file__).parents[2] / "bot" / "data" / "areas.csv"


def read_areas() -> list[Area]:
    with AREAS_FILE.open(encoding="utf-8", newline="") as lines:
        return [
            Area(
                row["kecamatan"],
                row["kelurahan"],
                Point(float(row["latitude"]), float(row["longitude"])),
                tuple(filter(None, row["aliases"].split(";"))),
            )
            for row in csv.DictReader(lines)
        ]


AREAS = read_areas()

SQUARE = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]
HOLE = [[1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 2.0], [1.0, 1.0]]
ISLAND = [[10.0, 0.0], [11.0, 0.0], [11.0, 1.0], [10.0, 0.0]]
LAND = boundary(("K", "Pulau"), {"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE], [ISLAND]]})


@pytest.mark.parametrize(
    ("latitude", "longitude", "inside"),
    [
        (3.0, 3.0, True),
        (1.5, 1.5, False),  # in the hole
        (1.5, 3.0, True),  # east of the hole
        (0.2, 10.9, True),  # on the island
        (0.9, 10.1, False),  # beside its slope
        (5.0, 5.0, False),
        (2.0, 5.0, False),
        (-1.0, 2.0, False),
    ],
)
def test_contains(latitude: float, longitude: float, inside: bool) -> None:
    assert contains(LAND, Point(latitude, longitude)) is inside


@given(st.floats(-1, 5), st.floats(-1, 5))
def test_a_square_holds_what_lies_between_its_sides(latitude: float, longitude: float) -> None:
    square = boundary(("K", "A"), {"type": "Polygon", "coordinates": [SQUARE]})
    on_the_edge = {latitude, longitude} & {0.0, 4.0}
    if not on_the_edge:
        assert contains(square, Point(latitude, longitude)) is (0 < latitude < 4 and 0 < longitude < 4)


@pytest.mark.parametrize(
    "geometry",
    [
        {},
        {"type": "Point", "coordinates": [0, 0]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [SQUARE[:-1]]},
        {"type": "Polygon", "coordinates": [SQUARE[:2]]},
        {"type": "MultiPolygon", "coordinates": [[]]},
    ],
)
def test_broken_boundaries_are_refused(geometry: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        boundary(("K", "A"), geometry)


def test_distance() -> None:
    assert distance_km(Point(0, 104), Point(1, 104)) == pytest.approx(111.2, abs=0.1)
    assert distance_km(Point(0, 104), Point(0, 104)) == 0


def test_rule_42_the_city_has_eighteen_areas() -> None:
    assert Counter(area.kecamatan for area in AREAS) == {
        "Bukit Bestari": 5,
        "Tanjungpinang Timur": 5,
        "Tanjungpinang Kota": 4,
        "Tanjungpinang Barat": 4,
    }


def test_rule_42_kelurahan_tanjungpinang_timur_lies_in_bukit_bestari() -> None:
    (area,) = (area for area in AREAS if area.kelurahan == "Tanjungpinang Timur")
    assert area.kecamatan == "Bukit Bestari"
    assert find_areas("kelurahan Tanjungpinang Timur", AREAS) == [("Bukit Bestari", "Tanjungpinang Timur")]


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.kelurahan)
def test_each_centre_resolves_to_its_own_area(area: Area) -> None:
    assert resolve_area(area.centre, AREAS, [], 5, 0.5) == area.key


@pytest.mark.parametrize(
    ("name", "latitude", "longitude"),
    [
        ("Batam", 1.13, 104.05),
        ("Kijang", 0.88, 104.61),
        ("Tanjung Uban", 1.07, 104.22),
        ("Jakarta", -6.2, 106.8),
    ],
)
def test_outside_the_city_there_is_no_area(name: str, latitude: float, longitude: float) -> None:
    assert resolve_area(Point(latitude, longitude), AREAS, [], 5, 0.5) is None


def test_boundaries_win_over_centres() -> None:
    centre = Area("Barat", "Dekat", Point(3.0, 3.0))
    assert resolve_area(Point(3.0, 3.0), [centre], [LAND], 5, 0.5) == ("K", "Pulau")


def test_a_house_over_the_sea_belongs_to_the_nearest_shore() -> None:
    at_sea = Point(0.0, 11.003)  # some 330 m east of the island's corner
    assert resolve_area(at_sea, [], [LAND], 5, 0.5) == ("K", "Pulau")
    assert resolve_area(at_sea, [], [LAND], 5, 0.2) is None


def test_a_city_without_areas_resolves_nothing() -> None:
    assert resolve_area(Point(0, 0), [], [], 5, 0.5) is None


TIMUR = ("Bukit Bestari", "Tanjungpinang Timur")
BATU_IX = ("Tanjungpinang Timur", "Batu IX")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The trap: the kelurahan lies in another kecamatan than its name says.
        ("Tanjungpinang Timur", [TIMUR]),
        ("Kel. Tanjung Pinang Timur", [TIMUR]),
        ("tg. pinang timur dekat masjid", [TIMUR]),
        ("Kecamatan Tanjungpinang Timur", []),
        ("Batu 9, Tanjungpinang Timur", [BATU_IX]),
        ("Kel. Batu IX Kec. Tanjungpinang Timur", [BATU_IX]),
        ("Kampung Baru, Tanjungpinang Barat", [("Tanjungpinang Barat", "Kampung Baru")]),
        # Spellings.
        ("batu sembilan", [BATU_IX]),
        ("Sungai Jang", [("Bukit Bestari", "Sei Jang")]),
        ("sei. jang depan kampus", [("Bukit Bestari", "Sei Jang")]),
        ("Kamboja", [("Tanjungpinang Barat", "Kemboja")]),
        ("kp. bugis", [("Tanjungpinang Kota", "Kampung Bugis")]),
        ("kampong bulang", [("Tanjungpinang Timur", "Kampung Bulang")]),
        ("Pulau Penyengat, pelantar 2", [("Tanjungpinang Kota", "Penyengat")]),
        ("tg ayun sakti", [("Bukit Bestari", "Tanjung Ayun Sakti")]),
        ("Tg. Unggat", [("Bukit Bestari", "Tanjung Unggat")]),
        ("TANJUNG UNGGAT", [("Bukit Bestari", "Tanjung Unggat")]),
        # Typing mistakes.
        ("sengarang", [("Tanjungpinang Kota", "Senggarang")]),
        ("melayu kota pering", [("Tanjungpinang Timur", "Melayu Kota Piring")]),
        ("di dompk dekat jembatan", [("Bukit Bestari", "Dompak")]),
        # Several, or none.
        ("antara Dompak dan Sei Jang", [("Bukit Bestari", "Dompak"), ("Bukit Bestari", "Sei Jang")]),
        ("di Tanjungpinang", []),
        ("jalan baru dekat pasar", []),
        ("", []),
    ],
)
def test_areas_named_in_words(text: str, expected: list[AreaKey]) -> None:
    assert find_areas(text, AREAS) == expected


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.kelurahan)
def test_each_name_and_alias_is_found(area: Area) -> None:
    for name in (area.kelurahan, *area.aliases):
        assert find_areas(f"Saya tinggal di {name} nomor 7", AREAS) == [area.key]
