"""A point on the map, read from whatever people paste or type for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_plus

_NUMBER = r"([-+−]?\d{1,3}(?:\.\d+)?)"
_PAIR = rf"{_NUMBER}\s*,\s*{_NUMBER}"
#: Where a map link names the place itself, the surest first.
_PINS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"!3d{_NUMBER}!4d{_NUMBER}(?!.*!3d)",
        rf"[?&](?:q|query|ll|daddr|destination|center)=(?:loc:)?\s*{_PAIR}",
        rf"[?&]mlat={_NUMBER}&mlon={_NUMBER}",
        rf"/(?:search|place|dir)/(?:\S*/)?{_PAIR}",
        rf"geo:{_PAIR}",
    )
)
#: The centre of the view, when nothing better is there.
_VIEWS = (re.compile(rf"@{_PAIR}"), re.compile(rf"#map=\d+/{_NUMBER}/{_NUMBER}"))
_IS_LINK = re.compile(r"://|\bgeo:", re.IGNORECASE)

_SIDE = r"(lintang utara|lintang selatan|bujur timur|bujur barat|LU|LS|BT|BB|N|S|E|W)(?![a-z])"
_DEGREES = r"(\d{1,3}(?:[.,]\d+)?)\s*([°º]?)"
_MINUTES = r"(?:\s*(\d{1,2}(?:[.,]\d+)?)\s*['′’])?"
_SECONDS = r"(?:\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:''|[\"″”]))?"
_ANGLE = _DEGREES + _MINUTES + _SECONDS
_ANGLE_THEN_SIDE = re.compile(rf"(?<![\d.,]){_ANGLE}\s*{_SIDE}", re.IGNORECASE)
_SIDE_THEN_ANGLE = re.compile(rf"(?<![a-z]){_SIDE}\s*{_ANGLE}", re.IGNORECASE)
_ANGLE_ALONE = re.compile(rf"(?<![\d.,]){_ANGLE}", re.IGNORECASE)
_SOUTH_OR_WEST = frozenset({"s", "w", "ls", "bb", "lintang selatan", "bujur barat"})
_LATITUDE = frozenset({"n", "s", "lu", "ls", "lintang utara", "lintang selatan"})

_LABEL = re.compile(r"\b(?:latitude|longitude|lintang|bujur|koordinat|lokasi|long|lat|lon|lng)\b|[()\[\]:=]")
_TYPED = re.compile(r"([-+−]?\d{1,3}[.,]\d{2,})(?:\s*[,;/|]\s*|\s+)([-+−]?\d{1,3}[.,]\d{2,})")
#: Inside a sentence only numbers this exact are taken for coordinates, not for prices or hours.
_EXACT = re.compile(r"(?<![\d.,])([-+−]?\d{1,3}[.,]\d{4,})(?:\s*[,;/|]\s*|\s+)([-+−]?\d{1,3}[.,]\d{4,})(?!\d)")


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees in WGS 84, north and east positive."""

    latitude: float
    longitude: float


def parse(text: str) -> Point | None:
    """The point meant by typed coordinates, a map link or a `geo:` address; None if there is none.

    Decimal point or comma, degrees with minutes and seconds, sides in Indonesian or English. A short link
    holds no coordinates and gives None. Nothing is fetched.
    """
    plain = unquote_plus(text.strip())
    if not _IS_LINK.search(plain):
        return _from_angles(plain) or _from_decimals(plain)
    return _from_link(plain, _PINS) or _from_angles(plain) or _from_link(plain, _VIEWS)


def _from_link(link: str, patterns: tuple[re.Pattern[str], ...]) -> Point | None:
    matches = (pattern.search(link) for pattern in patterns)
    points = (_point(_decimal(match[1]), _decimal(match[2])) for match in matches if match)
    return next((point for point in points if point), None)


def _from_decimals(text: str) -> Point | None:
    match = _TYPED.fullmatch(_LABEL.sub(" ", text.lower()).strip(" .,;")) or _EXACT.search(text)
    if match is None:
        return None
    first, second = _decimal(match[1]), _decimal(match[2])
    return _point(second, first) if abs(first) > 90 else _point(first, second)


def _from_angles(text: str) -> Point | None:
    """Two angles with their sides, or two written with the degree sign, latitude first."""
    sided = [(match.groups()[:4], match[5]) for match in _ANGLE_THEN_SIDE.finditer(text)]
    if len(sided) < 2:
        sided = [(match.groups()[1:], match[1]) for match in _SIDE_THEN_ANGLE.finditer(text)]
    sided = [(angle, side) for angle, side in sided if angle[1] or _has_fraction(angle[0])]
    if len(sided) < 2:
        signed = [match.groups() for match in _ANGLE_ALONE.finditer(text) if match[2]]
        sided = [(angle, side) for angle, side in zip(signed, ("n", "e"), strict=False)]
    latitudes = [_degrees(angle, side) for angle, side in sided if side.lower() in _LATITUDE]
    longitudes = [_degrees(angle, side) for angle, side in sided if side.lower() not in _LATITUDE]
    return _point(latitudes[0], longitudes[0]) if latitudes and longitudes else None


def _degrees(angle: tuple[str, ...], side: str) -> float:
    degrees, _, minutes, seconds = angle
    size = _decimal(degrees) + _decimal(minutes or "0") / 60 + _decimal(seconds or "0") / 3600
    return -size if side.lower() in _SOUTH_OR_WEST else size


def _has_fraction(number: str) -> bool:
    return "." in number or "," in number


def _decimal(number: str) -> float:
    return float(number.replace(",", ".").replace("−", "-"))


def _point(latitude: float, longitude: float) -> Point | None:
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Point(latitude, longitude)
