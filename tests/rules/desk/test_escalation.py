"""The ladder of a late promise, one row per rule (domain rule 18; the steps' days are our design)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from models.rules.complaint_flow import Status
from models.rules.deadlines import Limits
from models.rules.desk.escalation import LADDERS, Clocks, Level, Promise, ladders, running, steps_due
from models.rules.working_time import WorkCalendar


def at(month: int, day: int, hour: int) -> datetime:
    """A moment of 2026 by the city's clock."""
    return datetime(2026, month, day, hour - 7, 1, tzinfo=UTC)


#: Received and disposed on Tuesday 24 November; 14 working days end on 14 December, the statute on 23 January.
AT_UNIT = Clocks(
    status=Status.IN_PROGRESS,
    received_at=at(11, 24, 10),
    disposed_at=at(11, 24, 11),
    first_response_at=at(11, 24, 12),
    paused_at=None,
    reopened_at=None,
    verify_due_at=at(11, 27, 16),
    settle_due_at=at(12, 14, 16),
    statutory_due_on=date(2027, 1, 23),
)
AT_VERIFIER = replace(AT_UNIT, status=Status.RECEIVED, disposed_at=None, first_response_at=None)
UNANSWERED = replace(AT_UNIT, status=Status.DISPOSED, first_response_at=None)
PAUSED = replace(AT_UNIT, paused_at=at(11, 25, 10))
REOPENED = replace(AT_UNIT, status=Status.REOPENED, reopened_at=at(12, 7, 10))
LIMITS = Limits({"react": 5, "escalate_head": 1, "escalate_city": 3}, 60, 80)


@pytest.mark.parametrize(
    ("clocks", "promises"),
    [
        (AT_VERIFIER, [Promise.VERIFY]),  # until a unit has it, only the check is owed
        (AT_UNIT, [Promise.SETTLE]),  # answered once: the reaction is kept
        (UNANSWERED, [Promise.REACT, Promise.SETTLE]),
        (replace(UNANSWERED, settle_due_at=at(11, 30, 16)), [Promise.SETTLE]),  # the settlement is stricter
        (PAUSED, [Promise.STATUTE]),  # nothing but the law runs while the resident is asked
        (replace(AT_VERIFIER, status=Status.INCOMPLETE, paused_at=at(11, 25, 10)), [Promise.STATUTE]),
        (REOPENED, [Promise.SETTLE]),
        (replace(AT_UNIT, status=Status.FOLLOWED_UP), []),  # the resident's turn
        (replace(AT_UNIT, status=Status.CLOSED), []),
    ],
)
def test_which_promises_run(calendar: WorkCalendar, clocks: Clocks, promises: list[Promise]) -> None:
    assert [run.promise for run in running(clocks, calendar, LIMITS)] == promises


@pytest.mark.parametrize(
    ("clocks", "now", "levels"),
    [
        (AT_UNIT, at(12, 8, 9), []),  # 80 % of 14 working days are eleven: 9 December
        (AT_UNIT, at(12, 9, 9), [Level.WARNING]),
        (AT_UNIT, at(12, 15, 9), [Level.WORKER]),  # a warning says nothing any more
        (AT_UNIT, at(12, 16, 9), [Level.WORKER, Level.HEAD]),  # one working day after, at closing time
        (AT_UNIT, at(12, 18, 9), [Level.WORKER, Level.HEAD, Level.CITY]),
        (REOPENED, at(12, 15, 9), [Level.WORKER, Level.HEAD]),  # one rung up
        (AT_VERIFIER, at(12, 1, 9), [Level.WORKER]),
        (AT_VERIFIER, at(12, 3, 9), [Level.WORKER, Level.CITY]),  # no unit, no head
        (UNANSWERED, at(12, 8, 9), [Level.WORKER, Level.HEAD]),  # due on 1 December, never the city's affair
    ],
)
def test_who_is_told_when(calendar: WorkCalendar, clocks: Clocks, now: datetime, levels: list[Level]) -> None:
    assert [step.level for step in steps_due(clocks, (), now, calendar, LIMITS)] == levels


def test_a_step_is_taken_once_and_anew_for_a_new_promise(calendar: WorkCalendar) -> None:
    now = at(12, 15, 9)
    done = steps_due(AT_UNIT, (), now, calendar, LIMITS)
    assert steps_due(AT_UNIT, done, now, calendar, LIMITS) == []
    earlier = replace(AT_UNIT, settle_due_at=at(12, 11, 16))
    assert [step.at for step in steps_due(earlier, done, now, calendar, LIMITS)] == [at(12, 11, 16)] * 2


def test_the_days_between_the_steps_have_defaults(calendar: WorkCalendar) -> None:
    limits = Limits({"react": 5}, 60, 80)
    head = [now for now in (at(12, 16, 17), at(12, 17, 9)) if len(steps_due(AT_UNIT, (), now, calendar, limits)) == 2]
    assert head == [at(12, 16, 17), at(12, 17, 9)]
    assert len(steps_due(AT_UNIT, (), at(12, 16, 15), calendar, limits)) == 1


def test_a_late_reaction_has_a_warning_of_its_own(calendar: WorkCalendar) -> None:
    due_steps = steps_due(UNANSWERED, (), at(11, 30, 9), calendar, LIMITS)  # 80 % of five working days are four
    assert [(step.promise, step.level, step.at) for step in due_steps] == [
        (Promise.REACT, Level.WARNING, at(12, 1, 16).replace(minute=0))
    ]
    assert steps_due(UNANSWERED, (), at(11, 27, 17), calendar, LIMITS) == []


@pytest.mark.parametrize(
    ("facts", "settle"),
    [
        ({}, LADDERS[Promise.SETTLE]),
        ({"escalation.settle": "city, worker"}, (Level.WORKER, Level.CITY)),  # always from the first step to the last
        ({"escalation.settle": "warning;head"}, (Level.WARNING, Level.HEAD)),
        ({"escalation.settle": "wali kota"}, LADDERS[Promise.SETTLE]),  # what names no level changes nothing
        ({"escalation.settle": ""}, LADDERS[Promise.SETTLE]),
    ],
)
def test_the_ladders_are_data(calendar: WorkCalendar, facts: dict[str, str], settle: tuple[Level, ...]) -> None:
    read = ladders(facts)
    assert read[Promise.SETTLE] == settle
    assert read[Promise.VERIFY] == LADDERS[Promise.VERIFY]
    taken = {step.level for step in steps_due(AT_UNIT, (), at(12, 31, 9), calendar, LIMITS, read)}
    assert taken == set(settle) - {Level.WARNING}
