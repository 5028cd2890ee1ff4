"""The SKM of PermenPANRB 14/2017: nine elements, each answered 1-4."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from models.errors import Refusal

LOWEST, HIGHEST = 1, 4


class Element(StrEnum):
    """The nine elements in the questionnaire's order, keyed by code name.

    The regulation's list puts complaint handling before facilities; the questionnaire does not.
    """

    U1 = "persyaratan"
    U2 = "prosedur"
    U3 = "waktu"
    U4 = "biaya"
    U5 = "produk"
    U6 = "kompetensi"
    U7 = "perilaku"
    U8 = "sarana"
    U9 = "pengaduan"


def validate(scores: Mapping[str, object]) -> dict[Element, int]:
    """The nine answers by element; refused unless they are exactly nine whole numbers 1-4 (domain rule 1)."""
    if set(scores) != set(Element):
        raise Refusal("survey_incomplete")
    return {element: score_of(scores[element]) for element in Element}


def score_of(value: object) -> int:
    """One answer; refused unless it is a whole number 1-4."""
    if type(value) is not int or not LOWEST <= value <= HIGHEST:
        raise Refusal("score_out_of_range")
    return value
