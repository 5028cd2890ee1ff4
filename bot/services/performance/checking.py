"""The superior looks through the weekly reports of the own people: accepts one, all on track, or gives one back.

Who is a superior is asked of the day (domain rule 31): whoever leads today, or acts for one who does.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from bot.services import outbox
from bot.services.notices import sending_moment
from bot.services.performance import chain, own_week, weekly
from bot.services.performance.own_week import OwnWeek, Reporting
from bot.services.performance.reporting import LONGEST_WORDS
from models.attachment import Attachment
from models.employee import Employee
from models.errors import Refusal
from models.performance.progress import WeeklyEntry, WeeklyEvent, WeeklyReport
from models.rules.performance.pace import PaceStatus
from models.rules.performance.reporting import WeekStatus
from models.rules.performance.weeks import week_of

PAGE = 6
#: A line that needs no second look.
GOOD = (PaceStatus.ON_TRACK, PaceStatus.NOT_DUE)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report that waits for its superior: whose, of which week, how complete, and whether all is on track."""

    report: WeeklyReport
    name: str
    week: OwnWeek
    good: bool

    @property
    def filled(self) -> int:
        """How many lines have a value."""
        return len(self.week.asked) - len(self.week.missing)

    @property
    def obstacles(self) -> int:
        """How many lines tell of an obstacle."""
        return sum(1 for one in self.week.asked if one.entry is not None and one.entry.obstacle)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a superior finds: the reports that wait, and who of the own people owes a week that is due."""

    waiting: tuple[Waiting, ...]
    silent: tuple[weekly.Owing, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Card:
    """One report with its history and who decided about it."""

    report: WeeklyReport
    owner: Employee
    week: OwnWeek
    history: tuple[WeeklyEvent, ...]
    decided_by: str | None
    to_decide: bool


async def desk(by: Reporting) -> Desk:
    """The reports that wait, the oldest first, and who is silent: a fixed number of queries a week."""
    people = await chain.subordinates(by.session, by.employee_id, by.today)
    ids = [one.id for one in people]
    names = {one.id: one.name for one in people}
    statement = (
        select(WeeklyReport)
        .where(WeeklyReport.employee_id.in_(ids), WeeklyReport.status == WeekStatus.REPORTED)
        .order_by(WeeklyReport.week, WeeklyReport.reported_at, WeeklyReport.id)
    )
    rows = (await by.session.scalars(statement)).all()
    weeks = await _weeks(by, rows)
    waiting = [_waiting(row, names[row.employee_id], weeks) for row in rows if (row.employee_id, row.week) in weeks]
    return Desk(tuple(waiting), tuple(await _silent(by, ids)), len(ids))


async def _weeks(by: Reporting, rows: Sequence[WeeklyReport]) -> dict[tuple[int, date], OwnWeek]:
    found = {}
    for monday in sorted({row.week for row in rows}):
        whose = [row.employee_id for row in rows if row.week == monday]
        for employee_id, week in (await own_week.of_employees(by, whose, monday)).items():
            found[employee_id, monday] = week
    return found


def _waiting(row: WeeklyReport, name: str, weeks: dict[tuple[int, date], OwnWeek]) -> Waiting:
    week = weeks[row.employee_id, row.week]
    return Waiting(row, name, week, is_good(week))


def is_good(week: OwnWeek) -> bool:
    """Whether a report is complete, on the pace of its targets, without obstacles and without idle repetition."""
    return all(
        one.entry is not None
        and not one.entry.obstacle
        and one.stand.status in GOOD
        and not week.is_monotonous(one.entry.streak)
        for one in week.asked
    )


async def _silent(by: Reporting, employee_ids: Collection[int]) -> list[weekly.Owing]:
    """Who owes the newest week that is due."""
    running = week_of(by.today)
    found = await weekly.missing(by.session, by.city, running, employee_ids)
    due = [one for one in found if one.due_at <= by.now]
    if due or any(one.due_at <= by.now for one in await weekly.expected(by.session, by.city, running, employee_ids)):
        return due
    return await weekly.missing(by.session, by.city, running - own_week.WEEK, employee_ids)


async def card(by: Reporting, report_id: int) -> Card:
    """One report, for its owner or whoever leads the owner today; refused like `reach`."""
    report, owner = await reach(by, report_id)
    week = (await own_week.of_employees(by, [owner.id], report.week)).get(owner.id)
    if week is None:
        raise Refusal("no_plan_in_force")
    history = (await by.session.scalars(_events(report.id))).all()
    decider = await by.session.get(Employee, report.decided_by_id) if report.decided_by_id is not None else None
    to_decide = owner.id != by.presser.employee_id
    return Card(report, owner, week, tuple(history), decider.name if decider is not None else None, to_decide)


def _events(report_id: int) -> Select[WeeklyEvent]:
    return select(WeeklyEvent).where(WeeklyEvent.report_id == report_id).order_by(WeeklyEvent.id)


async def reach(by: Reporting, report_id: int) -> tuple[WeeklyReport, Employee]:
    """A report and its owner; refused with `no_such_week` or, for whoever does not lead the owner, as in `chain`."""
    report = await by.session.get(WeeklyReport, report_id)
    if report is None:
        raise Refusal("no_such_week")
    if report.employee_id != by.presser.employee_id:
        await chain.require_superior(by.session, by.presser.employee_id, report.employee_id, by.today)
    return report, await by.session.get_one(Employee, report.employee_id)


async def verify(by: Reporting, report_id: int, version: int) -> None:
    """Accept a report as it was shown; refused with `week_changed` if it was corrected since, `week_decided`."""
    report = await _to_decide(by, report_id, version, WeekStatus.VERIFIED)
    _decide(by, report, WeekStatus.VERIFIED)
    await by.session.flush()


async def give_back(by: Reporting, report_id: int, version: int, words: str) -> None:
    """Back to its owner with what is to be corrected, who is told."""
    report = await _to_decide(by, report_id, version, WeekStatus.RETURNED)
    text = " ".join(words.split())[:LONGEST_WORDS]
    if not text:
        raise Refusal("no_words")
    event = _decide(by, report, WeekStatus.RETURNED, text)
    await by.session.flush()
    owner = await by.session.get_one(Employee, report.employee_id)
    superior = await by.session.get_one(Employee, by.employee_id)
    if owner.person_id is not None:
        await outbox.put(
            by.session,
            key=f"week_returned:{event.id}",
            person_id=owner.person_id,
            kind="week_returned",
            now=by.now,
            values={"week": report.week.isoformat(), "by": superior.name, "text": text},
            not_before=sending_moment(by.city, by.now),
        )


async def require_returnable(by: Reporting, report_id: int, version: int) -> Card:
    """The card of a report that may be given back as it was shown; refused like `give_back`."""
    await _to_decide(by, report_id, version, WeekStatus.RETURNED)
    return await card(by, report_id)


async def following(by: Reporting) -> int | None:
    """The report that waits longest, None when none does."""
    people = await chain.subordinates(by.session, by.employee_id, by.today)
    statement = (
        select(WeeklyReport.id)
        .where(WeeklyReport.employee_id.in_([one.id for one in people]), WeeklyReport.status == WeekStatus.REPORTED)
        .order_by(WeeklyReport.week, WeeklyReport.reported_at, WeeklyReport.id)
        .limit(1)
    )
    return await by.session.scalar(statement)


async def verify_good(by: Reporting) -> int:
    """Accept every waiting report that is complete, on track and without obstacles; how many."""
    found = [one.report for one in (await desk(by)).waiting if one.good]
    for report in found:
        _decide(by, report, WeekStatus.VERIFIED)
    await by.session.flush()
    return len(found)


async def _to_decide(by: Reporting, report_id: int, version: int, wanted: WeekStatus) -> WeeklyReport:
    report, owner = await reach(by, report_id)
    if owner.id == by.presser.employee_id:
        raise Refusal("not_your_subordinate")
    if report.status is wanted:
        decider = await by.session.get(Employee, report.decided_by_id) if report.decided_by_id is not None else None
        raise Refusal("week_decided", who=decider.name if decider is not None else "-")
    if report.version != version:
        raise Refusal("week_changed")
    return report


def _decide(by: Reporting, report: WeeklyReport, status: WeekStatus, text: str | None = None) -> WeeklyEvent:
    report.decided_by_id, report.decided_at = by.employee_id, by.now
    return report.move(status, by.now, actor_id=by.presser.person_id, text=text)


async def evidence(by: Reporting, report_id: int) -> Sequence[Attachment]:
    """The files of a report, for its owner or whoever leads the owner today."""
    report, _owner = await reach(by, report_id)
    entries = select(WeeklyEntry.id).where(WeeklyEntry.report_id == report.id)
    return (
        await by.session.scalars(select(Attachment).where(Attachment.entry_id.in_(entries)).order_by(Attachment.id))
    ).all()
