"""Every step of verifier and officer that needs words or a choice, talked from the card to its effect."""

import pytest
from sqlalchemy import select

from bot.callbacks import Ticket
from models.attachment import Attachment, FilePurpose
from models.complaint import ReportClass
from models.rules.complaint_flow import Action, ArchiveReason, Status
from tests.desk_scenes import (
    at_work,
    events,
    filed,
    officer_with_a_report,
    opens,
    resident,
    stored,
    verifier_with_a_report,
)
from tests.driver import Stage
from tests.sandbox.samples import picture

# --- the verifier ---


async def test_verifying_corrects_the_class_and_the_promised_date(stage: Stage) -> None:
    verifier, siti, complaint_id = await verifier_with_a_report(stage)
    before = (await stored(stage, complaint_id)).settle_due_at
    await verifier.presses("Lengkap, terima")
    verifier.sees("Jenis apa")
    assert "✔️ Pengaduan biasa (14 hari kerja)" in verifier.buttons()
    await verifier.presses("perlu pemeriksaan lapangan")
    verifier.sees("sudah diterima", "menunggu diteruskan")
    complaint = await stored(stage, complaint_id)
    assert complaint.needs_inspection
    assert complaint.settle_due_at > before
    assert complaint.due_at == complaint.verify_due_at
    siti.sees("sudah diperiksa", "Paling lambat")
    (event,) = await events(stage, complaint_id)
    assert (event.values["class_before"], event.values["needs_inspection"], event.role) == (
        "complaint",
        True,
        "verifier",
    )


async def test_an_information_request_is_never_inspected(stage: Stage) -> None:
    verifier, _siti, complaint_id = await verifier_with_a_report(stage)
    await verifier.presses("Lengkap, terima")
    await verifier.presses("Permintaan informasi")
    complaint = await stored(stage, complaint_id)
    assert complaint.report_class is ReportClass.INFORMATION
    assert not complaint.needs_inspection


async def test_asking_for_completion_pauses_and_asks_the_reporter(stage: Stage) -> None:
    verifier, siti, complaint_id = await verifier_with_a_report(stage)
    await verifier.presses("Minta dilengkapi")
    verifier.sees("Apa yang harus dilengkapi", "dikirim ke pelapor")
    await verifier.says("Mohon sebutkan nama sekolahnya.")
    verifier.sees("Periksa sebelum dikirim", "nama sekolahnya")
    assert not siti.saw("nama sekolahnya")
    await verifier.presses("Kirim ke pelapor")
    siti.sees("perlu dilengkapi", "nama sekolahnya")
    assert siti.button("Lengkapi")[1] == Ticket("answer", complaint_id).encode()
    complaint = await stored(stage, complaint_id)
    assert (complaint.status, complaint.paused_at) == (Status.INCOMPLETE, stage.now)


async def test_rule_16_not_ours_names_the_addressee(stage: Stage) -> None:
    """Domain rule 16."""
    verifier, siti, complaint_id = await verifier_with_a_report(stage)
    await verifier.presses("Bukan wewenang")
    await verifier.presses("PLN")
    await verifier.says("Tiang itu milik PLN.")
    await verifier.presses("Kirim ke pelapor")
    siti.sees("bukan wewenang", "Tiang itu milik PLN.", "PLN", "123")
    complaint = await stored(stage, complaint_id)
    assert (complaint.status, complaint.addressee_id, complaint.due_at) == (Status.NOT_OURS, 1, None)
    (event,) = await events(stage, complaint_id)
    assert (event.text, event.values["addressee"]) == ("Tiang itu milik PLN.", "PLN")


@pytest.mark.parametrize(
    ("label", "reason"), [("Sudah pernah", ArchiveReason.DUPLICATE), ("Bukan laporan", ArchiveReason.SPAM)]
)
async def test_rule_16_archiving_carries_a_reason_to_the_reporter(
    stage: Stage, label: str, reason: ArchiveReason
) -> None:
    """Domain rule 16."""
    verifier, siti, complaint_id = await verifier_with_a_report(stage)
    await verifier.presses("Arsipkan")
    await verifier.presses(label)
    if reason is ArchiveReason.DUPLICATE:
        await verifier.presses("tidak diketahui")
    await verifier.says("Laporan yang sama sudah ditangani.")
    await verifier.presses("Kirim ke pelapor")
    siti.sees("tidak kami lanjutkan", "Laporan yang sama sudah ditangani.", "Ombudsman")
    complaint = await stored(stage, complaint_id)
    assert (complaint.status, complaint.archive_reason) == (Status.ARCHIVED, reason)
    assert (await events(stage, complaint_id))[0].values == {"reason": reason.value}


