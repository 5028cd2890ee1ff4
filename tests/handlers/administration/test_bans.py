"""Keeping somebody out: with reason and end, never silent, never naming anybody, and over by itself."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.callbacks import Ticket
from bot.services.city import forget
from models.administration.ban import Ban
from models.calendar import ServiceLimit
from models.complaint import Complaint
from models.survey import Pulse
from tests.desk_scenes import at_work, forges, opens, resident, stored
from tests.driver import Stage
from tests.handlers.administration.ban_scenes import kept_out, scene


async def number_of_reports(stage: Stage) -> int:
    async with stage.db.read() as session:
        return len((await session.scalars(select(Complaint.id))).all())


async def test_the_person_is_told_why_until_when_and_where_to_appeal(stage: Stage) -> None:
    verifier, siti, complaint_id = await scene(stage)
    await kept_out(stage, verifier, complaint_id)
    assert verifier.saw("dibatasi sampai")
    told = [text for text in siti.texts() if "tidak bisa mengirim laporan" in text]
    assert len(told) == 1
    assert "kiriman sampah berulang" in told[0]
    assert "Selasa, 1 Desember 2026" in told[0]
    assert "Kantor Wali Kota" in told[0]


async def test_nothing_more_is_sent_but_own_reports_and_data_stay_open(stage: Stage) -> None:
    verifier, siti, complaint_id = await scene(stage)
    await kept_out(stage, verifier, complaint_id)
    for words in ("/lapor", "Jalan di depan rumah saya rusak parah"):
        await siti.says(words)
        siti.sees("tidak bisa mengirim laporan atau penilaian")
    await siti.starts("n_ktp")
    await siti.presses("Sangat baik")
    siti.sees("tidak bisa mengirim laporan atau penilaian")
    async with stage.db.read() as session:
        assert (await session.scalars(select(Pulse.id))).all() == []
    assert await number_of_reports(stage) == 1
    await siti.says("/laporan")
    siti.sees((await stored(stage, complaint_id)).code)
    await siti.says("/privasi")
    assert "Data pribadi" in siti.last()


async def test_it_ends_by_itself(stage: Stage) -> None:
    verifier, siti, complaint_id = await scene(stage)
    await kept_out(stage, verifier, complaint_id)
    stage.later(days=7, minutes=1)
    await siti.says("/lapor")
    assert "Pengaduan" in " ".join(siti.buttons())


async def test_it_is_lifted_and_the_person_is_told(stage: Stage) -> None:
    verifier, siti, complaint_id = await scene(stage)
    await kept_out(stage, verifier, complaint_id, "90 hari")
    await verifier.says("/blokir")
    verifier.sees("kiriman sampah berulang")
    assert "Siti" not in verifier.last()
    await verifier.presses("Cabut nomor")
    siti.sees("Pembatasan sudah dicabut")
    await siti.says("/lapor")
    assert "Pengaduan" in " ".join(siti.buttons())
    await verifier.says("/blokir")
    verifier.sees("Tidak ada pengirim")


async def test_an_anonymous_sender_is_kept_out_without_being_named(stage: Stage) -> None:
    verifier, siti, complaint_id = await scene(stage, anonymous=True)
    await kept_out(stage, verifier, complaint_id)
    assert not any("Siti" in text for text in verifier.texts())
    assert siti.saw("tidak bisa mengirim laporan")
    async with stage.db.read() as session:
        row = (await session.scalars(select(Ban))).one()
        columns = set(Ban.__table__.columns.keys())
    assert "complaint_id" not in columns, "a ban would tell whose report it was"
    assert row.reason == "spam"


async def test_a_second_ban_while_one_runs_is_refused(stage: Stage) -> None:
    verifier, siti, complaint_id = await scene(stage)
    await kept_out(stage, verifier, complaint_id)
    await opens(verifier, complaint_id)
    await verifier.presses("Batasi pengirim")
    verifier.sees("Pembatasan yang sedang berjalan")
    await forges(verifier, Ticket("ban", complaint_id, "abuse-30").encode())
    verifier.sees("sedang dibatasi (nomor pembatasan 1)")
    assert len([text for text in siti.texts() if "tidak bisa mengirim laporan" in text]) == 1


@pytest.mark.parametrize("role", ["officer", "head", "hr"])
@pytest.mark.parametrize("extra", ["", "spam", "spam-7"])
async def test_nobody_else_keeps_people_out(stage: Stage, role: str, extra: str) -> None:
    _, _siti, complaint_id = await scene(stage)
    phone = await at_work(stage, role)
    await forges(phone, Ticket("ban", complaint_id, extra).encode())
    assert not phone.saw("Batasi pengirim laporan")
    async with stage.db.read() as session:
        assert (await session.scalars(select(Ban.id))).all() == []


@pytest.mark.parametrize("extra", ["spam-0", "spam-99999", "nonsense-7"])
async def test_a_forged_length_or_reason_keeps_nobody_out(stage: Stage, extra: str) -> None:
    verifier, _siti, complaint_id = await scene(stage)
    await forges(verifier, Ticket("ban", complaint_id, extra).encode())
    async with stage.db.read() as session:
        assert (await session.scalars(select(Ban.id))).all() == []


async def test_who_sends_too_fast_is_asked_once_and_heard_again_after_a_minute(stage: Stage) -> None:
    siti, budi = await resident(stage), await resident(stage, "Budi")
    async with stage.db.begin() as session:
        session.add(ServiceLimit(name="messages_per_minute", days=5, working=False))
        forget(session)
    stage.later(minutes=2)
    for _ in range(12):
        await siti.says("/menu")
    assert len([text for text in siti.texts() if "terlalu cepat" in text]) == 1
    assert len([text for text in siti.texts() if text.startswith("Menu utama")]) == 5
    await budi.says("/menu")
    budi.sees("Menu utama")
    stage.later(minutes=1, seconds=1)
    await siti.says("/menu")
    siti.sees("Menu utama")
