"""The number of a certificate in the form that the city writes: "{number}/{kind}/{unit}/{month}/{year}"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

FORM = "{number}/{kind}/{unit}/{month}/{year}"
MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
DIGITS = 4
LONGEST = 120
#: Without these two numbers are not unique.
NEEDED = ("{number}", "{year}")


def written(form: str, serial: int, day: date, words: Mapping[str, str]) -> str:
    """The number; `words` fill the other places. A form that cannot tell two certificates apart gives way to FORM."""
    if any(place not in form for place in NEEDED):
        form = FORM
    filled = {**words, "number": f"{serial:0{DIGITS}d}", "month": MONTHS[day.month - 1], "year": str(day.year)}
    text = form
    for place, value in filled.items():
        text = text.replace(f"{{{place}}}", value)
    if len(text) > LONGEST:
        return written(FORM, serial, day, dict.fromkeys(words, "-"))
    return text
