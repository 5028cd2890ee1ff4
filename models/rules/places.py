"""Which kelurahan a point or a phrase means.

An area is always keyed by kecamatan and kelurahan: the same name can stand on both levels, and a kelurahan
need not lie in the kecamatan that carries its name (domain rule 42).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import Any

from rapidfuzz.distance import OSA

from models.rules.coordinates import Point
from models.rules.words import fold

#: Kecamatan, kelurahan.
AreaKey = tuple[str, str]
#: Longitude, latitude: GeoJSON's order.
Position = tuple[float, float]
Ring = tuple[Position, ...]

_EARTH_KM = 6371.0088
#: Shorter names must be typed exactly.
_LONG_NAME = 6
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Area:
    """A kelurahan with its centre and the other spellings of its name."""

    kecamatan: str
    kelurahan: str
    centre: Point
    aliases: tuple[str, ...] = ()

    @property
    def key(self) -> AreaKey:
        return self.kecamatan, self.kelurahan


@dataclass(frozen=True, slots=True)
class Boundary:
    """The land of a kelurahan: polygons of an outer ring and its holes."""

    key: AreaKey
    polygons: tuple[tuple[Ring, ...], ...]
    corners: tuple[Position, Position] = field(init=False)

    def __post_init__(self) -> None:
        around = [position for polygon in self.polygons for position in polygon[0]]
        longitudes, latitudes = zip(*around, strict=True)
        corners = (min(longitudes), min(latitudes)), (max(longitudes), max(latitudes))
        object.__setattr__(self, "corners", corners)


def boundary(key: AreaKey, geometry: Mapping[str, Any]) -> Boundary:
    """A boundary from a GeoJSON Polygon or MultiPolygon; ValueError if it is anything else or broken."""
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if kind not in {"Polygon", "MultiPolygon"} or not isinstance(polygons, list) or not polygons:
        raise ValueError("neither Polygon nor MultiPolygon")
    if not all(polygons):
        raise ValueError("a polygon has an outer ring")
    return Boundary(key, tuple(tuple(_ring(ring) for ring in polygon) for polygon in polygons))


def contains(land: Boundary, point: Point) -> bool:
    """Whether the point lies on the land (even-odd rule over outer rings and holes)."""
    (west, south), (east, north) = land.corners
    if not (west <= point.longitude <= east and south <= point.latitude <= north):
        return False
    return any(sum(_crossings(ring, point) for ring in polygon) % 2 for polygon in land.polygons)


def distance_km(one: Point, other: Point) -> float:
    """Great-circle distance."""
    low, high = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude - one.longitude)
    half_chord = sin((high - low) / 2) ** 2 + cos(low) * cos(high) * sin(across / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half_chord))


def resolve_area(
    point: Point,
    areas: Sequence[Area],
    boundaries: Sequence[Boundary],
    centre_reach_km: float,
    shore_reach_km: float,
) -> AreaKey | None:
    """The kelurahan of a point; None outside the city. The resident confirms it all the same.

    With boundaries: the one that contains it, or the nearest shore within `shore_reach_km` (houses stand on
    stilts over the sea). Without: the nearest centre within `centre_reach_km`.
    """
    for land in boundaries:
        if contains(land, point):
            return land.key
    near = [(_shore_km(land, point), land.key) for land in boundaries]
    reach = shore_reach_km if boundaries else centre_reach_km
    if not boundaries:
        near = [(distance_km(area.centre, point), area.key) for area in areas]
    distance, key = min(near, default=(reach + 1, None))
    return key if distance <= reach else None


def find_areas(text: str, areas: Sequence[Area]) -> list[AreaKey]:
    """Every kelurahan named in a free text, in the order of `areas`: one if the text is clear.

    The longest name wins; long names tolerate one typing mistake. A name that is said to be a kecamatan, or
    that is both and stands beside one of that kecamatan's kelurahan, is read as the kecamatan.
    """
    kecamatan = {_joined(area.kecamatan) for area in areas}
    named = {
        area.key
        for area, word_before in _mentions(fold(text), areas)
        if not (word_before == "kecamatan" and _joined(area.kelurahan) in kecamatan)
    }
    found = [area for area in areas if area.key in named]
    around = {_joined(area.kecamatan) for area in found if _joined(area.kelurahan) not in kecamatan}
    return [area.key for area in found if _joined(area.kelurahan) not in around]


def _mentions(words: list[str], areas: Sequence[Area]) -> Iterator[tuple[Area, str]]:
    """Areas named by neighbouring words, longest first and none twice, with the word before them."""
    names = _names(areas)
    taken: set[int] = set()
    for length in range(_MOST_WORDS, 0, -1):
        for start in range(len(words) - length + 1):
            place = range(start, start + length)
            same_initial = names.get(words[start][0], ())
            if not same_initial or not taken.isdisjoint(place):
                continue
            written = "".join(words[start : start + length])
            if named := [area for name, area in same_initial if _is_same(written, name)]:
                taken.update(place)
                yield from ((area, words[start - 1] if start else "") for area in named)


def _names(areas: Sequence[Area]) -> dict[str, list[tuple[str, Area]]]:
    """All names and aliases by their first letter."""
    names: dict[str, list[tuple[str, Area]]] = {}
    for area in areas:
        for name in {_joined(name) for name in (area.kelurahan, *area.aliases)} - {""}:
            names.setdefault(name[0], []).append((name, area))
    return names


def _is_same(written: str, name: str) -> bool:
    if written == name or len(name) < _LONG_NAME or abs(len(written) - len(name)) > 1:
        return written == name
    return OSA.distance(written, name, score_cutoff=1) <= 1


@lru_cache(maxsize=1000)
def _joined(name: str) -> str:
    return "".join(fold(name))


def _ring(positions: Any) -> Ring:
    ring = tuple((float(position[0]), float(position[1])) for position in positions)
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise ValueError("a ring is closed and has at least four positions")
    return ring


def _crossings(ring: Ring, point: Point) -> int:
    """How often a ray from the point to the east crosses the ring."""
    count = 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > point.latitude) != (y2 > point.latitude):
            count += point.longitude < x1 + (point.latitude - y1) * (x2 - x1) / (y2 - y1)
    return count


def _shore_km(land: Boundary, point: Point) -> float:
    return min(
        distance_km(Point(latitude, longitude), point)
        for polygon in land.polygons
        for longitude, latitude in polygon[0]
    )
