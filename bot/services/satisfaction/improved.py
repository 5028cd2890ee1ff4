"""Done: everybody who raised it learns it once, "you reported, we improved" (domain rule 43); and what is linked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import identity, outbox
from bot.services.city import City
from bot.services.desk.visibility import unrestricted, visible_to
from bot.services.notices import sending_moment
from bot.services.satisfaction.improvements import LONGEST_RESULT
from bot.services.satisfaction.plans import PAGE, Deciding, reach, require_unfinished
from bot.services.satisfaction.reach import family
from models.complaint import Complaint
from models.errors import Refusal
from models.improvement import Improvement, ImprovementFinding, ImprovementReport
from models.outbox import Lane, Promise
from models.person import Consent, Person, Purpose
from models.rules.complaint_flow import COUNTED
from models.rules.improvements import Step
from models.rules.performance.plan_rights import PlanAction
from models.rules.skm import Element
from models.survey import COLUMNS, SurveyResponse

#: Reports so old still count as raised in the matter.
LOOKS_BACK = timedelta(days=370)
LOW = 2


@dataclass(slots=True)
class Addressed:
    """One person to tell: the own linked reports, and whether nothing may show whose they are."""

    codes: list[str] = field(default_factory=list)
    sealed: bool = False


async def finish(by: Deciding, improvement_id: int, result: str) -> Improvement:
    """It is done, with what was done; everybody who raised it is told, each once."""
    row = await reach(by, PlanAction.ADVANCE, improvement_id)
    words = " ".join(result.split())[:LONGEST_RESULT]
    if not words:
        raise Refusal("no_words")
    row.move(Step.DONE, by.now, actor_id=by.presser.person_id, text=words)
    row.result = words
    await by.session.flush()
    told = await _reporters(by.session, row)
    for person_id, addressed in sorted(told.items()):
        await _tell(by.session, by.city, row, person_id, by.now, addressed)
    for person_id in await respondents(by.session, by.city, row):
        if person_id not in told:
            await _tell(by.session, by.city, row, person_id, by.now, None)
    return row


async def count_told(by: Deciding, improvement_id: int) -> int:
    """How many people a finish would tell."""
    row = await reach(by, PlanAction.ADVANCE, improvement_id)
    return len(set(await _reporters(by.session, row)) | set(await respondents(by.session, by.city, row)))


async def _reporters(session: AsyncSession, row: Improvement) -> dict[int, Addressed]:
    """Whoever sent a linked report, by person; one sealed report seals the whole message."""
    linked = select(ImprovementReport.complaint_id).where(ImprovementReport.improvement_id == row.id)
    found: dict[int, Addressed] = {}
    for complaint in await session.scalars(select(Complaint).where(Complaint.id.in_(linked)).order_by(Complaint.id)):
        who = await identity.reporter_of(session, complaint)
        if who is not None:
            addressed = found.setdefault(who.person_id, Addressed())
            addressed.codes.append(complaint.code)
            addressed.sealed = addressed.sealed or who.sealed
    return found


async def respondents(session: AsyncSession, city: City, row: Improvement) -> list[int]:
    """Whoever gave the weak element 1 or 2 in the period of the finding, and consented to being written to."""
    finding = await session.scalar(
        select(ImprovementFinding).where(ImprovementFinding.improvement_id == row.id).order_by(ImprovementFinding.id)
    )
    if finding is None:
        return []
    table = SurveyResponse
    consented = exists().where(
        Consent.person_id == table.person_id, Consent.purpose == Purpose.BROADCASTS, Consent.withdrawn_at.is_(None)
    )
    statement = (
        select(table.person_id)
        .join(Person, Person.id == table.person_id)
        .where(
            _period(finding.period),
            getattr(table, COLUMNS[list(Element).index(finding.element)]) <= LOW,
            table.unit_id.in_(family(city, row.unit_id)),
            Person.reachable,
            consented,
        )
        .distinct()
        .order_by(table.person_id)
    )
    if row.service_id is not None:
        statement = statement.where(table.service_id == row.service_id)
    return [person_id for person_id in await session.scalars(statement) if person_id is not None]


def _period(period: str) -> ColumnElement[bool]:
    column = SurveyResponse.period
    return column == period if "-" in period else or_(column == period, column.startswith(f"{period}-"))


async def _tell(
    session: AsyncSession, city: City, row: Improvement, person_id: int, now: datetime, addressed: Addressed | None
) -> None:
    """One message a person and improvement; to respondents, who consented to broadcasts, after everything else."""
    values: dict[str, Any] = {
        "title": row.title,
        "result": row.result or "",
        "unit": city.successor(row.unit_id).name,
        "service": city.services[row.service_id].name if row.service_id is not None else "",
        "codes": addressed.codes if addressed is not None else [],
    }
    await outbox.put(
        session,
        key=f"improvement_done:{row.id}:{person_id}",
        person_id=person_id,
        kind="improvement_done",
        now=now,
        values=values,
        lane=Lane.NOTICE if addressed is not None else Lane.MASS,
        promise=Promise.AT_LEAST_ONCE if addressed is not None else Promise.AT_MOST_ONCE,
        not_before=sending_moment(city, now),
        ring=identity.keyring(session) if addressed is not None and addressed.sealed else None,
    )


# --- what is linked ---


async def candidates(by: Deciding, improvement_id: int, page: int) -> tuple[list[tuple[Complaint, bool]], int]:
    """Reports that may have raised it, the newest first, each with whether it is linked: one page, and how many."""
    row = await reach(by, PlanAction.CHANGE, improvement_id)
    linked = select(ImprovementReport.complaint_id).where(ImprovementReport.improvement_id == row.id)
    raised = _may_raise(by, row)
    total = await by.session.scalar(select(func.count()).select_from(Complaint).where(raised)) or 0
    found = await by.session.execute(
        select(Complaint, Complaint.id.in_(linked))
        .where(raised)
        .order_by(Complaint.received_at.desc(), Complaint.id.desc())
        .offset(page * PAGE)
        .limit(PAGE)
    )
    return [(complaint, bool(is_linked)) for complaint, is_linked in found], total


def _may_raise(by: Deciding, row: Improvement) -> ColumnElement[bool]:
    """Open ones of the unit that the person sees: of the service and class where there is one, and not too old."""
    conditions = [
        visible_to(by.presser),
        unrestricted(),
        Complaint.unit_id.in_(family(by.city, row.unit_id)),
        Complaint.status.in_(COUNTED),
        Complaint.received_at >= row.created_at - LOOKS_BACK,
    ]
    if row.service_id is not None:
        conditions.append(Complaint.service_id == row.service_id)
    if row.report_class is not None:
        conditions.append(Complaint.report_class == row.report_class)
    return and_(*conditions)


async def tie(by: Deciding, improvement_id: int, complaint_id: int) -> bool:
    """Link a report, or let it go; whether it is linked now. Only a candidate can be linked."""
    row = await reach(by, PlanAction.CHANGE, improvement_id)
    require_unfinished(row)
    link = await by.session.scalar(
        select(ImprovementReport).where(
            ImprovementReport.improvement_id == row.id, ImprovementReport.complaint_id == complaint_id
        )
    )
    if link is not None:
        await by.session.delete(link)
        await by.session.flush()
        return False
    if await by.session.scalar(select(Complaint.id).where(Complaint.id == complaint_id, _may_raise(by, row))) is None:
        raise Refusal("not_your_record")
    by.session.add(ImprovementReport(improvement_id=row.id, complaint_id=complaint_id))
    await by.session.flush()
    return True
