"""One thing that many reported (an occurrence): its reports are answered together, each keeps its own ID and verdict.

Not to be mixed up with the technical incidents of `bot.services.notices.incident`, which are updates that failed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from bot.services import complaints, followers, identity, notices, outbox
from bot.services.desk import working
from bot.services.desk.verifying import Acting
from bot.services.desk.visibility import visible_to
from models.complaint import Complaint
from models.errors import Refusal
from models.occurrence import Occurrence, OccurrenceUpdate, UpdateKind
from models.rules import ticket_code
from models.rules.complaint_flow import AT_UNIT, OPEN, Action, Status, possible
from models.rules.permissions import Desk, Role, may, require_desk

PREFIX = "KJD"
PAGE, MEMBERS, CHOICES, UPDATES = 6, 12, 6, 5
#: From where the unit itself can say that it is done.
DOABLE = AT_UNIT
#: What is done to all reports of an occurrence at once, or to one of them from its screen.
WHOLE = (Action.INFORM, Action.PROPOSE_DONE, Action.GROUP)


@dataclass(frozen=True, slots=True)
class Row:
    """An occurrence in the list, with how many reports it has and how many are open."""

    occurrence: Occurrence
    reports: int
    open: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list."""

    rows: Sequence[Row]
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Whole:
    """One occurrence as the desk sees it: the reports that this person sees, the latest updates."""

    occurrence: Occurrence
    members: Sequence[Complaint]
    reports: int
    open: int
    updates: Sequence[OccurrenceUpdate]
    can: frozenset[Action]


@dataclass(frozen=True, slots=True)
class Reach:
    """How many reports an update reached, and how many open ones it could not reach."""

    reached: int
    left: int


async def open_new(acting: Acting, complaint_id: int, title: str) -> Occurrence:
    """Begin an occurrence with its first report; place and unit are that report's."""
    complaint = await acting.reach(Action.GROUP, complaint_id)
    _require_groupable(complaint)
    area = acting.city.areas.get(complaint.area_id or 0)
    parts = (area.kelurahan if area is not None else None, complaint.landmark)
    code = ticket_code.make(PREFIX, acting.city.today(acting.now), random.SystemRandom())
    occurrence = Occurrence(
        code=code,
        title=title,
        place=", ".join(part for part in parts if part) or None,
        unit_id=complaint.unit_id,
        area_id=complaint.area_id,
        employee_id=acting.presser.employee_id,
        opened_at=acting.now,
        demo=complaint.demo,
    )
    acting.session.add(occurrence)
    await acting.session.flush()
    await _put(acting, complaint, occurrence)
    return occurrence


async def join(acting: Acting, complaint_id: int, occurrence_id: int) -> Occurrence:
    """Put one more report into an occurrence; from another one it moves over."""
    occurrence = await get(acting, occurrence_id)
    complaint = await acting.reach(Action.GROUP, complaint_id)
    _require_groupable(complaint)
    if complaint.occurrence_id != occurrence.id:
        await _put(acting, complaint, occurrence)
    return occurrence


async def leave(acting: Acting, complaint_id: int) -> Complaint:
    """Take a report out: it is handled on its own again."""
    complaint = await acting.reach(Action.UNGROUP, complaint_id)
    if complaint.occurrence_id is None:
        raise Refusal("not_in_this_state")
    occurrence = await get(acting, complaint.occurrence_id)
    complaint.occurrence_id = None
    await acting.step(complaint, Action.UNGROUP, public=False, values={"occurrence": occurrence.code})
    return complaint


async def _put(acting: Acting, complaint: Complaint, occurrence: Occurrence) -> None:
    complaint.occurrence_id = occurrence.id
    await acting.step(complaint, Action.GROUP, public=False, values={"occurrence": occurrence.code})


def _require_groupable(complaint: Complaint) -> None:
    if complaint.record().restricted:
        raise Refusal("inspectorate_only")


