"""What becomes a row of the audit without any service asking for it, and who is said to have done it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from bot.callbacks import Ticket
from bot.jobs.timetable import DUTIES, Timetable
from bot.services import audit, staff
from bot.services.administration import watching
from models.administration.audit import AuditRow
from models.calendar import HolidayOverride, ServiceLimit
from models.complaint import Complaint
from models.employee import Employee
from models.organisation import CityFact
from models.person import Person
from models.rules.complaint_flow import Action
from models.rules.permissions import Grant, Presser, Record, Role, may
from tests.desk_scenes import acting, at_work, colleague, employee_of, filed, forges, opens, resident, stored
from tests.driver import Stage
from tests.services.administration.test_audit import chained, run_sql, verified


async def rows(stage: Stage, subject: str) -> list[AuditRow]:
    """The newest last."""
    async with stage.db.read() as session:
        statement = select(AuditRow).where(AuditRow.subject == subject).order_by(AuditRow.id)
        return list((await session.scalars(statement)).all())


async def person_id_of(stage: Stage, telegram_id: int) -> int:
    async with stage.db.read() as session:
        return (await session.scalars(select(Person.id).where(Person.telegram_id == telegram_id))).one()


async def test_an_invitation_and_a_binding_name_who_did_it(stage: Stage) -> None:
    admin, dewi = await at_work(stage, "admin"), await resident(stage, "Dewi")
    async with stage.db.begin() as session:
        watching.doing(session, await person_id_of(stage, admin.id), Role.ADMIN, stage.now)
        employee = Employee(nip="199001012015011009", name="Dewi", unit_id=1, kind="pns")
        session.add(employee)
        await session.flush()
        code = (await staff.invite(session, employee, stage.now)).code
    invited = (await rows(stage, "invitation"))[-1]
    assert (invited.actor_id, invited.role) == (await person_id_of(stage, admin.id), "admin")
    assert invited.new["employee_id"] == employee.id
    await dewi.says(code)
    bound = (await rows(stage, "employee"))[-1]
    assert (bound.actor_id, bound.role, bound.subject_id) == (None, "resident", employee.id)
    assert bound.new == {"person_id": await person_id_of(stage, dewi.id)}
    used = (await rows(stage, "invitation"))[-1]
    assert used.new == {"used_at": stage.now.isoformat()}


async def test_a_ban_is_kept_without_saying_whose(stage: Stage) -> None:
    verifier, siti = await at_work(stage, "verifier"), await resident(stage)
    complaint_id = await filed(stage, siti, anonymous=True)
    for extra in ("spam", "spam-7"):
        await forges(verifier, Ticket("ban", complaint_id, extra).encode())
    row = (await rows(stage, "ban"))[-1]
    until = (stage.now + timedelta(days=7)).isoformat()
    assert (row.actor_id, row.role) == (await person_id_of(stage, verifier.id), "verifier")
    assert row.new == {"reason": "spam", "until": until}, "no person, no report"
    await verifier.says("/blokir")
    await verifier.presses("Cabut nomor")
    assert (await rows(stage, "ban"))[-1].new == {"lifted_at": stage.now.isoformat()}


async def test_settings_say_what_they_were(stage: Stage) -> None:
    async with stage.db.begin() as session:
        (await session.get_one(CityFact, "city.name")).value = "Kota Baru"
        (await session.get_one(ServiceLimit, "verify")).days = 2
        session.add(HolidayOverride(day=stage.now.date(), name="Hari jadi kota"))
    async with stage.db.begin() as session:
        await session.delete(await session.get_one(HolidayOverride, stage.now.date()))
    fact, limit = (await rows(stage, "fact"))[-1], (await rows(stage, "limit"))[-1]
    assert (fact.old, fact.new) == ({"value": "Kota Contoh"}, {"value": "Kota Baru", "key": "city.name"})
    assert (limit.old, limit.new) == ({"days": 3}, {"days": 2, "key": "verify"})
    gone = (await rows(stage, "holiday"))[-1]
    day = stage.now.date().isoformat()
    assert (gone.action, gone.old["name"], gone.new) == ("removed", "Hari jadi kota", {"key": day})


async def test_a_file_that_leaves_is_an_act(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    await admin.says("/kelola")
    await admin.presses("Unduh data kota")
    row = (await rows(stage, "city_workbook"))[-1]
    assert (row.action, row.role) == ("exported", "admin")
    assert row.actor_id == await person_id_of(stage, admin.id)


async def test_looks_at_a_restricted_report_are_rows(stage: Stage) -> None:
    inspector = await at_work(stage, "inspector")
    complaint_id = await filed(stage, await resident(stage), confidential=True)
    await opens(inspector, complaint_id)
    looks = [row for row in await rows(stage, "complaint") if row.action == "view"]
    assert {row.new["what"] for row in looks} == {"files", "card"}
    assert {(row.subject_id, row.role) for row in looks} == {(complaint_id, "inspector")}
    await inspector.says(f"/riwayat {(await stored(stage, complaint_id)).code}")
    inspector.sees("Melihat laporan yang dibatasi", "Pegawai Inspector (pengawas)")


@pytest.mark.parametrize("role", ["verifier", "admin"])
@pytest.mark.parametrize("hidden", ["confidential", "conflict"])
async def test_rule_13_the_trail_of_a_restricted_report_is_the_inspectorates(
    stage: Stage, role: str, hidden: str
) -> None:
    """Domain rule 13: not by its number, and not by a forged page either."""
    complaint_id = await filed(stage, await resident(stage), **{hidden: True})
    phone = await at_work(stage, role)
    await phone.says(f"/riwayat {(await stored(stage, complaint_id)).code}")
    phone.sees("hanya ditangani oleh Inspektorat")
    await forges(phone, Ticket("audit", complaint_id, "0").encode())
    assert not phone.saw("Jejak audit TPI")


async def test_an_accused_inspector_reads_no_trail(stage: Stage) -> None:
    complaint_id = await filed(stage, await resident(stage), conflict=True)
    inspector = await at_work(stage, "inspector")
    async with stage.db.begin() as session:
        complaint = await session.get_one(Complaint, complaint_id)
        complaint.conflict_employee_id = await employee_of(stage, "inspector")
    await inspector.says(f"/riwayat {complaint.code}")
    assert not inspector.saw("Jejak audit TPI")


async def test_the_trail_is_told_in_words_and_paged(stage: Stage) -> None:
    head = await at_work(stage, "head")
    _, dewi = await colleague(stage, "Dewi Lestari")
    admin = await at_work(stage, "admin")
    complaint_id = await filed(stage, await resident(stage))
    async with stage.db.begin() as session:
        from_desk = await acting(stage, session, "verifier")
        complaint = await session.get_one(Complaint, complaint_id)
        complaint.move(Action.DISPOSE, stage.now, role="verifier", values={"unit": "PU", "unit_before": "Disdukcapil"})
        values = {"officer": dewi, "officer_before": None, "reason": "by_hand"}
        complaint.move(Action.ASSIGN, stage.now, role="head", actor_id=from_desk.presser.person_id, values=values)
    await admin.says(f"/riwayat {complaint.code}")
    admin.sees(
        "unit: Disdukcapil → PU", "petugas: Dewi Lestari", "alasan: diserahkan", "Pegawai Verifier (kepala unit)"
    )
    for page in ("99999999999999999999", "-1", "x"):
        await forges(admin, Ticket("audit", complaint_id, page).encode())
        admin.sees("Jejak audit")
    assert not head.saw("Jejak audit")


async def test_the_clock_is_named_by_its_duty(stage: Stage) -> None:
    complaint_id = await filed(stage, await resident(stage))
    stage.later(days=20)
    assert stage.product is not None
    duty = next(duty for duty in DUTIES if duty.name == "deadlines")
    await Timetable(stage.product.runtime).fire(duty)
    told = [
        row for row in await rows(stage, "complaint") if row.subject_id == complaint_id and row.action == "escalate"
    ]
    assert told
    assert {(row.role, row.actor_id) for row in told} == {("system:deadlines", None)}


@pytest.mark.parametrize("columns", ["position, hash", "hash", "position"])
async def test_a_row_slipped_in_beside_the_chain_is_named(stage: Stage, columns: str) -> None:
    await filed(stage, await resident(stage))
    await chained(stage)
    kept = "id, at, actor_id, role, action, subject, subject_id, old, new"
    values = {"position, hash": "-7, 'x'", "hash": "'x'", "position": "999999"}[columns]
    copy = f"SELECT {kept.replace('id,', '900000,', 1)}, {values} FROM audit WHERE position = 1"
    await run_sql(stage, f"INSERT INTO audit ({kept}, {columns}) {copy}")
    broken = (await verified(stage)).broken
    assert broken is not None
    assert broken.row_id == 900000 or broken.fault == "missing"


async def test_neither_replacing_nor_emptying_gets_past_the_guard(stage: Stage) -> None:
    await filed(stage, await resident(stage))
    await chained(stage)
    columns = "id, at, actor_id, role, action, subject, subject_id, old, new"
    replacing = f"INSERT OR REPLACE INTO audit ({columns}) SELECT {columns} FROM audit WHERE position = 1"
    statement = replacing if stage.db.is_sqlite else "TRUNCATE audit"
    with pytest.raises(DBAPIError, match="the audit only grows"):
        await _run(stage, statement)
    assert (await verified(stage)).broken is None


async def _run(stage: Stage, statement: str) -> None:
    async with stage.db.begin() as session:
        await session.execute(text(statement))


async def test_record_keeps_who_acts_in_the_session(stage: Stage) -> None:
    async with stage.db.begin() as session:
        with watching.acting_as(watching.CONSOLE):
            audit.record(session, "tried", "test", 5, stage.now, new={"n": 1})
            await session.flush()
    (row,) = await rows(stage, "test")
    assert (row.actor_id, row.role, row.action, row.subject_id, row.new) == (None, "console", "tried", 5, {"n": 1})


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD])
def test_rule_20_only_the_unit_that_has_it_changes_a_report(role: Role) -> None:
    """Domain rule 20: one unit has it; another unit, or one that had it before the disposal, changes nothing."""
    record = Record(owner_id=7, unit_id=1)
    own, other = Presser(1, 1, (Grant(role, 1),)), Presser(2, 2, (Grant(role, 2),))
    assert may(own, Action.TAKE, record)
    for action in Action:
        assert not may(other, action, record), action
        assert not may(own, action, Record(owner_id=7, unit_id=None)), action
    for nobody in (Role.HR, Role.ADMIN):
        assert not any(may(Presser(3, 3, (Grant(nobody),)), action, record) for action in Action)


async def test_rule_20_a_forged_button_of_another_unit_changes_nothing_and_leaves_no_row(stage: Stage) -> None:
    """Domain rule 20."""
    other = await at_work(stage, "other_officer")
    complaint_id = await filed(stage, await resident(stage))
    before = len(await rows(stage, "complaint"))
    for action in (Action.TAKE, Action.ASSIGN, Action.REPLY, Action.PROPOSE_DONE, Action.TRANSFER, Action.NOTE):
        await forges(other, Ticket(action.value, complaint_id).encode())
    assert len(await rows(stage, "complaint")) == before
    assert (await stored(stage, complaint_id)).unit_id is None or (await stored(stage, complaint_id)).version == 1
