"""When two pictures look alike, by the numbers of their hashes."""

import random

import pytest

from models.rules.desk.looks import BANDS, BITS, GREATEST_DISTANCE, bands, distance, is_alike, is_plain

LOOK = "0123456789abcdef0f1e2d3c4b5a6978"


def flipped(look: str, number: int, seed: int = 1) -> str:
    """The hash with so many bits turned over, anywhere."""
    value = int(look, 16)
    for bit in random.Random(seed).sample(range(BITS), number):
        value ^= 1 << bit
    return f"{value:032x}"


@pytest.mark.parametrize("number", [0, 1, 7, 8, 64, 128])
def test_the_distance_is_the_number_of_differing_bits(number: int) -> None:
    assert distance(LOOK, flipped(LOOK, number)) == number


def test_the_parts_are_the_whole() -> None:
    assert sum(value << (position * BITS // BANDS) for position, value in bands(LOOK)) == int(LOOK, 16)


@pytest.mark.parametrize("seed", range(200))
def test_whoever_is_near_enough_shares_a_part(seed: int) -> None:
    near = flipped(LOOK, GREATEST_DISTANCE, seed)
    assert set(bands(LOOK)) & set(bands(near))


# bits turned over, allowed by the city, alike
NEARNESS = [
    (0, 6, True),
    (6, 6, True),
    (7, 6, False),
    (0, 0, True),
    (1, 0, False),
    (7, 40, True),  # beyond the greatest distance a part in common is not certain: never promised
    (8, 40, False),
]


@pytest.mark.parametrize(("number", "most", "alike"), NEARNESS)
def test_alike_is_a_matter_of_data_up_to_what_is_certain(number: int, most: int, alike: bool) -> None:
    assert is_alike(LOOK, flipped(LOOK, number), most) is alike


# set bits, plain
PLAINNESS = [(0, True), (11, True), (12, False), (64, False), (116, False), (117, True), (128, True)]


@pytest.mark.parametrize(("number", "plain"), PLAINNESS)
def test_a_picture_of_one_colour_is_plain(number: int, plain: bool) -> None:
    assert is_plain(flipped("0" * 32, number)) is plain
