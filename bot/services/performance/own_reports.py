"""What the weekly reports keep about a person: for the export of the own data, and when an account is forgotten.

The reports themselves are records of the employment and stay with the roster's row; who pressed is forgotten.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.attachment import Attachment
from models.performance.plan import PlanItem
from models.performance.progress import WeeklyEntry, WeeklyEvent, WeeklyReport


async def exported(session: AsyncSession, employee_id: int) -> list[dict[str, Any]]:
    """The own weekly reports with values, words and history, the oldest first, ready for JSON: four queries."""
    statement = select(WeeklyReport).where(WeeklyReport.employee_id == employee_id).order_by(WeeklyReport.week)
    reports = (await session.scalars(statement)).all()
    entries = await _entries(session, [report.id for report in reports])
    events = await _events(session, [report.id for report in reports])
    return [
        {
            "week": report.week.isoformat(),
            "status": report.status.value,
            "due_at": report.due_at.isoformat(),
            "reported_at": report.reported_at.isoformat(),
            "late": report.late,
            "corrected_at": report.corrected_at.isoformat() if report.corrected_at is not None else None,
            "values": entries.get(report.id, []),
            "history": events.get(report.id, []),
        }
        for report in reports
    ]


async def _entries(session: AsyncSession, report_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    statement = (
        select(WeeklyEntry, PlanItem.name)
        .join(PlanItem, PlanItem.id == WeeklyEntry.line_id)
        .where(WeeklyEntry.report_id.in_(report_ids))
        .order_by(WeeklyEntry.id)
    )
    rows = (await session.execute(statement)).all()
    files: dict[int, list[str]] = {}
    attached = select(Attachment.entry_id, Attachment.kind).where(Attachment.entry_id.in_([row.id for row, _ in rows]))
    for entry_id, kind in await session.execute(attached.order_by(Attachment.id)):
        files.setdefault(entry_id or 0, []).append(kind.value)
    found: dict[int, list[dict[str, Any]]] = {}
    for entry, name in rows:
        found.setdefault(entry.report_id, []).append(
            {
                "item": name,
                "value": f"{entry.value:f}",
                "note": entry.note,
                "obstacle": entry.obstacle,
                "link": entry.link,
                "files": files.get(entry.id, []),
                "entered_at": entry.entered_at.isoformat(),
            }
        )
    return found


async def _events(session: AsyncSession, report_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    statement = select(WeeklyEvent).where(WeeklyEvent.report_id.in_(report_ids)).order_by(WeeklyEvent.id)
    found: dict[int, list[dict[str, Any]]] = {}
    for event in await session.scalars(statement):
        step = {"at": event.at.isoformat(), "status_after": event.status_after.value, "text": event.text}
        found.setdefault(event.report_id, []).append(step | {"changes": list(event.values.values())})
    return found


async def let_go(session: AsyncSession, person_id: int) -> None:
    """The account is forgotten: no step of a report names it any more."""
    await session.execute(
        update(WeeklyEvent)
        .where(WeeklyEvent.actor_id == person_id)
        .values(actor_id=None)
        .execution_options(synchronize_session=False)
    )