async def test_disposing_to_a_unit_found_by_typing(stage: Stage) -> None:
    verifier, siti, complaint_id = await verifier_with_a_report(stage)
    other_officer = await at_work(stage, "other_officer")
    await verifier.presses("Pilih unit lain")
    await verifier.says("zzzz qqqq")
    verifier.sees("Tidak ada unit yang cocok")
    await verifier.says("kependudukn")
    await verifier.presses("Dinas Kependudukan")
    siti.sees("diteruskan ke Dinas Kependudukan")
    other_officer.sees("diteruskan ke unit Bapak/Ibu")
    complaint = await stored(stage, complaint_id)
    assert (complaint.status, complaint.unit_id, complaint.service_id) == (Status.DISPOSED, 2, None)


# --- the officer ---


async def test_asking_the_resident_pauses_the_clock_visibly(stage: Stage) -> None:
    officer, siti, complaint_id = await officer_with_a_report(stage)
    await officer.presses("Tanya pelapor")
    await officer.says("Tiang nomor berapa yang mati?")
    await officer.presses("Kirim ke pelapor")
    officer.sees("menunggu pelapor sejak")
    siti.sees("Petugas bertanya", "Tiang nomor berapa")
    assert siti.button("Jawab pertanyaan")[1] == Ticket("answer", complaint_id).encode()
    complaint = await stored(stage, complaint_id)
    assert complaint.paused_at == complaint.first_response_at == stage.now


async def test_an_internal_note_never_reaches_the_reporter(stage: Stage) -> None:
    officer, siti, complaint_id = await officer_with_a_report(stage)
    before = len(siti.texts())
    await officer.presses("Catatan internal")
    officer.sees("Hanya petugas")
    await officer.says("Gardu lama, tunggu suku cadang.")
    assert "📨 Kirim ke pelapor" not in officer.buttons()
    await officer.presses("Simpan")
    officer.sees("pelapor tidak melihatnya", "Gardu lama", "internal")
    assert len(siti.texts()) == before
    note = (await events(stage, complaint_id))[-1]
    assert (note.action, note.public, note.text) == (Action.NOTE, False, "Gardu lama, tunggu suku cadang.")
    assert (await stored(stage, complaint_id)).first_response_at is None


async def test_a_reply_is_a_template_that_can_be_replaced_with_an_album_of_proof(stage: Stage) -> None:
    officer, siti, complaint_id = await officer_with_a_report(stage)
    await officer.presses("Jawab pelapor")
    await officer.presses("Akan dicek")
    officer.sees("Petugas akan memeriksa lokasi.")
    await officer.says("Petugas kami datang besok pagi.")
    officer.sees("Petugas kami datang besok pagi.")
    assert "memeriksa lokasi" not in officer.last()
    for colour in ("teal", "red", "blue"):
        await officer.sends("photo", picture(320, 240, colour), media_group="album-1")
    assert officer.saw("3 berkas ikut dikirim")
    await officer.presses("Kirim ke pelapor")
    assert siti.saw("Petugas kami datang besok pagi.")
    assert sum("photo" in message for message in siti.history()) == 3
    async with stage.db.read() as session:
        proofs = (await session.scalars(select(Attachment).where(Attachment.complaint_id == complaint_id))).all()
    event = (await events(stage, complaint_id))[-1]
    assert {(proof.purpose, proof.event_id) for proof in proofs} == {(FilePurpose.PROOF, event.id)}
    assert (await stored(stage, complaint_id)).status is Status.IN_PROGRESS


