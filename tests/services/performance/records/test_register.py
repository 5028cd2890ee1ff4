"""A register's file as a service: every heading, any form of a moment, five thousand rows, twice."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.reports.performance.service_times import service_times
from bot.services.city import know
from bot.services.performance.records import counter, files
from bot.services.performance.records.counter import Serving
from models.errors import Refusal
from models.performance.service_record import ServiceRecord
from models.rules.performance.applications import clean_number, next_number, parse_moment
from models.rules.permissions import Grant, Presser, Role
from tests.factories import small_city, staff

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.fixture
async def city(database: Database) -> Database:
    async with database.begin() as session:
        await small_city(session)
        await staff(session, NOW)
    return database


async def civil(session: AsyncSession) -> Serving:
    return Serving(session, await know(session, NOW), Presser(7, 7, (Grant(Role.OFFICER, 2),)), NOW)


async def load(database: Database, content: str, name: str = "register.csv") -> tuple[dict[str, int], list[str]]:
    async with database.begin() as session:
        by = await civil(session)
        found = await files.parse(by, name, content.encode())
        differences = await files.compare(session, found.rows)
        await files.write(by, differences)
    return differences.counts(), [f"{fault.row}:{fault.column}:{fault.code}" for fault in found.faults]


@pytest.mark.parametrize(
    "content",
    [
        "Nomor,Layanan,Diterima,Selesai\nA-1,ktp,20-11-2026 08.00,20-11-2026 10.00\n",
        "No. Permohonan;Jenis Layanan;Tgl Masuk;Selesai\nA-1;KTP elektronik;20/11/2026 08:00;20/11/2026 10:00\n",
        "number\tservice\treceived_at\tfinished_at\nA-1\tktp\t2026-11-20 08:00:00\t2026-11-20T10:00:00\n",
        "NO REG,NAMA,TGL MASUK,BERKAS LENGKAP,SELESAI\nA-1,Siti,19-11-2026 15.00,20-11-2026 08.00,20-11-2026 10.00\n",
    ],
)
async def test_headings_and_moments_are_read_as_people_write_them(city: Database, content: str) -> None:
    assert await load(city, content) == ({"new": 1, "changed": 0, "same": 0}, [])
    async with city.read() as session:
        (row,) = (await session.scalars(select(ServiceRecord))).all()
    assert (row.number, row.service_id, row.unit_id, row.minutes, row.on_time) == ("A-1", 3, 2, 120, True)
    assert row.finished_on == date(2026, 11, 20)


async def test_a_day_alone_is_the_opening_and_for_what_is_finished_the_closing(city: Database) -> None:
    counts, faults = await load(city, "nomor,layanan,diterima,selesai\nA-1,ktp,20-11-2026,23-11-2026\n")
    assert (counts["new"], faults) == (1, [])
    async with city.read() as session:
        (row,) = (await session.scalars(select(ServiceRecord))).all()
    assert row.minutes == 6 * 60 + 8 * 60  # Friday without its prayer, and Monday
    assert row.on_time


async def test_every_fault_names_its_row_and_the_others_are_used(city: Database) -> None:
    lines = (
        "A-1,ktp,20-11-2026 08.00,",
        "A-1,ktp,20-11-2026 09.00,",
        "2172011204900001,ktp,20-11-2026 08.00,",
        "Siti,ktp,20-11-2026 08.00,",
        "A-5,paspor,20-11-2026 08.00,",
        "A-6,ktp,dulu,",
        "A-7,ktp,,",
        "A-8,ktp,30-11-2026 08.00,",
        "A-9,ktp,20-11-2026 08.00,19-11-2026 08.00",
    )
    counts, faults = await load(city, "nomor,layanan,diterima,selesai\n" + "\n".join(lines))
    assert counts == {"new": 1, "changed": 0, "same": 0}
    assert faults == [
        "3:number:twice",
        "4:number:number_is_personal",
        "5:number:no_record_number",
        "6:service:unknown_service",
        "7:received:no_moment",
        "8:received:no_moment",
        "9:received:moment_not_past",
        "10:finished:moments_disordered",
    ]


async def test_five_thousand_rows_are_idempotent_and_their_figures_are_those_of_the_rows(city: Database) -> None:
    dice = random.Random(11)
    first, lines = datetime(2026, 7, 1, 1), []  # noqa: DTZ001 - local clocks, as a register writes them
    for number in range(5000):
        at = first + timedelta(minutes=dice.randint(0, 140 * 24 * 60))
        end = at + timedelta(minutes=dice.randint(0, 5000))
        done = f"{end:%d-%m-%Y %H.%M}" if end < datetime(2026, 11, 23) else ""  # noqa: DTZ001
        lines.append(f"R-{number},ktp,{at:%d-%m-%Y %H.%M},{done}")
    content = "nomor,layanan,diterima,selesai\n" + "\n".join(lines)
    assert await load(city, content) == ({"new": 5000, "changed": 0, "same": 0}, [])
    assert await load(city, content) == ({"new": 0, "changed": 0, "same": 5000}, [])
    seen: list[str] = []
    event.listen(city.engine.sync_engine, "before_cursor_execute", lambda *call: seen.append(call[2]))
    async with city.read() as session:
        assert await session.scalar(select(func.count()).select_from(ServiceRecord)) == 5000
        known = await know(session, NOW)
        seen.clear()
        figures = (await service_times(session, known, [1, 2, 3], "2026", NOW))[3]
        assert len(seen) == 2
        rows = list((await session.scalars(select(ServiceRecord))).all())
    minutes = sorted(row.minutes for row in rows if row.minutes is not None)
    half = len(minutes) // 2
    middle = Decimal(minutes[half]) if len(minutes) % 2 else Decimal(minutes[half - 1] + minutes[half]) / 2
    assert (figures.figures.n, figures.figures.median) == (len(minutes), middle)
    assert figures.figures.p90 == minutes[-(-len(minutes) * 90 // 100) - 1]
    assert figures.figures.on_time == sum(bool(row.on_time) for row in rows)
    assert sum(figures.ages) == 5000 - len(minutes)


async def test_a_typed_number_that_looks_alike_does_not_stop_the_counting(city: Database) -> None:
    async with city.begin() as session:
        by = await civil(session)
        for number in (None, "KTP-2026-ABCD1", "KTP-2026-00009", None):
            await counter.receive(by, 3, complete=True, number=number)
        with pytest.raises(Refusal, match="number_is_taken"):
            await counter.receive(by, 3, complete=True, number="KTP-2026-00009")
        with pytest.raises(Refusal, match="not_your_service"):
            await counter.receive(by, 1, complete=True)
    async with city.read() as session:
        numbers = list(await session.scalars(select(ServiceRecord.number).order_by(ServiceRecord.id)))
    assert numbers == ["KTP-2026-00001", "KTP-2026-ABCD1", "KTP-2026-00009", "KTP-2026-00010"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("08.30", "2026-11-24T08:30"),
        ("jam 8.30 WIB", "2026-11-24T08:30"),
        ("kemarin 14:15", "2026-11-23T14:15"),
        ("hari ini pukul 07.05", "2026-11-24T07:05"),
        ("23-11-2026 14.15", "2026-11-23T14:15"),
        ("1 Maret 2026, 09.00", "2026-03-01T09:00"),
        ("25.00", None),
        ("pagi", None),
        ("31-02-2026 09.00", None),
        ("", None),
    ],
)
def test_moments_are_read_as_people_write_them(words: str, expected: str | None) -> None:
    found = parse_moment(words, date(2026, 11, 24), ZoneInfo("Asia/Jakarta"))
    assert (found.strftime("%Y-%m-%dT%H:%M") if found is not None else None) == expected


@pytest.mark.parametrize("text", ["", "Siti", "x" * 61 + "1", "<b>1", "1234567890123456", "12-34 5678.9012/3456"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        clean_number(text)


def test_numbers_go_on_from_the_highest() -> None:
    assert next_number("KTP", 2026, None) == "KTP-2026-00001"
    assert next_number("KTP", 2026, "KTP-2026-00123") == "KTP-2026-00124"
