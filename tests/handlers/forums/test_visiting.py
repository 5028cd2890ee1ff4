"""Public events in the chat of a resident: the calendar, registering, giving up, questions sent ahead."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.callbacks import Meet
from models.administration.ban import Ban, BanReason
from models.forum import ForumQuestion, ForumStatus, ForumVisit
from models.person import Person
from tests import forum_scenes as scenes
from tests.desk_scenes import Statements, forges, resident
from tests.driver import START, Phone, Stage
from tests.forum_scenes import TITLE, asks, count, looks_at


async def person_id(stage: Stage, phone: Phone) -> int:
    async with stage.db.read() as session:
        return (await session.scalars(select(Person.id).where(Person.telegram_id == phone.id))).one()


async def test_a_resident_registers_keeps_the_date_and_gives_up(stage: Stage) -> None:
    await scenes.forum(stage)
    siti = await resident(stage)
    await siti.says("/menu")
    await siti.presses("Lainnya")
    await siti.presses("Acara warga")
    await siti.presses("Acara yang akan datang")
    siti.sees(TITLE, "Selasa, 1 Desember 2026 10.00 WIB")
    await siti.presses(TITLE)
    siti.sees("sampai 12.00", "Aula Contoh", "Dinas Pekerjaan Umum", "Tempat: 2, masih kosong 2", "akan datang")
    assert "Kelola" not in "".join(siti.buttons())
    join = siti.button("Daftar")
    await siti.presses_data(*join)
    await siti.presses_data(*join)
    siti.sees("Bapak/Ibu terdaftar", "masih kosong 1")
    await siti.presses("Simpan ke kalender")
    content = (await siti.newest_file()).decode()
    assert "DTSTART;TZID=Asia/Jakarta:20261201T100000" in content
    assert "SUMMARY:Sembang Berbenah" in content
    await siti.says("/acara")
    await siti.presses("Acara yang saya ikuti")
    siti.sees("✅ Bapak/Ibu terdaftar")
    await siti.presses(TITLE)
    await siti.presses("Batalkan pendaftaran saya")
    siti.sees("Batalkan pendaftaran ini?")
    await siti.presses("Ya, batalkan")
    siti.sees("masih kosong 2")
    assert await count(stage, ForumVisit) == 0


async def test_a_full_event_says_so_and_one_that_closed_or_is_a_draft_takes_nobody(stage: Stage) -> None:
    await scenes.forum(stage, seats=1)
    await scenes.forum(stage, code="tutup", title="Sudah tutup", closes_at=START - timedelta(minutes=1))
    await scenes.forum(stage, code="draf", title="Rancangan", status=ForumStatus.DRAFT)
    siti, budi = await resident(stage), await resident(stage, "Budi")
    await looks_at(siti)
    late = siti.button("Daftar")
    await looks_at(budi)
    await budi.presses("Daftar")
    await siti.presses_data(*late)
    siti.sees("tempat pada acara ini sudah penuh")
    await looks_at(siti)
    siti.sees("Tempat: 1, sudah penuh")
    assert "📝 Daftar" not in siti.buttons()
    for number, words in ((2, "sudah ditutup"), (3, "Acara itu tidak ada"), (99, "Acara itu tidak ada")):
        await forges(siti, Meet("join", number).encode())
        siti.sees(words)
    for verb in ("open", "leave", "leave2", "asked", "poster", "ics", "ask"):
        await forges(siti, Meet(verb, 3).encode())
        siti.sees("Acara itu tidak ada")
    await siti.says("/acara")
    await siti.presses("Acara yang akan datang")
    assert "Rancangan" not in siti.last()


async def test_a_poster_leads_to_the_card_and_an_unknown_one_nowhere(stage: Stage) -> None:
    await scenes.forum(stage)
    siti = stage.person("Siti")
    await siti.starts(f"acara_{scenes.CODE}")
    siti.sees(TITLE, "masih kosong 2")
    await siti.starts("acara_tidak-ada")
    siti.sees("Acara itu tidak ada")


async def test_questions_are_sent_ahead_with_a_limit_and_without_numbers(stage: Stage) -> None:
    await scenes.forum(stage)
    siti = await resident(stage)
    await looks_at(siti)
    await siti.presses("Kirim pertanyaan")
    siti.sees("Apa pertanyaan Bapak/Ibu?", "masih bisa mengirim 3 pertanyaan")
    await siti.says("hmm")
    assert siti.saw("paling sedikit 5")
    await stage.close()
    await stage.open()
    await siti.says("NIK saya 2172014509870001, kapan parit dibersihkan?")
    siti.sees("Kirim pertanyaan ini?")
    await siti.says("Kapan parit dibersihkan? NIK 2172014509870001")
    send = siti.button("tanpa nama")
    await siti.presses_data(*send)
    siti.sees("sudah kami terima")
    await siti.presses_data(*send)
    assert await count(stage, ForumQuestion) == 1
    await looks_at(siti)
    siti.sees("Pertanyaan Bapak/Ibu: 1")
    await asks(siti, "Apakah ada lampu jalan baru?", "dengan nama saya")
    await siti.presses("Lihat acaranya")
    await asks(siti, "Apakah ada taman baru?")
    await siti.presses("Lihat acaranya")
    assert "❓ Kirim pertanyaan" not in siti.buttons()
    await forges(siti, Meet("ask", 1).encode())
    siti.sees("paling banyak 3 pertanyaan")
    await looks_at(siti)
    await siti.presses("Pertanyaan saya")
    siti.sees("Kapan parit dibersihkan? NIK ••••", "menunggu jawaban")
    async with stage.db.read() as session:
        rows = list(await session.scalars(select(ForumQuestion).order_by(ForumQuestion.number)))
    assert [(row.number, row.named) for row in rows] == [(1, False), (2, True), (3, False)]
    assert "2172014509870001" not in "".join(row.text for row in rows)


async def test_a_question_is_cancelled_or_left_by_back(stage: Stage) -> None:
    await scenes.forum(stage)
    siti = await resident(stage)
    await looks_at(siti)
    await siti.presses("Kirim pertanyaan")
    await siti.says("Kapan parit dibersihkan?")
    await siti.presses("Kembali")
    siti.sees("Apa pertanyaan Bapak/Ibu?")
    await siti.presses("Bantuan")
    await siti.presses("Batal")
    assert siti.saw("pertanyaan tidak dikirim")
    assert await count(stage, ForumQuestion) == 0


async def test_whoever_is_banned_asks_nothing_and_nobody_after_the_beginning(stage: Stage) -> None:
    await scenes.forum(stage)
    siti, budi = await resident(stage), await resident(stage, "Budi")
    number = await person_id(stage, siti)
    async with stage.db.begin() as session:
        until = START + timedelta(days=30)
        session.add(
            Ban(person_id=number, reason=next(iter(BanReason)), by_id=1, since=START, until=until, hidden=False)
        )
    await looks_at(siti)
    await siti.presses("Kirim pertanyaan")
    assert "Apa pertanyaan" not in siti.last()
    await looks_at(budi)
    await budi.presses("Kirim pertanyaan")
    await budi.says("Kapan parit dibersihkan?")
    stage.later(days=7, minutes=1)
    await budi.presses("tanpa nama")
    budi.sees("sebelum acara dimulai")
    assert await count(stage, ForumQuestion) == 0


async def test_the_list_costs_the_same_for_one_or_many(stage: Stage) -> None:
    await scenes.forum(stage)
    siti = await resident(stage)
    await siti.says("/acara")
    with Statements(stage) as one:
        await siti.presses("Acara yang akan datang")
    for number in range(5):
        await scenes.forum(stage, code=f"acara-{number}", title=f"Acara {number}")
    await siti.says("/acara")
    with Statements(stage) as many:
        await siti.presses("Acara yang akan datang")
    siti.sees("Acara 4")
    assert len(many.seen) == len(one.seen)
