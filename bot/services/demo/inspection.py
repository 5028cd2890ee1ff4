"""What waits at the demo's inspectorate: two accusations, and a closing that is held because of its proof."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import complaints
from bot.services.city import City
from bot.services.complaints import Report
from models.complaint import Complaint, ReportClass
from models.outbox import OutboxMessage, OutboxStatus
from models.person import Person
from models.proof import ProofAlarm, Suspicion
from models.rules.complaint_flow import Status

ACCUSATIONS = (
    ("disdukcapil", "Saya diminta uang terima kasih supaya KTP cepat jadi, padahal pelayanannya gratis."),
    ("dishub", "Petugas parkir di pasar membentak ibu saya dan menolak memberi karcis."),
)


async def tell_inspection(session: AsyncSession, city: City, residents: Sequence[Person], now: datetime) -> None:
    """Add them; nobody is told of what lies in the past."""
    units = {unit.code: unit.id for unit in city.units.values()}
    for number, (unit, text) in enumerate(ACCUSATIONS):
        report = Report(
            key=f"demo:accusation:{number}",
            report_class=ReportClass.COMPLAINT,
            text=text,
            unit_id=units[unit],
            anonymous=number == 0,
            confidential=True,
            conflict=True,
        )
        await complaints.file(session, city, residents[number], report, now - timedelta(hours=20 + number))
    await _doubt(session, now)
    queued = update(OutboxMessage).where(OutboxMessage.status == OutboxStatus.QUEUED)
    await session.execute(queued.values(status=OutboxStatus.SENT, sent_at=OutboxMessage.created_at))


async def _doubt(session: AsyncSession, now: datetime) -> None:
    """A report that is called done, with a picture that another one had before."""
    statement = select(Complaint).where(Complaint.status == Status.FOLLOWED_UP).order_by(Complaint.id).limit(2)
    found = (await session.scalars(statement)).all()
    if len(found) < 2:
        return
    doubted, other = found
    suspicion = Suspicion.SAME_LOOK
    session.add(ProofAlarm(complaint_id=doubted.id, other_id=other.id, suspicion=suspicion, at=now))
    doubted.hold(now, values={"suspicion": suspicion.value, "other": other.code, "taken_at": None})
    doubted.auto_close_at = None
    await session.flush()
