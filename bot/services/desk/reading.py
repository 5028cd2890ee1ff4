"""What the city's people see of one report: its card, its history, and what they can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import identity
from bot.services.administration import bans
from models.administration.ban import Ban
from models.attachment import Attachment
from models.complaint import Complaint, ComplaintEvent
from models.employee import Employee
from models.follower import Follower
from models.improvement import Improvement, ImprovementReport
from models.occurrence import Occurrence
from models.person import Person
from models.rules.complaint_flow import FINDINGS, Action, ArchiveReason, possible
from models.rules.permissions import Presser, actions_for

EVENTS_PAGE = 8
#: What a person does from the card; the reporter's own actions and the clock's are done elsewhere.
ACTIONS = (
    Action.VERIFY,
    Action.DISPOSE,
    Action.ASK_COMPLETION,
    Action.DECLARE_NOT_OURS,
    Action.ARCHIVE,
    Action.UNMERGE,
    Action.RESTORE,
    Action.ABSORB,
    Action.GROUP,
    Action.TAKE,
    Action.ASSIGN,
    Action.UNASSIGN,
    Action.REPLY,
    Action.ASK_RESIDENT,
    Action.PROPOSE_DONE,
    Action.NOTE,
    Action.TRANSFER,
    Action.TIGHTEN,
    Action.ACCUSE,
    Action.RELEASE,
    Action.RETURN,
)


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
class Company:
    """What this report belongs to: main report, occurrence, number of followers, title of the improvement."""

    main: str | None = None
    occurrence: str | None = None
    followers: int = 0
    improvement: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One report as its card shows it; `steps` are the latest ones, the newest first."""

    complaint: Complaint
    reporter: Reporter
    officer: str | None
    files: Sequence[Attachment]
    steps: Sequence[Step]
    company: Company
    ban: Ban | None = None
    accused: str | None = None


async def card(session: AsyncSession, complaint: Complaint, now: datetime) -> Card:
    """Everything the card shows of a complaint that `complaints.get` loaded."""
    officer = await _name_of(session, complaint.officer_id)
    accused = await _name_of(session, complaint.conflict_employee_id)
    return Card(
        complaint=complaint,
        reporter=await _reporter_of(session, complaint),
        officer=officer,
        files=await files_of(session, complaint.id),
        steps=(await history(session, complaint.id, 0))[0],
        company=await company(session, complaint),
        accused=accused,
        ban=await bans.of_report(session, complaint, now),
    )


async def _name_of(session: AsyncSession, employee_id: int | None) -> str | None:
    if employee_id is None:
        return None
    name: str | None = await session.scalar(select(Employee.name).where(Employee.id == employee_id))
    return name


async def company(session: AsyncSession, complaint: Complaint) -> Company:
    """In one query, whatever it belongs to."""
    main = select(Complaint.code).where(Complaint.id == complaint.merged_into_id).scalar_subquery()
    occurrence = select(Occurrence.code).where(Occurrence.id == complaint.occurrence_id).scalar_subquery()
    following = select(func.count()).where(Follower.complaint_id == complaint.id).scalar_subquery()
    improvement = (
        select(Improvement.title)
        .join(ImprovementReport, ImprovementReport.improvement_id == Improvement.id)
        .where(ImprovementReport.complaint_id == complaint.id)
        .order_by(Improvement.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return Company(*(await session.execute(select(main, occurrence, following, improvement))).one())


async def _reporter_of(session: AsyncSession, complaint: Complaint) -> Reporter:
    """The name is not even read where the report is anonymous."""
    if complaint.anonymous or complaint.reporter_id is None:
        return Reporter(None, await identity.is_reachable(session, complaint))
    statement = select(Person.name, Person.reachable).where(Person.id == complaint.reporter_id)
    return Reporter(*(await session.execute(statement)).one())


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
    """Who moved the complaint to where it stands now or gave it to somebody, and how."""
    row = (
        await session.execute(
            select(ComplaintEvent, Employee.name)
            .outerjoin(Employee, and_(Employee.person_id == ComplaintEvent.actor_id, ComplaintEvent.role != "resident"))
            .where(
                ComplaintEvent.complaint_id == complaint_id,
                or_(
                    ComplaintEvent.status_before != ComplaintEvent.status_after,
                    ComplaintEvent.action.in_((Action.ASSIGN, Action.UNASSIGN)),
                ),
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


def is_spam(complaint: Complaint) -> bool:
    """Whether it lies among the junk, from where it can come back."""
    return complaint.archive_reason is ArchiveReason.SPAM and complaint.merged_into_id is None


def is_possible(action: Action, complaint: Complaint) -> bool:
    """Whether the complaint's present state lets it be done; what is hidden already cannot be hidden more."""
    if action is Action.TIGHTEN and complaint.anonymous and complaint.confidential and complaint.conflict:
        return False
    if action is Action.ACCUSE and complaint.conflict_employee_id is not None:
        return False
    if action in FINDINGS and complaint.held_at is None:
        return False
    if action is Action.PROPOSE_DONE and complaint.held_at is not None:
        return False
    if action is Action.UNASSIGN and complaint.officer_id is None:
        return False
    if action is Action.UNMERGE and complaint.merged_into_id is None:
        return False
    if action is Action.RESTORE and not is_spam(complaint):
        return False
    if action in (Action.ABSORB, Action.GROUP) and complaint.record().restricted:
        return False
    return possible(action, complaint.status)
