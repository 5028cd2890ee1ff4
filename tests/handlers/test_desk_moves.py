"""Moving about in the desk's talk: back, cancel, help, restarts, double taps, drafts of other reports, forgeries."""

import pytest

from bot.callbacks import Choose, Ticket
from models.rules.complaint_flow import Action, Status
from tests.desk_scenes import (
    at_work,
    disposed,
    events,
    forges,
    officer_with_a_report,
    opens,
    resident,
    stored,
    taken,
    verifier_with_a_report,
)
from tests.driver import Stage
from tests.sandbox.samples import picture


async def test_back_goes_one_question_back_and_keeps_what_was_said(stage: Stage) -> None:
    verifier, _siti, complaint_id = await verifier_with_a_report(stage)
    await verifier.presses("Bukan wewenang")
    await verifier.presses("PLN")
    await verifier.says("Tiang itu milik PLN.")
    await verifier.presses("Kembali")
    verifier.sees("Mengapa", "bukan wewenang kota")
    await verifier.says("kembali")
    verifier.sees("Siapa yang berwenang")
    await verifier.presses("Kembali")
    verifier.sees("sudah dihapus", "tidak berubah")
    assert (await stored(stage, complaint_id)).status is Status.RECEIVED


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
async def test_cancel_discards_at_every_step_and_leads_back_to_the_card(stage: Stage, steps: int) -> None:
    verifier, siti, complaint_id = await verifier_with_a_report(stage)
    before = siti.texts()
    await verifier.presses("Arsipkan")
    if steps > 0:
        await verifier.presses("Sudah pernah")
    if steps > 1:
        await verifier.presses("tidak diketahui")
    if steps > 2:
        await verifier.says("Laporan yang sama sudah ada.")
    await verifier.presses("Batal")
    verifier.sees("sudah dihapus", "Laporan tidak berubah")
    await verifier.presses("Kembali ke laporan")
    verifier.sees("Baru, menunggu diperiksa")
    assert siti.texts() == before
    assert await events(stage, complaint_id) == []


async def test_help_explains_and_asks_again(stage: Stage) -> None:
    officer, _siti, _id = await officer_with_a_report(stage)
    await officer.presses("Jawab pelapor")
    await officer.says("bantuan")
    assert officer.saw("tidak pernah")
    officer.sees("Apa jawaban untuk pelapor")


async def test_a_restart_half_way_keeps_the_draft(stage: Stage) -> None:
    officer, siti, _id = await officer_with_a_report(stage)
    await officer.presses("Jawab pelapor")
    await officer.says("Petugas kami datang besok pagi.")
    await stage.close()
    await stage.open()
    await officer.presses("Kirim ke pelapor")
    siti.sees("Petugas kami datang besok pagi.")


async def test_a_double_tap_on_send_sends_once(stage: Stage) -> None:
    officer, siti, complaint_id = await officer_with_a_report(stage)
    await officer.presses("Jawab pelapor")
    await officer.says("Petugas kami datang besok pagi.")
    message_id, data = officer.button("Kirim ke pelapor")
    await officer.presses_data(message_id, data)
    await officer.presses_data(message_id, data)
    officer.sees("sudah tidak berlaku")
    assert sum("besok pagi" in text for text in siti.texts()) == 1
    assert [event.action for event in await events(stage, complaint_id)].count(Action.REPLY) == 1


async def test_the_draft_of_one_report_is_not_lost_to_another_unasked(stage: Stage) -> None:
    officer, siti, first = await officer_with_a_report(stage)
    second = await taken(stage, siti)
    await officer.presses("Jawab pelapor")
    await officer.says("Petugas kami datang besok pagi.")
    await forges(officer, Ticket(Action.NOTE, second).encode())
    officer.sees("Masih ada isian yang belum selesai")
    await officer.presses("Lanjutkan")
    officer.sees("Petugas kami datang besok pagi.")
    await forges(officer, Ticket(Action.NOTE, second).encode())
    await officer.presses("Mulai baru")
    officer.sees("catatan internal", (await stored(stage, second)).code)
    await officer.says("Catatan kedua.")
    await officer.presses("Simpan")
    assert [event.text for event in await events(stage, second)][-1] == "Catatan kedua."
    assert Action.REPLY not in [event.action for event in await events(stage, first)]


async def test_filing_a_report_does_not_break_into_an_open_desk_talk(stage: Stage) -> None:
    officer, siti, _id = await officer_with_a_report(stage)
    await officer.presses("Jawab pelapor")
    await officer.says("Petugas kami datang besok pagi.")
    await officer.says("/lapor")
    officer.sees("Masih ada isian")
    await officer.presses("Lanjutkan")
    await officer.presses("Kirim ke pelapor")
    siti.sees("besok pagi")


async def test_who_is_slower_than_a_colleague_reads_it_instead_of_sending(stage: Stage) -> None:
    officer, siti, complaint_id = await officer_with_a_report(stage)
    head = await at_work(stage, "head")
    await officer.presses("Usulkan selesai")
    await officer.says("Lampu sudah diganti.")
    await forges(head, Ticket(Action.PROPOSE_DONE, complaint_id).encode())
    await head.says("Sudah menyala kembali.")
    await head.presses("Kirim ke pelapor")
    await officer.presses("Kirim ke pelapor")
    officer.sees("tidak bisa lagi", "Diusulkan selesai", "Pegawai Head")
    assert not siti.saw("Lampu sudah diganti.")


async def test_too_few_words_and_unwanted_files_are_answered_and_the_question_stays(stage: Stage) -> None:
    verifier, _siti, complaint_id = await verifier_with_a_report(stage)
    await verifier.presses("Minta dilengkapi")
    await verifier.says("ya")
    assert verifier.saw("sedikit lebih jelas")
    await verifier.sends("photo", picture(64, 48))
    assert verifier.saw("hanya tulisan")
    await verifier.says("x" * 3001)
    assert verifier.saw("terlalu panjang")
    verifier.sees("Apa yang harus dilengkapi")
    assert (await stored(stage, complaint_id)).status is Status.RECEIVED


async def test_forged_choices_change_nothing(stage: Stage) -> None:
    verifier, _siti, complaint_id = await verifier_with_a_report(stage)
    await verifier.presses("Bukan wewenang")
    _message, data = verifier.button("PLN")
    nonce = data.split(":")[3]
    for step, value in (("addressee", "99"), ("addressee", "x"), ("check", "send"), ("unit", "u1"), ("reason", "spam")):
        await forges(verifier, Choose("desk", step, nonce, value).encode())
    verifier.sees("Siapa yang berwenang")
    await verifier.presses("Batal")
    await forges(verifier, Choose("desk", "addressee", nonce, "1").encode())
    assert (await stored(stage, complaint_id)).status is Status.RECEIVED
    assert await events(stage, complaint_id) == []


async def test_disposed_reports_offer_only_what_is_possible(stage: Stage) -> None:
    officer = await at_work(stage, "officer")
    complaint_id = await disposed(stage, await resident(stage))
    await opens(officer, complaint_id)
    labels = " ".join(officer.buttons())
    assert "Saya kerjakan" in labels
    assert "Jawab pelapor" not in labels
    assert "Arsipkan" not in labels
    await officer.presses("Saya kerjakan")
    labels = " ".join(officer.buttons())
    assert "Jawab pelapor" in labels
    assert "Saya kerjakan" not in labels
