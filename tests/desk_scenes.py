"""Scenes that the desk's tests begin with: a report that was filed, disposed or taken."""

from __future__ import annotations

import re
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import event, select

from bot.callbacks import Ticket
from bot.services import complaints
from bot.services.city import know
from bot.services.complaints import Report
from bot.services.desk import verifying, working
from bot.services.desk.verifying import Acting
from models.complaint import Complaint, ComplaintEvent, ReportClass
from models.employee import ActingSuperior, Employee, Leave, RoleGrant
from models.person import Person
from models.rules.permissions import Grant, Presser, Role
from tests.driver import Phone, Stage
from tests.factories import STAFF

WORDS = "Lampu jalan di depan SD mati sejak hari Senin"
_numbers = count(1)


async def at_work(stage: Stage, role: str) -> Phone:
    """Somebody of the staff who opened the bot (or else it may not write to them)."""
    phone = stage.person(role.title(), telegram_id=STAFF[role])
    await phone.starts()
    return phone


async def resident(stage: Stage, name: str = "Siti") -> Phone:
    phone = stage.person(name)
    await phone.starts()
    return phone


async def file_a_report(siti: Phone, text: str = WORDS, visibility: str = "Terbuka") -> str:
    """A resident files a report in Sei Jang by talking; its code."""
    await siti.says(text)
    await siti.presses("Lewati")
    await siti.says("Sei Jang, depan masjid")
    await siti.presses("Ya, benar")
    if "Ke mana laporan" in siti.last():
        await siti.presses("Belum tahu")
    await siti.presses(visibility)
    if "laporan serupa" in siti.last():
        await siti.presses("Tetap kirim")
    await siti.presses("Kirim laporan")
    found = re.search(r"TPI-\S+", siti.last())
    assert found is not None
    return found.group()


async def colleague(
    stage: Stage, name: str, *, role: Role = Role.OFFICER, unit_id: int | None = 1, account: bool = True
) -> tuple[Phone, int]:
    """One more civil servant with this role, at work with a phone; the phone and the employee's id."""
    number = next(_numbers)
    phone = stage.person(name, telegram_id=9_100_000 + number)
    await phone.starts()
    async with stage.db.begin() as session:
        person_id = await session.scalar(select(Person.id).where(Person.telegram_id == phone.id))
        employee = Employee(
            nip=f"19900101201501{number:04d}",
            name=name,
            unit_id=unit_id or 1,
            kind="pns",
            person_id=person_id if account else None,
        )
        session.add(employee)
        await session.flush()
        session.add(RoleGrant(employee_id=employee.id, role=role, unit_id=unit_id, valid_from=date(2020, 1, 1)))
        return phone, employee.id


async def on_leave(stage: Stage, employee_id: int, *, acting_id: int | None = None) -> None:
    """Away today; `acting_id` does the work meanwhile."""
    async with stage.db.begin() as session:
        today = (await know(session, stage.now)).today(stage.now)
        session.add(Leave(employee_id=employee_id, first_day=today, last_day=today))
        if acting_id is not None:
            session.add(ActingSuperior(employee_id=employee_id, acting_id=acting_id, valid_from=today, valid_to=today))


async def employee_of(stage: Stage, role: str) -> int:
    """The employee id of one of the staff."""
    async with stage.db.read() as session:
        return (await acting(stage, session, role)).presser.employee_id or 0


async def filed(stage: Stage, siti: Phone, **report: Any) -> int:
    """A report of this resident, received a moment ago; its id."""
    async with stage.db.begin() as session:
        person = (await session.scalars(select(Person).where(Person.telegram_id == siti.id))).one()
        facts = {"key": f"scene:{next(_numbers)}", "report_class": ReportClass.COMPLAINT, "text": WORDS} | report
        complaint = await complaints.file(session, await know(session, stage.now), person, Report(**facts), stage.now)
    await stage.settle()
    return complaint.id


async def disposed(stage: Stage, siti: Phone, target: str = "u1", **report: Any) -> int:
    """The same, passed on to a unit by the verifier, a restricted one by the inspectorate."""
    complaint_id = await filed(stage, siti, **report)
    async with stage.db.begin() as session:
        who = "inspector" if report.get("confidential") or report.get("conflict") else "verifier"
        await verifying.dispose(await acting(stage, session, who), complaint_id, target)
    await stage.settle()
    return complaint_id


async def taken(stage: Stage, siti: Phone, **report: Any) -> int:
    """The same, taken by the officer of the first unit."""
    complaint_id = await disposed(stage, siti, **report)
    async with stage.db.begin() as session:
        await working.take(await acting(stage, session, "officer"), complaint_id)
    return complaint_id


async def acting(stage: Stage, session: Any, role: str) -> Acting:
    """One of the staff, for calling services directly."""
    rows = await session.execute(
        select(Person.id, Employee.id, RoleGrant.role, RoleGrant.unit_id)
        .join(Employee, Employee.person_id == Person.id)
        .join(RoleGrant, RoleGrant.employee_id == Employee.id)
        .where(Person.telegram_id == STAFF[role])
    )
    person_id, employee_id, granted, unit_id = rows.one()
    presser = Presser(person_id, employee_id, (Grant(granted, unit_id),))
    return Acting(session, await know(session, stage.now), presser, stage.now)


async def stored(stage: Stage, complaint_id: int) -> Complaint:
    """The report as the database has it now."""
    async with stage.db.read() as session:
        return await complaints.get(session, complaint_id)


async def events(stage: Stage, complaint_id: int) -> list[ComplaintEvent]:
    async with stage.db.read() as session:
        rows = select(ComplaintEvent).where(ComplaintEvent.complaint_id == complaint_id).order_by(ComplaintEvent.id)
        return list((await session.scalars(rows)).all())


async def opens(phone: Phone, complaint_id: int) -> None:
    """Press the button of a notice or list that opens this report."""
    await forges(phone, Ticket("view", complaint_id).encode())


async def forges(phone: Phone, data: str) -> None:
    """Press a button that is perhaps not there."""
    await phone.presses_data(phone.history()[-1]["message_id"], data)


async def verifier_with_a_report(stage: Stage) -> tuple[Phone, Phone, int]:
    verifier, siti = await at_work(stage, "verifier"), await resident(stage)
    complaint_id = await filed(stage, siti)
    await opens(verifier, complaint_id)
    return verifier, siti, complaint_id


async def officer_with_a_report(stage: Stage) -> tuple[Phone, Phone, int]:
    officer, siti = await at_work(stage, "officer"), await resident(stage)
    complaint_id = await taken(stage, siti)
    await opens(officer, complaint_id)
    return officer, siti, complaint_id


class Statements:
    """Counts the statements of a database while it is entered."""

    def __init__(self, stage: Stage) -> None:
        self._engine = stage.db.engine.sync_engine
        self.seen: list[str] = []

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self.seen.append(statement)

    def __enter__(self) -> Statements:
        event.listen(self._engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._note)
