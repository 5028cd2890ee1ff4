"""Naming the civil servant whom a report is about: found on the roster; never gets it, whatever is pressed."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.callbacks import Choose, Ticket
from bot.services import notices
from bot.services.city import know
from bot.services.desk import colleagues, verifying
from models.conversation import Conversation
from models.employee import Employee
from models.outbox import OutboxMessage, OutboxStatus
from models.rules.complaint_flow import Action, Status
from models.rules.permissions import Role
from tests.desk_scenes import (
    acting,
    at_work,
    colleague,
    disposed,
    employee_of,
    events,
    filed,
    forges,
    opens,
    resident,
    stored,
    taken,
)
from tests.driver import Phone, Stage

BUTTON = "Sebut pegawainya"


async def names(phone: Phone, complaint_id: int, words: str = "officer", pick: str = "Pegawai Officer") -> None:
    await opens(phone, complaint_id)
    await phone.presses(BUTTON)
    await phone.says(words)
    await phone.presses(pick)
    await phone.presses("Ya, sebut")


async def gets_nothing(stage: Stage, phone: Phone, complaint_id: int) -> None:
    """No list, search, figure or button shows it."""
    code = (await stored(stage, complaint_id)).code
    before = len(phone.texts())
    for words in ("/unit", f"/cari {code}", code, "/kinerja"):
        await phone.says(words)
    shown = "\n".join(phone.texts()[before:])
    assert "Lampu jalan di depan SD" not in shown
    for verb in (*Action, "view", "history", "audit"):
        await forges(phone, Ticket(str(verb), complaint_id).encode())
        assert "Lampu jalan di depan SD" not in phone.last()


async def test_the_verifier_names_an_employee_and_the_report_leaves_for_the_inspectorate(stage: Stage) -> None:
    siti, verifier, officer = await resident(stage), await at_work(stage, "verifier"), await at_work(stage, "officer")
    inspector = await at_work(stage, "inspector")
    complaint_id = await taken(stage, siti)
    await names(verifier, complaint_id)
    verifier.sees("Pegawai yang dilaporkan disimpan", "sekarang di Inspektorat")
    complaint = await stored(stage, complaint_id)
    assert (complaint.conflict, complaint.confidential) == (True, True)
    assert complaint.conflict_employee_id == await employee_of(stage, "officer")
    assert (complaint.unit_id, complaint.officer_id) == (None, None)
    await gets_nothing(stage, officer, complaint_id)
    await opens(inspector, complaint_id)
    inspector.sees("Pegawai yang dilaporkan: Pegawai Officer")
    assert not any(BUTTON in label for label in inspector.buttons())
    assert [step.public for step in await events(stage, complaint_id) if step.action is Action.ACCUSE] == [False]
    assert not siti.saw("Pegawai Officer")


async def test_passed_on_to_the_own_unit_the_accused_still_never_gets_it(stage: Stage) -> None:
    """The head of the unit may handle it; the officer who is accused finds, receives and is given nothing."""
    siti, inspector = await resident(stage), await at_work(stage, "inspector")
    head, officer = await at_work(stage, "head"), await at_work(stage, "officer")
    complaint_id = await filed(stage, siti, confidential=True)
    await names(inspector, complaint_id)
    before = len(officer.texts())
    async with stage.db.begin() as session:
        await verifying.dispose(await acting(stage, session, "inspector"), complaint_id, "u1")
    await stage.settle()
    assert officer.texts()[before:] == []
    await opens(head, complaint_id)
    head.sees("Pegawai yang dilaporkan: Pegawai Officer")
    await gets_nothing(stage, officer, complaint_id)
    async with stage.db.read() as session:
        complaint, city = await stored(stage, complaint_id), await know(session, stage.now)
        team = await colleagues.team(session, city, complaint, stage.now)
        accused = (await acting(stage, session, "officer")).presser
        assert accused.employee_id not in {one.employee_id for one in team}
        assert accused.person_id in await notices.involved(session, city, complaint, stage.now)
    await forges(head, Ticket(Action.ASSIGN, complaint_id, str(accused.employee_id)).encode())
    assert (await stored(stage, complaint_id)).officer_id != accused.employee_id


async def test_whoever_works_on_it_already_is_taken_off_and_the_head_is_told(stage: Stage) -> None:
    siti, inspector = await resident(stage), await at_work(stage, "inspector")
    officer, head = await at_work(stage, "officer"), await at_work(stage, "head")
    complaint_id = await disposed(stage, siti, "u1", unit_id=2, conflict=True)
    await opens(officer, complaint_id)
    await officer.presses("Saya kerjakan")
    await names(inspector, complaint_id)
    complaint = await stored(stage, complaint_id)
    assert (complaint.officer_id, complaint.unit_id, complaint.status) == (None, 1, Status.DISPOSED)
    assert head.saw("tidak lagi dipegang Pegawai Officer")
    await gets_nothing(stage, officer, complaint_id)


async def test_what_still_waits_to_be_sent_to_the_accused_is_withheld(stage: Stage) -> None:
    siti, verifier, officer = await resident(stage), await at_work(stage, "verifier"), await at_work(stage, "officer")
    stage.later(hours=14)
    complaint_id = await disposed(stage, siti)
    code = (await stored(stage, complaint_id)).code
    assert code not in "".join(officer.texts())
    await names(verifier, complaint_id)
    stage.later(hours=12)
    await stage.settle()
    assert code not in "".join(officer.texts())
    async with stage.db.read() as session:
        person_id = (await acting(stage, session, "officer")).presser.person_id
        about = (OutboxMessage.complaint_id == complaint_id, OutboxMessage.person_id == person_id)
        assert set(await session.scalars(select(OutboxMessage.status).where(*about))) == {OutboxStatus.REFUSED}


async def test_it_is_named_once_and_never_changed(stage: Stage) -> None:
    """Domain rule 15."""
    siti, inspector = await resident(stage), await at_work(stage, "inspector")
    complaint_id = await filed(stage, siti, confidential=True)
    await names(inspector, complaint_id)
    named = (await stored(stage, complaint_id)).conflict_employee_id
    await forges(inspector, Ticket(Action.ACCUSE, complaint_id).encode())
    inspector.sees("sudah disebut dan tidak bisa diganti")
    assert (await stored(stage, complaint_id)).conflict_employee_id == named
    steps = [step.action for step in await events(stage, complaint_id)]
    assert steps.count(Action.ACCUSE) == 1


async def test_back_cancel_other_words_nobody_found_and_a_restart_half_way(stage: Stage) -> None:
    siti, verifier = await resident(stage), await at_work(stage, "verifier")
    complaint_id = await filed(stage, siti)
    await opens(verifier, complaint_id)
    await verifier.presses(BUTTON)
    await verifier.says("Zzzz")
    verifier.sees("Tidak ada pegawai aktif")
    await verifier.says("pegawai head")
    await stage.close()
    await stage.open()
    await verifier.presses("Pegawai Head (")
    verifier.sees("Sebut pegawai ini", "PU")
    await verifier.presses("Kembali")
    verifier.sees("Pegawai yang mana?")
    await verifier.presses("Batal")
    verifier.sees("tidak ada pegawai yang disebut")
    assert (await stored(stage, complaint_id)).conflict_employee_id is None
    assert not (await stored(stage, complaint_id)).conflict


@pytest.mark.parametrize("role", ["officer", "head", "hr", "admin", "other_officer"])
async def test_nobody_else_names_anybody(stage: Stage, role: str) -> None:
    siti, phone = await resident(stage), await at_work(stage, role)
    complaint_id = await taken(stage, siti)
    await opens(phone, complaint_id)
    assert not any(BUTTON in label for label in phone.buttons())
    await forges(phone, Ticket(Action.ACCUSE, complaint_id).encode())
    assert "Maaf" in phone.last()
    assert (await stored(stage, complaint_id)).conflict_employee_id is None


async def test_a_forged_choice_names_nobody(stage: Stage) -> None:
    siti, verifier = await resident(stage), await at_work(stage, "verifier")
    complaint_id = await filed(stage, siti)
    await opens(verifier, complaint_id)
    await verifier.presses(BUTTON)
    await verifier.says("Pegawai Head")
    _message, data = verifier.button("Pegawai Head")
    nonce = data.split(":")[3]
    for step, value in (("which", "e1"), ("which", "e999"), ("which", ""), ("confirm", "yes")):
        await forges(verifier, Choose("accuse", step, nonce, value).encode())
    assert (await stored(stage, complaint_id)).conflict_employee_id is None
    await verifier.presses("Pegawai Head")
    await forges(verifier, Choose("accuse", "confirm", "beef", "yes").encode())
    assert (await stored(stage, complaint_id)).conflict_employee_id is None
    async with stage.db.begin() as session:
        employee = (await session.scalars(select(Employee).where(Employee.name == "Pegawai Head"))).one()
        employee.valid_to = stage.now.date().replace(day=1)
    await verifier.presses("Ya, sebut")
    verifier.sees("sudah tidak aktif")
    assert (await stored(stage, complaint_id)).conflict_employee_id is None


async def test_an_inspector_who_is_named_by_another_loses_it(stage: Stage) -> None:
    siti, inspector = await resident(stage), await at_work(stage, "inspector")
    other, other_id = await colleague(stage, "Rina Inspektur", role=Role.INSPECTOR, unit_id=None)
    complaint_id = await filed(stage, siti, confidential=True)
    await names(inspector, complaint_id, "Rina", "Rina Inspektur")
    assert (await stored(stage, complaint_id)).conflict_employee_id == other_id
    await forges(other, Ticket("view", complaint_id).encode())
    other.sees("Maaf")
    await other.says("/awasi")
    assert (await stored(stage, complaint_id)).code not in other.last()


async def test_the_other_inspectors_are_told_although_one_is_accused_and_no_unit(stage: Stage) -> None:
    siti, inspector, verifier = (
        await resident(stage),
        await at_work(stage, "inspector"),
        await at_work(stage, "verifier"),
    )
    complaint_id = await filed(stage, siti)
    before = len(inspector.texts())
    await names(verifier, complaint_id)
    assert (await stored(stage, complaint_id)).conflict_unit_id is None
    assert any("menunggu Inspektorat" in text for text in inspector.texts()[before:])


async def test_the_draft_holds_no_nip(stage: Stage) -> None:
    siti, verifier = await resident(stage), await at_work(stage, "verifier")
    complaint_id = await filed(stage, siti)
    async with stage.db.read() as session:
        nip = await session.scalar(select(Employee.nip).where(Employee.name == "Pegawai Head")) or ""
    await opens(verifier, complaint_id)
    await verifier.presses(BUTTON)
    await verifier.says(nip)
    assert any("Pegawai Head" in label for label in verifier.buttons())
    async with stage.db.read() as session:
        drafts = (await session.scalars(select(Conversation.draft))).all()
    assert nip not in str(drafts)
