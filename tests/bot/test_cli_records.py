"""A register's file at the command line: written once, whatever the service; what cannot be used is named."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.db import Database
from models.administration.audit import AuditRow
from models.performance.service_record import RecordSource, ServiceRecord
from tests.bot.command_line import Run
from tests.factories import small_city

REGISTER = """Nomor;Layanan;Diterima;Selesai;Nama
R-1;ktp;02-03-2026 09.00;03-03-2026 10.00;Siti
R-2;Lampu jalan;02-03-2026;;Budi
2172011204900001;ktp;02-03-2026;;
R-4;nikah;02-03-2026;;
"""


def look(url: str, statement: Any) -> list[Any]:
    async def read() -> list[Any]:
        db = Database(url)
        async with db.read() as session:
            found = list(await session.scalars(statement))
        await db.close()
        return found

    return asyncio.run(read())


@pytest.fixture
def city(database_url: str) -> str:
    async def write() -> None:
        db = Database(database_url)
        async with db.begin() as session:
            await small_city(session)
        await db.close()

    asyncio.run(write())
    return database_url


def test_a_register_is_written_once_and_its_faults_are_named(run: Run, city: str, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_text(REGISTER)
    every = select(ServiceRecord).order_by(ServiceRecord.number)
    code, written = run("import", "service-records", str(file), "--dry-run", DATABASE_URL=city)
    assert (code, "2 new, 0 changed, 0 same" in written, "rows changed" in written) == (2, True, False)
    assert "✗ register.csv, row 4, column number: number is personal" in written
    assert "✗ register.csv, row 5, column service: unknown service" in written
    assert "2172011204900001" not in written
    assert look(city, every) == []

    code, written = run("import", "service-records", str(file), DATABASE_URL=city)
    assert (code, "2 rows changed." in written) == (2, True)
    done, going = look(city, every)
    assert (done.number, done.source, done.recorded_by_id) == ("R-1", RecordSource.IMPORT, None)
    assert (done.finished_at, going.finished_at) == (datetime(2026, 3, 3, 3, tzinfo=UTC), None)
    assert {done.unit_id, going.unit_id} == {1, 2}

    file.write_text("\n".join(REGISTER.splitlines()[:3]).replace("02-03-2026;;", "02-03-2026;04-03-2026 09.00;"))
    for counts, changed in (("0 new, 1 changed, 1 same", 1), ("0 new, 0 changed, 2 same", 0)):
        assert run("import", "service-records", str(file), DATABASE_URL=city) == (
            0,
            f"{counts}\n{changed} rows changed.\n",
        )
    assert [row.finished_at is not None for row in look(city, every)] == [True, True]
    acts = look(city, select(AuditRow).where(AuditRow.subject == "service_record").order_by(AuditRow.id))
    assert [(row.role, row.action, row.new["new"], row.new["changed"]) for row in acts] == [
        ("console", "imported", 2, 0),
        ("console", "imported", 0, 1),
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("a.xlsx", b"no workbook", "unreadable file"), ("a.csv", b"Warna;Rasa\nmerah;manis\n", "no records")],
)
def test_a_file_without_applications_changes_nothing(
    name: str, content: bytes, said: str, run: Run, city: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    code, written = run("import", "service-records", str(tmp_path / name), DATABASE_URL=city)
    assert (code, said in written) == (2, True)
    assert look(city, select(ServiceRecord.id)) == []
