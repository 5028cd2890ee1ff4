"""Places in a prepared text that are filled when it is picked: `{kode}`, `{nama_unit}`, `{tanggal_janji}`.

The names are those that administrators write in their sheets. Braces around anything else stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

CODE, UNIT, PROMISED_DAY = "kode", "nama_unit", "tanggal_janji"
NAMES = frozenset({CODE, UNIT, PROMISED_DAY})
_PLACE = re.compile(r"\{\s*(\w+)\s*\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every known place filled; one without a value becomes an ellipsis for the officer to complete."""
    return _PLACE.sub(lambda place: _value(place, values), text)


def unknown(text: str) -> list[str]:
    """The places of the text that nothing fills, in the order of appearance."""
    return [name for name in _PLACE.findall(text) if name.lower() not in NAMES]


def _value(place: re.Match[str], values: Mapping[str, str]) -> str:
    name = place[1].lower()
    return (values.get(name) or "…") if name in NAMES else place[0]
