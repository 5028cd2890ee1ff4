"""The SKM of PermenPANRB 14/2017: nine elements, each answered 1-4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
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

    @property
    def code(self) -> str:
        """The short name of the questionnaire, U1 to U9."""
        return self.name


class Grade(StrEnum):
    """Mutu pelayanan (PermenPANRB 14/2017): sangat baik, baik, kurang baik, tidak baik."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


#: The lowest IKM of each grade, best first. The regulation's table has gaps (76.60-76.61): the IKM is rounded first.
_BOUNDS = ((Grade.A, Decimal("88.31")), (Grade.B, Decimal("76.61")), (Grade.C, Decimal("65.00")))
#: From the scale 1-4 to the scale 25-100.
SCALE = 25
_HUNDREDTH = Decimal("0.01")
#: Krejcie & Morgan: chi-square for one degree of freedom at 95 %, share, allowed error.
_CHI_SQUARE, _SHARE, _ERROR = Decimal("3.841"), Decimal("0.5"), Decimal("0.05")


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


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers of any number of respondents: how many there are, and the sum of the scores of each element.

    `added` answers an element has on top of the respondents': one-tap answers, where a city counts them in.
    """

    n: int
    sums: Mapping[Element, int]
    added: Mapping[Element, int] | None = None

    def answers(self, element: Element) -> int:
        """How many answers the element has."""
        return self.n + (self.added or {}).get(element, 0)

    def nrr(self, element: Element) -> Decimal | None:
        """Nilai rata-rata of an element on the scale 1-4, exact; None without an answer."""
        answers = self.answers(element)
        return Decimal(self.sums.get(element, 0)) / answers if answers else None

    @property
    def ikm(self) -> Decimal | None:
        """The index on the scale 25-100, rounded to the hundredth; None without a respondent (domain rule 3)."""
        if not self.n:
            return None
        if not self.added:
            return rounded(Decimal(SCALE * sum(self.sums.values())) / (len(Element) * self.n))
        weighted = sum(((self.nrr(element) or Decimal(0)) / len(Element) for element in Element), Decimal(0))
        return rounded(SCALE * weighted)

    @property
    def grade(self) -> Grade | None:
        """The grade of the index."""
        return None if self.ikm is None else grade(self.ikm)

    def ranked(self) -> list[Element]:
        """The elements from the lowest NRR up; equal ones in the questionnaire's order (domain rule 8)."""
        return sorted(Element, key=lambda element: self.nrr(element) or Decimal(0))


def rounded(value: Decimal) -> Decimal:
    """To two decimals, half up: 88.305 becomes 88.31."""
    return value.quantize(_HUNDREDTH, ROUND_HALF_UP)


def grade(ikm: Decimal) -> Grade:
    """The grade of an IKM 25-100, which is rounded to the hundredth before it is compared (domain rule 4)."""
    value = rounded(ikm)
    return next((letter for letter, lowest in _BOUNDS if value >= lowest), Grade.D)


def lowest_ikm() -> tuple[tuple[Grade, Decimal], ...]:
    """The lowest IKM of the grades A, B and C."""
    return _BOUNDS


def element_grade(nrr: Decimal) -> Grade:
    """The grade of one element's NRR 1-4: that of NRR x 25, for the bounds of the NRR are those of the IKM / 25."""
    return grade(nrr * SCALE)


def sample_needed(population: int) -> int:
    """How many respondents speak for so many users (Krejcie & Morgan, 95 %, error 5 %); 0 for none."""
    if population <= 0:
        return 0
    spread = _CHI_SQUARE * _SHARE * (1 - _SHARE)
    needed = spread * population / (_ERROR**2 * (population - 1) + spread)
    return int(needed.quantize(Decimal(1), ROUND_HALF_UP))
