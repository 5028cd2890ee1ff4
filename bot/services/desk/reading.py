"""What the city's people see of reports: the lists of their desks and one report's card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.services.desk.visibility import visible_to
from models.attachment import Attachment
from models.complaint import Complaint, ComplaintEvent
from models.employee import Employee
from models.person import Person
from models.rules.complaint_flow import AT_UNIT, AT_VERIFIER, OPEN, Action, possible
from models.rules.permissions import Desk, Presser, Role, actions_for

PAGE = 6
EVENTS_PAGE = 8
#: What a person does from the card; the reporter's own actions and the clock's are done elsewhere.
ACTIONS = (
    Action.VERIFY,
    Action.DISPOSE,
    Action.ASK_COMPLETION,
    Action.DECLARE_NOT_OURS,
    Action.ARCHIVE,
    Action.TAKE,
    Action.REPLY,
    Action.ASK_RESIDENT,
    Action.PROPOSE_DONE,
    Action.NOTE,
    Action.TRANSFER,
    Action.TIGHTEN,
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a desk's list (with service, unit and area), its number, how many pages and rows there are."""

    rows: Sequence[Complaint]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Reporter:
    """What the desk may know of the reporter: no name for an anonymous report, whoever asks."""

    name: str | None
    reachable: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One event of the history; `actor` is the name of a civil servant, never of a reporter."""

    event: ComplaintEvent
    actor: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """One report as its card shows it; `steps` are the latest ones, the newest first."""

    complaint: Complaint
    reporter: Reporter
    officer: str | None
    files: Sequence[Attachment]
    steps: Sequence[Step]


async def queue(session: AsyncSession, presser: Presser, desk: Desk, page: int, now: datetime) -> Page:
    """A page of a desk's list, the most urgent first; two queries however many rows there are."""
    listed, order = _list_of(presser, desk, now)
    condition = and_(visible_to(presser), listed)
    total = await session.scalar(select(func.count()).select_from(Complaint).where(condition)) or 0
    pages = max(1, -(-total // PAGE))
    number = min(max(page, 0), pages - 1)
    statement = (
        select(Complaint)
        .where(condition)
        .options(joinedload(Complaint.service), joinedload(Complaint.unit), joinedload(Complaint.area))
        .order_by(*order, Complaint.due_at.asc().nulls_last(), Complaint.id)
        .offset(number * PAGE)
        .limit(PAGE)
    )
    return Page((await session.scalars(statement)).all(), number, pages, total)


def _list_of(presser: Presser, desk: Desk, now: datetime) -> tuple[ColumnElement[bool], tuple[ColumnElement[int], ...]]:
    if desk is Desk.VERIFIER_QUEUE:
        return Complaint.status.in_(AT_VERIFIER), ()
    if desk is Desk.UNIT_QUEUE:
        units = presser.units(Role.OFFICER, Role.HEAD)
        mine = case((Complaint.officer_id == presser.employee_id, 0), (Complaint.officer_id.is_(None), 1), else_=2)
        return and_(Complaint.unit_id.in_(units), Complaint.status.in_(AT_UNIT)), (mine,)
    overdue = and_(Complaint.due_at < now, Complaint.paused_at.is_(None), Complaint.status.in_(OPEN))
    return overdue, ()


async def card(session: AsyncSession, complaint: Complaint) -> Card:
    """Everything the card shows of a complaint that `complaints.get` loaded."""
    reporter = (await session.execute(_reporter_of(complaint))).one_or_none()
    officer = None
    if complaint.officer_id is not None:
        officer = await session.scalar(select(Employee.name).where(Employee.id == complaint.officer_id))
    return Card(
        complaint=complaint,
        reporter=Reporter(reporter.name if reporter else None, bool(reporter and reporter.reachable)),
        officer=officer,
        files=await files_of(session, complaint.id),
        steps=(await history(session, complaint.id, 0))[0],
    )


def _reporter_of(complaint: Complaint) -> Select[tuple[str | None, bool]]:
    """The name is not even read where the report is anonymous."""
    name = case((Complaint.anonymous, None), else_=Person.name).label("name")
    return (
        select(name, Person.reachable)
        .join(Complaint, Complaint.reporter_id == Person.id)
        .where(Complaint.id == complaint.id)
    )


async def files_of(session: AsyncSession, complaint_id: int) -> Sequence[Attachment]:
    """The files of a complaint, the oldest first."""
    statement = select(Attachment).where(Attachment.complaint_id == complaint_id).order_by(Attachment.id)
    return (await session.scalars(statement)).all()


async def history(session: AsyncSession, complaint_id: int, page: int) -> tuple[Sequence[Step], int]:
    """A page of the events, the newest first, and how many pages there are."""
    total = await session.scalar(select(func.count()).where(ComplaintEvent.complaint_id == complaint_id)) or 0
    rows = await session.execute(
        select(ComplaintEvent, Employee.name)
        .outerjoin(Employee, and_(Employee.person_id == ComplaintEvent.actor_id, ComplaintEvent.role != "resident"))
        .where(ComplaintEvent.complaint_id == complaint_id)
        .order_by(ComplaintEvent.id.desc())
        .offset(page * EVENTS_PAGE)
        .limit(EVENTS_PAGE)
    )
    return [Step(event, name) for event, name in rows], max(1, -(-total // EVENTS_PAGE))


async def last_step(session: AsyncSession, complaint_id: int) -> Step | None:
    """Who moved the complaint to where it stands now, and how."""
    row = (
        await session.execute(
            select(ComplaintEvent, Employee.name)
            .outerjoin(Employee, and_(Employee.person_id == ComplaintEvent.actor_id, ComplaintEvent.role != "resident"))
            .where(
                ComplaintEvent.complaint_id == complaint_id,
                ComplaintEvent.status_before != ComplaintEvent.status_after,
            )
            .order_by(ComplaintEvent.id.desc())
            .limit(1)
        )
    ).one_or_none()
    return Step(row[0], row[1]) if row is not None else None


def possible_for(presser: Presser, complaint: Complaint) -> tuple[Action, ...]:
    """What this person can do to the complaint as it is now."""
    allowed = actions_for(presser, complaint.record())
    return tuple(action for action in ACTIONS if action in allowed and is_possible(action, complaint))


def is_possible(action: Action, complaint: Complaint) -> bool:
    """Whether the complaint's present state lets it be done; what is hidden already cannot be hidden more."""
    if action is Action.TIGHTEN and complaint.anonymous and complaint.confidential:
        return False
    return possible(action, complaint.status)