async def test_proposing_done_asks_for_the_verdict_and_starts_the_silent_days(stage: Stage) -> None:
    officer, siti, complaint_id = await officer_with_a_report(stage)
    await officer.presses("Usulkan selesai")
    await officer.says("Lampu sudah diganti.")
    officer.sees("Belum ada foto bukti")
    await officer.presses("Kirim ke pelapor")
    siti.sees("Apakah masalahnya sudah selesai?", "Lampu sudah diganti.")
    assert siti.button("Sudah selesai")[1] == Ticket("solved", complaint_id).encode()
    assert siti.button("Belum selesai")[1] == Ticket("not_solved", complaint_id).encode()
    complaint = await stored(stage, complaint_id)
    assert complaint.auto_close_at is not None
    assert complaint.auto_close_at > stage.now


async def test_a_transfer_gives_the_reason_to_colleagues_only(stage: Stage) -> None:
    officer, siti, complaint_id = await officer_with_a_report(stage)
    other_officer = await at_work(stage, "other_officer")
    await officer.presses("Alihkan ke unit lain")
    await officer.says("KTP")
    await officer.presses("KTP elektronik")
    await officer.says("Ini urusan kependudukan, bukan kami.")
    await officer.presses("Simpan")
    siti.sees("diteruskan ke Dinas Kependudukan")
    assert not siti.saw("bukan kami")
    await other_officer.presses("Buka laporan")
    other_officer.sees("Ini urusan kependudukan", "internal", "Dialihkan ke Disdukcapil")
    complaint = await stored(stage, complaint_id)
    assert (complaint.status, complaint.unit_id, complaint.officer_id) == (Status.DISPOSED, 2, None)
    transfer = (await events(stage, complaint_id))[-1]
    assert (transfer.values["unit_before"], transfer.values["unit"]) == ("PU", "Disdukcapil")


async def test_whoever_reported_the_same_is_told_how_the_main_report_goes_on(stage: Stage) -> None:
    """Domain rule 19."""
    verifier, siti, budi = await at_work(stage, "verifier"), await resident(stage), await resident(stage, "Budi")
    officer = await at_work(stage, "officer")
    main, twin = await filed(stage, siti, area_id=1, unit_id=1), await filed(stage, budi, area_id=1, unit_id=1)
    codes = [(await stored(stage, number)).code for number in (main, twin)]
    await opens(verifier, twin)
    await verifier.presses("Arsipkan")
    await verifier.presses("Sudah pernah")
    await verifier.says("nomor ngawur")
    assert verifier.saw("Nomor laporan itu tidak ada")
    await verifier.says(codes[1])
    verifier.sees("Laporan mana yang sama")
    await verifier.presses(codes[0])
    await verifier.says("Masalah ini sudah kami tangani bersama.")
    await verifier.presses("Kirim ke pelapor")
    budi.sees(codes[1], "kami gabungkan dengan laporan", codes[0], "kami tangani bersama", "Ombudsman 137")
    await opens(verifier, main)
    verifier.sees(f"Laporan {codes[1]} digabungkan ke sini")
    await verifier.presses("Terima & teruskan")
    budi.sees(codes[0], "Bapak/Ibu ikuti", "Diteruskan ke unit")
    await opens(officer, main)
    await officer.presses("Saya kerjakan")
    await officer.presses("Usulkan selesai")
    await officer.says("Lampu sudah diganti.")
    await officer.presses("Kirim ke pelapor")
    budi.sees(codes[0], "Sudah dikerjakan", "Lampu sudah diganti.")
    assert "Sudah selesai" not in " ".join(budi.buttons())  # the verdict is the reporter's alone
    assert not siti.saw("Bapak/Ibu ikuti")


async def test_the_questions_of_desk_and_resident_meet(stage: Stage) -> None:
    """Asked, answered by the button of the notice, taken up again by the unit."""
    officer, siti, complaint_id = await officer_with_a_report(stage)
    await officer.presses("Tanya pelapor")
    await officer.says("Tiang nomor berapa yang mati?")
    await officer.presses("Kirim ke pelapor")
    stage.later(days=1)
    await siti.presses("Jawab pertanyaan")
    await siti.says("Tiang nomor tujuh di depan gerbang")
    if "Kirim" in " ".join(siti.buttons()):
        await siti.presses("Kirim")
    assert officer.saw("Pelapor menambah keterangan")
    await opens(officer, complaint_id)
    officer.sees("Tiang nomor tujuh", "pelapor")
    assert (await stored(stage, complaint_id)).paused_at is None
