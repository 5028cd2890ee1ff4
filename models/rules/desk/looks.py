"""When two pictures look alike: a perceptual hash of 128 bits, compared by its parts first so that it scales.

The hash is a difference hash of 8 × 8 (rows, then columns). Two hashes that differ in fewer bits than there are parts
share at least one part whole: who shares none need not be compared.
"""

from __future__ import annotations

BITS, DIGITS = 128, 32
BANDS, BAND_BITS = 8, 16
#: At a greater distance a part in common is no longer certain.
GREATEST_DISTANCE = BANDS - 1
#: So few (or so many) set bits have pictures of one colour: they all look alike and prove nothing.
PLAIN_BITS = 12


def bands(look: str) -> list[tuple[int, int]]:
    """The parts of a hash as (position, value)."""
    number = int(look, 16)
    mask = (1 << BAND_BITS) - 1
    return [(position, number >> (position * BAND_BITS) & mask) for position in range(BANDS)]


def distance(one: str, other: str) -> int:
    """In how many bits two hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def is_alike(one: str, other: str, most: int) -> bool:
    """Whether two hashes differ in at most so many bits (never more than GREATEST_DISTANCE)."""
    return distance(one, other) <= min(most, GREATEST_DISTANCE)


def is_plain(look: str) -> bool:
    """Whether the picture has too little in it to be compared."""
    return not PLAIN_BITS <= int(look, 16).bit_count() <= BITS - PLAIN_BITS
