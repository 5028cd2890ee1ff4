"""The index of PermenPANRB 14/2017, row by row: published examples, bounds, rounding, sample sizes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refusal
from models.rules.skm import Element, Grade, Tally, element_grade, grade, rounded, sample_needed, validate

FULL = dict.fromkeys(Element, 3)
#: The published example of 29 respondents.
PUBLISHED = (105, 101, 100, 116, 102, 105, 106, 105, 115)
PUBLISHED_NRR = ("3.6207", "3.4828", "3.4483", "4.0000", "3.5172", "3.6207", "3.6552", "3.6207", "3.9655")


def tally(n: int, sums: Any) -> Tally:
    return Tally(n, dict(zip(Element, sums, strict=True)))


def one(*scores: int) -> Tally:
    return tally(1, scores)


def test_the_elements_stand_in_the_questionnaires_order():
    assert [element.code for element in Element] == [f"U{number}" for number in range(1, 10)]
    assert (Element.U8, Element.U9) == ("sarana", "pengaduan")


def test_rule_01_nine_whole_numbers_are_taken():
    assert validate({element.value: score for element, score in FULL.items()}) == FULL


@pytest.mark.parametrize("wrong", [0, 5, None, "3", "", 3.0, True, Decimal(3)])
def test_rule_01_anything_but_1_to_4_is_refused(wrong: Any):
    with pytest.raises(Refusal, match="score_out_of_range"):
        validate({**FULL, Element.U5: wrong})


@pytest.mark.parametrize("scores", [{}, {Element.U1: 4}, {**FULL, "harga": 3}])
def test_rule_01_fewer_or_other_elements_are_refused(scores: dict[str, int]):
    with pytest.raises(Refusal, match="survey_incomplete"):
        validate(scores)


def test_rule_01_eight_answers_are_refused():
    with pytest.raises(Refusal, match="survey_incomplete"):
        validate({element: 4 for element in Element if element is not Element.U9})


def test_rule_02_the_published_example_gives_9148_and_a():
    result = tally(29, PUBLISHED)
    assert (result.ikm, result.grade, result.ranked()[0]) == (Decimal("91.48"), Grade.A, Element.U3)
    shown = [f"{result.nrr(element):.4f}" for element in Element]
    assert tuple(shown) == PUBLISHED_NRR


def test_rule_02_the_lowest_element_of_the_example_from_its_answers():
    assert PUBLISHED[2] == 15 * 4 + 12 * 3 + 2 * 2


@pytest.mark.parametrize(
    ("scores", "ikm", "letter"),
    [
        ((4,) * 9, "100.00", "A"),
        ((3,) * 9, "75.00", "C"),  # "Baik" everywhere is C by the rule
        ((1,) * 9, "25.00", "D"),
        ((4,) + (3,) * 8, "77.78", "B"),
        ((4,) * 4 + (3,) * 5, "86.11", "B"),
        ((4,) * 5 + (3,) * 4, "88.89", "A"),
    ],
)
def test_rule_03_single_respondents(scores: tuple[int, ...], ikm: str, letter: str):
    result = one(*scores)
    assert (str(result.ikm), result.grade) == (ikm, letter)


def test_rule_03_no_data_gives_no_ikm():
    empty = tally(0, (0,) * 9)
    assert (empty.ikm, empty.grade, empty.nrr(Element.U1)) == (None, None, None)


def test_rule_03_a_perfect_survey_is_not_cut_by_a_printed_weight():
    """0.11 would give 99.00 and 0.111 would give 99.90."""
    assert tally(7, (28,) * 9).ikm == Decimal("100.00")


@pytest.mark.parametrize(
    ("ikm", "letter"),
    [
        ("100", "A"),
        ("88.31", "A"),
        ("88.305", "A"),
        ("88.3049", "B"),
        ("88.30", "B"),
        ("76.61", "B"),
        ("76.605", "B"),
        ("76.604", "C"),
        ("76.60", "C"),
        ("65.00", "C"),
        ("64.995", "C"),
        ("64.994", "D"),
        ("64.99", "D"),
        ("25", "D"),
    ],
)
def test_rule_04_grades(ikm: str, letter: str):
    assert grade(Decimal(ikm)) == letter


def test_rule_04_a_half_hundredth_rounds_up():
    result = Tally(5000, {Element.U1: 158_949})
    assert (result.ikm, result.grade) == (Decimal("88.31"), Grade.A)
    assert rounded(Decimal("88.305")) == Decimal("88.31")


@pytest.mark.parametrize(
    ("nrr", "letter"),
    [("4", "A"), ("3.5324", "A"), ("3.5320", "B"), ("3.0644", "B"), ("3.0640", "C"), ("2.6", "C"), ("2.5996", "D")],
)
def test_rule_04_an_element_is_graded_by_the_same_bounds(nrr: str, letter: str):
    assert element_grade(Decimal(nrr)) == letter


@pytest.mark.parametrize(
    ("population", "needed"),
    [
        *((10, 10), (15, 14), (20, 19), (30, 28), (50, 44), (75, 63), (100, 80), (150, 108), (200, 132), (300, 169)),
        *((400, 196), (500, 217), (700, 248), (900, 269), (1000, 278), (1200, 291), (2000, 322), (3000, 341)),
        *((5000, 357), (10_000, 370), (50_000, 381), (1, 1), (0, 0)),
    ],
)
def test_rule_05_sample_size(population: int, needed: int):
    assert sample_needed(population) == needed


def test_rule_08_elements_from_the_lowest_up_and_equal_ones_in_order():
    order = tally(29, PUBLISHED).ranked()
    assert [element.code for element in order] == ["U3", "U2", "U5", "U1", "U6", "U8", "U7", "U9", "U4"]


def test_added_answers_count_for_their_element_only():
    mixed = Tally(1, {**FULL, Element.U3: 3 + 1}, added={Element.U3: 1})
    assert (mixed.nrr(Element.U3), mixed.nrr(Element.U1)) == (2, 3)
    assert mixed.ikm == rounded(Decimal(25 * (8 * 3 + 2)) / 9)


respondents = st.lists(st.tuples(*[st.integers(1, 4)] * 9), min_size=1, max_size=40)


@given(respondents)
def test_the_index_is_the_mean_of_the_weighted_elements(answers: list[tuple[int, ...]]):
    sums = [sum(column) for column in zip(*answers, strict=True)]
    result = tally(len(answers), sums)
    weighted = sum((result.nrr(element) or Decimal(0)) for element in Element) / 9 * 25
    assert result.ikm is not None
    assert Decimal(25) <= result.ikm <= Decimal(100)
    assert abs(result.ikm - weighted) <= Decimal("0.0051")
