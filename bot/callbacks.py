"""Typed buttons: every payload a button can carry, defined together and never longer than 64 bytes.

A payload is written as `tag:field:field…`. Reading one says nothing about the presser's right: the handler checks
that against the record as it is now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.payload import LONGEST as LONGEST
from bot.payload import Payload as Payload


@dataclass(frozen=True, slots=True)
class Choose(Payload):
    """An answer inside a talk: which talk (flow and its nonce), at which step, which value."""

    tag: ClassVar[str] = "c"
    flow: str
    step: str
    nonce: str
    value: str


@dataclass(frozen=True, slots=True)
class Move(Payload):
    """Back, cancel or help inside a talk."""

    tag: ClassVar[str] = "m"
    where: str
    nonce: str


@dataclass(frozen=True, slots=True)
class Resume(Payload):
    """ "Continue the draft" or "start anew" (`what`: continue, anew); `flow` is what the person wanted to start."""

    tag: ClassVar[str] = "u"
    what: str
    flow: str


@dataclass(frozen=True, slots=True)
class Open(Payload):
    """A desk or screen of the menu (`what`), with a page number where it is a list."""

    tag: ClassVar[str] = "o"
    what: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Ticket(Payload):
    """One complaint and what to do with it (`verb` is an Action's value or a screen's name)."""

    tag: ClassVar[str] = "t"
    verb: str
    complaint_id: int
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Rate(Payload):
    """A score for a service from a card or a QR screen: two taps in all. `sure` is 1 once replacing was agreed to."""

    tag: ClassVar[str] = "r"
    service_id: int
    score: int
    channel: str
    sure: int = 0


@dataclass(frozen=True, slots=True)
class Survey(Payload):
    """The nine questions about a service, offered here; after a closed report with its id (else 0)."""

    tag: ClassVar[str] = "k"
    service_id: int
    channel: str
    complaint_id: int = 0


@dataclass(frozen=True, slots=True)
class Micro(Payload):
    """One tap at a counter: an answer to one element of the SKM, by its code name."""

    tag: ClassVar[str] = "e"
    service_id: int
    element: str
    score: int


@dataclass(frozen=True, slots=True)
class Setting(Payload):
    """A choice about oneself: language, consent, erasure."""

    tag: ClassVar[str] = "s"
    what: str
    value: str


@dataclass(frozen=True, slots=True)
class Figures(Payload):
    """The desk's figures: of which span of time, by what, in which `form` (text, sheet, chart, or a list).

    Only those of a unit, an area (0: all), a class of reports ("": all); `page` is the list's.
    """

    tag: ClassVar[str] = "f"
    span: str
    by: str
    form: str = "text"
    unit: int = 0
    area: int = 0
    report_class: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Queue(Payload):
    """A desk's list under one of its filters, with a page number."""

    tag: ClassVar[str] = "q"
    desk: str
    filter: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class GroupDeed(Payload):
    """A button on a card in a unit's group (`what`: take)."""

    tag: ClassVar[str] = "g"
    what: str
    complaint_id: int


@dataclass(frozen=True, slots=True)
class Revise(Payload):
    """The city's data as a workbook: download it, apply, discard or undo one revision of it."""

    tag: ClassVar[str] = "w"
    what: str
    revision_id: int


@dataclass(frozen=True, slots=True)
class Results(Payload):
    """The survey's results: which view of them, whose (`c`, `u3`, `s7`), of which period, which page."""

    tag: ClassVar[str] = "i"
    view: str
    scope: str
    period: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Plan(Payload):
    """An improvement or a plan of them: what to do (`verb`), with which one or whose (`what`), and more."""

    tag: ClassVar[str] = "p"
    verb: str
    what: str
    extra: str = ""


@dataclass(frozen=True, slots=True)
class YearPlan(Payload):
    """A yearly work plan (SKP): what to do (`verb`), with which plan, year or person (`which`), and more."""

    tag: ClassVar[str] = "y"
    verb: str
    which: int
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Weekly(Payload):
    """Weekly reports: what to do (`verb`), with which week (`2026-11-23`), report or page (`what`), and more."""

    tag: ClassVar[str] = "j"
    verb: str
    what: str = ""
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Review(Payload):
    """An evaluation, or a note of feedback: what to do (`verb`), with which one or which page, and more."""

    tag: ClassVar[str] = "v"
    verb: str
    number: int
    extra: str = ""


@dataclass(frozen=True, slots=True)
class React(Payload):
    """A button under a broadcast: which one (`button`), or `off`: no more of this kind."""

    tag: ClassVar[str] = "x"
    broadcast_id: int
    button: str


@dataclass(frozen=True, slots=True)
class Deliver(Payload):
    """What its author or its approver does with a broadcast (`verb`: open, send, pause, resume, cancel, results, …)."""

    tag: ClassVar[str] = "z"
    verb: str
    broadcast_id: int
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Award(Payload):
    """A recognition: what to do (`verb`), with which nomination, rule or page (`number`), of which period (`extra`)."""

    tag: ClassVar[str] = "a"
    verb: str
    number: int
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Team(Payload):
    """The own team: what to see or do (`verb`), with whom, which unit or which page (`which`), and more."""

    tag: ClassVar[str] = "d"
    verb: str
    which: int
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Gauge(Payload):
    """An indicator, or the service records it counts: what to do (`verb`), with which one (0: none), and more."""

    tag: ClassVar[str] = "n"
    verb: str
    number: int
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Learn(Payload):
    """A training: what to see or do (`verb`), with which course, registration, session or page (`number`), and more."""

    tag: ClassVar[str] = "l"
    verb: str
    number: int
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Meet(Payload):
    """A public event: what to see or do (`verb`), with which event, question, group or page (`number`), and more."""

    tag: ClassVar[str] = "h"
    verb: str
    number: int
    extra: str = ""


ALL: tuple[type[Payload], ...] = (
    *(Team, Award, Review, Choose, Move, Resume, Open, Ticket),
    *(Rate, Survey, Micro, Setting, Figures, Queue, Revise, GroupDeed),
    *(Results, Plan, Weekly, YearPlan, React, Deliver, Gauge, Learn, Meet),
)


def read(data: str) -> Payload | None:
    """The payload behind any callback data of ours, or None."""
    return next((payload for kind in ALL if (payload := kind.decode(data)) is not None), None)
