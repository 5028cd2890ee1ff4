"""What follows when a promise is about to be broken, and when it is: who is told, step by step.

Source: domain rule 18 (officer, then head of the unit, then Sekda and Inspektorat). The working days between
the steps are the city's data (`escalate_head`, `escalate_city`), and so are the ladders themselves (`escalation.*`);
their defaults are our design.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.rules.complaint_flow import AT_UNIT, AT_VERIFIER, Status
from models.rules.deadlines import Limits, due, warning_at
from models.rules.working_time import WorkCalendar

#: Working days after the breach until a step is taken, where the city's data says nothing.
DEFAULT_DAYS = {"escalate_head": 2, "escalate_city": 5}


class Promise(StrEnum):
    """What the city owes: the check, the first reaction, the settlement; while a clock waits, only the statute."""

    VERIFY = "verify"
    REACT = "react"
    SETTLE = "settle"
    STATUTE = "statute"


class Level(StrEnum):
    """Who is told: a warning to whoever works on it, then the same again, their head, the city's level."""

    WARNING = "warning"
    WORKER = "worker"
    HEAD = "head"
    CITY = "city"


#: Promise → who is told of it, from the first step to the last.
Ladders = Mapping[Promise, tuple[Level, ...]]

#: A report that no unit has yet has no head; a late first reaction is the unit's own affair.
LADDERS: Ladders = {
    Promise.VERIFY: (Level.WARNING, Level.WORKER, Level.CITY),
    Promise.REACT: (Level.WARNING, Level.WORKER, Level.HEAD),
    Promise.SETTLE: tuple(Level),
    Promise.STATUTE: tuple(Level),
}
#: Between the names of the city's data.
_BETWEEN = re.compile(r"[\s,;]+")
#: What `Complaint.escalation` counts.
HEIGHT = {Level.WARNING: 0, Level.WORKER: 1, Level.HEAD: 2, Level.CITY: 3}


@dataclass(frozen=True, slots=True)
class Clocks:
    """What of a complaint says which promises run; `reopened_at` is when the resident last said "not solved"."""

    status: Status
    received_at: datetime
    disposed_at: datetime | None
    first_response_at: datetime | None
    paused_at: datetime | None
    reopened_at: datetime | None
    verify_due_at: datetime
    settle_due_at: datetime
    statutory_due_on: date


@dataclass(frozen=True, slots=True)
class Running:
    """A promise whose clock runs since `since`, to be kept until `at`."""

    promise: Promise
    since: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: the promise, the moment it is (or was) to be kept, and who is told."""

    promise: Promise
    at: datetime
    level: Level


def ladders(facts: Mapping[str, str]) -> Ladders:
    """The city's own ladders (`escalation.settle` = "warning, worker, head, city"), our design where it has none."""
    found = {}
    for promise, design in LADDERS.items():
        named = set(_BETWEEN.split(facts.get(f"escalation.{promise.value}", "")))
        found[promise] = tuple(level for level in Level if level.value in named) or design
    return found


def running(clocks: Clocks, calendar: WorkCalendar, limits: Limits) -> list[Running]:
    """The promises that run now. A pause stops all but the statute, which nothing moves (UU 25/2009)."""
    if clocks.paused_at is not None:
        last_day = calendar.last_working_day(clocks.statutory_due_on)
        return [Running(Promise.STATUTE, clocks.received_at, calendar.closes(last_day))]
    if clocks.status in AT_VERIFIER:
        return [Running(Promise.VERIFY, clocks.received_at, clocks.verify_due_at)]
    if clocks.status not in AT_UNIT:
        return []
    settle = Running(Promise.SETTLE, clocks.reopened_at or clocks.received_at, clocks.settle_due_at)
    if clocks.disposed_at is None or clocks.first_response_at is not None or clocks.reopened_at is not None:
        return [settle]
    react = Running(Promise.REACT, clocks.disposed_at, due("react", clocks.disposed_at, calendar, limits).at)
    return [react, settle] if react.at < settle.at else [settle]


def steps_due(
    clocks: Clocks,
    done: Collection[Step],
    now: datetime,
    calendar: WorkCalendar,
    limits: Limits,
    ladders: Ladders = LADDERS,
) -> list[Step]:
    """The steps whose moment has come and that are not `done`; after the breach a warning says nothing any more."""
    found = []
    for run in running(clocks, calendar, limits):
        for level in ladders[run.promise]:
            step = Step(run.promise, run.at, level)
            stale = level is Level.WARNING and now > run.at
            if not stale and step not in done and moment(run, level, clocks, calendar, limits) < now:
                found.append(step)
    return found


def moment(run: Running, level: Level, clocks: Clocks, calendar: WorkCalendar, limits: Limits) -> datetime:
    """When a level is told. A reopened report starts one rung up: its head learns of the breach at once."""
    if level is Level.WARNING:
        return warning_at(run.since, run.at, calendar, limits)
    if level is Level.WORKER or (level is Level.HEAD and clocks.reopened_at is not None):
        return run.at
    name = f"escalate_{level.value}"
    days = limits.working_days.get(name, DEFAULT_DAYS[name])
    return calendar.closes(calendar.add_working_days(calendar.local_day(run.at), days))
