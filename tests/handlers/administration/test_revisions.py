"""/kelola from end to end: the workbook goes out, comes back changed, is shown in words, applied, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from bot.callbacks import Revise
from bot.jobs import revisions as duty
from models.administration.revision import Revision, RevisionStatus
from models.calendar import HolidayOverride, ServiceLimit
from models.employee import Employee, RoleGrant
from models.organisation import EmergencyNumber, Service, Unit
from models.population import ServiceUsers
from tests.desk_scenes import at_work, filed, forges, resident
from tests.driver import Phone, Stage
from tests.services.workbook import xlsx

Rows = list[list[Any]]


async def downloaded(admin: Phone) -> dict[str, Rows]:
    """The workbook as it came: title → rows, the headings first."""
    await admin.says("/kelola")
    await admin.presses("Unduh data kota")
    book = CalamineWorkbook.from_filelike(BytesIO(await admin.newest_file()))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


async def sent_back(admin: Phone, book: dict[str, Rows]) -> None:
    """Send the workbook and wait for its check."""
    await admin.sends("document", xlsx({title: rows for title, rows in book.items() if rows}), name="data.xlsx")
    assert admin.saw("sedang diperiksa")
    assert admin.stage.product is not None
    await duty.run(admin.stage.product.runtime)
    await admin.stage.settle()


def cell(book: dict[str, Rows], sheet: str, key: str, column: str) -> tuple[list[Any], int]:
    """The row with this key in its first column, and the number of the column."""
    head, *rows = book[sheet]
    return next(row for row in rows if row[0] == key), head.index(column)


def put(book: dict[str, Rows], sheet: str, key: str, column: str, value: Any) -> None:
    row, number = cell(book, sheet, key, column)
    row[number] = value


async def one(stage: Stage, statement: Any) -> Any:
    async with stage.db.read() as session:
        return await session.scalar(statement)


def a_service() -> Any:
    return select(Service.name).where(Service.code == "ktp")


async def test_the_workbook_that_comes_back_unchanged_changes_nothing(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    await sent_back(admin, await downloaded(admin))
    admin.sees("Isi berkas sama dengan data sekarang")


async def test_differences_are_shown_in_words_applied_and_taken_back(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    book = await downloaded(admin)
    put(book, "Layanan", "ktp", "Nama", "KTP elektronik baru")
    put(book, "Batas waktu", "verify", "Jumlah hari", 2)
    book["Hari libur"].append([date(2026, 12, 24), "Cuti bersama Natal", "tidak", ""])
    book["Nomor darurat"] = [row for row in book["Nomor darurat"] if row[0] != "fire"]
    await sent_back(admin, book)
    admin.sees("4 perubahan", "Nama dari “KTP elektronik” menjadi “KTP elektronik baru”", "Jumlah hari dari “3”")
    admin.sees("Cuti bersama Natal", "ditambahkan", "dihapus")
    assert await one(stage, a_service()) == "KTP elektronik", "nothing changes before the confirmation"
    await admin.presses("Terapkan")
    admin.sees("4 perubahan diterapkan")
    assert await one(stage, a_service()) == "KTP elektronik baru"
    assert await one(stage, select(ServiceLimit.days).where(ServiceLimit.name == "verify")) == 2
    assert await one(stage, select(EmergencyNumber.id).where(EmergencyNumber.kind == "fire")) is None
    await admin.presses("Batalkan perubahan ini")
    await admin.presses("Ya, batalkan")
    admin.sees("4 perubahan dibatalkan")
    assert await one(stage, a_service()) == "KTP elektronik"
    assert await one(stage, select(ServiceLimit.days).where(ServiceLimit.name == "verify")) == 3
    assert await one(stage, select(HolidayOverride.name)) is None
    assert await one(stage, select(EmergencyNumber.keywords).where(EmergencyNumber.kind == "fire")) == ["kebakaran"]


FaultCase = tuple[str, Callable[[dict[str, Rows]], None], str]


@pytest.mark.parametrize(
    ("sheet", "spoil", "words"),
    [
        ("Layanan", lambda b: put(b, "Layanan", "ktp", "Unit kerja", "dinas-x"), "kolom Unit kerja: “dinas-x” tidak"),
        ("Layanan", lambda b: put(b, "Layanan", "ktp", "Nama", ""), "kolom Nama: Kolom ini harus diisi"),
        ("Batas waktu", lambda b: put(b, "Batas waktu", "verify", "Jumlah hari", "tiga"), "“tiga” bukan bilangan"),
        ("Unit", lambda b: put(b, "Unit", "pu", "Berlaku mulai", "kemarin"), "“kemarin” bukan tanggal"),
        ("Unit", lambda b: b["Unit"][0].__setitem__(1, "Nama resmi"), "kolom Nama: Kolom ini hilang"),
        ("Peran pegawai", lambda b: b["Peran pegawai"][1].__setitem__(0, "#999"), "Nomor pegawai ini tidak ada"),
        ("Peran pegawai", lambda b: b["Peran pegawai"][1].__setitem__(1, "raja"), "“raja” tidak dikenal"),
    ],
)
async def test_a_bad_cell_is_named_by_sheet_row_and_column(
    stage: Stage, sheet: str, spoil: Callable[[dict[str, Rows]], None], words: str
) -> None:
    admin = await at_work(stage, "admin")
    book = await downloaded(admin)
    spoil(book)
    put(book, "Batas waktu", "react", "Jumlah hari", 1)
    await sent_back(admin, book)
    admin.sees("Tidak ada yang diubah", f"Lembar {sheet}", words)
    assert "Terapkan" not in " ".join(admin.buttons())
    assert await one(stage, select(ServiceLimit.days).where(ServiceLimit.name == "react")) == 5


async def test_a_file_that_is_no_workbook_is_named(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    await admin.says("/kelola")
    await admin.sends("document", b"%PDF", name="surat.pdf")
    assert admin.saw("Yang ditunggu di sini berkas Excel")
    await admin.sends("document", b"not a zip", name="data.xlsx")
    assert stage.product is not None
    await duty.run(stage.product.runtime)
    await stage.settle()
    admin.sees("tidak bisa dibaca")


async def test_no_nip_leaves_in_a_workbook_or_a_difference(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    book = await downloaded(admin)
    async with stage.db.read() as session:
        nips = set(await session.scalars(select(Employee.nip)))
    cells = {str(value) for rows in book.values() for row in rows for value in row}
    assert not [value for value in cells for nip in nips if nip in value]
    officer = next(row[0] for row in book["Daftar pegawai"] if row[1] == "Pegawai Officer")
    book["Peran pegawai"].append([officer, "verifier", "", "", ""])
    await sent_back(admin, book)
    admin.sees("Peran pegawai “Pegawai Officer, verifier” ditambahkan")
    await admin.presses("Terapkan")
    granted = select(RoleGrant.id).join(Employee, Employee.id == RoleGrant.employee_id)
    granted = granted.where(Employee.name == "Pegawai Officer", RoleGrant.role == "verifier")
    assert await one(stage, granted) is not None


async def test_a_double_tap_applies_once_and_an_old_decision_is_over(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    book = await downloaded(admin)
    put(book, "Batas waktu", "verify", "Jumlah hari", 2)
    await sent_back(admin, book)
    message_id, data = admin.button("Terapkan")
    await admin.presses_data(message_id, data)
    await admin.presses_data(message_id, data)
    admin.sees("sudah diputuskan")
    revision = await one(stage, select(Revision))
    assert revision.status is RevisionStatus.APPLIED
    await forges(admin, Revise("discard", revision.id).encode())
    admin.sees("sudah diputuskan")


async def test_what_moved_meanwhile_is_not_overwritten(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    book = await downloaded(admin)
    put(book, "Batas waktu", "verify", "Jumlah hari", 2)
    await sent_back(admin, book)
    async with stage.db.begin() as session:
        (await session.get_one(ServiceLimit, "verify")).days = 7
    await admin.presses("Terapkan")
    admin.sees("Datanya sudah berubah")
    assert await one(stage, select(ServiceLimit.days).where(ServiceLimit.name == "verify")) == 7
    assert (await one(stage, select(Revision))).status is RevisionStatus.READY, "nothing was decided"


async def test_a_row_that_is_in_use_already_ends_instead_of_going(stage: Stage) -> None:
    admin, siti = await at_work(stage, "admin"), await resident(stage)
    book = await downloaded(admin)
    book["Layanan"].append(["trotoar", "pu", "Trotoar", *[""] * (len(book["Layanan"][0]) - 3)])
    await sent_back(admin, book)
    await admin.presses("Terapkan")
    service_id = await one(stage, select(Service.id).where(Service.code == "trotoar"))
    await filed(stage, siti, service_id=service_id)
    await admin.presses("Batalkan perubahan ini")
    await admin.presses("Ya, batalkan")
    admin.sees("dibatalkan")
    assert await one(stage, select(Service.valid_to).where(Service.code == "trotoar")) == date(2026, 11, 23)


async def test_only_the_newest_can_be_taken_back(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    for days in (2, 4):
        book = await downloaded(admin)
        put(book, "Batas waktu", "verify", "Jumlah hari", days)
        await sent_back(admin, book)
        await admin.presses("Terapkan")
        stage.later(minutes=1)
    await forges(admin, Revise("undo_yes", 1).encode())
    admin.sees("paling baru")
    await forges(admin, Revise("undo_yes", 2).encode())
    await forges(admin, Revise("undo_yes", 1).encode())
    admin.sees("dibatalkan")
    assert await one(stage, select(ServiceLimit.days).where(ServiceLimit.name == "verify")) == 3


async def users_of(stage: Stage) -> list[tuple[str, int]]:
    async with stage.db.read() as session:
        rows = await session.execute(select(ServiceUsers.period, ServiceUsers.users).order_by(ServiceUsers.period))
        return [tuple(row) for row in rows]


async def test_the_users_of_a_service_come_in_the_workbook_and_go_back(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    async with stage.db.begin() as session:
        service_id = await session.scalar(select(Service.id).where(Service.code == "ktp"))
        session.add(ServiceUsers(service_id=service_id, period="2026-Q3", users=900, recorded_at=stage.now))
    book = await downloaded(admin)
    assert book["Pengguna layanan"][1][:3] == ["ktp", "2026-Q3", 900]
    book["Pengguna layanan"][1][2] = 950
    book["Pengguna layanan"].append(["ktp", "2026-q4", 1200, ""])
    await sent_back(admin, book)
    admin.sees("2 perubahan", "Jumlah pengguna dari “900” menjadi “950”")
    await admin.presses("Terapkan")
    assert await users_of(stage) == [("2026-Q3", 950), ("2026-Q4", 1200)]
    await admin.presses("Batalkan perubahan ini")
    await admin.presses("Ya, batalkan")
    assert await users_of(stage) == [("2026-Q3", 900)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["ktp", "kuartal empat", 5, ""], "bukan masa survei"),
        (["ktp", "2026-Q5", 5, ""], "bukan masa survei"),
        (["ktp", "2026-Q4", 0, ""], "Jumlah pengguna harus 1"),
        (["tidak-ada", "2026-Q4", 5, ""], "tidak ada dalam daftar"),
    ],
)
async def test_a_bad_number_of_users_is_named(stage: Stage, line: Rows, words: str) -> None:
    admin = await at_work(stage, "admin")
    book = await downloaded(admin)
    book["Pengguna layanan"].append(line)
    await sent_back(admin, book)
    admin.sees("Pengguna layanan", words)
    assert await users_of(stage) == []


@pytest.mark.parametrize("role", ["verifier", "officer", "head", "inspector", "hr"])
async def test_nobody_else_touches_the_data(stage: Stage, role: str) -> None:
    phone = await at_work(stage, role)
    await phone.says("/kelola")
    assert "Data kota" not in phone.last()
    for what in ("download", "apply", "discard", "undo", "undo_yes"):
        await forges(phone, Revise(what, 1).encode())
    assert not phone.saw("sedang disiapkan")
    assert await one(stage, select(Revision.id)) is None


async def test_titles_in_another_language_are_read_too(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    await admin.says("/kelola")
    rows: Rows = [["Code", "Name", "Short name", "Kind"], ["pu", "Dinas PU", "PU", "dinas"]]
    rows.append(["capil", "Dinas Kependudukan", "Disdukcapil", "dinas"])
    await sent_back(admin, {"Units": rows})
    admin.sees("Nama dari “Dinas Pekerjaan Umum” menjadi “Dinas PU”")
    await admin.presses("Jangan diubah")
    admin.sees("tidak ada yang diubah")
    assert await one(stage, select(Unit.name).where(Unit.code == "pu")) == "Dinas Pekerjaan Umum"
