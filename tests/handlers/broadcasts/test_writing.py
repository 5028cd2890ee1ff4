"""Writing a broadcast in the chat, and who gets it. Domain rule 40: only the chosen audience."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from telegram import Chat, Document, Message, MessageEntity

from bot.callbacks import Deliver
from handlers.broadcasts.announcing import words_of
from models.broadcasts.broadcast import Broadcast, BroadcastStatus, Repeat
from models.errors import Refusal
from tests import broadcast_scenes as scene
from tests.desk_scenes import Statements, forges
from tests.driver import START, Stage
from tests.handlers.resident import picture


async def test_rule_40_only_the_chosen_audience_gets_it(stage: Stage) -> None:
    hr, head, other = await scene.phones(stage, "hr", "head", "other_officer")
    siti = stage.person("Siti")
    await siti.starts()
    await scene.write(hr)
    hr.sees("7 orang ditemukan", "Contoh: Pegawai Admin")
    await hr.presses("Unit")
    await hr.says("capil")
    await hr.presses("Disdukcapil")
    await hr.presses("Pakai pilihan ini")
    hr.sees("Unit: Disdukcapil", "1 orang ditemukan", "Contoh: Pegawai Other_Officer")
    await scene.finish(hr)
    hr.sees("Penerima: 1 orang", "Waktu: sekarang")
    assert not other.saw("Apel Senin")
    await hr.presses("📣 Kirim")
    other.sees("Apel Senin pukul 07.30")
    assert not head.saw("Apel Senin")
    assert not siti.saw("Apel Senin")
    await scene.look(stage)
    hr.sees("selesai dikirim", "Terkirim 1 dari 1")
    assert (await scene.newest(stage)).status is BroadcastStatus.DONE


async def test_the_sample_is_exactly_what_is_received(stage: Stage) -> None:
    hr, head = await scene.phones(stage, "hr", "head")
    await hr.says("/siarkan")
    await hr.presses("Buat pengumuman baru")
    await hr.presses("Pelatihan")
    await hr.sends("photo", picture(), caption="Bimtek <arsip> & surat")
    await hr.presses("English")
    await hr.says("Archive course")
    await hr.presses("Lanjut")
    await hr.says("Jadwal | https://contoh.go.id/jadwal\n🙋 Berminat")
    hr.sees("🔘 Jadwal", "🔘 🙋 Berminat")
    await hr.presses("Lanjut")
    await hr.presses("Pegawai")
    await hr.presses("Lanjut")
    sample = hr.history()[-2]
    await hr.presses("Sudah, lanjut")
    await hr.presses("Sekarang")
    await hr.presses("Tidak perlu")
    hr.sees("Bahasa: Indonesia, English", "Tombol: 2")
    await hr.presses("📣 Kirim")
    got = head.history()[-1]
    same = ("caption", "photo", "reply_markup")
    assert {name: got[name] for name in same} == {name: sample[name] for name in same}
    assert got["caption"] == "Bimtek <arsip> & surat"
    assert [button["text"] for row in got["reply_markup"]["inline_keyboard"] for button in row] == [
        "Jadwal",
        "🙋 Berminat",
        "🔕 Jangan kirim lagi",
    ]


async def test_the_reader_reads_the_own_language(stage: Stage) -> None:
    hr, head = await scene.phones(stage, "hr", "head")
    await head.says("/bahasa")
    await head.presses("English")
    await hr.says("/siarkan")
    await hr.presses("Buat pengumuman baru")
    await hr.presses("Perintah")
    await hr.says("Apel Senin")
    await hr.presses("English")
    await hr.says("Roll call on Monday")
    await hr.presses("Lanjut")
    await hr.presses("Lanjut")
    await hr.presses("Pegawai")
    await scene.finish(hr, answers=False)
    await hr.presses("📣 Kirim")
    head.sees("Roll call on Monday")


async def test_what_telegram_would_refuse_is_said_at_once(stage: Stage) -> None:
    (hr,) = await scene.phones(stage, "hr")
    await hr.says("/siarkan")
    await hr.presses("Buat pengumuman baru")
    await hr.presses("Acara")
    hr.sees("4.096", "1.024")
    await hr.sends("photo", picture(), caption="x" * 1025)
    assert hr.saw("paling banyak 1024 huruf")
    await hr.sends("voice", b"OggS")
    assert hr.saw("satu foto, video, atau dokumen")
    await hr.says("Dialog warga")
    await hr.presses("Lanjut")
    await hr.says("Buka | javascript:alert(1)")
    assert hr.saw("harus diawali https://")
    await hr.says("x" * 41)
    assert hr.saw("paling banyak 40 huruf")
    assert (await scene.newest(stage)).buttons == []


async def test_back_cancel_and_half_way_restart_lose_nothing(stage: Stage) -> None:
    (hr,) = await scene.phones(stage, "hr")
    await scene.write(hr)
    await hr.presses("Kembali")
    hr.sees("Untuk siapa?")
    await stage.close()
    await stage.open()
    await hr.presses("Pegawai")
    hr.sees("7 orang ditemukan")
    await hr.presses("Batal")
    hr.sees("Drafnya tersimpan di /siarkan")
    await hr.says("/siarkan")
    hr.sees("📝 draf")
    await hr.presses("Apel Senin pukul 07.30")
    await hr.presses("Lanjutkan draf")
    hr.sees("Periksa dahulu", "Penerima: 7 orang")
    await hr.presses("Simpan sebagai draf")
    await hr.says("/siarkan")
    await hr.presses("Apel Senin pukul 07.30")
    await hr.presses("Buang draf")
    await hr.presses("Ya, buang")
    hr.sees("dibatalkan")
    assert (await scene.newest(stage)).status is BroadcastStatus.CANCELLED


async def test_one_thing_is_changed_from_the_summary(stage: Stage) -> None:
    hr, head = await scene.phones(stage, "hr", "head")
    await scene.write(hr)
    await scene.finish(hr)
    await hr.presses("✏️ Tulisan")
    await hr.says("Apel Selasa")
    hr.sees("Apel Selasa", "Periksa dahulu")
    await hr.presses("📣 Kirim")
    head.sees("Apel Selasa")
    assert not head.saw("Apel Senin")


async def test_a_double_press_sends_once(stage: Stage) -> None:
    hr, head = await scene.phones(stage, "hr", "head")
    await scene.write(hr)
    await scene.finish(hr)
    message_id, data = hr.button("📣 Kirim")
    stage.sandbox.press(hr.id, message_id, data)
    await hr.presses_data(message_id, data)
    assert sum("Apel Senin" in text for text in head.texts()) == 1


async def test_at_a_time_and_every_week(stage: Stage) -> None:
    hr, head = await scene.phones(stage, "hr", "head")
    await scene.write(hr, answers=None)
    await hr.presses("Lanjut")
    await hr.presses("Sudah, lanjut")
    await hr.presses("Setiap minggu")
    await hr.says("nanti saja")
    hr.sees("belum kami pahami")
    await hr.says("besok 08.00")
    hr.sees("Rabu, 25 November 2026 08.00 WIB", "setiap minggu")
    await hr.presses("📣 Kirim")
    hr.sees("akan dikirim Rabu, 25 November 2026 08.00 WIB")
    await scene.look(stage)
    assert not head.saw("Apel Senin")
    for week in (1, 2):
        stage.now = datetime(2026, 11, 25, 1, 0, 5, tzinfo=UTC) + timedelta(days=7 * (week - 1))
        await scene.look(stage)
        assert sum("Apel Senin" in text for text in head.texts()) == week
        await scene.look(stage)
    row = await scene.newest(stage)
    assert (row.run, row.repeat, row.status) == (2, Repeat.WEEKLY, BroadcastStatus.SCHEDULED)
    assert row.send_at == datetime(2026, 12, 9, 1, tzinfo=UTC)


async def test_a_time_that_passed_meanwhile_is_refused(stage: Stage) -> None:
    hr, head = await scene.phones(stage, "hr", "head")
    await scene.write(hr, answers=None)
    await hr.presses("Lanjut")
    await hr.presses("Sudah, lanjut")
    await hr.presses("Pada waktu tertentu")
    await hr.says("hari ini 09.00")
    assert hr.saw("sudah lewat")
    await hr.says("hari ini 11.00")
    stage.later(hours=2)
    await hr.presses("📣 Kirim")
    assert hr.saw("sudah lewat")
    assert not head.saw("Apel Senin")


@pytest.mark.parametrize("role", ["officer", "head", "verifier", "inspector"])
async def test_only_human_resources_and_administrators_announce(stage: Stage, role: str) -> None:
    (phone,) = await scene.phones(stage, role)
    await phone.says("/siarkan")
    phone.sees("hanya untuk petugas yang berwenang")
    await forges(phone, Deliver("new", 0).encode())
    phone.sees("hanya untuk petugas yang berwenang")
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Broadcast)) == 0


async def test_a_draft_is_its_authors_alone(stage: Stage) -> None:
    hr, admin = await scene.phones(stage, "hr", "admin")
    await scene.write(hr)
    number = (await scene.newest(stage)).id
    for verb in ("open", "write", "discard_yes", "preview"):
        await forges(admin, Deliver(verb, number).encode())
        admin.sees("Pengumuman itu tidak ada")
    assert (await scene.newest(stage)).status is BroadcastStatus.DRAFT


async def test_the_list_takes_as_many_queries_for_one_as_for_many(stage: Stage) -> None:
    (hr,) = await scene.phones(stage, "hr")
    await scene.send(hr)
    with Statements(stage) as one:
        await hr.says("/siarkan")
    async with stage.db.begin() as session:
        author = (await scene.newest(stage)).author_id
        session.add_all(
            Broadcast(kind="news", title=f"Kabar {n}", author_id=author, created_at=stage.now, contents={"id": "x"})
            for n in range(9)
        )
    with Statements(stage) as many:
        await hr.says("/siarkan")
    assert len(many.seen) == len(one.seen)
    await hr.presses("Berikutnya")
    hr.sees("Apel Senin")


def message(text: str, *entities: MessageEntity, **more: object) -> Message:
    return Message(1, START, Chat(1, "private"), text=text, entities=entities, **more)  # type: ignore[arg-type]


def test_formatting_is_kept_as_safe_html() -> None:
    words = words_of(message("Penting: 1 < 2", MessageEntity("bold", 0, 7), MessageEntity("underline", 0, 3)))
    assert words.html == "<b>Penting</b>: 1 &lt; 2"


def test_a_file_that_carries_no_words_is_refused() -> None:
    album = Message(1, START, Chat(1, "private"), document=Document("a", "b"), caption="x", media_group_id="7")
    with pytest.raises(Refusal, match="one_file_only"):
        words_of(album)
