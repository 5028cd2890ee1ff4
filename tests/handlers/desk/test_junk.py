"""The junk: listed for the verifier, and a report that landed there by mistake comes back."""

from __future__ import annotations

from datetime import timedelta

from bot.callbacks import Ticket
from bot.services.city import forget
from bot.services.desk import verifying
from models.calendar import ServiceLimit
from models.rules.complaint_flow import Action, ArchiveReason, Status
from tests.desk_scenes import acting, at_work, filed, forges, opens, resident, stored
from tests.driver import Phone, Stage


async def put_away(stage: Stage, siti: Phone, reason: ArchiveReason = ArchiveReason.SPAM) -> int:
    complaint_id = await filed(stage, siti)
    async with stage.db.begin() as session:
        await verifying.archive(await acting(stage, session, "verifier"), complaint_id, reason, "Bukan laporan.")
    await stage.settle()
    return complaint_id


async def test_junk_is_listed_and_comes_back_with_new_promises(stage: Stage) -> None:
    siti, verifier = await resident(stage), await at_work(stage, "verifier")
    complaint_id = await put_away(stage, siti)
    stage.later(days=20)
    await verifier.says("/verifikasi")
    await verifier.presses("Sampah")
    verifier.sees((await stored(stage, complaint_id)).code)
    await verifier.presses("1")
    await verifier.presses("Kembalikan ke daftar")
    assert verifier.saw("Laporan dikembalikan")
    complaint = await stored(stage, complaint_id)
    assert (complaint.status, complaint.archive_reason) == (Status.RECEIVED, None)
    assert complaint.due_at == complaint.verify_due_at > stage.now + timedelta(days=2)
    assert siti.saw("kami ambil kembali")


async def test_a_second_press_finds_it_back_already(stage: Stage) -> None:
    siti, verifier = await resident(stage), await at_work(stage, "verifier")
    complaint_id = await put_away(stage, siti)
    for _ in range(2):
        await forges(verifier, Ticket(Action.RESTORE.value, complaint_id).encode())
    assert len([text for text in siti.texts() if "kami ambil kembali" in text]) == 1


async def test_a_duplicate_is_no_junk(stage: Stage) -> None:
    siti, verifier = await resident(stage), await at_work(stage, "verifier")
    complaint_id = await put_away(stage, siti, ArchiveReason.DUPLICATE)
    await forges(verifier, Ticket(Action.RESTORE.value, complaint_id).encode())
    assert (await stored(stage, complaint_id)).status is Status.ARCHIVED


async def test_an_officer_brings_nothing_back(stage: Stage) -> None:
    siti, officer = await resident(stage), await at_work(stage, "officer")
    complaint_id = await put_away(stage, siti)
    await forges(officer, Ticket(Action.RESTORE.value, complaint_id).encode())
    assert (await stored(stage, complaint_id)).status is Status.ARCHIVED


async def test_it_comes_back_within_the_citys_days_and_not_later(stage: Stage) -> None:
    siti, verifier = await resident(stage), await at_work(stage, "verifier")
    complaint_id = await put_away(stage, siti)
    stage.later(days=30, minutes=1)
    await opens(verifier, complaint_id)
    await verifier.presses("Kembalikan ke daftar")
    verifier.sees("lebih dari 30 hari di arsip sampah", "melapor sekali lagi")
    assert (await stored(stage, complaint_id)).status is Status.ARCHIVED
    assert not siti.saw("kami ambil kembali")
    async with stage.db.begin() as session:
        session.add(ServiceLimit(name="restore", days=31, working=False))
        forget(session)
    await forges(verifier, Ticket(Action.RESTORE.value, complaint_id).encode())
    assert (await stored(stage, complaint_id)).status is Status.RECEIVED


async def test_the_days_begin_anew_when_it_is_put_away_again(stage: Stage) -> None:
    siti, verifier = await resident(stage), await at_work(stage, "verifier")
    complaint_id = await put_away(stage, siti)
    stage.later(days=29)
    await forges(verifier, Ticket(Action.RESTORE.value, complaint_id).encode())
    async with stage.db.begin() as session:
        who = await acting(stage, session, "verifier")
        await verifying.archive(who, complaint_id, ArchiveReason.SPAM, "Bukan laporan.")
    stage.later(days=29)
    await forges(verifier, Ticket(Action.RESTORE.value, complaint_id).encode())
    assert (await stored(stage, complaint_id)).status is Status.RECEIVED
