"""Reports in the states that the timed duties look for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from bot.services import complaints
from bot.services.city import City, know
from bot.services.complaints import Report
from models.complaint import Complaint, ComplaintEvent, ReportClass
from models.employee import Employee
from models.person import Person
from models.rules.complaint_flow import Action
from tests.driver import Phone, Stage
from tests.factories import STAFF

#: Tuesday before Nyepi, cuti bersama and Idul Fitri 2026: the next working day is 25 March.
BEFORE_LEBARAN = datetime(2026, 3, 17, 3, 0, tzinfo=UTC)


def wib(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment by the city's clock (UTC+7)."""
    return datetime(year, month, day, hour - 7, minute, tzinfo=UTC) if hour >= 7 else _night(year, month, day, hour)


def _night(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime(year, month, day - 1, hour + 17, tzinfo=UTC)


async def colleague(stage: Stage, role: str) -> Phone:
    """The phone of somebody of the staff, who has started the bot."""
    phone = stage.person(role.title(), telegram_id=STAFF[role])
    await phone.starts()
    return phone


def notices_to(phone: Phone) -> list[str]:
    """What the bot told them since they started it."""
    return phone.texts()[1:]


async def resident(stage: Stage, name: str = "Siti") -> tuple[Phone, int]:
    """Somebody who has started the bot, and the id of their person."""
    phone = stage.person(name)
    await phone.starts()
    async with stage.db.read() as session:
        person_id = await session.scalar(select(Person.id).where(Person.telegram_id == phone.id))
    assert person_id is not None
    return phone, person_id


async def city_of(stage: Stage) -> City:
    async with stage.db.read() as session:
        return await know(session, stage.now)


async def filed(stage: Stage, reporter_id: int, key: str = "1") -> int:
    """A complaint about a broken street light, received now."""
    async with stage.db.begin() as session:
        person = await session.get_one(Person, reporter_id)
        report = Report(key=key, report_class=ReportClass.COMPLAINT, text="Lampu jalan mati", unit_id=1)
        city = await know(session, stage.now)
        return (await complaints.file(session, city, person, report, stage.now)).id


async def moved(stage: Stage, complaint_id: int, *actions: Action, **columns: Any) -> None:
    """The complaint after these steps of the desk, with these columns set."""
    async with stage.db.begin() as session:
        complaint = await session.get_one(Complaint, complaint_id)
        for action in actions:
            complaint.move(action, stage.now, role="officer")
        for name, value in columns.items():
            setattr(complaint, name, value)


async def disposed(stage: Stage, reporter_id: int, *, taken: bool = False, key: str = "1") -> int:
    """A complaint at the first unit since now; `taken` by its officer, who has answered once."""
    complaint_id = await filed(stage, reporter_id, key)
    found = await found_complaint(stage, complaint_id)
    await moved(
        stage,
        complaint_id,
        Action.VERIFY,
        Action.DISPOSE,
        unit_id=1,
        disposed_at=stage.now,
        due_at=found.settle_due_at,
    )
    if taken:
        async with stage.db.read() as session:
            name = "Pegawai Officer"
            officer_id = await session.scalar(select(Employee.id).where(Employee.name == name))
        await moved(stage, complaint_id, Action.TAKE, officer_id=officer_id, first_response_at=stage.now)
    return complaint_id


async def followed_up(stage: Stage, reporter_id: int, key: str = "1") -> int:
    """A complaint that the unit calls done since now."""
    complaint_id = await disposed(stage, reporter_id, taken=True, key=key)
    until = complaints.auto_close_moment(await city_of(stage), stage.now)
    await moved(stage, complaint_id, Action.PROPOSE_DONE, followed_up_at=stage.now, due_at=None, auto_close_at=until)
    return complaint_id


async def copied(stage: Stage, complaint_id: int, number: int) -> None:
    """So many more complaints like this one."""
    template = await found_complaint(stage, complaint_id)
    own = {"id", "code", "filing_key"}
    columns = {c.key: getattr(template, c.key) for c in Complaint.__table__.columns if c.key not in own}
    async with stage.db.begin() as session:
        session.add_all(Complaint(code=f"C{n}", filing_key=f"f{n}", **columns) for n in range(number))


async def found_complaint(stage: Stage, complaint_id: int) -> Complaint:
    async with stage.db.read() as session:
        return await session.get_one(Complaint, complaint_id)


async def events_of(stage: Stage, complaint_id: int, action: Action) -> Sequence[ComplaintEvent]:
    async with stage.db.read() as session:
        statement = select(ComplaintEvent).where(
            ComplaintEvent.complaint_id == complaint_id, ComplaintEvent.action == action
        )
        return (await session.scalars(statement.order_by(ComplaintEvent.id))).all()
