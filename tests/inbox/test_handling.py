"""What may go wrong with one update, and what then happens to it and to the others."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import func, select

from bot.inbox import handling, store
from models.complaint import Complaint
from models.inbox import InboxStatus, InboxUpdate
from models.person import Person
from tests.driver import Phone, Stage
from tests.factories import STAFF


async def rows(stage: Stage) -> list[InboxUpdate]:
    async with stage.db.read() as session:
        return list((await session.scalars(select(InboxUpdate).order_by(InboxUpdate.update_id))).all())


async def to_summary(person: Phone) -> None:
    await person.says("Lampu jalan di depan SD mati sejak hari Senin")
    await person.presses("Lewati")
    await person.says("Sei Jang, depan masjid")
    await person.presses("Ya, benar")
    await person.presses("Terbuka")


def fail(times: int) -> Any:
    """A handler that breaks so many times, then works."""
    left = [times]

    async def break_then_work(self: handling.Handling, turn: Any, update: Any) -> None:
        if left[0] > 0:
            left[0] -= 1
            raise ZeroDivisionError
        await self.application.process_update(update)

    return break_then_work


async def test_a_done_update_keeps_nothing_of_what_was_said(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("Lampu jalan di depan SD mati")
    assert [(row.status, row.payload, row.answers) for row in await rows(stage)] == [(InboxStatus.DONE, None, None)]


async def test_the_same_update_delivered_twice_is_handled_once(stage: Stage) -> None:
    siti = stage.person("Siti")
    await to_summary(siti)
    await siti.presses("Kirim laporan")
    seen = len(siti.history())
    raw = {"update_id": stage.offset - 1, "message": {"message_id": 1, "date": 1, "chat": {"id": siti.id}}}
    assert stage.product is not None
    await stage.product.take([raw])
    await stage.settle()
    assert len(siti.history()) == seen


async def test_an_unreadable_update_is_quarantined_alone(stage: Stage) -> None:
    siti = stage.person("Siti")
    poison: dict[str, Any] = {"update_id": 5, "message": {"message_id": "x", "chat": {"id": siti.id, "type": 7}}}
    stage.sandbox.send_text(siti.id, "Lampu jalan di depan SD mati")
    assert stage.product is not None
    await stage.product.take([poison])
    await stage.settle()
    siti.sees("Ada foto atau video?")
    first = (await rows(stage))[0]
    assert (first.update_id, first.status) == (5, InboxStatus.QUARANTINED)
    assert json.loads(first.payload or "")["update_id"] == 5
    assert first.incident


async def test_a_failing_update_is_tried_again(stage: Stage, monkeypatch: Any) -> None:
    monkeypatch.setattr(handling, "FIRST_WAIT", 0.0)
    monkeypatch.setattr(handling.Handling, "_dispatch", fail(2))
    assert stage.product is not None
    stage.product.lanes._handle.crash_wait = 0.0  # type: ignore[attr-defined]
    siti = stage.person("Siti")
    await siti.says("Lampu jalan di depan SD mati")
    siti.sees("Ada foto atau video?")
    assert [row.tries for row in await rows(stage)] == [2]


async def test_the_last_try_leaves_a_dead_letter_that_can_be_retried(stage: Stage, monkeypatch: Any) -> None:
    monkeypatch.setattr(handling.Handling, "_dispatch", fail(handling.TRIES))
    assert stage.product is not None
    stage.product.lanes._handle.crash_wait = 0.0  # type: ignore[attr-defined]
    siti, admin = stage.person("Siti"), stage.person("Azman", telegram_id=STAFF["admin"])
    await admin.says("halo")
    await siti.says("Lampu jalan di depan SD mati")
    letters = [row for row in await rows(stage) if row.status is InboxStatus.DEAD]
    assert len(letters) == 1
    [letter] = letters
    assert letter.fault == "ZeroDivisionError"
    owner = siti if letter.lane == siti.id else admin
    assert owner.saw(letter.incident or "")
    assert "Lampu" in (letter.payload or "") or owner is admin
    stage.later(days=1)
    await stage.settle()
    assert admin.saw("Gangguan")
    async with stage.db.begin() as session:
        assert await store.revive(session, [letter.update_id]) == 1
    await stage.close()
    await stage.open()
    assert all(row.status is InboxStatus.DONE for row in await rows(stage))


async def test_a_refusal_keeps_nothing_and_says_why(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("Lampu jalan di depan SD mati")
    message_id, _ = siti.button("Lewati")
    await siti.presses_data(message_id, "t:take:99999:")
    assert siti.saw("Ada foto atau video?")
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Complaint)) == 0


async def test_answers_committed_but_not_sent_follow_after_a_restart(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("Lampu jalan di depan SD mati")
    answers = [{"chat_id": siti.id, "screen": {"text": "Dari masa lalu", "rows": [], "files": [], "toast": None}}]
    answers[0]["screen"] |= {"ask": None, "ask_label": None}  # type: ignore[operator]
    async with stage.db.begin() as session:
        row = await session.get(InboxUpdate, stage.offset - 1)
        assert row is not None
        row.status, row.answers = InboxStatus.ANSWERING, answers
    await stage.close()
    await stage.open()
    siti.sees("Dari masa lalu")
    assert [row.status for row in await rows(stage)] == [InboxStatus.DONE]


async def test_a_restart_resumes_at_the_question_with_the_draft(stage: Stage) -> None:
    siti = stage.person("Siti")
    await to_summary(siti)
    await stage.close()
    await stage.open()
    await siti.presses("Kirim laporan")
    siti.sees("sudah kami terima")
    async with stage.db.read() as session:
        complaint = (await session.scalars(select(Complaint))).one()
    assert complaint.text == "Lampu jalan di depan SD mati sejak hari Senin"


async def test_a_blocked_bot_makes_the_person_unreachable_until_they_write(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("Lampu jalan di depan SD mati")
    stage.sandbox.faults.add("sendMessage", status=403, description="Forbidden: bot was blocked by the user")
    await siti.says("Lampu jalan di depan SD mati dan gelap")

    async def reachable() -> bool:
        async with stage.db.read() as session:
            return (await session.scalars(select(Person.reachable).where(Person.telegram_id == siti.id))).one()

    assert not await reachable()
    await siti.says("halo lagi")
    assert await reachable()


async def test_citizens_numbers_never_reach_the_database(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("NIK saya 2172010101900001, lampu jalan mati")
    async with stage.db.read() as session:
        drafts = (await session.execute(select(InboxUpdate.payload, InboxUpdate.answers))).all()
    assert "2172010101900001" not in str(drafts)
