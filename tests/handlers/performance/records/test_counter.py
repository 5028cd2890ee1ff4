"""Applications at the counter, through the chat: two taps, one to finish, undone within the day; a register's file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.callbacks import Gauge
from bot.jobs import record_files
from bot.views import errors
from models.performance.record_file import RecordFile, RecordFileStatus
from models.performance.service_record import RecordSource, ServiceRecord
from tests.desk_scenes import Statements, forges
from tests.driver import Phone, Stage
from tests.factories import STAFF
from tests.services.workbook import xlsx

#: The officer of the civil registry, whose only service is the identity card.
CIVIL = STAFF["other_officer"]


def counter(stage: Stage) -> Phone:
    return stage.person("Rina", telegram_id=CIVIL)


async def records(stage: Stage) -> list[ServiceRecord]:
    async with stage.db.read() as session:
        return list((await session.scalars(select(ServiceRecord).order_by(ServiceRecord.id))).all())


async def taken(stage: Stage, rina: Phone) -> ServiceRecord:
    await rina.says("/permohonan")
    await rina.presses("KTP elektronik")
    await rina.presses("Berkas lengkap, diterima sekarang")
    return (await records(stage))[-1]


async def test_two_taps_record_an_application_and_a_double_tap_records_it_once(stage: Stage) -> None:
    rina = counter(stage)
    await rina.says("/permohonan")
    rina.sees("Nama dan NIK pemohon tidak pernah dicatat")
    await rina.presses("KTP elektronik")
    tap = rina.button("Berkas lengkap, diterima sekarang")
    await rina.presses_data(*tap)
    rina.sees("Permohonan dicatat", "KTP-2026-00001", "10.00 WIB")
    await rina.presses_data(*tap)
    rina.sees("Permohonan dicatat", "KTP-2026-00001")
    (row,) = await records(stage)
    assert (row.number, row.received_at, row.complete_at) == ("KTP-2026-00001", stage.now, stage.now)
    assert (row.unit_id, row.service_id, row.source, row.finished_at) == (2, 3, RecordSource.COUNTER, None)
    await rina.presses("Catat lagi untuk layanan ini")
    await rina.presses("Berkas lengkap, diterima sekarang")
    rina.sees("KTP-2026-00002")


async def test_one_tap_finishes_it_and_the_clock_runs_in_working_time(stage: Stage) -> None:
    rina = counter(stage)
    await taken(stage, rina)
    stage.later(hours=23)  # Wednesday 09.00 WIB: six hours on Tuesday, one on Wednesday
    await rina.says("/permohonan")
    await rina.presses("Belum selesai (1)")
    rina.sees("KTP-2026-00001", "1 hari kerja")
    done = rina.button("✅ Selesai KTP-2026-00001")
    await rina.presses_data(*done)
    rina.sees("Sudah dicatat", "Lamanya: 7 jam kerja, sesuai standar")
    assert rina.saw("Tidak ada permohonan yang belum selesai")
    stage.later(hours=3)
    await rina.presses_data(*done)
    (row,) = await records(stage)
    assert (row.minutes, row.on_time, row.finished_on) == (420, True, date(2026, 11, 25))
    await rina.says("/permohonan")
    await rina.presses("Lama layanan")
    rina.sees("KTP elektronik", "1 selesai", "nilai tengah 7", "100%", "standar 1 hari kerja")


async def test_an_incomplete_file_is_completed_later_and_only_then_finished(stage: Stage) -> None:
    rina = counter(stage)
    await rina.says("/permohonan")
    await rina.presses("KTP elektronik")
    await rina.presses("Berkas belum lengkap")
    rina.sees("belum lengkap")
    (row,) = await records(stage)
    assert row.complete_at is None
    await forges(rina, Gauge("finish", row.id).encode())
    rina.sees(errors.SENTENCES["record_incomplete"])
    stage.later(hours=2)
    await forges(rina, Gauge("open", 0, "0").encode())
    rina.sees("berkas belum lengkap")
    await rina.presses("Lengkap KTP-2026-00001")
    assert rina.saw("✅ Selesai") or "✅ Selesai KTP-2026-00001" in str(rina.history())
    (row,) = await records(stage)
    assert row.complete_at == stage.now


async def test_wrong_taps_are_undone_within_the_day_step_by_step(stage: Stage) -> None:
    rina = counter(stage)
    row = await taken(stage, rina)
    await rina.presses("Selesai sekarang")
    await rina.presses("Batalkan yang terakhir")
    rina.sees("Dibatalkan")
    (again,) = await records(stage)
    assert (again.finished_at, again.minutes, again.on_time, again.finished_on) == (None, None, None, None)
    undo = rina.button("Batalkan yang terakhir")
    await rina.presses_data(*undo)
    rina.sees("dihapus dari catatan")
    assert await records(stage) == []
    await rina.presses_data(*undo)
    rina.sees(errors.SENTENCES["no_such_record"])
    row = await taken(stage, rina)
    stage.later(days=1)
    await forges(rina, Gauge("undo", row.id).encode())
    rina.sees(errors.SENTENCES["undo_is_late"])
    assert len(await records(stage)) == 1


async def test_number_and_time_can_be_typed_for_a_later_entry(stage: Stage) -> None:
    rina = counter(stage)
    await rina.says("/permohonan")
    await rina.presses("KTP elektronik")
    await rina.presses("Tulis nomornya")
    await rina.says("470/0123/2026")
    rina.sees("470/0123/2026")
    await rina.presses("Waktu lain")
    await rina.says("besok pagi")
    assert rina.saw("Mohon tulis seperti")
    await rina.says("25-11-2026 09.00")
    assert rina.saw(errors.SENTENCES["moment_not_past"])
    await rina.says("kemarin 09.00")
    rina.sees("Senin, 23 November 2026 09.00 WIB")
    await rina.presses("Berkas lengkap")
    (row,) = await records(stage)
    assert (row.number, row.complete_at) == ("470/0123/2026", datetime(2026, 11, 23, 2, tzinfo=UTC))
    await rina.presses("Waktu lain")
    await rina.says("22-11-2026 09.00")
    assert rina.saw(errors.SENTENCES["moments_disordered"])
    await rina.says("kemarin 15.30")
    rina.sees("6,5 jam kerja")


@pytest.mark.parametrize("words", ["2172011204900001", "2172 0112 0490 0001", "Siti Aminah", "KTP Siti", ""])
async def test_no_name_and_no_personal_number_is_ever_stored(stage: Stage, words: str) -> None:
    rina = counter(stage)
    await rina.says("/permohonan")
    await rina.presses("KTP elektronik")
    await rina.presses("Tulis nomornya")
    await rina.says(words or "-")
    sentence = errors.SENTENCES["number_is_personal" if "217" in words else "no_record_number"]
    assert rina.saw(sentence.split("{")[0][:40])
    await rina.presses("Kembali")
    await rina.presses("Berkas lengkap, diterima sekarang")
    assert [row.number for row in await records(stage)] == ["KTP-2026-00001"]


async def test_the_talk_survives_a_restart_goes_back_and_is_cancelled(stage: Stage) -> None:
    rina = counter(stage)
    await rina.says("/permohonan")
    await rina.presses("KTP elektronik")
    await stage.close()
    await stage.open()
    await rina.presses("Kembali")
    rina.sees("Catat permohonan layanan")
    await rina.presses("KTP elektronik")
    old = rina.button("Berkas lengkap, diterima sekarang")
    await rina.presses("Batal")
    rina.sees("tidak ada permohonan yang dicatat")
    await rina.presses_data(*old)
    assert await records(stage) == []


async def test_a_record_is_reached_by_nobody_of_another_unit_and_by_no_resident(stage: Stage) -> None:
    row = await taken(stage, counter(stage))
    officer, siti = stage.person("Officer", telegram_id=STAFF["officer"]), stage.person("Siti")
    buttons = [Gauge(verb, row.id).encode() for verb in ("record", "finish", "complete", "undo", "when")]
    for phone, sentence in ((officer, "no_such_record"), (siti, "not_your_role")):
        await phone.says("/menu")
        for data in buttons:
            await forges(phone, data)
            phone.sees(errors.SENTENCES[sentence])
    await forges(officer, Gauge("again", 3).encode())
    officer.sees(errors.SENTENCES["not_your_service"])
    await forges(officer, Gauge("open", 0, "0").encode())
    officer.sees("Tidak ada permohonan yang belum selesai")
    await siti.says("/permohonan")
    siti.sees(errors.SENTENCES["not_your_role"])
    for data in ("n:record:x:", "n:open:0:-1", "n:usefile:999:", "n:times:0:2026-Q9", "c:records:take:0000:now"):
        await forges(officer, data)
    (kept,) = await records(stage)
    assert (kept.finished_at, kept.version) == (None, row.version)


async def test_the_open_list_costs_the_same_with_many(stage: Stage) -> None:
    rina = counter(stage)
    await taken(stage, rina)
    with Statements(stage) as few:
        await forges(rina, Gauge("open", 0, "0").encode())
    async with stage.db.begin() as session:
        session.add_all(
            ServiceRecord(
                service_id=3,
                unit_id=2,
                number=f"N-{number}",
                received_at=stage.now,
                complete_at=stage.now,
                source=RecordSource.COUNTER,
                touched_at=stage.now,
            )
            for number in range(40)
        )
    with Statements(stage) as many:
        await forges(rina, Gauge("open", 0, "0").encode())
    assert len(many.seen) == len(few.seen)
    rina.sees("41 permohonan belum selesai")


# --- a register's file ---


def a_register(rows: list[list[Any]]) -> bytes:
    head = ["No. Permohonan", "Nama Pemohon", "NIK", "Jenis Layanan", "Tgl Masuk", "Tgl Selesai"]
    return xlsx({"Register": [head, *rows]})


ROWS: list[list[Any]] = [
    ["R-1", "Siti", "2172011204900001", "KTP elektronik", "20-11-2026 08.00", "20-11-2026 10.00"],
    ["R-2", "Budi", "2172011204900002", "ktp", "2026-11-20 09.00", ""],
    ["2172011204900003", "Ani", "", "ktp", "20-11-2026", ""],
    ["R-4", "Edi", "", "Kartu Keluarga", "20-11-2026", ""],
    ["R-5", "Eka", "", "ktp", "20-11-2026 09.00", "19-11-2026 09.00"],
]


async def send(stage: Stage, rina: Phone, content: bytes, name: str = "register.xlsx") -> None:
    await rina.says("/permohonan")
    await rina.sends("document", content, name=name)
    product = stage.product
    assert product is not None
    await record_files.run(product.runtime)
    await stage.settle()


async def test_a_registers_file_is_shown_in_numbers_applied_and_the_same_again_changes_nothing(stage: Stage) -> None:
    rina = counter(stage)
    await send(stage, rina, a_register(ROWS))
    rina.sees("2 permohonan baru", "3 baris tidak dipakai", "baris 4, nomor: berisi NIK", "baris 5, layanan")
    rina.sees("baris 6, selesai: lebih awal")
    assert await records(stage) == []
    use = rina.button("✅ Catat")
    await rina.presses_data(*use)
    rina.sees("2 permohonan baru dan 0 perubahan")
    await rina.presses_data(*use)
    first, second = await records(stage)
    assert (first.number, first.minutes, first.on_time, first.source) == ("R-1", 120, True, RecordSource.IMPORT)
    assert (second.complete_at, second.finished_at) == (datetime(2026, 11, 20, 2, tzinfo=UTC), None)
    later = [ROWS[0], [*ROWS[1][:5], "23-11-2026 09.00"]]
    await send(stage, rina, a_register(later))
    rina.sees("0 permohonan baru", "1 berubah", "1 sudah sama")
    await rina.presses("✅ Catat")
    await send(stage, rina, a_register(later))
    rina.sees("Isi berkas sama dengan catatan", "2 sudah sama")
    assert [row.number for row in await records(stage)] == ["R-1", "R-2"]
    async with stage.db.read() as session:
        kept = list((await session.scalars(select(RecordFile))).all())
    assert not any("Siti" in str(one.rows) or "2172" in str(one.rows) for one in kept)
    assert {one.status for one in kept} == {RecordFileStatus.APPLIED, RecordFileStatus.READY}


async def test_a_file_that_is_none_is_told_so_and_somebody_elses_is_not_applied(stage: Stage) -> None:
    rina = counter(stage)
    await send(stage, rina, b"nama,alamat\nSiti,Jalan\n", "daftar.csv")
    rina.sees("Berkas belum bisa dipakai", "Tidak ada kolom nomor")
    await rina.says("/permohonan")
    await rina.sends("document", b"x", name="surat.pdf")
    assert rina.saw("Yang bisa dibaca di sini")
    await send(stage, rina, a_register(ROWS[:1]))
    data = rina.button("✅ Catat")[1]
    officer = stage.person("Officer", telegram_id=STAFF["officer"])
    await officer.says("/menu")
    await forges(officer, data)
    officer.sees(errors.SENTENCES["record_file_is_over"])
    await rina.presses("Jangan dicatat")
    await forges(rina, data)
    rina.sees(errors.SENTENCES["record_file_is_over"])
    assert await records(stage) == []
