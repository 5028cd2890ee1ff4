"""Bans by their number, what a card shows of them, and that being forgotten does not end one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.callbacks import Open, Ticket
from bot.jobs import housekeeping
from bot.services.city import forget
from models.administration.ban import Ban, BanReason
from models.complaint import Complaint
from models.organisation import CityFact
from tests.desk_scenes import Statements, at_work, filed, forges, opens, resident, stored
from tests.driver import Phone, Stage
from tests.handlers.administration.ban_scenes import kept_out, scene

# --- by number ---


async def test_an_administrator_keeps_a_sender_out_by_the_number_of_the_report(stage: Stage) -> None:
    admin, (_verifier, siti, complaint_id) = await at_work(stage, "admin"), await scene(stage)
    code = (await stored(stage, complaint_id)).code
    await admin.says(f"/blokir {code}")
    admin.sees("Batasi pengirim laporan", code)
    await admin.presses("kata-kata kasar")
    await admin.presses("30 hari")
    admin.sees("dibatasi sampai", "Nomor pembatasan: 1")
    siti.sees("kata-kata kasar", "Nomor pembatasan: 1")
    for wanted in (code, "1"):
        await admin.says(f"/blokir {wanted}")
        admin.sees("Pembatasan yang sedang berjalan", "1. sejak")
    await admin.presses("Cabut nomor 1")
    siti.sees("Pembatasan sudah dicabut")
    await admin.says("/blokir 1")
    admin.sees("Pembatasan itu sudah berakhir")


@pytest.mark.parametrize("wanted", ["99", "9" * 40, "TPI-000000-XXXX", "apa"])
async def test_a_number_that_is_none_is_refused(stage: Stage, wanted: str) -> None:
    admin = await at_work(stage, "admin")
    await admin.says(f"/blokir {wanted}")
    assert "Pembatasan itu sudah berakhir" in admin.last() or "Laporan itu tidak ada" in admin.last()


async def test_an_administrator_reaches_no_restricted_report_and_others_only_their_own(stage: Stage) -> None:
    admin, (_verifier, siti, _) = await at_work(stage, "admin"), await scene(stage)
    secret = await filed(stage, siti, confidential=True)
    await admin.says(f"/blokir {(await stored(stage, secret)).code}")
    admin.sees("hanya ditangani oleh Inspektorat")
    await forges(admin, Ticket("ban", secret, "spam-7").encode())
    admin.sees("hanya ditangani oleh Inspektorat")
    officer = await at_work(stage, "officer")
    await officer.says("/blokir 1")
    officer.sees("hanya untuk petugas yang berwenang")
    async with stage.db.read() as session:
        assert (await session.scalars(select(Ban.id))).all() == []


async def test_the_lengths_and_the_address_to_appeal_are_the_citys_data(stage: Stage) -> None:
    verifier, siti, complaint_id = await scene(stage)
    async with stage.db.begin() as session:
        session.add(CityFact(key="ban.days", value="3; 14"))
        session.add(CityFact(key="ban.appeal", value="Meja Pengaduan, Jalan Lain"))
        forget(session)
    await opens(verifier, complaint_id)
    await verifier.presses("Batasi pengirim")
    await verifier.presses("kiriman sampah")
    assert verifier.buttons()[:2] == ["3 hari", "14 hari"]
    await forges(verifier, Ticket("ban", complaint_id, "spam-7").encode())
    async with stage.db.read() as session:
        assert (await session.scalars(select(Ban.id))).all() == []
    await forges(verifier, Ticket("ban", complaint_id, "spam-14").encode())
    assert siti.saw("Meja Pengaduan, Jalan Lain")


async def test_the_list_has_pages_and_as_many_queries_on_each(stage: Stage) -> None:
    verifier, _siti, complaint_id = await scene(stage)
    counts = []
    async with stage.db.begin() as session:
        person_id = (await session.get_one(Complaint, complaint_id)).reporter_id
    for total in (1, 23):
        async with stage.db.begin() as session:
            have = len((await session.scalars(select(Ban.id))).all())
            for number in range(have, total):
                until = stage.now + timedelta(days=1, minutes=number)
                session.add(Ban(person_id=person_id, reason=BanReason.SPAM, since=stage.now, until=until))
        with Statements(stage) as statements:
            await verifier.says("/blokir")
        counts.append(len(statements.seen))
    assert counts[0] == counts[1]
    assert len([label for label in verifier.buttons() if "Cabut" in label]) == 10
    await verifier.presses("Berikutnya")
    await verifier.presses("Berikutnya")
    assert [label for label in verifier.buttons() if "Cabut" in label] == [f"Cabut nomor {n}" for n in (21, 22, 23)]
    await verifier.presses("Sebelumnya")
    assert "Cabut nomor 11" in verifier.buttons()
    await forges(verifier, Open("bans", 99).encode())
    assert "Cabut nomor 23" in verifier.buttons()


# --- what a card shows ---


async def test_the_card_of_a_named_report_shows_the_number(stage: Stage) -> None:
    verifier, siti, complaint_id = await scene(stage)
    other = await filed(stage, siti)
    await kept_out(stage, verifier, complaint_id)
    for shown in (complaint_id, other):
        await opens(verifier, shown)
        verifier.sees("Pengirimnya sedang dibatasi", "nomor pembatasan 1")
    stage.later(days=8)
    await opens(verifier, other)
    assert "dibatasi" not in verifier.last()


async def test_rule_14_a_ban_ties_no_anonymous_report_to_a_named_one(stage: Stage) -> None:
    """Neither a card nor a refusal tells that both are of one sender, whichever led to the ban."""
    verifier, siti, hidden = await scene(stage, anonymous=True)
    named = await filed(stage, siti)
    await kept_out(stage, verifier, hidden)
    await opens(verifier, named)
    assert "dibatasi" not in verifier.last()
    await kept_out(stage, verifier, named)
    verifier.sees("dibatasi sampai", "Nomor pembatasan: 2")
    await opens(verifier, hidden)
    verifier.sees("nomor pembatasan 1")
    await verifier.says(f"/blokir {(await stored(stage, hidden)).code}")
    verifier.sees("1. sejak")
    another = await filed(stage, await resident(stage, "Budi"), anonymous=True)
    await opens(verifier, another)
    assert "dibatasi" not in verifier.last()


# --- being forgotten does not end it ---


async def forgets(siti: Phone) -> None:
    await siti.says("/hapus")
    await siti.presses("Ya, hapus")


async def test_being_forgotten_does_not_lift_a_ban(stage: Stage) -> None:
    verifier, siti, complaint_id = await scene(stage)
    await kept_out(stage, verifier, complaint_id)
    await siti.says("/hapus")
    siti.sees("Pembatasan yang sedang berjalan tetap berlaku")
    await forgets(siti)
    await siti.says("/lapor")
    siti.sees("tidak bisa mengirim laporan", "Nomor pembatasan: 1")
    await forgets(siti)
    await siti.says("/lapor")
    siti.sees("tidak bisa mengirim laporan")
    budi = await resident(stage, "Budi")
    await budi.says("/lapor")
    assert "Pengaduan" in " ".join(budi.buttons())
    async with stage.db.read() as session:
        row = (await session.scalars(select(Ban))).one()
    assert str(siti.id) not in str(row.account_mark)
    stage.later(days=8)
    await siti.says("/lapor")
    assert "Pengaduan" in " ".join(siti.buttons())


async def test_the_marks_go_when_the_ban_is_over(stage: Stage) -> None:
    verifier, siti, complaint_id = await scene(stage)
    await kept_out(stage, verifier, complaint_id)
    await forgets(siti)
    assert stage.product is not None
    stage.later(days=6)
    assert (await housekeeping.run(stage.product.runtime))["bans"] == 0
    stage.later(days=2)
    assert (await housekeeping.run(stage.product.runtime))["bans"] == 1
    async with stage.db.read() as session:
        row = (await session.scalars(select(Ban))).one()
    assert (row.account_mark, row.report_mark) == (None, None)


async def test_a_ban_of_somebody_forgotten_is_lifted_without_a_word(stage: Stage) -> None:
    verifier, siti, complaint_id = await scene(stage)
    await kept_out(stage, verifier, complaint_id)
    await forgets(siti)
    await verifier.says("/blokir 1")
    await verifier.presses("Cabut nomor 1")
    verifier.sees("Pembatasan dicabut")
    await siti.says("/lapor")
    assert "Pengaduan" in " ".join(siti.buttons())


async def test_nobody_is_marked_who_is_not_kept_out(stage: Stage) -> None:
    verifier, siti, complaint_id = await scene(stage)
    await kept_out(stage, verifier, complaint_id)
    await verifier.says("/blokir 1")
    await verifier.presses("Cabut nomor 1")
    await forgets(siti)
    async with stage.db.read() as session:
        assert (await session.scalars(select(Ban.account_mark))).all() == [None]
