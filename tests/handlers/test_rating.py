"""A resident rates a service."""

from io import BytesIO
from typing import Any

from PIL import Image
from sqlalchemy import func, select

from bot.services.city import know
from models.attachment import Attachment, FilePurpose
from models.complaint import Complaint, Source
from models.survey import Pulse
from tests.driver import Phone, Stage


def picture() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(kept, "JPEG")
    return kept.getvalue()


async def pulses(stage: Stage) -> list[Any]:
    async with stage.db.read() as session:
        return list((await session.scalars(select(Pulse).order_by(Pulse.id))).all())


async def test_two_taps_from_the_code_at_a_counter(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("n_ktp")
    siti.sees("KTP elektronik", "Bagaimana pelayanan")
    assert [label[2:] for label in siti.buttons()[:4]] == ["Tidak baik", "Kurang baik", "Baik", "Sangat baik"]
    await siti.presses("Sangat baik")
    siti.sees("Terima kasih", "KTP elektronik", "Sangat baik", "memperbaiki layanannya")
    (pulse,) = await pulses(stage)
    assert (pulse.score, pulse.channel, str(pulse.day)) == (4, "qr", "2026-11-24")


async def test_a_code_nobody_hung_up_is_refused(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("n_nowhere")
    siti.sees("Layanan itu tidak ada")


async def test_search_with_a_typo(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/nilai")
    siti.sees("Layanan mana")
    await siti.says("lampu jaln")
    if "Layanan yang mana" in siti.last():
        await siti.presses("Lampu jalan")
    siti.sees("Lampu jalan", "Bagaimana pelayanan")
    await siti.says("Baik")
    (pulse,) = await pulses(stage)
    assert (pulse.score, pulse.channel) == (3, "menu")


async def test_offices_with_the_most_services_come_first_by_their_full_names(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/nilai")
    async with stage.db.read() as session:
        city = await know(session, stage.now)
    served = [service.unit_id for service in city.active_services(city.today(stage.now))]
    offices = sorted(set(served), key=lambda unit_id: (-served.count(unit_id), city.units[unit_id].name))
    names = [city.units[unit_id].name for unit_id in offices][:8]
    assert siti.buttons()[: len(names)] == names


async def test_leaving_says_what_is_kept(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/nilai")
    await siti.says("/batal")
    siti.sees("Kalau Bapak/Ibu sudah memilih nilai, nilai itu tetap tersimpan")
    assert await pulses(stage) == []


async def test_nothing_found_and_back_to_the_offices(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/nilai")
    await siti.says("zzzz qqqq")
    siti.sees("belum kami temukan")
    await siti.presses("Kembali")
    await siti.presses("Dinas Kependudukan")
    siti.sees("Dinas Kependudukan")
    await siti.presses("KTP elektronik")
    await siti.presses("Kembali")
    siti.sees("Dinas Kependudukan")
    await siti.presses("KTP elektronik")
    await siti.presses("Kurang baik")
    assert [pulse.score for pulse in await pulses(stage)] == [2]


async def test_the_second_of_a_day_replaces_after_a_question(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("n_ktp")
    await siti.presses("Sangat baik")
    await siti.starts("n_ktp")
    await siti.presses("Kurang baik")
    siti.sees("sudah menilai", "Sangat baik", "Kurang baik")
    assert [pulse.score for pulse in await pulses(stage)] == [4]
    await siti.presses("Ya, ganti")
    assert [pulse.score for pulse in await pulses(stage)] == [2]


async def test_the_second_of_a_day_can_be_left(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("n_ktp")
    await siti.presses("Sangat baik")
    await siti.starts("n_ktp")
    await siti.presses("Kurang baik")
    await siti.presses("Tidak, biarkan")
    siti.sees("Sangat baik")
    assert [pulse.score for pulse in await pulses(stage)] == [4]


async def test_another_day_is_another_rating(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("n_ktp")
    await siti.presses("Sangat baik")
    stage.later(days=1)
    await siti.starts("n_ktp")
    await siti.presses("Kurang baik")
    assert [pulse.score for pulse in await pulses(stage)] == [4, 2]


async def test_a_double_tap_counts_once(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("n_ktp")
    message_id, data = siti.button("Sangat baik")
    await siti.presses_data(message_id, data)
    await siti.presses_data(message_id, data)
    siti.sees("Terima kasih")
    assert [pulse.score for pulse in await pulses(stage)] == [4]


async def test_forged_ratings_are_refused(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("n_ktp")
    message_id, _ = siti.button("Sangat baik")
    for data, sentence in (
        ("r:3:9:qr:0", "1 sampai 4"),
        ("r:3:0:qr:1", "1 sampai 4"),
        ("r:999999999999999999999:4:qr:0", "Layanan itu tidak ada"),
        ("r:x:4:qr:0", "1 sampai 4"),
    ):
        await siti.presses_data(message_id, data)
        siti.sees(sentence)
    assert await pulses(stage) == []
    await siti.presses_data(message_id, "r:3:4:<b>hack</b>:0")
    assert [(pulse.score, pulse.channel) for pulse in await pulses(stage)] == [(4, "menu")]


async def test_words_and_files_join_the_rating(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("n_ktp")
    await siti.presses("Sangat baik")
    await siti.sends("album", [picture(), picture()], caption="Antrean tertib")
    await siti.sends("voice", b"voice")
    siti.sees("3 berkas")
    await siti.says("Petugas ramah sekali")
    siti.sees("sudah kami simpan")
    (pulse,) = await pulses(stage)
    assert pulse.comment == "Antrean tertib\nPetugas ramah sekali"
    async with stage.db.read() as session:
        files = (await session.scalars(select(Attachment))).all()
    assert [(file.pulse_id, file.purpose) for file in files] == [(pulse.id, FilePurpose.RATING)] * 3


async def test_done_says_thanks(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("n_ktp")
    await siti.presses("Sangat baik")
    await siti.presses("Selesai")
    siti.sees("Terima kasih", "KTP elektronik")
    await siti.says("Lampu jalan di depan rumah mati")
    siti.sees("Ada foto atau video?")


async def test_a_low_score_becomes_a_report_with_its_words(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("n_lampu")
    await siti.presses("Tidak baik")
    siti.sees("Apa yang kurang?")
    await siti.says("Sudah tiga minggu lampu di gang kami tidak menyala")
    await siti.presses("Jadikan laporan")
    siti.sees("Ada foto atau video?")
    await siti.presses("Lewati")
    await siti.presses("Lewati")
    await siti.presses("Terbuka")
    siti.sees("Sudah tiga minggu lampu di gang kami", "Lampu jalan")
    await siti.presses("Kirim laporan")
    async with stage.db.read() as session:
        complaint = (await session.scalars(select(Complaint))).one()
    (pulse,) = await pulses(stage)
    assert complaint.source is Source.RATING
    assert complaint.text == "Sudah tiga minggu lampu di gang kami tidak menyala"
    assert pulse.complaint_id == complaint.id


async def test_a_low_score_without_words_asks_for_them(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("n_lampu")
    await siti.presses("Kurang baik")
    await siti.presses("Jadikan laporan")
    siti.sees("Silakan ceritakan masalahnya")


async def test_a_high_score_offers_no_report(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("n_lampu")
    await siti.presses("Sangat baik")
    assert not any("laporan" in label.casefold() for label in siti.buttons())


async def test_nobody_makes_a_report_of_anothers_rating(stage: Stage) -> None:
    siti, budi = stage.person("Siti"), stage.person("Budi")
    await siti.starts("n_lampu")
    await siti.presses("Kurang baik")
    _, data = siti.button("Jadikan laporan")
    await budi.starts("n_lampu")
    message_id, _ = budi.button("Sangat baik")
    await budi.presses_data(message_id, data)
    budi.sees("bukan milik")


async def test_a_rating_leaves_an_open_report_alone(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("Lampu jalan di depan SD mati sejak Senin")
    siti.sees("Ada foto atau video?")
    await siti.starts("n_ktp")
    await siti.presses("Sangat baik")
    assert siti.saw("Terima kasih, nilai")
    siti.sees("Ada foto atau video?")
    await siti.presses("Lewati")
    siti.sees("Di mana tempatnya?")
    assert [pulse.score for pulse in await pulses(stage)] == [4]


async def test_the_next_days_words_are_no_comment(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("n_ktp")
    await siti.presses("Sangat baik")
    stage.later(hours=20)
    await siti.says("Lampu jalan di depan SD mati sejak Senin")
    siti.sees("Ada foto atau video?")
    (pulse,) = await pulses(stage)
    assert pulse.comment is None


async def test_cancel_keeps_what_was_tapped(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("n_ktp")
    await siti.presses("Sangat baik")
    await siti.says("batal")
    siti.sees("tetap tersimpan")
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Pulse)) == 1


async def in_language(stage: Stage, language: str) -> Phone:
    phone = stage.person("Ali", language)
    await phone.starts("n_ktp")
    await phone.presses_data(phone.history()[-1]["message_id"], "r:3:1:qr:0")
    return phone


async def test_rating_in_malay_and_english(stage: Stage) -> None:
    for language in ("ms", "en"):
        phone = await in_language(stage, language)
        phone.sees("KTP elektronik")
    assert len(await pulses(stage)) == 2
