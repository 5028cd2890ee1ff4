"""A workbook of courses, read cell by cell: what would be written, or what is wrong in which cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from bot.services.training import sheet_form as form
from bot.services.training.forms import MOST_HOURS, MOST_SEATS, CourseForm, Meeting, require_valid
from models.errors import Refusal
from models.rules.audience import Audience
from models.rules.dates import parse_day
from models.training.course import Selection

#: So many faults are told; the rest is found next time.
MOST_FAULTS, MOST_COURSES = 20, 200
EMPLOYED = {"pns": "pns", "pppk": "pppk"}


@dataclass(frozen=True, slots=True)
class SheetFault:
    """What is wrong (a code), on which sheet and in which cell ("" for the whole), and what stands there."""

    code: str
    sheet: str = ""
    cell: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What the words of a workbook can refer to: units by their plain names, codes that are taken; and when it is."""

    units: Mapping[str, int]
    codes: frozenset[str]
    now: datetime


@dataclass
class ReadCourses:
    """Courses as JSON objects, and faults."""

    courses: list[dict[str, Any]] = field(default_factory=list)
    faults: list[SheetFault] = field(default_factory=list)


def read(content: bytes, known: KnownWords) -> ReadCourses:
    """Read a workbook; a file that is none has one fault."""
    sheets = opened(content)
    if sheets is None:
        return ReadCourses(faults=[SheetFault("sheet_unreadable")])
    return _Reader(sheets, known).read()


