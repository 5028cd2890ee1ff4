"""A resident files a report."""

from sqlalchemy import select

from models.complaint import Complaint
from tests.driver import Stage


async def test_first_message_becomes_a_report(stage: Stage) -> None:
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
