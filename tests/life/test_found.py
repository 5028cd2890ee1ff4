"""What random lives found once, each as short as it is now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.services import complaints, followers, identity, verdicts
from bot.services.city import know
from bot.services.complaints import SentFile, Words
from bot.services.desk import assigning, findings, merging, verifying, working
from models.attachment import FileKind
from models.complaint import Complaint, ReportClass
from models.errors import Refusal
from models.person import Person
from models.rules.complaint_flow import Action, Status
from models.rules.permissions import Presser
from tests.desk_scenes import acting, disposed, filed, resident, stored, taken
from tests.driver import Phone, Stage

PHOTO = (SentFile(FileKind.PHOTO, "file", "the same picture"),)


async def _by(stage: Stage, role: str, service: Any, *arguments: Any) -> None:
    async with stage.db.begin() as session:
        await service(await acting(stage, session, role), *arguments)
    await stage.settle()


async def _by_resident(stage: Stage, phone: Phone, service: Any, *arguments: Any) -> None:
    async with stage.db.begin() as session:
        person_id = await session.scalar(select(Person.id).where(Person.telegram_id == phone.id))
        presser = Presser(person_id or 0, marks=identity.marks_of(session, person_id or 0))
        await service(session, await know(session, stage.now), presser, *arguments, stage.now)
    await stage.settle()


async def _followed_by(stage: Stage, complaint_id: int) -> Phone:
    budi = await resident(stage, "Budi")
    async with stage.db.begin() as session:
        person = (await session.scalars(select(Person).where(Person.telegram_id == budi.id))).one()
        await followers.follow(session, person, complaint_id, stage.now)
    return budi


async def _held(stage: Stage, siti: Phone) -> int:
    """A report whose proof was on another one before."""
    first = await taken(stage, siti)
    await _by(stage, "officer", working.reply, first, "Sudah", PHOTO)
    return await taken(stage, siti)


async def test_rule_19_followers_learn_that_a_report_was_taken_back(stage: Stage) -> None:
    siti = await resident(stage)
    complaint_id = await filed(stage, siti)
    budi = await _followed_by(stage, complaint_id)
    await _by_resident(stage, siti, complaints.withdraw, complaint_id)
    budi.sees((await stored(stage, complaint_id)).code, "Ditarik")


async def test_rule_19_followers_learn_of_a_proposal_once_its_proof_is_in_order(stage: Stage) -> None:
    complaint_id = await _held(stage, await resident(stage))
    budi = await _followed_by(stage, complaint_id)
    await _by(stage, "officer", working.propose_done, complaint_id, "Lampu sudah diganti", PHOTO)
    assert not budi.saw("Lampu sudah diganti")
    await _by(stage, "inspector", findings.release, complaint_id, "Memang satu tiang")
    assert len([text for text in budi.texts() if "Lampu sudah diganti" in text]) == 1
    assert not budi.saw("Memang satu tiang")


async def test_rule_10_verifying_keeps_the_days_that_the_reporter_took(stage: Stage) -> None:
    stage.now = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
    siti = await resident(stage)
    complaint_id = await filed(stage, siti)
    await _by(stage, "verifier", verifying.ask_completion, complaint_id, "Di mana?")
    stage.later(days=7)
    await _by_resident(stage, siti, complaints.add_information, complaint_id, Words("Depan SD"))
    waited = (await stored(stage, complaint_id)).settle_due_at
    await _by(stage, "verifier", verifying.verify, complaint_id, ReportClass.COMPLAINT, False)
    assert (await stored(stage, complaint_id)).settle_due_at == waited
    async with stage.db.read() as session:
        calendar = (await know(session, stage.now)).calendar
    day = calendar.add_working_days(datetime(2026, 3, 2, tzinfo=UTC).date(), 14 + 5)
    assert waited == calendar.closes(day)


async def test_a_question_does_not_shorten_the_clock_of_a_late_reopened_report(stage: Stage) -> None:
    siti = await resident(stage)
    complaint_id = await taken(stage, siti)
    stage.later(days=70)
    await _by(stage, "officer", working.propose_done, complaint_id, "Sudah", ())
    await _by_resident(stage, siti, verdicts.dispute, complaint_id, Words("Belum"))
    promised = (await stored(stage, complaint_id)).settle_due_at
    await _by(stage, "officer", working.take, complaint_id)
    await _by(stage, "officer", working.ask_resident, complaint_id, "Tiang berapa?", ())
    stage.later(days=7)
    await _by_resident(stage, siti, complaints.add_information, complaint_id, Words("Tiang 7"))
    complaint = await stored(stage, complaint_id)
    assert complaint.due_at == complaint.settle_due_at
    assert complaint.settle_due_at >= promised + timedelta(days=4)
    assert complaint.statutory_due_on < complaint.settle_due_at.date()


async def test_a_second_not_solved_waits_for_the_inspectorate(stage: Stage) -> None:
    siti = await resident(stage)
    complaint_id = await _held(stage, siti)
    await _by(stage, "officer", working.propose_done, complaint_id, "Sudah", ())
    await _by_resident(stage, siti, verdicts.dispute, complaint_id, Words("Belum"))
    await _by(stage, "officer", working.take, complaint_id)
    await _by(stage, "officer", working.propose_done, complaint_id, "Sudah", PHOTO)
    with pytest.raises(Refusal) as refused:
        await _by_resident(stage, siti, verdicts.dispute, complaint_id, Words("Belum juga"))
    assert refused.value.code == "closing_held"
    complaint = await stored(stage, complaint_id)
    assert (complaint.status, complaint.verdict) == (Status.FOLLOWED_UP, None)


async def test_a_report_with_a_doubted_proof_is_not_merged_away(stage: Stage) -> None:
    siti, ani = await resident(stage), await resident(stage, "Ani")
    complaint_id, main = await _held(stage, siti), await disposed(stage, ani)
    await _by(stage, "officer", working.reply, complaint_id, "Sudah", PHOTO)
    await _by(stage, "officer", assigning.unassign, complaint_id)
    with pytest.raises(Refusal) as refused:
        await _by(stage, "verifier", merging.merge, complaint_id, main)
    assert refused.value.code == "closing_held"
    assert (await stored(stage, complaint_id)).merged_into_id is None


@pytest.mark.parametrize("finding", [findings.release, findings.send_back])
async def test_a_finding_without_a_doubt_is_refused(stage: Stage, finding: Any) -> None:
    complaint_id = await taken(stage, await resident(stage))
    await _by(stage, "officer", working.propose_done, complaint_id, "Sudah", ())
    before = await stored(stage, complaint_id)
    with pytest.raises(Refusal) as refused:
        await _by(stage, "inspector", finding, complaint_id, "Terlambat")
    assert (refused.value.code, refused.value.values["action"]) == (
        "not_in_this_state",
        (Action.RELEASE if finding is findings.release else Action.RETURN).value,
    )
    assert (await stored(stage, complaint_id)).version == before.version


async def test_no_silence_is_counted_while_a_proof_is_doubted(stage: Stage) -> None:
    siti = await resident(stage)
    complaint_id = await _held(stage, siti)
    await _by(stage, "officer", working.propose_done, complaint_id, "Sudah", PHOTO)
    await _by_resident(stage, siti, complaints.add_information, complaint_id, Words("Saya tunggu"))
    async with stage.db.read() as session:
        complaint = await session.get_one(Complaint, complaint_id)
    assert complaint.held_at is not None
    assert complaint.auto_close_at is None
