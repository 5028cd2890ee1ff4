"""What a civil servant wrote in one line, matched with the own plan: `3 dokumen`, `IKU-2 87,5; IKU-3 4`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from bot.services.performance.own_week import Asked, OwnWeek
from bot.services.performance.reporting import Given
from models.rules.performance.one_line import LineFault, LineProblem, LineValue, read_line
from models.rules.performance.reporting import LARGEST

#: A first message longer than this is a story.
LONGEST_LINE = 200
#: What a line of a plan is called beside the code of its indicator: `IKU-2`, `IKI-2`.
PREFIXES = ("IKU-", "IKI-")
PER_CENT = frozenset({"%", "persen", "peratus", "per cent"})


@dataclass(frozen=True, slots=True)
class Understood:
    """The values by line id; or one value for which the line was not said, and the lines it may be for."""

    given: dict[int, Given] = field(default_factory=dict)
    alone: Given | None = None
    among: tuple[Asked, ...] = ()


def codes_of(own: OwnWeek) -> dict[str, int]:
    """What each line may be called: its number in the plan, `IKU-2`, the code of its indicator if it has it alone."""
    found: dict[str, int] = {}
    for one in own.asked:
        number = one.line.item.position
        found |= {str(number): one.line.id, **{f"{prefix}{number}": one.line.id for prefix in PREFIXES}}
    bare = {_bare(code): code for code in found}
    held = Counter(one.code for one in own.asked if one.code)
    for one in own.asked:
        if one.code and held[one.code] == 1:
            found.pop(bare.get(_bare(one.code), ""), None)
            found[one.code] = one.line.id
    return found


def understand(own: OwnWeek, text: str) -> Understood | LineProblem:
    """The values of a line by the lines of the plan, or what is wrong with it."""
    codes = codes_of(own)
    read = read_line(text, codes)
    if isinstance(read, LineProblem):
        return read
    if len(read) == 1 and read[0].code is None:
        return _without_code(own, read[0])
    found: dict[int, Given] = {}
    for value in read:
        asked = own.of(codes[value.code or ""])
        if asked is None or asked.line.id in found:
            return LineProblem(LineFault.CODE_TWICE, value.code or "")
        found[asked.line.id] = _given(asked, value)
    return Understood(found)


def is_first_line(own: OwnWeek, text: str, other_numbers: Collection[str] = ()) -> bool:
    """Whether a message that opens a talk looks like a week's report and not like a resident's words.

    Lines are named by their codes; or it is one number alone, or one with exactly the unit of a line. Never one of
    `other_numbers` (those of the emergency services).
    """
    words = text.strip()
    if len(words) > LONGEST_LINE or not re.search(r"\d", words) or words in other_numbers:
        return False
    read = read_line(words, codes_of(own))
    if isinstance(read, LineProblem) or any(not 0 <= value.value < LARGEST for value in read):
        return False
    return all(value.code is not None or not _rest(value) or bool(_measured(own, value)) for value in read)


def _without_code(own: OwnWeek, value: LineValue) -> Understood:
    among = _measured(own, value) or list(own.asked)
    if len(among) == 1:
        return Understood({among[0].line.id: _given(among[0], value)})
    return Understood(alone=_given(None, value), among=tuple(among))


def _measured(own: OwnWeek, value: LineValue) -> list[Asked]:
    """The lines that are measured in exactly what was written after the number."""
    rest = _rest(value)
    return [one for one in own.asked if rest and _unit(one.line.item.measure_unit) == rest]


def _given(asked: Asked | None, value: LineValue) -> Given:
    """The value; what was written after it is a note unless it is the line's unit."""
    rest = " ".join(filter(None, (value.unit, value.note)))
    if asked is None or _unit(asked.line.item.measure_unit) in (_rest(value), ""):
        return Given(value.value)
    if value.unit and _unit(value.unit) == _unit(asked.line.item.measure_unit):
        rest = value.note or ""
    return Given(value.value, note=rest or None)


def _rest(value: LineValue) -> str:
    return _unit(" ".join(filter(None, (value.unit, value.note))))


def _unit(text: str) -> str:
    words = " ".join(text.casefold().split())
    return "%" if words in PER_CENT else words


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text).upper()
