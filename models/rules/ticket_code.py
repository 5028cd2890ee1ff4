"""The tracking ID of a report: `TPI-261124-7K4MXRC` (prefix, day, six random characters, check character).

Not sequential, so nobody can walk through the reports of others. Six characters of 23 are 148 million codes
a day: with 300 reports a day a collision comes about once in nine years, and a guess hits a report once in
half a million tries. The alphabet has no vowels (no words by accident) and no look-alikes (0 O, 1 I L, 2 Z,
5 S, 6 G, 8 B), so every misreading has one meaning. 23 is prime: the weighted sum modulo 23 catches every
single wrong character and every exchange of two neighbours, in the day as in the random part.
"""

from __future__ import annotations

import random
import re
from datetime import date, datetime

ALPHABET = "23456789CDFHJKMNPRTVWXY"
_RANDOM = 6
_TAIL = _RANDOM + 1
_DAY = 6
_MODULUS = len(ALPHABET)
#: Digits weigh the same in the day and in the random part; 0 and 1 occur in the day only.
_VALUE = {character: value for value, character in enumerate(ALPHABET)} | {"0": 8, "1": 9}

_READ_LETTER = str.maketrans("01258", "OIZSB")
_READ_DIGIT = str.maketrans("OQDILZSGB", "000112568")
_READ_TAIL = str.maketrans("ZSGBUOQ0", "2568VDDD")

_GAP = r"[\s.,:_/‐-―-]{0,3}"
_CANDIDATE = re.compile(rf"(?<![^\W_])([^\W\d_]{{2,5}}){_GAP}([^\W_]{{6}}){_GAP}([^\W_]{{7}})(?![^\W_])")


def make(prefix: str, day: date, randomness: random.Random) -> str:
    """A new code for a report received on `day` (city zone); real ones need `random.SystemRandom()`."""
    body = f"{day:%y%m%d}" + "".join(randomness.choice(ALPHABET) for _ in range(_RANDOM))
    return _written(prefix.upper(), body + _check_character(body))


def normalise(text: str) -> str | None:
    """The code that a person meant, in any case, with spaces, without dashes, with look-alikes; else None.

    The prefix is not checked against the city's: it may have changed since the report.
    """
    plain = "".join(character for character in text.upper() if character.isalnum())
    prefix = plain[: -_DAY - _TAIL].translate(_READ_LETTER)
    day = plain[-_DAY - _TAIL : -_TAIL].translate(_READ_DIGIT)
    tail = plain[-_TAIL:].translate(_READ_TAIL)
    if not (2 <= len(prefix) <= 5 and prefix.isascii() and prefix.isalpha() and _is_day(day)):
        return None
    if not all(character in ALPHABET for character in tail) or _remainder(day + tail):
        return None
    return _written(prefix, day + tail)


def find(text: str) -> list[str]:
    """Every code in a free text, normalised, each once, in the order of appearance."""
    codes = (normalise(match.group()) for match in _CANDIDATE.finditer(text))
    return list(dict.fromkeys(code for code in codes if code))


def _written(prefix: str, body: str) -> str:
    return f"{prefix}-{body[:_DAY]}-{body[_DAY:]}"


def _remainder(body: str) -> int:
    return sum((place + 1) * _VALUE[character] for place, character in enumerate(body)) % _MODULUS


def _check_character(body: str) -> str:
    weight = len(body) + 1
    return ALPHABET[-_remainder(body) * pow(weight, -1, _MODULUS) % _MODULUS]


def _is_day(text: str) -> bool:
    if len(text) != _DAY or not (text.isascii() and text.isdigit()):
        return False
    try:
        datetime.strptime(text, "%y%m%d")  # noqa: DTZ007 - only whether such a day exists
    except ValueError:
        return False
    return True