def opened(content: bytes) -> dict[str, Sequence[Sequence[Any]]] | None:
    """The rows of each sheet by its plain name; None for a file that is no workbook."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        return {
            form.plain(name): book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
        }
    except (CalamineError, ValueError, KeyError, IndexError, TypeError):
        return None


class Table:
    """One sheet by its headings."""

    def __init__(self, name: str, rows: Sequence[Sequence[Any]], faults: list[SheetFault]) -> None:
        self.name, self._rows, self._faults = name, rows, faults
        self._columns = {form.plain(cell): n for n, cell in enumerate(rows[0])} if rows else {}

    def lacks(self, names: Sequence[str]) -> bool:
        """Whether a heading is missing; each is told."""
        missing = [name for name in names if form.plain(name) not in self._columns]
        self._faults.extend(SheetFault("sheet_no_heading", self.name, "", name) for name in missing)
        return bool(missing)

    def lines(self) -> list[int]:
        """The lines with something in them."""
        return [n for n, row in enumerate(self._rows) if n and any(str(cell).strip() for cell in row)]

    def cell(self, line: int, name: str) -> Any:
        place = self._columns.get(form.plain(name))
        row = self._rows[line]
        return row[place] if place is not None and place < len(row) else ""

    def text(self, line: int, name: str) -> str:
        cell = self.cell(line, name)
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return " ".join(str(cell).split())

    def fault(self, code: str, line: int, name: str) -> None:
        place = self._columns.get(form.plain(name), 0)
        letter = chr(ord("A") + place) if place < 26 else "?"
        self._faults.append(SheetFault(code, self.name, f"{letter}{line + 1}", self.text(line, name)[:40]))

    def number(self, line: int, name: str, most: int) -> int | None:
        """A whole number above zero; its fault is told."""
        said = self.text(line, name)
        if said.isascii() and said.isdigit() and 0 < int(said) <= most:
            return int(said)
        self.fault("sheet_bad_number", line, name)
        return None

    def one_of(self, line: int, name: str, words: Mapping[Any, str], usual: Any = None) -> Any:
        """The value with this word."""
        said = form.plain(self.cell(line, name))
        if not said and usual is not None:
            return usual
        found = next((value for value, word in words.items() if form.plain(word) == said), None)
        if found is None:
            self.fault("sheet_unknown_word", line, name)
        return found

    def several(self, line: int, name: str) -> list[str]:
        """Words parted by commas or semicolons."""
        return [part.strip() for part in self.text(line, name).replace(";", ",").split(",") if part.strip()]

    def day(self, line: int, name: str) -> date | None:
        """A day, typed as one or written as one."""
        cell = self.cell(line, name)
        if isinstance(cell, datetime):
            return cell.date()
        found = cell if isinstance(cell, date) else parse_day(str(cell))
        if found is None:
            self.fault("sheet_bad_day", line, name)
        return found

    def hour(self, line: int, name: str) -> time | None:
        """A time of the day: a cell of time, `08.00`, or a number 8.3 that was meant as one."""
        cell = self.cell(line, name)
        if isinstance(cell, time):
            return cell
        if isinstance(cell, timedelta):
            return (datetime(1970, 1, 1, tzinfo=UTC) + cell).time()
        if isinstance(cell, datetime):
            return cell.time()
        said = f"{cell:.2f}" if isinstance(cell, float) else str(cell).strip()
        hour, _, minute = said.replace(":", ".").partition(".")
        if hour.isdigit() and (minute or "0").isdigit() and int(hour) < 24 and int(minute or 0) < 60:
            return time(int(hour), int(minute or 0))
        self.fault("sheet_bad_hour", line, name)
        return None


class _Reader:
    """Reads the meetings, then the courses that they belong to."""

    def __init__(self, sheets: Mapping[str, Sequence[Sequence[Any]]], known: KnownWords) -> None:
        self._known, self._found = known, ReadCourses()
        faults = self._found.faults
        self._courses = Table(form.COURSES, sheets.get(form.plain(form.COURSES), []), faults)
        self._sessions = Table(form.SESSIONS, sheets.get(form.plain(form.SESSIONS), []), faults)

    def read(self) -> ReadCourses:
        found = self._found
        lacks = [self._courses.lacks(form.NEEDED), self._sessions.lacks(form.SESSION_HEADS)]
        if any(lacks):
            return found
        meetings = self._meetings()
        seen: set[str] = set()
        for line in self._courses.lines():
            self._course(line, meetings, seen)
        if not seen:
            found.faults.append(SheetFault("sheet_empty"))
        if len(found.courses) > MOST_COURSES:
            found.faults.append(SheetFault("sheet_too_many"))
        for code, lines in meetings.items():
            if code not in seen:
                self._sessions.fault("sheet_unknown_code", lines[0][0], form.CODE)
        del found.faults[MOST_FAULTS:]
        return found

    def _meetings(self) -> dict[str, list[tuple[int, Meeting]]]:
        """The meetings by the plain code of their course."""
        found: dict[str, list[tuple[int, Meeting]]] = {}
        table, zone = self._sessions, self._known.now.tzinfo
        for line in table.lines():
            day, begin, end = table.day(line, form.DAY), table.hour(line, form.BEGIN), table.hour(line, form.END)
            if day is None or begin is None or end is None:
                continue
            if end <= begin:
                table.fault("sheet_ends_early", line, form.END)
                continue
            starts, ends = datetime.combine(day, begin, zone), datetime.combine(day, end, zone)
            code = form.plain(table.text(line, form.CODE))
            found.setdefault(code, []).append((line, Meeting(starts, ends, table.text(line, form.PLACE))))
        return found

    def _course(self, line: int, meetings: Mapping[str, Sequence[tuple[int, Meeting]]], seen: set[str]) -> None:
        table = self._courses
        code = form.plain(table.text(line, form.CODE))
        if not code or len(code) > 40:
            table.fault("sheet_no_code", line, form.CODE)
            return
        if code in seen or code in self._known.codes:
            table.fault("sheet_code_taken", line, form.CODE)
        seen.add(code)
        sessions = sorted((one for _line, one in meetings.get(code, ())), key=lambda one: one.starts_at)
        written = self._written(line, code, tuple(sessions))
        if written is None:
            return
        try:
            require_valid(written)
        except Refusal as refusal:
            name = form.DEADLINE if refusal.code == "deadline_after_start" else form.UNIT_QUOTA
            table.fault("sheet_late_deadline" if name == form.DEADLINE else "sheet_bad_number", line, name)
            return
        self._found.courses.append(written.clean().stored())

    def _written(self, line: int, code: str, sessions: tuple[Meeting, ...]) -> CourseForm | None:
        table = self._courses
        title, link = table.text(line, form.TITLE), table.text(line, form.LINK)
        if not title:
            table.fault("sheet_no_title", line, form.TITLE)
        kind = table.one_of(line, form.KIND, form.KINDS)
        path = table.one_of(line, form.PATH, form.PATHS)
        hours = table.number(line, form.HOURS, MOST_HOURS)
        quota = table.number(line, form.QUOTA, MOST_SEATS)
        share = table.number(line, form.UNIT_QUOTA, MOST_SEATS) if table.text(line, form.UNIT_QUOTA) else None
        deadline = self._deadline(line)
        selection = table.one_of(line, form.SELECTION, form.SELECTIONS, Selection.FIRST_COME)
        approval = table.one_of(line, form.APPROVAL, form.ANSWERS, True)
        audience = self._audience(line)
        values = (kind, path, hours, quota, deadline, selection, approval)
        if not title or any(value is None for value in values) or hours is None or quota is None or deadline is None:
            return None
        return CourseForm(
            title=title,
            kind=kind,
            path=path,
            hours=hours,
            quota=quota,
            closes_at=deadline,
            sessions=sessions,
            description=table.text(line, form.ABOUT),
            form=table.text(line, form.FORM),
            place=table.text(line, form.PLACE),
            link=link if link.startswith(("http://", "https://")) else None,
            unit_quota=share,
            selection=selection,
            needs_approval=approval,
            audience=audience,
            topics=tuple(word.casefold() for word in table.several(line, form.TOPICS)),
            code=code.upper(),
        )

    def _deadline(self, line: int) -> datetime | None:
        """The end of that day; one that is over is a fault."""
        day = self._courses.day(line, form.DEADLINE)
        if day is None:
            return None
        end = datetime.combine(day, time(23, 59), self._known.now.tzinfo)
        if end <= self._known.now:
            self._courses.fault("sheet_bad_day", line, form.DEADLINE)
            return None
        return end

    def _audience(self, line: int) -> Audience:
        table = self._courses
        units = []
        for name in table.several(line, form.UNITS):
            if form.plain(name) in self._known.units:
                units.append(self._known.units[form.plain(name)])
            else:
                table.fault("sheet_unknown_unit", line, form.UNITS)
        kinds = [word.casefold() for word in table.several(line, form.EMPLOYED)]
        if not set(kinds) <= set(EMPLOYED):
            table.fault("sheet_unknown_word", line, form.EMPLOYED)
        return Audience(
            units=tuple(units),
            kinds=tuple(kinds),
            grades=tuple(word.upper() for word in table.several(line, form.GRADES)),
            positions=tuple(table.several(line, form.POSITIONS)),
        )
