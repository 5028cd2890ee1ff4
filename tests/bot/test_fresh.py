"""Rows stored at once by one statement: the same as the unit of work would have stored, and as alive afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.clock import utc_now
from bot.db import Database
from bot.sqlite import Fresh
from models.complaint import Complaint, ReportClass
from models.person import Person

NOW = utc_now()


def somebody(number: int) -> Person:
    return Person(telegram_id=number, name="Siti", language="id", created_at=NOW)


def report(number: int, **more: Any) -> Complaint:
    due = {"verify_due_at": NOW, "settle_due_at": NOW + timedelta(days=5), "statutory_due_on": NOW.date()}
    words = {"code": f"GRD-{number}", "filing_key": f"key {number}", "text": "Lampu jalan mati", "received_at": NOW}
    return Complaint(report_class=ReportClass.COMPLAINT, latitude=0.916667, longitude=104.45, **words, **due, **more)


ROWS = (
    pytest.param(somebody, {"id", "telegram_id"}, id="person"),
    pytest.param(report, {"id", "code", "filing_key"}, id="report"),
    pytest.param(
        lambda number: report(number, anonymous=True, demo=True), {"id", "code", "filing_key"}, id="anonymous"
    ),
)


@pytest.mark.parametrize(("make", "own"), ROWS)
async def test_stored_is_what_adding_and_flushing_would_have_stored(
    database: Database, make: Any, own: set[str]
) -> None:
    quick, slow = make(1), make(2)
    async with database.begin() as session:
        await Fresh(type(quick)).store(session, quick)
        session.add(slow)
    assert quick.id
    assert quick.id != slow.id
    table = type(quick).__table__
    async with database.read() as session:
        first, second = [
            row._asdict() for row in await session.execute(select(table).where(table.c.id.in_([quick.id, slow.id])))
        ]
    assert {name for name in first if first[name] != second[name]} == own
    assert {name: getattr(quick, name) for name in first} == first, "and the object says the same"


async def test_what_is_changed_after_storing_is_written_with_the_next_flush(database: Database) -> None:
    row = report(1)
    async with database.begin() as session:
        await Fresh(Complaint).store(session, row)
        row.landmark = "dekat masjid"
        assert await session.get(Complaint, row.id) is row
    async with database.begin() as session:
        found = await session.get_one(Complaint, row.id)
        assert (found.landmark, found.version) == ("dekat masjid", 2)
