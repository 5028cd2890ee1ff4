"""Every way into a report, and what people send while it grows."""

import pytest
from sqlalchemy import update

from bot.services.city import forget
from models.calendar import ServiceLimit
from models.organisation import EmergencyNumber
from tests.driver import Stage
from tests.handlers.resident import LAMP, events, file_report, picture, reports, to_summary


async def test_photo_with_a_caption_is_a_report(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.sends("photo", picture(), caption=LAMP)
    siti.sees("Di mana tempatnya?")
    await to_summary(siti)
    siti.sees(LAMP, "Foto/berkas: 1")


async def test_album_of_four_is_one_report_with_four_pictures(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.sends("album", [picture(n) for n in range(4)], caption=LAMP)
    siti.sees("Di mana tempatnya?")
    await to_summary(siti)
    siti.sees("Foto/berkas: 4")
    await siti.presses("Kirim laporan")
    assert len(await reports(stage)) == 1


async def test_album_without_words_asks_for_them_once(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.sends("album", [picture(n) for n in range(3)])
    assert len([text for text in siti.texts() if "Silakan ceritakan" in text]) == 1
    await siti.says(LAMP)
    await to_summary(siti)
    siti.sees("Foto/berkas: 3")


async def test_voice_alone_is_enough(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.sends("voice", b"OggS suara")
    siti.sees("Di mana tempatnya?")
    await to_summary(siti)
    siti.sees("(pesan suara)", "Foto/berkas: 1")


async def test_document_first_asks_what_it_is_about(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.sends("document", b"%PDF-1.4", name="surat.pdf")
    siti.sees("Silakan ceritakan masalahnya")
    await siti.says(LAMP)
    await to_summary(siti)
    siti.sees("Foto/berkas: 1")


async def test_pin_first_is_the_place_of_the_report(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.sends("location", 0.8997, 104.47497)
    siti.sees("Silakan ceritakan masalahnya")
    await siti.says(LAMP)
    await siti.presses("Lewati")
    siti.sees("Kelurahan Sei Jang", "Benar?")
    await to_summary(siti)
    siti.sees("Kelurahan Sei Jang", "titik di peta")


async def test_pin_outside_the_city_names_another_authority(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.sends("location", 1.3521, 103.8198)
    assert siti.saw("di luar wilayah kota")
    siti.sees("Silakan ceritakan masalahnya")


async def test_deep_link_begins_a_report(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("lapor")
    siti.sees("Apa yang ingin Bapak/Ibu sampaikan?")


async def test_a_first_message_with_an_open_report_asks_which(stage: Stage) -> None:
    siti = stage.person("Siti")
    complaint = await file_report(siti)
    await siti.says("Tiangnya yang ketiga dari simpang")
    siti.sees("laporan baru, atau tambahan")
    await siti.presses("Tambahan")
    siti.sees("sudah kami masukkan", complaint.code)
    assert len(await reports(stage)) == 1
    assert [row.text for row in await events(stage, complaint.id)] == ["Tiangnya yang ketiga dari simpang"]


async def test_a_second_report_stays_a_report_of_its_own(stage: Stage) -> None:
    siti = stage.person("Siti")
    first = await file_report(siti)
    second = await file_report(siti, "Parit di Gang Merpati tersumbat sampah")
    assert first.id != second.id
    assert await events(stage, first.id) == []


async def test_forged_choice_of_a_report_is_asked_again(stage: Stage) -> None:
    siti, budi = stage.person("Siti"), stage.person("Budi")
    foreign = await file_report(budi, "Parit di Gang Merpati tersumbat sampah")
    await file_report(siti)
    await siti.says("Tiangnya yang ketiga dari simpang")
    message, data = siti.button("Tambahan")
    await siti.presses_data(message, ":".join([*data.split(":")[:-1], str(foreign.id)]))
    siti.sees("laporan baru, atau tambahan")
    assert await events(stage, foreign.id) == []


async def test_late_picture_of_an_album_joins_the_sent_report(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.sends("photo", picture(1), caption=LAMP, media_group="77")
    await to_summary(siti)
    await siti.presses("Kirim laporan")
    await siti.sends("photo", picture(2), media_group="77")
    siti.sees("Foto tambahan sudah kami masukkan")
    assert len(await reports(stage)) == 1


async def test_pieces_of_a_long_text_join_again(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says(("Lampu jalan mati. " * 300).strip())
    await to_summary(siti)
    await siti.presses("Kirim laporan")
    (complaint,) = await reports(stage)
    assert complaint.text.replace("\n", " ").count("Lampu jalan mati.") == 300


async def test_a_text_after_a_while_is_no_piece_of_the_one_before(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says(("Lampu jalan mati. " * 200).strip())
    await siti.presses("Lewati")
    stage.later(seconds=6)
    await siti.says("Sei Jang, depan masjid")
    siti.sees("Kelurahan Sei Jang", "Benar?")


async def test_edited_message_replaces_the_text_of_the_draft(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says(LAMP)
    first = next(m["message_id"] for m in siti.history() if m.get("text") == LAMP)
    stage.sandbox.edit_text(siti.id, first, "Lampu jalan di depan masjid mati")
    await stage.settle()
    await to_summary(siti)
    siti.sees("Lampu jalan di depan masjid mati")
    await siti.presses("Kirim laporan")
    assert (await reports(stage))[0].text == "Lampu jalan di depan masjid mati"


async def test_sticker_is_answered_and_the_question_kept(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says(LAMP)
    await siti.sends("sticker")
    assert siti.saw("belum bisa kami baca")
    siti.sees("Ada foto atau video?")


async def test_a_story_told_before_the_class_is_chosen_is_kept(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/lapor")
    await siti.says(LAMP)
    assert siti.saw("sudah kami masukkan ke laporan")
    siti.sees("Apa yang ingin Bapak/Ibu sampaikan?")
    await siti.says("pengaduan")
    siti.sees("Ada foto atau video?")
    await siti.says("Tiangnya juga miring")
    await to_summary(siti)
    await siti.says("Sudah tiga hari begini")
    siti.sees(LAMP, "Tiangnya juga miring", "Sudah tiga hari begini")
    await siti.presses("Kirim laporan")
    (report,) = await reports(stage)
    assert report.text == f"{LAMP}\nTiangnya juga miring\nSudah tiga hari begini"


async def test_danger_is_told_even_before_the_class_is_chosen(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/lapor")
    await siti.says("Ada kebakaran di pasar, tolong cepat")
    assert siti.saw("telepon dahulu")
    await siti.presses("Pengaduan")
    siti.sees("Ada foto atau video?")


async def test_words_where_only_a_button_answers_say_so(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says(LAMP)
    for _ in ("photo", "place"):
        await siti.presses("Lewati")
    siti.sees("Siapa yang boleh tahu?")
    await siti.says("terserah saja")
    assert siti.saw("silakan tekan salah satu tombol")
    siti.sees("Siapa yang boleh tahu?")


async def test_personal_number_is_masked_and_said_so(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("KTP saya 2172011505900001 belum jadi juga")
    assert siti.saw("16 angka")
    await to_summary(siti)
    await siti.presses("Kirim laporan")
    assert "2172011505900001" not in (await reports(stage))[0].text


async def test_danger_comes_first_and_once(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("Ada kebakaran di pasar, tolong cepat")
    assert siti.saw("113")
    assert len([text for text in siti.texts() if "telepon dahulu" in text]) == 1
    siti.sees("Ada foto atau video?")


async def test_a_file_is_welcome_at_every_step(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says(LAMP)
    await siti.presses("Lewati")
    await siti.sends("photo", picture())
    siti.sees("Di mana tempatnya?")
    await to_summary(siti)
    siti.sees("Foto/berkas: 1")


async def test_twentieth_report_of_a_day_is_the_last(stage: Stage) -> None:
    siti = stage.person("Siti")
    await file_report(siti)
    async with stage.db.begin() as session:
        template = (await reports(stage))[0]
        values = {column.key: getattr(template, column.key) for column in template.__table__.columns}
        for number in range(19):
            session.add(type(template)(**values | {"id": None, "code": f"X{number}", "filing_key": f"x{number}"}))
    await siti.says("Parit di Gang Merpati tersumbat sampah")
    await to_summary(siti)
    await siti.presses("Kirim laporan")
    assert siti.saw("sudah mengirim 20 laporan")
    assert len(await reports(stage)) == 20
    stage.later(days=1, seconds=1)
    await siti.presses("Kirim laporan")
    assert len(await reports(stage)) == 21


@pytest.mark.parametrize("language", ["en", "ms"])
async def test_talk_works_in_other_languages(stage: Stage, language: str) -> None:
    siti = stage.person("Siti", language)
    await siti.says(LAMP)
    await siti.says("/laporan")
    await siti.says("/lapor")
    assert len(siti.texts()) >= 3
    assert not siti.saw("gangguan di pihak kami")


async def test_the_days_limit_names_the_citys_emergency_number(stage: Stage) -> None:
    async with stage.db.begin() as session:
        session.add(ServiceLimit(name="reports_per_day", days=1))
        await session.execute(update(EmergencyNumber).where(EmergencyNumber.number == "112").values(number="0771-123"))
        forget(session)
    siti = stage.person("Siti")
    await file_report(siti)
    await siti.says("Parit tersumbat sampah di depan pasar")
    await to_summary(siti)
    await siti.presses("Kirim laporan")
    assert siti.saw("sudah mengirim 1 laporan")
    assert siti.saw("Keadaan darurat? Telepon 0771-123.")
