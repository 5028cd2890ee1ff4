"""The sheet that says which topics of courses answer which weak spots."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.services.imports.cells import maybe, one_of, words
from bot.services.imports.checks import Values
from bot.services.imports.shapes import Absent, Column, Table
from bot.services.imports.sheets import Cell
from models.complaint import ReportClass
from models.rules.skm import Element
from models.rules.training.needs import NeedKind
from models.training.course import CourseKind
from models.training.need import NeedTopic

TOPICS = "need_topics"
ANY = "*"
#: What can be named of the kinds whose names are known beforehand.
NAMES = {
    NeedKind.ELEMENT: {element.code for element in Element},
    NeedKind.REPORTS: {report_class.value for report_class in ReportClass},
}


def small_words(cell: Cell, today: date) -> list[str]:
    """Topics as courses have them, in small letters."""
    return list(dict.fromkeys(word.casefold() for word in words(cell, today)))


def of_topic(values: Values) -> Iterable[tuple[str, str]]:
    """An element or a class is one of those there are; an indicator goes by its code or its source."""
    names = NAMES.get(NeedKind(values["need"]))
    if names is not None and values["what"] not in {*names, ANY}:
        yield "what", "unknown_need"


TABLES = (
    Table(
        TOPICS,
        NeedTopic,
        ("need", "what"),
        (
            Column("need", one_of(NeedKind), required=True),
            Column("what", required=True),
            Column("topics", small_words, required=True),
            Column("course_kind", maybe(one_of(CourseKind))),
        ),
        Absent.DELETE,
        may_be_empty=True,
        check=of_topic,
    ),
)
