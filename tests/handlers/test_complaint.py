"""A resident files a report."""

import pytest
from sqlalchemy import select

from models.complaint import Complaint
from tests.driver import Stage
from tests.handlers.resident import LAMP, file_report, press_ticket, reports, staff_phone, to_summary


async def test_rule_09_first_message_becomes_a_report_and_is_answered_with_its_number(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("Lampu jalan di depan SD mati sejak hari Senin")
    siti.sees("Ada foto atau video?")
    await siti.presses("Lewati")
    siti.sees("Di mana tempatnya?")
    await siti.says("Sei Jang, depan masjid")
    siti.sees("Kelurahan Sei Jang", "Benar?")
    await siti.presses("Ya, benar")
    if "Ke mana laporan" in siti.last():
        await siti.presses("Belum tahu")
    siti.sees("Siapa yang boleh tahu?")
    await siti.presses("Anonim")
    siti.sees("Periksa dahulu", "Lampu jalan di depan SD")
    await siti.presses("Kirim laporan")
    siti.sees("sudah kami terima", "TPI-")
    async with stage.db.read() as session:
        complaint = (await session.scalars(select(Complaint))).one()
    assert complaint.code in siti.last()
    assert complaint.anonymous
    assert complaint.text == "Lampu jalan di depan SD mati sejak hari Senin"


FIELDS = {
    "Ubah jenis": "Apa yang ingin Bapak/Ibu sampaikan?",
    "Ubah isi": "Silakan ceritakan masalahnya",
    "Ubah foto": "Ada foto atau video?",
    "Ubah lokasi": "Di mana tempatnya?",
    "Ubah unit": "Ke mana laporan ini",
    "Ubah kerahasiaan": "Siapa yang boleh tahu?",
}


@pytest.mark.parametrize("field", FIELDS)
async def test_each_field_opens_from_the_summary_and_leads_back(stage: Stage, field: str) -> None:
    siti = stage.person("Siti")
    await siti.says(LAMP)
    await to_summary(siti)
    await siti.presses(field)
    siti.sees(FIELDS[field])
    await siti.presses("Kembali")
    siti.sees("Periksa dahulu sebelum dikirim.")


async def test_changed_fields_are_what_is_sent(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says(LAMP)
    await to_summary(siti)
    await siti.presses("Ubah isi")
    await siti.says("Parit di Gang Merpati tersumbat sampah")
    await siti.presses("Ubah jenis")
    await siti.presses("Usulan")
    await siti.presses("Ubah unit")
    await siti.says("ktp")
    await siti.presses("KTP elektronik")
    await siti.presses("Ubah kerahasiaan")
    await siti.presses("Rahasia")
    await siti.presses("Ubah lokasi")
    await siti.says("Penyengat")
    await siti.presses("Ya, benar")
    siti.sees("Usulan", "Gang Merpati", "KTP elektronik", "Rahasia", "Kelurahan Penyengat")
    await siti.presses("Kirim laporan")
    (complaint,) = await reports(stage)
    assert complaint.text == "Parit di Gang Merpati tersumbat sampah"
    assert complaint.confidential
    assert not complaint.anonymous
    assert complaint.unit_id == 2


async def test_back_goes_through_every_step(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/lapor")
    await siti.presses("Pengaduan")
    await siti.says("Ada yang tidak beres di sini")
    await siti.presses("Lewati")
    await siti.presses("Lewati")
    await siti.presses("Belum tahu")
    questions = [
        "Siapa yang boleh tahu?",
        "Ke mana laporan",
        "Di mana tempatnya?",
        "Ada foto",
        "Silakan ceritakan",
        "Apa yang ingin",
    ]
    for question in questions:
        siti.sees(question)
        if question != questions[-1]:
            await siti.says("kembali")


STEPS: list[tuple[str, ...]] = [
    ("/lapor",),
    ("/lapor", "*Pengaduan"),
    (LAMP,),
    (LAMP, "*Lewati"),
    (LAMP, "*Lewati", "Sei Jang"),
    (LAMP, "*Lewati", "*Lewati"),
]


@pytest.mark.parametrize("acts", STEPS, ids=lambda acts: str(len(acts)) + acts[-1][:8])
async def test_cancel_at_each_step_says_what_is_gone(stage: Stage, acts: tuple[str, ...]) -> None:
    siti = stage.person("Siti")
    for act in acts:
        await (siti.presses(act[1:]) if act[0] == "*" else siti.says(act))
    await siti.presses("Batal")
    siti.sees("belum dikirim sudah dihapus")
    assert await reports(stage) == []


async def test_start_in_the_middle_greets_and_shows_the_open_question(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says(LAMP)
    await siti.says("/start")
    assert siti.saw("Selamat datang")
    siti.sees("Ada foto atau video?")


async def test_restart_half_way_keeps_question_and_draft(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says(LAMP)
    await stage.close()
    await stage.open()
    await siti.presses("Lewati")
    siti.sees("Di mana tempatnya?")
    await to_summary(siti)
    siti.sees(LAMP)


async def test_double_press_on_send_files_one_report(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says(LAMP)
    await to_summary(siti)
    message, data = siti.button("Kirim laporan")
    stage.sandbox.press(siti.id, message, data)
    await siti.presses_data(message, data)
    assert len(await reports(stage)) == 1


async def test_button_of_an_earlier_talk_changes_nothing(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/lapor")
    message, data = siti.button("Usulan")
    await siti.says("batal")
    await siti.says("/lapor")
    await siti.presses_data(message, data)
    siti.sees("Apa yang ingin Bapak/Ibu sampaikan?")


@pytest.mark.parametrize("value", ["nonsense", "s9999", "u0", "-1"])
async def test_forged_choice_is_asked_again(stage: Stage, value: str) -> None:
    siti = stage.person("Siti")
    await siti.says("/lapor")
    await siti.presses("Pengaduan")
    await siti.says("Ada yang tidak beres di sini")
    await siti.presses("Lewati")
    await siti.presses("Lewati")
    message, data = siti.button("Belum tahu")
    await siti.presses_data(message, ":".join([*data.split(":")[:-1], value]))
    siti.sees("Ke mana laporan")


async def test_notice_in_the_middle_shows_the_open_question_and_eats_no_answer(stage: Stage) -> None:
    siti, verifier = stage.person("Siti"), await staff_phone(stage, "verifier")
    complaint = await file_report(siti)
    await siti.says("/lapor")
    await siti.presses("Pengaduan")
    await press_ticket(verifier, "dispose", complaint.id, "u1")
    siti.sees(complaint.code, "💬 Pertanyaan yang", "Silakan ceritakan masalahnya")
    await siti.says("Parit di Gang Merpati tersumbat sampah")
    siti.sees("Ada foto atau video?")
