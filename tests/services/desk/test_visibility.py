"""Domain rule 13: who may see a report, by the table of rights and by the one condition of every query."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from bot.callbacks import Ticket
from bot.services.desk import inspecting, verifying
from bot.services.desk.visibility import unrestricted, visible_to
from models.complaint import Complaint
from models.conversation import Conversation
from models.employee import Employee, RoleGrant
from models.errors import Refusal
from models.organisation import Unit
from models.outbox import OutboxMessage
from models.person import Person
from models.rules.complaint_flow import TRANSITIONS, Action, Status
from models.rules.permissions import Grant, Presser, Record, Role, may, require, serves
from models.sealing import TicketView, Viewed
from tests.desk_scenes import acting, at_work, disposed, events, filed, forges, opens, resident, stored, taken
from tests.driver import Phone, Stage
from tests.factories import STAFF

PRESSERS = {
    "verifier": Presser(900, 1, (Grant(Role.VERIFIER),)),
    "verifier who is accused": Presser(901, 77, (Grant(Role.VERIFIER),)),
    "inspector": Presser(902, 2, (Grant(Role.INSPECTOR),)),
    "inspector who is accused": Presser(903, 77, (Grant(Role.INSPECTOR),)),
    "inspector with a role in unit 1": Presser(904, 3, (Grant(Role.INSPECTOR), Grant(Role.OFFICER, 1))),
    "officer of unit 1": Presser(905, 4, (Grant(Role.OFFICER, 1),)),
    "head of unit 1": Presser(906, 5, (Grant(Role.HEAD, 1),)),
    "officer of unit 2": Presser(907, 6, (Grant(Role.OFFICER, 2),)),
    "accused officer of unit 2": Presser(908, 77, (Grant(Role.OFFICER, 2),)),
    "officer and verifier": Presser(909, 7, (Grant(Role.OFFICER, 1), Grant(Role.VERIFIER))),
    "personnel": Presser(910, 8, (Grant(Role.HR),)),
    "nobody": Presser(911),
}
#: confidential, conflict, accused unit, accused employee, unit, disposed
RECORDS = [
    values
    for values in product((False, True), (False, True), (None, 1), (None, 77), (None, 1, 2), (False, True))
    if values[1] or (values[2] is None and values[3] is None)
]


async def test_rule_13_the_query_and_the_table_of_rights_say_the_same(stage: Stage) -> None:
    async with stage.db.begin() as session:
        from_staff = (await session.scalars(select(Person.id).order_by(Person.id).limit(1))).one()
        accused = await employee_numbered(session, 77)
        for number, (confidential, conflict, unit, employee, at_unit, is_disposed) in enumerate(RECORDS):
            session.add(
                Complaint(
                    code=f"TPI-{number}",
                    filing_key=f"v{number}",
                    report_class="complaint",
                    text="-",
                    reporter_id=from_staff,
                    confidential=confidential,
                    conflict=conflict,
                    conflict_unit_id=unit,
                    conflict_employee_id=accused if employee else None,
                    unit_id=at_unit,
                    disposed_at=stage.now if is_disposed else None,
                    received_at=stage.now,
                    verify_due_at=stage.now,
                    settle_due_at=stage.now,
                    statutory_due_on=stage.now.date(),
                )
            )
    async with stage.db.read() as session:
        everything = (await session.scalars(select(Complaint).order_by(Complaint.id))).all()
        for name, presser in PRESSERS.items():
            found = await session.scalars(select(Complaint.id).where(visible_to(presser)).order_by(Complaint.id))
            expected = [row.id for row in everything if serves(presser, row.record())]
            assert found.all() == expected, name
        open_ones = (await session.scalars(select(Complaint.id).where(unrestricted()))).all()
        assert sorted(open_ones) == [row.id for row in everything if not row.record().restricted]
    assert len(everything) > 50


async def employee_numbered(session: Any, number: int) -> int:
    employee = Employee(id=number, nip="198001012005011077", name="Pegawai Teradu", unit_id=2, kind="pns")
    session.add(employee)
    await session.flush()
    return employee.id


REFUSED = [
    ("verifier", {"confidential": True}),
    ("verifier", {"confidential": True, "conflict": True, "unit_id": 1}),
    ("officer", {"confidential": True, "conflict": True, "unit_id": 1}),
    ("head", {"confidential": True, "conflict": True, "unit_id": 1}),
]


@pytest.mark.parametrize(("role", "report"), REFUSED, ids=str)
async def test_whoever_is_not_the_inspectorate_is_refused_by_name(
    stage: Stage, role: str, report: dict[str, Any]
) -> None:
    complaint_id = await filed(stage, await resident(stage), **report)
    async with stage.db.begin() as session:
        who = await acting(stage, session, role)
        with pytest.raises(Refusal) as refused:
            await who.reach(Action.NOTE, complaint_id)
    assert refused.value.code == "inspectorate_only"


def test_the_refusal_does_not_tell_whose_unit_is_accused() -> None:
    officer = PRESSERS["officer of unit 1"]
    codes = set()
    for record in (
        Record(None, None, confidential=True),
        Record(None, None, confidential=True, conflict=True, conflict_unit_id=1),
        Record(None, 2, confidential=True, conflict=True, conflict_unit_id=1),
        Record(None, 1, confidential=True, conflict=True, conflict_unit_id=1),
    ):
        with pytest.raises(Refusal) as refused:
            require(officer, Action.VIEW, record)
        codes.add(refused.value.code)
    assert codes == {"inspectorate_only"}


def test_a_civil_servant_may_report_the_own_unit_and_follow_it_as_a_resident() -> None:
    officer = PRESSERS["officer of unit 1"]
    record = Record(officer.person_id, None, confidential=True, conflict=True, conflict_unit_id=1)
    assert may(officer, Action.ADD_INFORMATION, record)
    assert not may(officer, Action.NOTE, record)


async def test_a_report_about_a_unit_goes_to_the_inspectorate_and_to_nobody_else(stage: Stage) -> None:
    phones = {role: await at_work(stage, role) for role in ("verifier", "officer", "head", "inspector")}
    complaint_id = await filed(stage, await resident(stage), unit_id=1, conflict=True)
    complaint = await stored(stage, complaint_id)
    assert (complaint.confidential, complaint.conflict_unit_id, complaint.unit_id) == (True, 1, None)
    phones["inspector"].sees("Laporan tertutup", complaint.code)
    for role in ("verifier", "officer", "head"):
        for command in ("/verifikasi", "/unit", complaint.code):
            await phones[role].says(command)
        await opens(phones[role], complaint_id)
        assert complaint.code not in "".join(phones[role].texts()), role
        phones[role].sees("hanya ditangani oleh Inspektorat")


async def test_the_inspectorate_handles_it_to_the_end_by_itself(stage: Stage) -> None:
    inspector, siti = await at_work(stage, "inspector"), await resident(stage)
    complaint_id = await filed(stage, siti, unit_id=1, conflict=True)
    await opens(inspector, complaint_id)
    await inspector.presses("Saya kerjakan")
    await inspector.presses("Jawab pelapor")
    await inspector.says("Kami memeriksa petugas itu minggu ini")
    await inspector.presses("Kirim ke pelapor")
    siti.sees("Kami memeriksa petugas itu minggu ini")
    await opens(inspector, complaint_id)
    await inspector.presses("Usulkan selesai")
    await inspector.says("Petugas sudah dibina dan uangnya dikembalikan")
    await inspector.presses("Kirim ke pelapor")
    siti.sees("Apakah masalahnya sudah selesai?")
    await siti.presses("Sudah selesai")
    await siti.presses("Baik")
    complaint = await stored(stage, complaint_id)
    assert (complaint.status, complaint.unit_id) == (Status.CLOSED, None)
    assert {event.role for event in await events(stage, complaint_id)} == {"inspector", "resident"}


async def test_the_inspectorate_passes_it_on_to_any_other_unit_only(stage: Stage) -> None:
    siti, officer = await resident(stage), await at_work(stage, "other_officer")
    complaint_id = await filed(stage, siti, unit_id=1, conflict=True)
    async with stage.db.begin() as session:
        who = await acting(stage, session, "inspector")
        with pytest.raises(Refusal) as refused:
            await verifying.dispose(who, complaint_id, "u1")
    assert refused.value.code == "unit_is_involved"
    async with stage.db.begin() as session:
        await verifying.dispose(await acting(stage, session, "inspector"), complaint_id, "u2")
    await stage.settle()
    await opens(officer, complaint_id)
    officer.sees("Laporan tentang unit atau petugas")


async def test_a_unit_that_took_over_the_accused_one_does_not_get_it_either(stage: Stage) -> None:
    complaint_id = await filed(stage, await resident(stage), unit_id=1, conflict=True)
    async with stage.db.begin() as session:
        (await session.get_one(Unit, 1)).merged_into_id = 2
    async with stage.db.begin() as session:
        who = await acting(stage, session, "inspector")
        who.city.units[1].merged_into_id = 2
        involved = inspecting.is_involved(who.city, await who.reach(Action.VIEW, complaint_id), who.city.units[2])
        who.city.units[1].merged_into_id = None
    assert involved


async def test_a_report_that_turns_out_to_be_about_its_unit_leaves_it_at_once(stage: Stage) -> None:
    siti, officer, inspector = await resident(stage), await at_work(stage, "officer"), await at_work(stage, "inspector")
    complaint_id = await taken(stage, siti)
    await opens(officer, complaint_id)
    await officer.presses("Ini tentang unit atau petugas")
    officer.sees("hanya Inspektorat yang menanganinya")
    await officer.presses("Ya, lakukan")
    officer.sees("sekarang di Inspektorat")
    await opens(officer, complaint_id)
    officer.sees("hanya ditangani oleh Inspektorat")
    complaint = await stored(stage, complaint_id)
    assert (complaint.status, complaint.officer_id, complaint.unit_id) == (Status.DISPOSED, None, None)
    inspector.sees("Laporan tertutup", complaint.code)
    async with stage.db.begin() as session:
        await session.execute(delete(OutboxMessage))
    await siti.says(complaint.code)
    await siti.presses("Tambah keterangan")
    await siti.says("Petugasnya datang lagi kemarin")
    await siti.presses("Kirim")
    inspector.sees("Pelapor menambah keterangan")
    assert "menambah keterangan" not in officer.last()


async def test_nobody_of_the_accused_unit_is_told_even_if_somebody_asks_for_it(stage: Stage) -> None:
    officer, head = await at_work(stage, "officer"), await at_work(stage, "head")
    seen = len(officer.texts()), len(head.texts())
    complaint_id = await filed(stage, await resident(stage), unit_id=1, conflict=True)
    async with stage.db.begin() as session:
        await verifying.dispose(await acting(stage, session, "inspector"), complaint_id, "u2")
    stage.later(days=60)
    await stage.settle()
    assert (len(officer.texts()), len(head.texts())) == seen


async def test_without_an_inspector_the_administrators_learn_that_one_is_needed(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    async with stage.db.begin() as session:
        await session.execute(delete(RoleGrant).where(RoleGrant.role == Role.INSPECTOR))
    complaint_id = await filed(stage, await resident(stage), confidential=True)
    admin.sees("tidak ada petugas Inspektorat")
    assert "Lampu" not in admin.last()
    await opens(admin, complaint_id)
    admin.sees("Maaf, ")


async def views(stage: Stage, complaint_id: int) -> list[tuple[Viewed, int | None]]:
    async with stage.db.read() as session:
        rows = select(TicketView).where(TicketView.complaint_id == complaint_id).order_by(TicketView.id)
        return [(row.what, row.employee_id) for row in await session.scalars(rows)]


async def test_every_look_at_a_restricted_report_is_written_down(stage: Stage) -> None:
    inspector, siti = await at_work(stage, "inspector"), await resident(stage)
    open_id, closed_id = await filed(stage, siti), await filed(stage, siti, confidential=True)
    for complaint_id in (open_id, closed_id):
        await opens(inspector, complaint_id)
        await forges(inspector, Ticket("history", complaint_id, "0").encode())
    async with stage.db.read() as session:
        me = (await acting(stage, session, "inspector")).presser.employee_id
    assert await views(stage, open_id) == []
    assert await views(stage, closed_id) == [(Viewed.FILES, me), (Viewed.CARD, me), (Viewed.HISTORY, me)]
    await siti.says((await stored(stage, closed_id)).code)
    assert len(await views(stage, closed_id)) == 3


LOOSER = ("open", "open_yes", "anonymous_no", "confidential_no", "conflict_no", "public_yes", "yes", "")


@pytest.mark.parametrize("status", Status)
async def test_rule_15_no_step_of_any_state_makes_a_report_looser(stage: Stage, status: Status) -> None:
    """Every action that the table knows in this state, by everybody, with forged words as well."""
    complaint_id = await filed(stage, await resident(stage), unit_id=1, conflict=True, anonymous=True)
    roles = [role for role in STAFF if role not in ("hr", "admin")]
    everybody: list[Phone] = [await at_work(stage, role) for role in roles]
    for action in (action for action in Action if status in TRANSITIONS[action]):
        extras = LOOSER if action is Action.TIGHTEN else ("", "u2")
        for phone, extra in product(everybody, extras):
            await back(stage, complaint_id, status)
            await forges(phone, Ticket(action, complaint_id, extra).encode())
            complaint = await stored(stage, complaint_id)
            kept = (complaint.anonymous, complaint.confidential, complaint.conflict, complaint.conflict_unit_id)
            assert kept == (True, True, True, 1), (action, phone.name, extra)
            assert complaint.reporter_id is None


async def back(stage: Stage, complaint_id: int, status: Status) -> None:
    """The report in this state, and nobody in a talk."""
    async with stage.db.begin() as session:
        values = {"status": status, "unit_id": None, "officer_id": None, "disposed_at": stage.now}
        await session.execute(update(Complaint).where(Complaint.id == complaint_id).values(**values))
        await session.execute(update(Conversation).values(flow=None, state=None, draft={}, question=None))


@pytest.mark.parametrize("what", ["anonymous", "confidential", "conflict"])
async def test_rule_15_tightening_twice_changes_nothing_more(stage: Stage, what: str) -> None:
    complaint_id = await disposed(stage, await resident(stage))
    for _ in range(2):
        async with stage.db.begin() as session:
            await verifying.tighten(await acting(stage, session, "inspector"), complaint_id, what)
    tightened = [event for event in await events(stage, complaint_id) if event.action is Action.TIGHTEN]
    assert [event.values for event in tightened] == [{what: True}]
    assert getattr(await stored(stage, complaint_id), what)
