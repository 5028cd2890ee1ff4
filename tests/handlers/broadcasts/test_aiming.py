"""Choosing for whom a broadcast is: filters with a live count, and lists of NIPs."""

from __future__ import annotations

from sqlalchemy import func, select, update

from models.broadcasts.broadcast import ListedRecipient
from models.employee import Employee
from tests import broadcast_scenes as scene
from tests.driver import Stage


async def test_nobody_fits(stage: Stage) -> None:
    (hr,) = await scene.phones(stage, "hr")
    await scene.write(hr)
    await hr.presses("PNS atau PPPK")
    await hr.presses("PPPK")
    await hr.presses("Pakai pilihan ini")
    hr.sees("0 orang ditemukan")
    await hr.presses("Lanjut")
    assert hr.saw("Belum ada penerima yang cocok")
    await hr.presses("Kosongkan saringan")
    assert hr.saw("7 orang ditemukan")


async def test_several_fields_narrow_together(stage: Stage) -> None:
    (hr,) = await scene.phones(stage, "hr")
    async with stage.db.begin() as session:
        await session.execute(
            update(Employee).where(Employee.name == "Pegawai Head").values(position="Bendahara", grade="III/d")
        )
    await scene.write(hr)
    await hr.presses("Jabatan")
    await hr.says("bendahara, sekretaris")
    await hr.presses("Pakai pilihan ini")
    await hr.presses("Golongan")
    await hr.presses("III")
    await hr.presses("Pakai pilihan ini")
    await hr.presses("Jam pelatihan")
    await hr.says("20")
    hr.sees("Jabatan: bendahara, sekretaris", "Golongan: III", "kurang dari: 20", "1 orang", "Pegawai Head")
    await hr.presses("Jam pelatihan")
    await hr.says("dua puluh")
    assert hr.saw("masuk akal")


async def test_a_list_of_nips_written_here_or_uploaded(stage: Stage) -> None:
    hr, head = await scene.phones(stage, "hr", "head")
    async with stage.db.read() as session:
        nips = {name: nip for name, nip in await session.execute(select(Employee.name, Employee.nip))}
    mine, heads = nips["Pegawai Hr"], nips["Pegawai Head"]
    await scene.write(hr, circle="Daftar NIP")
    await hr.says(f"{heads}\n{heads}\n123\n199001012015011001")
    hr.sees("1 pegawai", "Baris 2: sudah ada", "Baris 3: bukan NIP", "Baris 4: tidak ada dalam data kepegawaian")
    await hr.sends("document", f"nip;nama\n{mine};Hr\n{heads};Head\n".encode(), "daftar.csv")
    hr.sees("1 orang ditemukan")
    await hr.presses("Lanjut")
    assert hr.saw("masih dibaca")
    await scene.look(stage)
    hr.sees("2 pegawai dari daftar itu dicatat")
    await hr.presses("Hitung lagi")
    assert hr.saw("2 orang ditemukan")
    await scene.finish(hr)
    await hr.presses("📣 Kirim")
    head.sees("Apel Senin")
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(ListedRecipient)) == 2


async def test_a_list_that_cannot_be_read_is_said(stage: Stage) -> None:
    (hr,) = await scene.phones(stage, "hr")
    await scene.write(hr, circle="Daftar NIP")
    await hr.sends("document", b"x", "surat.pdf")
    assert hr.saw("harus berkas Excel atau CSV")
    await hr.sends("document", b"not a workbook", "daftar.xlsx")
    await scene.look(stage)
    hr.sees("tidak bisa dibaca")


async def test_residents_are_no_audience_of_an_order(stage: Stage) -> None:
    (hr,) = await scene.phones(stage, "hr")
    await scene.write(hr)
    await hr.presses("Kembali")
    assert not any("Warga" in label for label in hr.buttons())
