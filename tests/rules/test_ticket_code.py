"""The tracking ID: not guessable, readable aloud, and wrong typing never leads to somebody else's report."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules import ticket_code

DAY = date(2026, 11, 24)

codes = st.builds(
    lambda seed, day: ticket_code.make("TPI", day, random.Random(seed)),
    st.integers(0, 10**9),
    st.dates(date(2020, 1, 1), date(2068, 12, 31)),
)


def test_shape() -> None:
    code = ticket_code.make("tpi", DAY, random.Random(1))
    prefix, day, tail = code.split("-")
    assert (prefix, day, len(tail)) == ("TPI", "261124", 7)
    assert not set(tail) & set("AEIOU01")


def test_rule_09_not_sequential_and_rarely_equal() -> None:
    randomness = random.Random(7)
    codes = [ticket_code.make("TPI", DAY, randomness) for _ in range(5000)]
    assert len(set(codes)) == 5000
    assert codes != sorted(codes)


@given(codes)
def test_a_code_reads_back(code: str) -> None:
    assert ticket_code.normalise(code) == code


@given(codes, st.data())
def test_every_single_substitution_is_caught(code: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(4, len(code) - 1).filter(lambda place: code[place] != "-"))
    allowed = "0123456789" if place < 10 else ticket_code.ALPHABET
    other = data.draw(st.sampled_from(allowed).filter(lambda character: character != code[place]))
    assert ticket_code.normalise(code[:place] + other + code[place + 1 :]) is None


@given(codes, st.integers(0, 11))
def test_every_exchange_of_neighbours_is_caught(code: str, place: int) -> None:
    plain = code[4:].replace("-", "")
    swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
    expected = code if swapped == plain else None
    assert ticket_code.normalise("TPI" + swapped) == expected


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    for code in ticket_code.find(text):
        assert ticket_code.normalise(code) == code


GOOD = "TPI-261124-" + ticket_code.make("TPI", DAY, random.Random(2)).split("-")[2]


@pytest.mark.parametrize(
    "typed",
    [
        GOOD.lower(),
        GOOD.replace("-", ""),
        GOOD.replace("-", " "),
        f"  {GOOD.replace('-', ' - ')}\n",
        " ".join(GOOD.replace("-", "")),
        GOOD.replace("TPI", "TP1"),
        GOOD.replace("261124", "26II24"),
        GOOD.replace("261124", "Z6ll24"),
        GOOD.replace("-", "–"),
    ],
)
def test_what_people_type(typed: str) -> None:
    assert ticket_code.normalise(typed) == GOOD


@pytest.mark.parametrize(("misread", "meant"), [("Z", "2"), ("S", "5"), ("G", "6"), ("B", "8"), ("U", "V")])
def test_look_alikes_have_one_meaning(misread: str, meant: str) -> None:
    randomness = random.Random(3)
    code = next(code for code in iter(lambda: ticket_code.make("TPI", DAY, randomness), "") if meant in code[11:])
    assert ticket_code.normalise(code[:11] + code[11:].replace(meant, misread)) == code


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "TPI",
        GOOD[:-1],
        GOOD + "C",
        GOOD.replace("261124", "261324"),
        GOOD.replace("TPI-", ""),
        "halo apa kabar",
    ],
)
def test_what_is_no_code(typed: str) -> None:
    assert ticket_code.normalise(typed) is None


def test_found_in_a_sentence_once_each_in_order() -> None:
    other = ticket_code.make("KPR", date(2025, 1, 31), random.Random(4))
    text = f"Laporan {other.lower()} dan no. {GOOD.replace('-', ' ')}, juga {other} bagaimana kabarnya?"
    assert ticket_code.find(text) == [other, GOOD]


def test_words_and_numbers_are_no_codes() -> None:
    assert ticket_code.find("Rumah 261124 kecamatan, telepon 081234567890, kode ABC-261124-DEFGHJK") == []
