"""A resident follows the own reports."""

import random
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy import event as sqlalchemy_event

from bot.callbacks import Open
from models.complaint import Complaint, ReportClass
from models.rules import ticket_code
from models.rules.complaint_flow import Action, Status
from tests.driver import Phone, Stage
from tests.handlers.resident import (
    LAMP,
    events,
    file_report,
    follow_up,
    move,
    notices,
    picture,
    press_ticket,
    reports,
    staff_phone,
)


async def test_without_reports_the_list_offers_to_file_one(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/laporan")
    siti.sees("belum punya laporan")
    await siti.presses("Lapor atau usul")
    siti.sees("Apa yang ingin Bapak/Ibu sampaikan?")


async def test_list_opens_a_report_with_its_story(stage: Stage) -> None:
    siti = stage.person("Siti")
    complaint = await file_report(siti)
    await follow_up(stage, complaint.id)
    await siti.says("/laporan")
    siti.sees("Laporan saya", complaint.code, "menunggu penilaian")
    await siti.presses(complaint.code)
    siti.sees(
        "Laporan kami terima", "Laporan diperiksa", "Diteruskan ke PU", "Petugas mulai", "Lampu sudah diganti", "WIB"
    )
    assert {"✅ Sudah selesai", "❌ Belum selesai"} <= set(siti.buttons())
    assert "🔁 Belum selesai, buka kembali" not in siti.buttons()


async def test_internal_notes_never_reach_the_reporter(stage: Stage) -> None:
    siti = stage.person("Siti")
    complaint = await file_report(siti)
    await move(stage, complaint.id, (Action.NOTE, {"text": "pelapor ini rewel", "public": False}))
    await press_ticket(siti, "view", complaint.id)
    siti.sees(complaint.code)
    assert not siti.saw("rewel")


async def test_proof_of_an_answer_is_shown_with_the_story(stage: Stage) -> None:
    siti, officer, verifier = (
        stage.person("Siti"),
        await staff_phone(stage, "officer"),
        await staff_phone(stage, "verifier"),
    )
    complaint = await file_report(siti)
    await press_ticket(verifier, "dispose", complaint.id, "u1")
    await press_ticket(officer, "take", complaint.id)
    await press_ticket(officer, "reply", complaint.id)
    await officer.sends("photo", picture(7), caption="Sudah kami periksa di lapangan")
    await officer.presses("Kirim")
    before = len(siti.history())
    await press_ticket(siti, "view", complaint.id)
    assert siti.saw("Sudah kami periksa di lapangan")
    assert any("photo" in message for message in siti.history()[before:])


async def test_list_needs_as_many_queries_for_ten_rows_as_for_a_thousand(stage: Stage) -> None:
    siti = stage.person("Siti")
    await file_report(siti)
    counts = []
    for number in (9, 990):
        async with stage.db.begin() as session:
            template = (await reports(stage))[0]
            session.add_all(_copy(template, f"{number}x{i}", stage) for i in range(number))
        counts.append(await _queries_of(siti, "/laporan"))
        siti.sees("Laporan saya")
    assert counts[0] == counts[1] == 2
    await siti.presses("Berikutnya")
    assert "◀️ Sebelumnya" in siti.buttons()


async def _queries_of(phone: Phone, text: str) -> int:
    statements: list[str] = []

    def listen(*args: Any) -> None:
        statements.append(args[2])

    sqlalchemy_event.listen(Engine, "before_cursor_execute", listen)
    await phone.says(text)
    sqlalchemy_event.remove(Engine, "before_cursor_execute", listen)
    return len([each for each in statements if "FROM complaint" in each])


def _copy(template: Complaint, key: str, stage: Stage) -> Complaint:
    return Complaint(
        code=f"TPI-{key}",
        filing_key=key,
        report_class=ReportClass.COMPLAINT,
        reporter_id=template.reporter_id,
        text="Laporan lain",
        received_at=stage.now,
        verify_due_at=stage.now,
        settle_due_at=stage.now,
        statutory_due_on=stage.now.date(),
    )


async def test_name_is_hidden_once_and_for_good(stage: Stage) -> None:
    siti = stage.person("Siti")
    complaint = await file_report(siti)
    await press_ticket(siti, "view", complaint.id)
    await siti.presses("Sembunyikan nama saya")
    siti.sees("sekarang disembunyikan")
    await press_ticket(siti, "hide_name", complaint.id)
    siti.sees("sudah tidak bisa dilakukan")
    assert (await reports(stage))[0].anonymous
    assert [row.action for row in await events(stage, complaint.id)] == [Action.HIDE_NAME]


async def test_withdrawing_asks_first_and_happens_once(stage: Stage) -> None:
    siti = stage.person("Siti")
    complaint = await file_report(siti)
    await press_ticket(siti, "view", complaint.id)
    await siti.presses("Tarik laporan")
    siti.sees("tidak bisa dibuka kembali")
    assert (await reports(stage))[0].status is Status.RECEIVED
    await siti.presses("Ya, tarik")
    siti.sees("sudah Bapak/Ibu tarik", "Ditarik oleh pelapor")
    await press_ticket(siti, "withdraw", complaint.id, "yes")
    siti.sees("sudah tidak bisa dilakukan")
    assert [row.action for row in await events(stage, complaint.id)] == [Action.WITHDRAW]
    assert (await reports(stage))[0].status is Status.WITHDRAWN


@pytest.mark.parametrize("verb", ["view", "hide_name", "withdraw", "answer", "solved", "not_solved", "reopen", "low"])
async def test_nobody_reaches_the_report_of_another(stage: Stage, verb: str) -> None:
    siti, budi = stage.person("Siti"), stage.person("Budi")
    complaint = await file_report(siti)
    await budi.says("/menu")
    await press_ticket(budi, verb, complaint.id, "yes")
    budi.sees("bukan milik atau bukan tugas Bapak/Ibu")
    assert not budi.saw(LAMP)
    assert (await events(stage, complaint.id)) == []


async def test_own_tracking_id_opens_in_any_spelling(stage: Stage) -> None:
    siti = stage.person("Siti")
    complaint = await file_report(siti)
    await siti.says(complaint.code.lower().replace("-", " "))
    siti.sees("Perjalanan laporan", complaint.code)
    await siti.starts(f"t_{complaint.code}")
    siti.sees("Perjalanan laporan", complaint.code)


async def test_tracking_id_of_another_leaks_nothing(stage: Stage) -> None:
    siti, budi = stage.person("Siti"), stage.person("Budi")
    complaint = await file_report(siti)
    await budi.says(complaint.code)
    budi.sees("bukan nomor laporan Bapak/Ibu")
    foreign = budi.last()
    await budi.says(ticket_code.make("TPI", stage.now.date(), random.Random(3)))
    unknown = budi.last()
    assert foreign == unknown
    assert not budi.saw("Lampu")


async def test_information_is_added_with_words_and_an_album(stage: Stage) -> None:
    siti = stage.person("Siti")
    complaint = await file_report(siti)
    await press_ticket(siti, "view", complaint.id)
    await siti.presses("Tambah keterangan")
    siti.sees("Apa yang ingin ditambahkan")
    await siti.says("Tiang ketiga dari simpang")
    await siti.sends("album", [picture(1), picture(2)])
    siti.sees("Tambahan untuk laporan", "Foto/berkas: 2")
    await siti.presses("Kirim tambahan")
    siti.sees("sudah kami masukkan", complaint.code)
    (added,) = await events(stage, complaint.id)
    assert (added.action, added.text, added.values) == (
        Action.ADD_INFORMATION,
        "Tiang ketiga dari simpang",
        {"files": 2},
    )


async def test_cancelled_addition_leaves_the_report_alone(stage: Stage) -> None:
    siti = stage.person("Siti")
    complaint = await file_report(siti)
    await press_ticket(siti, "answer", complaint.id)
    await siti.says("Tiang ketiga")
    await siti.says("batal")
    siti.sees("tambahan yang belum dikirim sudah dihapus")
    assert await events(stage, complaint.id) == []


async def test_addition_does_not_eat_an_open_draft(stage: Stage) -> None:
    siti = stage.person("Siti")
    complaint = await file_report(siti)
    await siti.says("/lapor")
    await press_ticket(siti, "answer", complaint.id)
    siti.sees("Masih ada isian yang belum selesai")
    await siti.presses("Mulai baru")
    siti.sees("Apa yang ingin ditambahkan", complaint.code)


async def test_reply_to_a_message_about_a_report_is_added_to_it(stage: Stage) -> None:
    siti = stage.person("Siti")
    complaint = await file_report(siti)
    filed = siti.history()[-1]["message_id"]
    await siti.says("Lampunya di tiang ketiga", reply_to=filed)
    siti.sees("sudah kami masukkan", complaint.code)
    assert len(await reports(stage)) == 1
    assert [row.text for row in await events(stage, complaint.id)] == ["Lampunya di tiang ketiga"]


async def test_reply_to_a_notice_in_the_middle_of_a_talk_keeps_the_question(stage: Stage) -> None:
    siti, verifier = stage.person("Siti"), await staff_phone(stage, "verifier")
    complaint = await file_report(siti)
    await press_ticket(verifier, "dispose", complaint.id, "u1")
    notice = siti.history()[-1]["message_id"]
    siti.sees(complaint.code)
    await siti.says("/lapor")
    await siti.says("Sudah tiga malam gelap", reply_to=notice)
    assert [row.text for row in await events(stage, complaint.id) if row.text] == ["Sudah tiga malam gelap"]
    siti.sees("Apa yang ingin Bapak/Ibu sampaikan?")


async def test_edited_message_is_kept_beside_the_old_one_and_staff_is_told(stage: Stage) -> None:
    siti, verifier = stage.person("Siti"), await staff_phone(stage, "verifier")
    complaint = await file_report(siti)
    first = next(m["message_id"] for m in siti.history() if m.get("text") == LAMP)
    stage.sandbox.edit_text(siti.id, first, LAMP + " malam")
    await stage.settle()
    siti.sees("Perubahan tulisan", complaint.code)
    (edit,) = await events(stage, complaint.id)
    assert (edit.text, edit.values["edited"]) == (LAMP + " malam", True)
    assert (await reports(stage))[0].text == LAMP
    assert "menambah keterangan" in notices(stage, verifier.id)[-1]
    stage.sandbox.edit_text(siti.id, first, LAMP + " malam")
    await stage.settle()
    assert len(await events(stage, complaint.id)) == 1


async def test_late_report_shows_the_way_to_the_ombudsman(stage: Stage) -> None:
    siti = stage.person("Siti")
    complaint = await file_report(siti)
    await press_ticket(siti, "view", complaint.id)
    assert not siti.saw("Ombudsman 137")
    stage.later(days=30)
    await press_ticket(siti, "view", complaint.id)
    siti.sees("melewati waktu yang dijanjikan", "Ombudsman 137")


async def test_page_beyond_the_last_shows_the_last(stage: Stage) -> None:
    siti = stage.person("Siti")
    complaint = await file_report(siti)
    await siti.presses_data(siti.history()[-1]["message_id"], Open("my_reports", 99).encode())
    siti.sees(complaint.code)
