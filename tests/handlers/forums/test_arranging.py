"""Hosts write, open, change, announce and cancel public events in the chat; others may not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.callbacks import Meet
from bot.services.broadcasts import sending
from bot.services.city import know
from models.broadcasts.broadcast import Broadcast, BroadcastKind, BroadcastStatus
from models.employee import RoleGrant
from models.forum import Forum, ForumEvent, ForumStatus
from models.rules.permissions import Role
from tests import forum_scenes as scenes
from tests.desk_scenes import at_work, colleague, forges, resident
from tests.driver import START, Phone, Stage
from tests.forum_scenes import TITLE, count, looks_at, stored
from tests.handlers.resident import picture


async def begins_to_write(host: Phone) -> None:
    await host.says("/acara")
    await host.presses("Kelola acara")
    await host.presses("Buat acara")
    host.sees("Apa nama acaranya?")


async def test_the_head_writes_an_event_of_the_own_unit_and_opens_it(stage: Stage) -> None:
    head, siti = await at_work(stage, "head"), await resident(stage)
    await begins_to_write(head)
    await head.says(TITLE)
    await head.says("Bicara tentang jalan dan parit")
    head.sees("Kapan acaranya?")
    await head.says("besok pagi saja")
    assert head.saw("Jawaban itu belum bisa kami baca")
    await head.says("1 November 2026 09.00-12.00")
    head.sees("Kapan acaranya?")
    await head.says("5 Desember 2026 09.00-12.00")
    await stage.close()
    await stage.open()
    await head.says("Aula Kantor Camat")
    head.sees("Apa tautannya?")
    await head.presses("Kembali")
    head.sees("Di mana tempatnya?")
    await head.says("Aula Kantor Lurah")
    await head.presses("Lewati")
    await head.says("80")
    await head.says("4 Desember 2026")
    head.sees("Ada poster?")
    await head.sends("photo", picture())
    head.sees(
        "Simpan acara ini?", "Dinas Pekerjaan Umum", "Tempat: 80", "4 Desember 2026 23.59 WIB", "Poster tersimpan"
    )
    await head.presses("Jumlah tempat")
    await head.presses("Lewati")
    head.sees("Tempat: tidak dibatasi")
    await head.presses("Simpan")
    head.sees("rancangan, belum dibuka", "Kode: sembang-berbenah-261205", "Pendaftar: 0 orang")
    await head.presses("Buka untuk warga")
    head.sees("Keadaan: akan datang")
    await looks_at(siti)
    siti.sees("Aula Kantor Lurah", "Tempat: tidak dibatasi")
    await siti.presses("Poster")
    siti.sees(TITLE)
    row = await stored(stage)
    assert row.starts_at == datetime(2026, 12, 5, 2, tzinfo=UTC)
    assert (row.unit_id, row.seats, row.status) == (1, None, ForumStatus.OPEN)
    assert await count(stage, ForumEvent) == 1


async def test_human_resources_choose_the_unit_and_the_deadline_must_be_before_the_event(stage: Stage) -> None:
    hr = await at_work(stage, "hr")
    await begins_to_write(hr)
    await hr.says(TITLE)
    await hr.presses("Lewati")
    await hr.presses("Disdukcapil")
    await hr.says("5 Desember 2026 09.00-12.00")
    await hr.says("daring")
    await hr.says("https://contoh.go.id/rapat")
    await hr.presses("Lewati")
    await hr.says("6 Desember 2026")
    await hr.presses("Lewati")
    await hr.presses("Simpan")
    assert hr.saw("Batas pendaftaran harus sebelum acara dimulai")
    await hr.presses("Batas daftar")
    await hr.presses("Lewati")
    await hr.presses("Simpan")
    assert hr.saw("Penyelenggara: Dinas Kependudukan")
    assert (await stored(stage)).closes_at == (await stored(stage)).starts_at


@pytest.mark.parametrize("role", ["officer", "verifier", "inspector", "resident"])
async def test_others_write_none_and_forged_buttons_are_refused(stage: Stage, role: str) -> None:
    await scenes.forum(stage)
    await scenes.forum(stage, code="draf", title="Rancangan", status=ForumStatus.DRAFT)
    phone = await (resident(stage) if role == "resident" else at_work(stage, role))
    await phone.says("/acara")
    assert "Kelola acara" not in "".join(phone.buttons())
    for verb in ("manage", "new"):
        await forges(phone, Meet(verb, 0).encode())
        phone.sees("hanya untuk petugas yang berwenang")
    await forges(phone, Meet("edit", 1).encode())
    phone.sees("hanya untuk petugas yang berwenang")
    for verb in ("host", "openup", "announce", "qr"):
        await forges(phone, Meet(verb, 1).encode())
        phone.sees("acara ini bukan tugas Bapak/Ibu")
        await forges(phone, Meet(verb, 2).encode())
        phone.sees("Acara itu tidak ada")
    assert (await stored(stage)).status is ForumStatus.OPEN
    assert await count(stage, Broadcast) == 0


async def test_the_head_of_another_unit_has_no_right_to_it(stage: Stage) -> None:
    await scenes.forum(stage, status=ForumStatus.DRAFT)
    other, _id = await colleague(stage, "Kepala Capil", role=Role.HEAD, unit_id=2)
    for verb in ("host", "openup", "edit", "announce"):
        await forges(other, Meet(verb, 1).encode())
        other.sees("Acara itu tidak ada")
    await other.says("/acara")
    await other.presses("Kelola acara")
    other.sees("Belum ada acara")
    assert (await stored(stage)).status is ForumStatus.DRAFT


async def test_a_right_that_ended_ends_the_talk(stage: Stage) -> None:
    head = await at_work(stage, "head")
    await begins_to_write(head)
    async with stage.db.begin() as session:
        for grant in await session.scalars(select(RoleGrant).where(RoleGrant.role == Role.HEAD)):
            grant.valid_to = date(2026, 11, 1)
    await head.says(TITLE)
    assert head.saw("hanya untuk petugas yang berwenang")
    assert await count(stage, Forum) == 0


async def test_human_resources_announce_it_to_residents_and_the_button_registers(stage: Stage) -> None:
    await scenes.forum(stage)
    hr, siti, budi = await at_work(stage, "hr"), await resident(stage), await resident(stage, "Budi")
    await siti.says("/kabar")
    await siti.presses("Ya")
    await forges(hr, Meet("host", 1).encode())
    announce = hr.button("Buat pengumuman")
    await hr.presses_data(*announce)
    hr.sees("Rancangan pengumuman Sembang Berbenah sudah dibuat")
    await hr.presses_data(*announce)
    hr.sees("Pengumuman acara ini sudah dibuat")
    async with stage.db.read() as session:
        row = await session.get_one(Broadcast, 1)
    assert (row.kind, row.status) == (BroadcastKind.EVENT, BroadcastStatus.DRAFT)
    assert row.audience["circle"] == "residents"
    assert set(row.contents) == {"id", "ms", "en"}
    (button,) = row.buttons[0]
    assert button["data"] == Meet("join", 1, "b").encode()
    async with stage.db.begin() as session:
        row = await session.get_one(Broadcast, 1)
        row.move(BroadcastStatus.SCHEDULED, stage.now)
        await sending.begin(session, await know(session, stage.now), row, stage.now)
    await stage.settle()
    siti.sees(TITLE, "Mendaftar paling lambat")
    await siti.presses("📝 Daftar")
    siti.sees("Bapak/Ibu terdaftar", "masih kosong 1")
    assert siti.saw("Pertanyaan bisa dikirim lebih dulu")
    assert not budi.saw(TITLE)


async def test_a_head_asks_human_resources_to_announce_it_once(stage: Stage) -> None:
    await scenes.forum(stage)
    hr, head = await at_work(stage, "hr"), await at_work(stage, "head")
    await forges(head, Meet("host", 1).encode())
    ask = head.button("Minta diumumkan")
    for _ in range(2):
        await head.presses_data(*ask)
    head.sees("sudah kami teruskan")
    assert sum("meminta acara" in text for text in hr.texts()) == 1
    await hr.presses("Kelola acara ini")
    hr.sees("Pendaftar: 0 orang")


async def test_the_code_for_a_poster_is_a_picture_with_its_link(stage: Stage) -> None:
    await scenes.forum(stage)
    head = await at_work(stage, "head")
    await forges(head, Meet("host", 1).encode())
    await head.presses("QR untuk poster")
    assert head.saw(f"?start=acara_{scenes.CODE}")
    assert any("photo" in message for message in head.history())


async def test_whoever_registered_learns_of_another_time_and_seats_given_stay(stage: Stage) -> None:
    await scenes.forum(stage)
    head, siti, budi = await at_work(stage, "head"), await resident(stage), await resident(stage, "Budi")
    for phone in (siti, budi):
        await forges(phone, Meet("join", 1).encode())
    await forges(head, Meet("host", 1).encode())
    await head.presses("Ubah")
    head.sees("Simpan acara ini?")
    await head.presses("Jumlah tempat")
    await head.says("1")
    await head.presses("Simpan")
    assert head.saw("tidak bisa kurang dari yang sudah mendaftar: 2")
    await head.presses("Jumlah tempat")
    await head.says("3")
    await head.presses("Waktu")
    await head.says("2 Desember 2026 13.00-15.00")
    await head.presses("Simpan")
    assert siti.saw("Waktu atau tempat acara Sembang Berbenah berubah")
    content = (await siti.newest_file()).decode()
    assert "DTSTART;TZID=Asia/Jakarta:20261202T130000" in content
    assert (await stored(stage)).seats == 3


async def test_an_event_whose_time_is_over_is_not_opened(stage: Stage) -> None:
    await scenes.forum(stage, status=ForumStatus.DRAFT, closes_at=START - timedelta(hours=1))
    head = await at_work(stage, "head")
    await forges(head, Meet("openup", 1).encode())
    head.sees("waktu mendaftarnya sudah lewat")
    assert (await stored(stage)).status is ForumStatus.DRAFT
