"""Workbooks of the training desk, written by a program of its own: the participants of a course, the empty form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.reports import workers
from bot.services.training import sheet_form as form
from bot.services.training.quiz import sheet as quiz

OTHER_WIDTHS = (60, 16, 36, 36, 14, 26)
PEOPLE_WIDTHS = (6, 32, 8, 22, 32, 30, 36, 8, 12, 12)
COURSE_WIDTHS = (14, 32, 16, 14, 14, 40, 6, 24, 28, 8, 10, 14, 16, 16, 20, 16, 16, 24, 20)
SESSION_WIDTHS = (14, 14, 10, 10, 30)
QUIZ_WIDTHS = (60, 28, 28, 28, 28, 28, 28, 8)


async def participants(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    others: Mapping[str, Sequence[Sequence[Any]]],
) -> bytes:
    """The list of participants and other sheets, name → lines; WorkerError when it cannot be made."""
    lines: list[Any] = [{"sheet": "Peserta", "widths": PEOPLE_WIDTHS, "freeze": [3, 0]}]
    lines += [{"row": [title], "style": "title"}, [], {"row": list(columns), "style": "head"}, *map(list, rows)]
    for name, written in others.items():
        lines += [{"sheet": name, "widths": OTHER_WIDTHS}, {"row": [title], "style": "title"}, [], *map(list, written)]
    return await _written(lines)


async def empty_form() -> bytes:
    """The form with one line that shows how it is filled in; WorkerError when it cannot be made."""
    return await _written(list(_form_lines()))


async def empty_quiz() -> bytes:
    """The form of a quiz with one line that shows how it is filled in; WorkerError when it cannot be made."""
    head = {"sheet": quiz.SHEET, "widths": QUIZ_WIDTHS, "freeze": [1, 1]}
    return await _written([head, {"row": list(quiz.HEADS), "style": "head"}, list(quiz.EXAMPLE)])


def _form_lines() -> Iterator[Any]:
    yield {"sheet": form.COURSES, "widths": COURSE_WIDTHS, "freeze": [1, 2]}
    yield {"row": list(form.COURSE_HEADS), "style": "head"}
    yield list(form.EXAMPLE)
    yield {"sheet": form.SESSIONS, "widths": SESSION_WIDTHS, "freeze": [1, 1]}
    yield {"row": list(form.SESSION_HEADS), "style": "head"}
    yield list(form.EXAMPLE_SESSION)


async def _written(lines: Sequence[Any]) -> bytes:
    return await workers.run(workers.SHEETS, workers.whole(workers.packed(lines)))
