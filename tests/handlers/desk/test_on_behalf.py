"""/catat: a report for somebody else, and the link by which they take it over."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select

from models.claim import Claim
from models.complaint import Complaint, Source
from models.person import Person
from models.rules.complaint_flow import Action
from tests.desk_scenes import at_work, events, opens, resident
from tests.driver import Phone, Stage

WORDS = "Lampu jalan di depan SD mati, kata warga di forum"


async def written_down(officer: Phone, source: str = "Forum dialog", visibility: str = "Terbuka") -> str:
    """The officer writes a report down; the token of its link."""
    await officer.says("/catat")
    await officer.presses(source)
    if source == "Media sosial":
        await officer.says("lihat https://contoh.id/kiriman/7 ini")
    await officer.presses("Pengaduan")
    await officer.says(WORDS)
    await officer.presses("Lewati")
    await officer.says("Sei Jang, depan masjid")
    await officer.presses("Ya, benar")
    await officer.presses(visibility)
    await officer.presses("Kirim laporan")
    told = next(text for text in reversed(officer.texts()) if "Laporan warga dicatat" in text)
    found = re.search(r"start=ambil_(\S+)", told)
    assert found is not None
    return found.group(1)


async def the_report(stage: Stage) -> Complaint:
    async with stage.db.read() as session:
        return (await session.scalars(select(Complaint))).one()


async def person_id(stage: Stage, phone: Phone) -> int:
    async with stage.db.read() as session:
        found: Any = await session.scalar(select(Person.id).where(Person.telegram_id == phone.id))
        return int(found)


@pytest.mark.parametrize(
    ("words", "source"), [("Forum dialog", "forum"), ("Telepon", "phone"), ("Datang langsung", "counter")]
)
async def test_the_source_is_kept_and_nobody_is_the_reporter_yet(stage: Stage, words: str, source: str) -> None:
    officer = await at_work(stage, "officer")
    await written_down(officer, words)
    complaint = await the_report(stage)
    assert (complaint.source, complaint.reporter_id) == (Source(source), None)
    assert complaint.recorded_by_id is not None
    await officer.says("/laporan")
    assert complaint.code not in officer.last(), "it is not the officer's own report"


async def test_a_post_is_kept_with_its_link_and_its_origin_stands_on_the_card(stage: Stage) -> None:
    verifier = await at_work(stage, "verifier")
    await written_down(verifier, "Media sosial")
    complaint = await the_report(stage)
    assert complaint.source_link == "https://contoh.id/kiriman/7"
    await opens(verifier, complaint.id)
    verifier.sees("Sumber: 🌐 Media sosial, https://contoh.id/kiriman/7", "belum membuka tautan laporan")


async def test_a_post_may_have_no_link_and_words_are_no_link(stage: Stage) -> None:
    officer = await at_work(stage, "officer")
    await officer.says("/catat")
    await officer.presses("Media sosial")
    await officer.says("dari grup warga")
    assert officer.saw("Itu bukan tautan")
    await officer.presses("Tidak ada tautan")
    assert "Pengaduan" in " ".join(officer.buttons())
    await officer.presses("Kembali")
    officer.sees("Apa tautan kirimannya?")
    await officer.presses("Batal")
    async with stage.db.read() as session:
        assert await session.scalar(select(Complaint.id)) is None


async def test_who_opens_the_link_follows_and_judges_the_report(stage: Stage) -> None:
    officer, verifier, siti = await at_work(stage, "officer"), await at_work(stage, "verifier"), await resident(stage)
    token = await written_down(officer)
    await siti.starts(f"ambil_{token}")
    siti.sees("dicatat petugas untuk Bapak/Ibu")
    complaint = await the_report(stage)
    assert complaint.reporter_id == await person_id(stage, siti)
    assert [event.action for event in await events(stage, complaint.id)] == [Action.CLAIM]
    await siti.says("/laporan")
    siti.sees(complaint.code)
    await opens(verifier, complaint.id)
    await verifier.presses("Terima & teruskan")
    assert siti.saw("diteruskan")


async def test_the_link_works_once_and_for_its_owner_again(stage: Stage) -> None:
    officer, siti, budi = await at_work(stage, "officer"), await resident(stage), await resident(stage, "Budi")
    token = await written_down(officer)
    await siti.starts(f"ambil_{token}")
    await budi.starts(f"ambil_{token}")
    budi.sees("sudah diikuti orang lain")
    await siti.starts(f"ambil_{token}")
    siti.sees("dicatat petugas untuk Bapak/Ibu")
    assert (await the_report(stage)).reporter_id == await person_id(stage, siti)


async def test_an_old_or_invented_link_opens_nothing(stage: Stage) -> None:
    officer, siti = await at_work(stage, "officer"), await resident(stage)
    token = await written_down(officer)
    await siti.starts("ambil_xxxxxxxxxxxxxxxxxxxx")
    siti.sees("tidak dikenal")
    stage.later(days=91)
    await siti.starts(f"ambil_{token}")
    siti.sees("sudah tidak berlaku")
    async with stage.db.read() as session:
        claim = (await session.scalars(select(Claim))).one()
    assert claim.claimed_at is None
    assert token not in claim.token_hash


async def test_rule_14_who_takes_over_an_anonymous_report_stays_unnamed(stage: Stage) -> None:
    """Domain rule 14: the link seals whoever opens it."""
    officer, siti = await at_work(stage, "officer"), await resident(stage)
    token = await written_down(officer, visibility="Anonim")
    await siti.starts(f"ambil_{token}")
    complaint = await the_report(stage)
    assert complaint.reporter_id is None
    assert complaint.reporter_mark is not None
    assert [event.actor_id for event in await events(stage, complaint.id)] == [None]
    await siti.says("/laporan")
    siti.sees(complaint.code)


async def test_an_officer_may_write_down_more_than_a_resident_may_send(stage: Stage) -> None:
    officer = await at_work(stage, "officer")
    for _ in range(21):
        await written_down(officer)
    async with stage.db.read() as session:
        assert len((await session.scalars(select(Complaint.id))).all()) == 21


async def test_a_resident_cannot_write_down_for_others(stage: Stage) -> None:
    siti = await resident(stage)
    await siti.says("/catat")
    assert "Dari mana laporan warga ini" not in siti.last()
    async with stage.db.read() as session:
        assert await session.scalar(select(Complaint.id)) is None
