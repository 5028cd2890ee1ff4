"""A form that was filled in, read cell by cell: what the plan would become, or what is wrong in which cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from bot.services.performance.plans import form
from bot.services.performance.plans.drafting import (
    LONGEST_NAME,
    LONGEST_TITLE,
    LONGEST_UNIT,
    LONGEST_WORDS,
    MOST_ITEMS,
    MOST_RESULTS,
    is_measurable,
    suggested,
)
from models.performance.plan import Aspect
from models.rules.performance.achievement import Polarity, Target
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.one_line import read_number
from models.rules.performance.plan_rules import ResultKind, year_of
from models.rules.performance.targets import read_target
from models.rules.redaction import mask_numbers

#: So many faults are told; the rest is found next time.
MOST_FAULTS = 20
_PARTS = {form.plain(form.MAIN): ResultKind.MAIN, form.plain(form.ADDITIONAL): ResultKind.ADDITIONAL}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong (a code), in which cell (`D14`; "" for the whole), and what stands there."""

    code: str
    cell: str = ""
    words: str = ""


@dataclass
class Filled:
    """What a form says: results as plain values, expectations by core value, and its faults."""

    results: list[dict[str, Any]] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def content(self) -> dict[str, Any]:
        """The same as a JSON object."""
        return {"results": self.results, "values": self.values}


@dataclass(frozen=True, slots=True)
class Known:
    """What the words of a form can refer to: the superior's results and the indicators, by their plain words."""

    serves: Mapping[str, int]
    indicators: Mapping[str, int]


