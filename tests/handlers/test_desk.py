"""The way of one report over the desks, told by the people who press the buttons."""

from sqlalchemy import select

from models.complaint import Complaint
from models.rules.complaint_flow import Status
from tests.desk_scenes import at_work, file_a_report
from tests.driver import Stage
from tests.sandbox.samples import picture


async def stored(stage: Stage) -> Complaint:
    async with stage.db.read() as session:
        return (await session.scalars(select(Complaint).order_by(Complaint.id.desc()).limit(1))).one()


async def test_a_report_goes_from_the_resident_over_two_desks_to_the_verdict(stage: Stage) -> None:
    verifier, officer = await at_work(stage, "verifier"), await at_work(stage, "officer")
    siti = stage.person("Siti")
    code = await file_a_report(siti)

    verifier.sees("menunggu diperiksa", code)
    await verifier.presses("Buka laporan")
    verifier.sees("Baru, menunggu diperiksa", "Lampu jalan di depan SD", "Siti")
    await verifier.presses("Terima & teruskan ke PU")
    verifier.sees("sudah diteruskan", "Diteruskan ke unit, belum diambil")
    siti.sees("diteruskan ke Dinas Pekerjaan Umum")

    officer.sees("diteruskan ke unit", code)
    await officer.presses("Buka laporan")
    await officer.presses("Saya kerjakan")
    officer.sees("sekarang Bapak/Ibu yang mengerjakan", "Sedang dikerjakan")
    await officer.presses("Usulkan selesai")
    await officer.sends("photo", picture(640, 480), caption="Lampu sudah diganti dan menyala.")
    officer.sees("Periksa sebelum dikirim", "Lampu sudah diganti", "1 berkas")
    await officer.presses("Kirim ke pelapor")
    officer.sees("Pelapor diminta menilai")
    assert siti.saw("Lampu sudah diganti dan menyala.")
    assert "👎 Belum selesai" in siti.buttons()
    complaint = await stored(stage)
    assert complaint.status is Status.FOLLOWED_UP
    assert complaint.followed_up_at is not None
    assert complaint.auto_close_at is not None
    assert complaint.due_at is None
