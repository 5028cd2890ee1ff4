"""The workbook in which the questions of a quiz are written, read cell by cell as that of courses."""

from __future__ import annotations

from bot.services.training import sheet_form
from bot.services.training.quiz.writing import MOST_QUESTIONS, Written
from bot.services.training.sheet_reading import MOST_FAULTS, ReadCourses, SheetFault, Table, opened
from models.rules.training.quiz import FEWEST_CHOICES, LONGEST_CHOICE, LONGEST_QUESTION, are_choices

SHEET, QUESTION, RIGHT = "Kuis", "Pertanyaan", "Benar"
LETTERS = ("A", "B", "C", "D", "E", "F")
HEADS = (QUESTION, *LETTERS, RIGHT)
NEEDED = (QUESTION, *LETTERS[:FEWEST_CHOICES], RIGHT)
#: One line that shows how it is filled in.
EXAMPLE = ("Berapa lama pengaduan biasa dijawab paling lambat?", "1 hari kerja", "5 hari kerja", "", "", "", "", "B")


def read(content: bytes) -> ReadCourses:
    """Its questions as JSON objects, or what is wrong in which cell; a file that is no workbook has one fault."""
    sheets = opened(content)
    found = ReadCourses(faults=[])
    if sheets is None:
        found.faults.append(SheetFault("sheet_unreadable"))
        return found
    table = Table(SHEET, sheets.get(sheet_form.plain(SHEET), []), found.faults)
    if table.lacks(NEEDED):
        return found
    lines = table.lines()
    for line in lines:
        written = _question(table, line)
        if written is not None:
            found.courses.append(written.clean().stored())
    if not lines:
        found.faults.append(SheetFault("quiz_sheet_empty"))
    if len(lines) > MOST_QUESTIONS:
        found.faults.append(SheetFault("quiz_sheet_long"))
    del found.faults[MOST_FAULTS:]
    return found


def _question(table: Table, line: int) -> Written | None:
    text = table.text(line, QUESTION)
    cells = [table.text(line, letter) for letter in LETTERS]
    choices = [cell for cell in cells if cell]
    faults: list[tuple[str, str]] = []
    if not 0 < len(text) <= LONGEST_QUESTION:
        faults.append(("quiz_sheet_question", QUESTION))
    wrong = _wrong_choice(cells)
    if wrong is not None:
        faults.append(("quiz_sheet_choice", wrong))
    letter = table.text(line, RIGHT).upper()
    if letter not in LETTERS[: len(choices)]:
        faults.append(("quiz_sheet_right", RIGHT))
    for code, head in faults:
        table.fault(code, line, head)
    return None if faults else Written(text, tuple(choices), LETTERS.index(letter))


def _wrong_choice(cells: list[str]) -> str | None:
    """The heading of the first cell that cannot stand: missing, after a gap, too long, or there twice."""
    number = max((place for place, cell in enumerate(cells, start=1) if cell), default=0)
    number = max(number, FEWEST_CHOICES)
    seen: set[str] = set()
    for letter, cell in zip(LETTERS, cells[:number], strict=False):
        if not cell or len(cell) > LONGEST_CHOICE or cell.casefold() in seen:
            return letter
        seen.add(cell.casefold())
    return None if are_choices(cells[:number]) else LETTERS[0]