def read(content: bytes, known: Known) -> Filled:
    """Read a form; a file that is none has one fault."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        name = form.SHEET if form.SHEET in book.sheet_names else book.sheet_names[0]
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, KeyError, IndexError, TypeError):
        return Filled(faults=[Fault("form_unreadable")])
    return _Reader(rows, known).read()


class _Reader:
    """Walks down the lines of the sheet."""

    def __init__(self, rows: Sequence[Sequence[Any]], known: Known) -> None:
        self._rows = rows
        self._known = known
        self._found = Filled()
        self._columns: dict[str, int] = {}
        self._kind: ResultKind | None = None

    def read(self) -> Filled:
        start = next((n for n, row in enumerate(self._rows) if form.plain(form.RESULT) in map(form.plain, row)), None)
        if start is None:
            return Filled(faults=[Fault("form_no_heading", "", form.RESULT)])
        self._columns = {form.plain(cell): n for n, cell in enumerate(self._rows[start]) if str(cell).strip()}
        missing = [name for name in form.NEEDED if form.plain(name) not in self._columns]
        if missing:
            return Filled(faults=[Fault("form_no_heading", "", name) for name in missing])
        end = self._results(start + 1)
        self._behaviour(end)
        self._count()
        del self._found.faults[MOST_FAULTS:]
        return self._found

    def _results(self, start: int) -> int:
        """The lines down to the behaviour; where that begins."""
        for line in range(start, len(self._rows)):
            row = self._rows[line]
            words = [form.plain(cell) for cell in row if str(cell).strip()]
            if form.plain(form.BEHAVIOUR) in words[:1]:
                return line
            if words and words[0] in _PARTS:
                self._kind = _PARTS[words[0]]
            elif any(self._text(line, name) for name in (form.RESULT, form.ITEM)):
                self._line(line)
        return len(self._rows)

    def _line(self, line: int) -> None:
        title = self._text(line, form.RESULT, LONGEST_TITLE)
        if title:
            kind = self._kind or ResultKind.MAIN
            result: dict[str, Any] = {"kind": kind.value, "title": title, "items": []}
            result["serves"] = self._serves(line)
            self._found.results.append(result)
        if not self._found.results:
            self._fault("item_without_result", line, form.RESULT)
        elif self._text(line, form.ITEM):
            self._item(line, self._found.results[-1]["items"])

    def _serves(self, line: int) -> int | None:
        words = self._text(line, form.SERVES)
        if words and form.plain(words) not in self._known.serves:
            self._fault("unknown_serves", line, form.SERVES)
        return self._known.serves.get(form.plain(words)) if words else None

    def _item(self, line: int, items: list[dict[str, Any]]) -> None:
        name = self._text(line, form.ITEM, LONGEST_NAME)
        aspect = self._one_of(line, form.ASPECT, form.ASPECTS, None)
        polarity = self._one_of(line, form.DIRECTION, form.DIRECTIONS, Polarity.HIGHER)
        counting = self._one_of(line, form.COUNTING, form.COUNTINGS, Aggregation.SUM)
        unit, target = self._text(line, form.UNIT, LONGEST_UNIT), self._target(line, polarity)
        if not unit:
            self._fault("form_no_unit", line, form.UNIT)
        if target is None or aspect is None or polarity is None or counting is None or not unit:
            return
        if polarity is Polarity.YES_NO:
            counting = Aggregation.LAST
        quarters = self._quarters(line, polarity, counting, target)
        items.append(
            {
                "name": name,
                "aspect": Aspect(aspect).value,
                "polarity": polarity.value,
                "aggregation": counting.value,
                "measure_unit": unit,
                "low": str(target.low),
                "high": str(target.high),
                "quarters": [None if part is None else str(part) for part in quarters],
                "indicator_id": self._known.indicators.get(form.plain(name)),
            }
        )

    def _target(self, line: int, polarity: Polarity | None) -> Target | None:
        cell = self._cell(line, form.TARGET)
        number = _decimal(cell)
        read_words = read_target(str(cell)) if number is None else None
        target = Target.of(number) if number is not None else (read_words[0] if read_words else None)
        if target is None or not is_measurable(polarity or Polarity.HIGHER, *target):
            self._fault("form_bad_target", line, form.TARGET)
            return None
        return target

    def _quarters(
        self, line: int, polarity: Polarity, counting: Aggregation, target: Target
    ) -> tuple[Decimal | None, ...]:
        """As they stand there; an even split where none does."""
        cells = [self._cell(line, name) for name in form.QUARTERS]
        if not any(str(cell).strip() for cell in cells):
            return suggested(polarity, counting, target.low)
        parts = [_decimal(cell) for cell in cells]
        for name, cell, part in zip(form.QUARTERS, cells, parts, strict=True):
            if part is None and str(cell).strip() not in ("", "-"):
                self._fault("form_bad_number", line, name)
                return tuple(parts)
        if year_of(counting, parts) != target.low:
            self._fault("form_quarters_differ", line, form.QUARTERS[0])
        return tuple(parts)

    def _behaviour(self, start: int) -> None:
        names = {form.plain(name): value for value, name in form.VALUES.items()}
        for line in range(start + 1, len(self._rows)):
            cells = [str(cell).strip() for cell in self._rows[line]]
            place = next((n for n, cell in enumerate(cells) if form.plain(cell) in names), None)
            words = next((cell for cell in cells[place + 1 :] if cell), "") if place is not None else ""
            if place is None or not words:
                continue
            if len(words) > LONGEST_WORDS:
                self._found.faults.append(Fault("form_too_long", f"{_letter(place + 1)}{line + 1}", words[:40]))
            self._found.values[names[form.plain(cells[place])].value] = mask_numbers(words)[0]

    def _count(self) -> None:
        results = self._found.results
        if not results:
            self._found.faults.append(Fault("form_empty"))
        if len(results) > MOST_RESULTS or sum(len(one["items"]) for one in results) > MOST_ITEMS:
            self._found.faults.append(Fault("form_too_many"))

    # --- cells ---

    def _cell(self, line: int, name: str) -> Any:
        place = self._columns.get(form.plain(name))
        row = self._rows[line]
        return row[place] if place is not None and place < len(row) else ""

    def _text(self, line: int, name: str, most: int | None = None) -> str:
        words = mask_numbers(" ".join(str(self._cell(line, name)).split()))[0]
        if most is not None and len(words) > most:
            self._fault("form_too_long", line, name)
        return words

    def _one_of(self, line: int, name: str, words: Mapping[Any, str], usual: Any) -> Any:
        told = form.plain(self._cell(line, name))
        if not told and usual is not None:
            return usual
        found = next((value for value, text in words.items() if form.plain(text) == told), None)
        if found is None:
            self._fault("form_unknown_word", line, name)
        return found

    def _fault(self, code: str, line: int, name: str) -> None:
        place = self._columns.get(form.plain(name), 0)
        self._found.faults.append(Fault(code, f"{_letter(place)}{line + 1}", str(self._cell(line, name))[:40]))


def _decimal(cell: Any) -> Decimal | None:
    """A number, typed as one or written as one."""
    if isinstance(cell, bool):
        return Decimal(int(cell))
    return Decimal(str(cell)) if isinstance(cell, int | float) else read_number(str(cell))


def _letter(place: int) -> str:
    """The column as Excel names it."""
    return chr(ord("A") + place) if place < 26 else "?"
