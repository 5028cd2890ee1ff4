"""What people's words and pins mean in this city: services and units, kelurahan, points, danger."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from bot.services.city import City
from models.organisation import Area
from models.rules import coordinates, places
from models.rules.coordinates import Point
from models.rules.danger import danger as danger_in
from models.rules.matching import Candidate, Index

#: The value of "let the verifier decide".
UNSURE = "-"
#: A best match this many times better than the next is taken without a question.
CLEAR = 1.6


@dataclass(frozen=True, slots=True)
class Match:
    """A service ("s12") or unit ("u3") that words may mean, with its name for a button."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class _Prepared:
    index: Index[str]
    areas: tuple[places.Area, ...]
    boundaries: tuple[places.Boundary, ...]
    by_key: dict[tuple[str, str], Area]
    dangers: dict[str, list[str]]


_prepared: WeakKeyDictionary[City, _Prepared] = WeakKeyDictionary()


def suggest(city: City, text: str, limit: int = 3) -> list[Match]:
    """The services and units that the words most likely mean, the best first."""
    return [Match(match.key, named(city, match.key)) for match in _of(city).index.rank(text, limit)]


def clear_match(city: City, text: str) -> Match | None:
    """The one service or unit that the words mean beyond doubt, or None."""
    ranked = _of(city).index.rank(text, 2)
    if not ranked or (len(ranked) > 1 and ranked[0].score < CLEAR * ranked[1].score):
        return None
    return Match(ranked[0].key, named(city, ranked[0].key))


def services_for(city: City, text: str, limit: int = 5) -> list[int]:
    """The ids of services that the words mean, the best first (for rating: no units)."""
    ranked = _of(city).index.rank(text, limit * 3)
    return [int(match.key[1:]) for match in ranked if match.key[0] == "s"][:limit]


def exists(city: City, value: str) -> bool:
    """Whether the value names a service or unit of the city, or is UNSURE."""
    service_id, unit_id = ids_of(value)
    return value == UNSURE or service_id in city.services or unit_id in city.units


def ids_of(value: str) -> tuple[int | None, int | None]:
    """Service id and unit id behind a value; both None for UNSURE and for what is no value of ours."""
    number = int(value[1:]) if value[1:].isdigit() else None
    return (number if value[:1] == "s" else None), (number if value[:1] == "u" else None)


def named(city: City, value: str) -> str:
    """The name of the service or unit, empty for UNSURE."""
    service_id, unit_id = ids_of(value)
    if service_id in city.services:
        service = city.services[service_id]
        return f"{service.name} ({city.successor(service.unit_id).short_name})"
    return city.units[unit_id].name if unit_id in city.units else ""


def locate(city: City, latitude: float, longitude: float) -> Area | None:
    """The kelurahan of a point, None outside the city."""
    known = _of(city)
    centre_reach = float(city.fact("map.centre_reach_km", "5"))
    shore_reach = float(city.fact("map.shore_reach_km", "0.5"))
    point = Point(latitude, longitude)
    key = places.resolve_area(point, known.areas, known.boundaries, centre_reach, shore_reach)
    return known.by_key[key] if key is not None else None


def areas_named(city: City, text: str) -> list[Area]:
    """The kelurahan that a free text names."""
    known = _of(city)
    return [known.by_key[key] for key in places.find_areas(text, known.areas)]


def point_in(text: str) -> Point | None:
    """Coordinates or a map link in a text."""
    return coordinates.parse(text)


def danger(city: City, text: str) -> list[tuple[str, str]]:
    """The emergency numbers to show first, as (label, number), when the words tell of danger; else none."""
    kind = danger_in(text, _of(city).dangers)
    if kind is None:
        return []
    first = [row for row in city.emergencies if row.kind == kind]
    general = [row for row in city.emergencies if row.position == 0 and row.kind != kind]
    return [(row.label, row.number) for row in (*first, *general)]


def accuses(city: City, text: str) -> bool:
    """Whether the words suggest that a civil servant or an office is complained about (`conflict.words`)."""
    return danger_in(text, {"conflict": city.fact("conflict.words").split(";")}) is not None


def _of(city: City) -> _Prepared:
    if city not in _prepared:
        _prepared[city] = _prepare(city)
    return _prepared[city]


def _prepare(city: City) -> _Prepared:
    services = [
        Candidate(f"s{row.id}", (row.name,), tuple(row.aliases), tuple(row.keywords))
        for row in city.services.values()
        if row.valid_to is None
    ]
    units = [
        Candidate(f"u{row.id}", (row.name, row.short_name), tuple(row.aliases), tuple(row.keywords))
        for row in city.units.values()
        if row.merged_into_id is None and row.valid_to is None
    ]
    keyed = {(row.kecamatan, row.kelurahan): row for row in city.areas.values()}
    areas = tuple(
        places.Area(row.kecamatan, row.kelurahan, Point(row.latitude, row.longitude), tuple(row.aliases))
        for row in city.areas.values()
    )
    boundaries = tuple(
        places.boundary((row.kecamatan, row.kelurahan), row.boundary)
        for row in city.areas.values()
        if row.boundary is not None
    )
    dangers = {row.kind: row.keywords for row in city.emergencies}
    return _Prepared(Index([*services, *units]), areas, boundaries, keyed, dangers)
