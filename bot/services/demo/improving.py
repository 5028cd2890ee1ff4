"""What the invented city makes of its survey: the users of its services, and a follow-up plan at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.desk.visibility import unrestricted
from bot.services.satisfaction.responses import present_period
from models.complaint import Complaint
from models.employee import Employee, RoleGrant
from models.improvement import Improvement, ImprovementFinding, ImprovementReport
from models.population import ServiceUsers
from models.rules.complaint_flow import COUNTED
from models.rules.improvements import Step, term_of
from models.rules.permissions import Role
from models.rules.skm import Element
from models.rules.survey_period import earlier
from models.survey import COLUMNS, SurveyResponse

PERIODS = 4
#: Service → how many people it serves in a period.
USERS = {"ktp-rekam": 1850, "kk": 1420, "akta-lahir": 310, "berobat": 5200, "nib": 130, "kir": 260, "pju": 90}
LINKED = 4


@dataclass(frozen=True, slots=True)
class Tale:
    """One improvement: of which service and element, until how many days from now, and how far it has come."""

    service: str
    element: Element
    title: str
    days: int
    steps: tuple[Step, ...] = ()
    result: str | None = None


TALES = (
    Tale("pju", Element.U3, "Regu kedua untuk lampu jalan, padam dijawab dalam tiga hari", 45, (Step.DOING,)),
    Tale("pju", Element.U9, "Setiap laporan lampu jalan dijawab dengan foto sebelum dan sesudah", -4, (Step.DOING,)),
    Tale("pju", Element.U7, "Petugas lapangan memberi kabar sebelum datang", 60, (Step.DOING,)),
    Tale(
        "pelantar",
        Element.U8,
        "Papan pelantar yang lapuk di Kampung Bugis diganti",
        -20,
        (Step.DOING, Step.DONE),
        "Empat puluh papan sudah diganti dan pagarnya diperbaiki.",
    ),
    Tale("ktp-rekam", Element.U3, "Loket khusus pengambilan KTP, pagi dan sore", 100),
)


async def tell_improvements(session: AsyncSession, city: City, now: datetime) -> None:
    """Insert them. Nobody is told: what the demo invents sends no notices."""
    services = {service.code: service for service in city.services.values()}
    period = earlier(present_period(city, now))
    for ago in range(PERIODS + 1):
        session.add_all(
            ServiceUsers(service_id=services[code].id, period=earlier(period, ago), users=count, recorded_at=now)
            for code, count in USERS.items()
            if code in services
        )
    for tale in TALES:
        if tale.service in services:
            await _tell(session, city, tale, period, now)
    await session.flush()


async def _tell(session: AsyncSession, city: City, tale: Tale, period: str, now: datetime) -> None:
    service = next(one for one in city.services.values() if one.code == tale.service)
    unit_id, begun = city.successor(service.unit_id).id, now - timedelta(days=60)
    owner = await _owner(session, unit_id)
    if owner is None:
        return
    row = Improvement(
        title=tale.title,
        unit_id=unit_id,
        service_id=service.id,
        element=tale.element,
        owner_id=owner,
        due_on=city.today(now) + timedelta(days=tale.days),
        term=term_of(city.today(begun), city.today(now) + timedelta(days=tale.days)),
        status=Step.PLANNED,
        created_at=begun,
        demo=True,
    )
    row.note(begun, status_before=None)
    session.add(row)
    for number, step in enumerate(tale.steps, 1):
        row.move(step, begun + timedelta(days=12 * number))
    row.result = tale.result
    await session.flush()
    await _link(session, row, period)


async def _owner(session: AsyncSession, unit_id: int) -> int | None:
    """An officer of the unit who has an account."""
    statement = (
        select(Employee.id)
        .join(RoleGrant, RoleGrant.employee_id == Employee.id)
        .where(RoleGrant.role == Role.OFFICER, RoleGrant.unit_id == unit_id, Employee.person_id.is_not(None))
        .order_by(Employee.id)
    )
    return (await session.scalars(statement)).first()


async def _link(session: AsyncSession, row: Improvement, period: str) -> None:
    """The figure it answers, and some reports about the same service."""
    if row.element is None:
        return
    column = getattr(SurveyResponse, COLUMNS[list(Element).index(row.element)])
    found = select(func.count(), func.coalesce(func.sum(column), 0)).where(
        SurveyResponse.service_id == row.service_id, SurveyResponse.period == period
    )
    n, total = (await session.execute(found)).one()
    if n:
        session.add(
            ImprovementFinding(improvement_id=row.id, element=row.element, period=period, n=n, total=int(total))
        )
    reports = (
        select(Complaint.id)
        .where(Complaint.service_id == row.service_id, Complaint.status.in_(COUNTED), unrestricted())
        .order_by(Complaint.id)
        .limit(LINKED)
    )
    session.add_all(
        ImprovementReport(improvement_id=row.id, complaint_id=complaint_id)
        for complaint_id in await session.scalars(reports)
    )
