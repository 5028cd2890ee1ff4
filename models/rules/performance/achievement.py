"""How much of a target is reached, in per cent (domain section 3, rules 22-24).

Source: PermenPANRB 8/2021, chapter VI: the normal condition is `100 x R/T`, the special one (less is better)
`100 x (1 + (1 - R/T))`; of a target that is a range, the bound nearest to the realisation is T. The bands are those
of the LKjIP (Permendagri 86/2017). An achievement is exact until it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from models.errors import Refusal
from models.rules.skm import rounded

#: 100 %: the target is met.
MET = Decimal(100)
#: So much of one indicator counts at most in what is shown and averaged: none hides the failure of others.
DISPLAY_CAP = Decimal(120)
_NOTHING = Decimal(0)
_ONE = Decimal(1)


class Polarity(StrEnum):
    """Which realisation is good: much, little, one inside the range, or a plain yes (1, or 0 where no is wanted)."""

    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"
    YES_NO = "yes_no"


class AchievementBand(StrEnum):
    """The bands of the LKjIP: sangat tinggi, tinggi, sedang, rendah, sangat rendah."""

    VERY_HIGH = "very_high"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    VERY_LOW = "very_low"


#: A band begins above its bound. The regulation prints whole numbers (91-100, 76-90, ...); this leaves no gap.
_BANDS = (
    (AchievementBand.VERY_HIGH, Decimal(90)),
    (AchievementBand.HIGH, Decimal(75)),
    (AchievementBand.MEDIUM, Decimal(65)),
    (AchievementBand.LOW, Decimal(50)),
)


class Target(NamedTuple):
    """What is to be reached: a range, or one number, which is low and high at once."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, low: Decimal, high: Decimal | None = None) -> Target:
        """One number, or a range."""
        return cls(low, low if high is None else high)


def require_target(polarity: Polarity, low: Decimal, high: Decimal) -> None:
    """Refuse a target that no realisation can be measured by.

    `target_order`: low above high; `target_negative`; `target_zero`: nothing of what is better the more there is;
    `target_yes_no`: neither 1 nor 0.
    """
    if low > high:
        raise Refusal("target_order")
    if low < 0:
        raise Refusal("target_negative")
    if polarity is Polarity.HIGHER and low == 0:
        raise Refusal("target_zero")
    if polarity is Polarity.YES_NO and (low != high or low not in (0, 1)):
        raise Refusal("target_yes_no")


def achievement(polarity: Polarity, realisation: Decimal | None, low: Decimal, high: Decimal) -> Decimal | None:
    """Per cent of the target, exact and never below 0; None without a realisation.

    Inside the range it is 100. Outside, the nearest bound T counts: HIGHER `100 R/T`, LOWER `100 (2 - R/T)`, and for
    RANGE, where both sides are bad, below as HIGHER, above as LOWER. For T = 0: LOWER and RANGE give 0 above it.
    """
    require_target(polarity, low, high)
    if realisation is None:
        return None
    if low <= realisation <= high:
        return MET
    if polarity is Polarity.YES_NO:
        return _NOTHING
    below = realisation < low
    target = low if below else high
    more_is_better = polarity is Polarity.HIGHER or (polarity is Polarity.RANGE and below)
    if target == 0:
        return MET if below and polarity is Polarity.LOWER else _NOTHING
    percent = MET * realisation / target
    return max(percent if more_is_better else 2 * MET - percent, _NOTHING)


def displayed(value: Decimal, cap: Decimal = DISPLAY_CAP) -> Decimal:
    """What is shown and averaged of an achievement: at most the cap; the raw value stays what it is."""
    return min(value, cap)


def shown(value: Decimal, cap: Decimal = DISPLAY_CAP) -> Decimal:
    """As people read it: capped, two decimals, half up."""
    return rounded(displayed(value, cap))


def average(values: Iterable[Decimal | None], cap: Decimal = DISPLAY_CAP) -> Decimal | None:
    """The mean of the achievements there are, each capped, exact; None if there is none."""
    present = [displayed(value, cap) for value in values if value is not None]
    return sum(present, _NOTHING) / len(present) if present else None


def band(value: Decimal) -> AchievementBand:
    """The band of an achievement, which is rounded to the hundredth before it is compared."""
    exact = rounded(value)
    return next((name for name, bound in _BANDS if exact > bound), AchievementBand.VERY_LOW)


def iki_score(value: Decimal, at_maximum: bool = False) -> Decimal:
    """Nilai capaian IKI of PermenPANRB 8/2021 (chapter VI A 1 b 2), which some offices still ask for; optional.

    Percentages are whole there (93 of 95 is "98 %"). `at_maximum`: the target is the most that is possible at all, so
    100 % is worth 120. From 101 to 110 % the line to 120 is *(unconfirmed)*.
    """
    percent = value.quantize(_ONE, ROUND_HALF_UP)
    if percent > 110 or (percent == MET and at_maximum):
        return Decimal(120)
    if percent > MET:
        return 110 + (percent - 101) * 10 / 9
    if percent == MET:
        return Decimal(109)
    if percent >= 80:
        return 70 + (percent - 80)
    return 50 + (percent - 60) if percent >= 60 else percent * 49 / 59
