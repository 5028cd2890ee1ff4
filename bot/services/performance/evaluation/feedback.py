"""Praise and advice at any time, by the superior of that day; both read it, the next evaluation shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from bot.services.performance import chain, in_force
from bot.services.performance.evaluation.judging import Judging
from bot.services.performance.evaluation.telling import tell
from bot.services.performance.in_force import Line
from models.employee import Employee
from models.errors import Refusal
from models.performance.evaluation import Feedback, FeedbackKind
from models.performance.plan import PlanItem
from models.rules.redaction import mask_numbers

LONGEST = 1000
PAGE = 5


@dataclass(frozen=True, slots=True)
class Note:
    """A note with the names of whom it is about, who wrote it, and the line of the plan it is about."""

    row: Feedback
    employee: str
    author: str
    line: str | None


async def people(by: Judging) -> Sequence[Employee]:
    """To whom a note can be given today."""
    return await chain.subordinates(by.session, by.employee_id, by.today)


async def lines(by: Judging, employee_id: int) -> Sequence[Line]:
    """The lines of the plan that a note can be about."""
    plan = await in_force.own(by.session, employee_id, by.today.year)
    return plan.lines if plan is not None else ()


async def require_person(by: Judging, employee_id: int) -> Employee:
    """A subordinate of today; refused with `not_your_subordinate`, or `not_your_own_work` for oneself."""
    if employee_id == by.employee_id:
        raise Refusal("not_your_own_work")
    await chain.require_superior(by.session, by.employee_id, employee_id, by.today)
    return await by.session.get_one(Employee, employee_id)


async def give(by: Judging, employee_id: int, kind: FeedbackKind, text: str, line_id: int | None = None) -> Feedback:
    """Write a note; the employee is told. Refused with `no_words`, `text_too_long`, `no_such_choice`."""
    await require_person(by, employee_id)
    words = mask_numbers(text.strip())[0]
    if not words:
        raise Refusal("no_words")
    if len(words) > LONGEST:
        raise Refusal("text_too_long", most=LONGEST)
    if line_id is not None and line_id not in {line.id for line in await lines(by, employee_id)}:
        raise Refusal("no_such_choice")
    row = Feedback(employee_id=employee_id, author_id=by.employee_id, kind=kind, text=words, line_id=line_id, at=by.now)
    by.session.add(row)
    await by.session.flush()
    author = (await in_force.names(by.session, [by.employee_id]))[by.employee_id]
    await tell(by, {employee_id: {"kind": kind.value, "text": words, "author": author}}, "feedback_given", str(row.id))
    return row


async def received(by: Judging, page: int) -> tuple[list[Note], int]:
    """A page of the notes about oneself, the newest first, and how many there are."""
    return await _page(by, Feedback.employee_id == by.employee_id, page)


async def written(by: Judging, page: int) -> tuple[list[Note], int]:
    """A page of the notes that one wrote."""
    return await _page(by, Feedback.author_id == by.employee_id, page)


async def _page(by: Judging, which: ColumnElement[bool], page: int) -> tuple[list[Note], int]:
    about, author = aliased(Employee), aliased(Employee)
    total = await by.session.scalar(select(func.count()).select_from(Feedback).where(which)) or 0
    found = await by.session.execute(
        select(Feedback, about.name, author.name, PlanItem.name)
        .join(about, about.id == Feedback.employee_id)
        .join(author, author.id == Feedback.author_id)
        .outerjoin(PlanItem, PlanItem.id == Feedback.line_id)
        .where(which)
        .order_by(Feedback.at.desc(), Feedback.id.desc())
        .offset(page * PAGE)
        .limit(PAGE)
    )
    return [Note(row, whom, by_whom, line) for row, whom, by_whom, line in found], total
