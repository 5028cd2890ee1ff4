"""How alike two reports are: their words, their places, their service and the days between them.

Words are compared by the pieces of three to five letters that they share, the rare pieces counting more (cosine of
TF-IDF): typing mistakes, affixes and the kinship of Indonesian and Malay need no dictionary then. The weights are our
design; the least likeness that is worth showing is the city's data (`similar_percent`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import log, sqrt

from models.rules.coordinates import Point
from models.rules.places import distance_km
from models.rules.words import stems

#: What of two reports being alike comes from what.
WORDS, PLACE, SERVICE, TIME = 0.55, 0.25, 0.12, 0.08
#: So much of a text is compared: what it is about stands at its beginning.
LONGEST = 600
#: Beyond it two pins are two places (metres).
FAR = 600
#: What is known of the place when there are no two pins: the same kelurahan, or nothing.
SAME_AREA, UNKNOWN = 0.6, 0.4
#: Shorter alike than this, two reports are about two things, wherever they are.
LEAST_WORDS = 0.12
_GRAMS = (3, 4, 5)

#: Words with one meaning in the two languages and along the coast.
_SAME = {
    "longkang": "parit", "selokan": "parit", "got": "parit", "drainase": "parit", "padam": "mati", "gelap": "mati",
    "rosak": "rusak", "lopak": "lubang", "bolong": "lubang", "meluap": "banjir", "luap": "banjir",
    "genang": "banjir", "pokok": "pohon", "kereta": "mobil", "jeti": "dermaga", "pelantar": "dermaga",
    "tong": "bak", "pecah": "bocor", "penerang": "lampu", "pju": "lampu",
}  # fmt: skip

Grams = dict[str, float]


@dataclass(frozen=True, slots=True)
class Told:
    """What of a report is compared."""

    text: str
    day: date
    service_id: int | None = None
    unit_id: int | None = None
    area_id: int | None = None
    point: Point | None = None
    landmark: str | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a report is to the one asked about: `score` and `words` from 0 to 1, `metres` where both have pins."""

    number: int
    score: float
    words: float
    metres: int | None
    same_area: bool
    same_service: bool
    days: int


def rank(asked: Told, others: Sequence[tuple[int, Told]], window: int, least: float) -> list[Likeness]:
    """The others that are alike enough, the most alike first; `window` is how many days apart they may be."""
    grams = [_grams(asked.text), *(_grams(told.text) for _number, told in others)]
    weights = _weights(grams)
    length = _length(grams[0], weights)
    found = []
    for (number, told), theirs in zip(others, grams[1:], strict=True):
        likeness = _likeness(number, asked, told, _cosine(grams[0], length, theirs, weights), window)
        if likeness.words >= LEAST_WORDS and likeness.score >= least and likeness.days <= window:
            found.append(likeness)
    return sorted(found, key=lambda one: (-one.score, one.number))


def alike(one: str, other: str) -> float:
    """How much two texts share, from 0 to 1."""
    grams = [_grams(one), _grams(other)]
    weights = _weights(grams)
    return _cosine(grams[0], _length(grams[0], weights), grams[1], weights)


def _likeness(number: int, asked: Told, told: Told, words: float, window: int) -> Likeness:
    days = abs((asked.day - told.day).days)
    metres = _metres(asked, told)
    service = asked.service_id is not None and asked.service_id == told.service_id
    kin = 1.0 if service else 0.6 if asked.unit_id is not None and asked.unit_id == told.unit_id else 0.0
    if asked.unit_id is None or told.unit_id is None:
        kin = max(kin, UNKNOWN)
    score = WORDS * words + PLACE * _near(asked, told, metres) + SERVICE * kin + TIME * max(0.0, 1 - days / window)
    same_area = asked.area_id is not None and asked.area_id == told.area_id
    return Likeness(number, round(score, 4), round(words, 4), metres, same_area, service, days)


def _metres(one: Told, other: Told) -> int | None:
    if one.point is None or other.point is None:
        return None
    return round(distance_km(one.point, other.point) * 1000)


def _near(one: Told, other: Told, metres: int | None) -> float:
    if metres is not None:
        return max(0.0, 1 - metres / FAR)
    if one.area_id is None or other.area_id is None:
        return UNKNOWN
    if one.area_id != other.area_id:
        return 0.0
    if one.landmark and other.landmark:
        return SAME_AREA + (1 - SAME_AREA) * alike(one.landmark, other.landmark)
    return SAME_AREA


def _grams(text: str) -> Counter[str]:
    """The pieces of the meaningful words, with the ends of words marked."""
    counted: Counter[str] = Counter()
    for word in stems(text[:LONGEST]):
        counted.update(_pieces(word))
    return counted


@lru_cache(maxsize=2_000)
def _pieces(word: str) -> tuple[str, ...]:
    marked = f" {_SAME.get(word, word)} "
    return tuple(marked[at : at + size] for size in _GRAMS for at in range(max(1, len(marked) - size + 1)))


def _weights(texts: Iterable[Counter[str]]) -> Grams:
    """How telling each piece is among these texts: the fewer have it, the more."""
    texts = list(texts)
    having = Counter(piece for text in texts for piece in text)
    return {piece: 1 + log((1 + len(texts)) / (1 + count)) for piece, count in having.items()}


def _cosine(one: Counter[str], length: float, other: Counter[str], weights: Grams) -> float:
    shared = sum(count * other[piece] * weights[piece] ** 2 for piece, count in one.items() if piece in other)
    if not shared:
        return 0.0
    return min(1.0, shared / (length * _length(other, weights)))


def _length(text: Counter[str], weights: Grams) -> float:
    return sqrt(sum((count * weights[piece]) ** 2 for piece, count in text.items()))