async def get(acting: Acting, occurrence_id: int) -> Occurrence:
    """One occurrence, for whoever may open the list of them."""
    require_desk(acting.presser, Desk.OCCURRENCES)
    occurrence = await acting.session.get(Occurrence, occurrence_id)
    if occurrence is None:
        raise Refusal("no_such_occurrence")
    return occurrence


async def listed(acting: Acting, page: int) -> Page:
    """Occurrences with reports that this person sees, those with open ones first; two queries."""
    require_desk(acting.presser, Desk.OCCURRENCES)
    open_ones = func.sum(case((Complaint.status.in_(OPEN), 1), else_=0))
    counted = (
        select(Complaint.occurrence_id.label("id"), func.count().label("reports"), open_ones.label("open"))
        .where(Complaint.occurrence_id.is_not(None), visible_to(acting.presser))
        .group_by(Complaint.occurrence_id)
        .subquery()
    )
    total = await acting.session.scalar(select(func.count()).select_from(counted)) or 0
    pages = max(1, -(-total // PAGE))
    number = min(max(page, 0), pages - 1)
    rows = await acting.session.execute(
        select(Occurrence, counted.c.reports, counted.c.open)
        .join(counted, counted.c.id == Occurrence.id)
        .order_by((counted.c.open > 0).desc(), Occurrence.id.desc())
        .offset(number * PAGE)
        .limit(PAGE)
    )
    return Page([Row(*row) for row in rows], number, pages)


async def whole(acting: Acting, occurrence_id: int) -> Whole:
    """One occurrence with its reports and updates; four queries, however many it has."""
    occurrence = await get(acting, occurrence_id)
    of_it = (Complaint.occurrence_id == occurrence.id, visible_to(acting.presser))
    open_ones = func.sum(case((Complaint.status.in_(OPEN), 1), else_=0))
    reports, opened = (await acting.session.execute(select(func.count(), open_ones).where(*of_it))).one()
    if not reports:
        raise Refusal("not_your_record")
    shown = select(Complaint).where(*of_it).order_by(Complaint.status.in_(OPEN).desc(), Complaint.id).limit(MEMBERS)
    members = (await acting.session.scalars(shown.options(joinedload(Complaint.unit)))).all()
    updates = (
        select(OccurrenceUpdate)
        .where(OccurrenceUpdate.occurrence_id == occurrence.id)
        .order_by(OccurrenceUpdate.id.desc())
        .limit(UPDATES)
    )
    return Whole(
        occurrence,
        members,
        reports,
        int(opened or 0),
        (await acting.session.scalars(updates)).all(),
        frozenset(action for action in WHOLE if any(_can(acting, action, row) for row in members)),
    )


def _can(acting: Acting, action: Action, complaint: Complaint) -> bool:
    """Whether this person can do it to this report of an occurrence now."""
    fitting = complaint.status in (DOABLE if action is Action.PROPOSE_DONE else OPEN)
    return fitting and may(acting.presser, action, complaint.record())


async def choices(acting: Acting, complaint: Complaint) -> Sequence[Occurrence]:
    """Occurrences with open reports that this one may belong to: of its kelurahan or unit, the newest first."""
    living = select(Complaint.occurrence_id).where(Complaint.status.in_(OPEN), visible_to(acting.presser))
    kin = (Occurrence.area_id == complaint.area_id) | (Occurrence.unit_id == complaint.unit_id)
    statement = select(Occurrence).where(Occurrence.id.in_(living), kin).order_by(Occurrence.id.desc()).limit(CHOICES)
    return (await acting.session.scalars(statement)).all()


async def _reachable(acting: Acting, occurrence: Occurrence, action: Action) -> tuple[list[Complaint], int]:
    """The open reports to which this person may do it now, locked in one order; how many open ones are left out."""
    statement = (
        select(Complaint)
        .where(Complaint.occurrence_id == occurrence.id, Complaint.status.in_(OPEN))
        .order_by(Complaint.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    rows = (await acting.session.scalars(statement)).all()
    found = [row for row in rows if may(acting.presser, action, row.record()) and not row.record().restricted]
    return found, len(rows) - len(found)


async def tell_all(acting: Acting, occurrence_id: int, text: str) -> Reach:
    """One update for all: an event on each report, and one notice to each person, whatever they reported or follow."""
    occurrence = await get(acting, occurrence_id)
    members, left = await _reachable(acting, occurrence, Action.INFORM)
    if not members:
        raise Refusal("nothing_to_tell")
    update = await _record(acting, occurrence, UpdateKind.NEWS, text, len(members))
    for complaint in members:
        values = {"occurrence": occurrence.code, "update": update.id}
        await acting.step(complaint, Action.INFORM, text=text, values=values)
        if complaint.disposed_at is not None and complaint.unit_id in acting.presser.units(Role.OFFICER, Role.HEAD):
            complaint.first_response_at = complaint.first_response_at or acting.now
        if complaint.status is Status.FOLLOWED_UP and complaint.held_at is None:
            complaint.auto_close_at = complaints.auto_close_moment(acting.city, acting.now)
    await _tell_each_once(acting, occurrence, update, members)
    return Reach(len(members), left)


async def _tell_each_once(
    acting: Acting, occurrence: Occurrence, update: OccurrenceUpdate, members: Sequence[Complaint]
) -> None:
    """Reporters first: who reported it is not told again as a follower."""
    ring = identity.keyring(acting.session)
    moment = notices.sending_moment(acting.city, acting.now)
    told: dict[int, tuple[Complaint, bool, str]] = {}
    for complaint in members:
        reporter = await identity.reporter_of(acting.session, complaint)
        if reporter is not None:
            known = told.get(reporter.person_id)
            sealed = reporter.sealed or (known is not None and known[1])
            told[reporter.person_id] = (complaint, sealed, "own")
    for complaint, person_id in await followers.of_all(acting.session, members):
        told.setdefault(person_id, (complaint, True, "followed"))
    for person_id, (complaint, sealed, relation) in sorted(told.items()):
        values = {"title": occurrence.title, "text": update.text, "relation": relation}
        await outbox.put(
            acting.session,
            key=f"occurrence_news:{update.id}:{person_id}",
            person_id=person_id,
            kind="occurrence_news",
            now=acting.now,
            values={"complaint_id": complaint.id, "code": complaint.code, **values},
            complaint_id=complaint.id,
            not_before=moment,
            ring=ring if sealed else None,
        )


async def propose_all_done(acting: Acting, occurrence_id: int, text: str) -> Reach:
    """The unit says of all its reports that it is done: each reporter judges the own one."""
    occurrence = await get(acting, occurrence_id)
    members, left = await _reachable(acting, occurrence, Action.PROPOSE_DONE)
    doable = [row for row in members if row.status in DOABLE and row.held_at is None]
    if not doable:
        raise Refusal("nothing_to_tell")
    await _record(acting, occurrence, UpdateKind.DONE, text, len(doable))
    for complaint in doable:
        if possible(Action.TAKE, complaint.status):
            complaint.officer_id = complaint.officer_id or acting.presser.employee_id
            values = {"officer": complaint.officer_id, "occurrence": occurrence.code}
            await acting.step(complaint, Action.TAKE, values=values)
        await working.propose_done(acting, complaint.id, text, ())
    return Reach(len(doable), left + len(members) - len(doable))


async def _record(
    acting: Acting, occurrence: Occurrence, kind: UpdateKind, text: str, reports: int
) -> OccurrenceUpdate:
    update = OccurrenceUpdate(
        occurrence_id=occurrence.id,
        kind=kind,
        at=acting.now,
        employee_id=acting.presser.employee_id,
        text=text,
        reports=reports,
    )
    acting.session.add(update)
    await acting.session.flush()
    return update
