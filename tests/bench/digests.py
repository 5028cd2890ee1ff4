"""`python -m tests.bench.digests`: all digests of a city at once: 600 superiors, 5,000 civil servants, a year of weeks.

Each has a plan of four lines and 47 weekly reports (the year up to November), so about 940,000 values. Beside it a
plain GROUP BY over the values alone. Seconds, queries, and how much the process grew at its peak.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import event, text

from bot.db import Database
from bot.reports.performance import digest as reports
from bot.schema import migrate
from bot.services.city import know
from models.employee import RoleGrant
from models.organisation import Unit
from models.rules.permissions import Role
from tests.bench.table import table
from tests.postgres import PostgresServer

UNITS, LINES = 40, 4
YEAR, NOW = 2026, datetime(2026, 11, 24, 3, tzinfo=UTC)
FIRST, WEEKS = date(2025, 12, 29), 47
AT = datetime(2026, 1, 12, tzinfo=UTC)
PLAIN = "SELECT line_id, sum(value), count(*) FROM weekly_entry GROUP BY line_id"
PARTS = 10_000

EMPLOYEES = ("id", "nip", "name", "unit_id", "position", "grade", "kind", "supervisor_id")
PLANS = ("id", "employee_id", "year", "number", "status", "created_at", "approved_at", "demo", "version")
RESULTS = ("id", "plan_id", "position", "kind", "title")
ITEMS = (
    *("id", "plan_id", "result_id", "position", "name", "aspect", "polarity", "aggregation", "measure_unit"),
    *("low", "high", "q1", "q2", "q3", "q4"),
)
REPORTS = ("id", "employee_id", "week", "due_at", "status", "late", "reported_at", "demo", "version")
ENTRIES = ("report_id", "line_id", "value", "obstacle", "same_as_last", "streak", "entered_at")


def leader_of(number: int, leaders: int) -> int | None:
    """One at the top, forty below, the other leaders below these, and the rest below the leaders."""
    if number == 1:
        return None
    if number <= UNITS + 1:
        return 1
    if number <= leaders:
        return 2 + number % UNITS
    return 2 + UNITS + number % (leaders - UNITS - 1)


def employees(count: int, leaders: int) -> Iterator[tuple[Any, ...]]:
    """The roster."""
    for number in range(1, count + 1):
        unit = number % UNITS + 1
        yield (number, f"{number:018d}", f"Pegawai {number:05d}", unit, "", "", "pns", leader_of(number, leaders))


def plans(count: int) -> Iterator[tuple[Any, ...]]:
    """A plan in force each."""
    for number in range(1, count + 1):
        yield (number, number, YEAR, 1, "approved", AT, AT, False, 1)


def results(count: int) -> Iterator[tuple[Any, ...]]:
    """A main result each."""
    for number in range(1, count + 1):
        yield (number, number, 1, "main", "Layanan selesai")


def items(count: int) -> Iterator[tuple[Any, ...]]:
    """Four lines each: two sums, a level, a mean."""
    kinds = ("sum", "sum", "last", "mean")
    for number in range(1, count + 1):
        for line in range(LINES):
            target = 52 * PARTS if kinds[line] == "sum" else 90 * PARTS
            quarter = target // 4 if kinds[line] == "sum" else target
            yield (
                *((number - 1) * LINES + line + 1, number, number, line + 1, f"Indikator {line + 1}", "quantity"),
                *("higher", kinds[line], "berkas", target, target, *[quarter] * 4),
            )


def weeks(count: int) -> Iterator[tuple[Any, ...]]:
    """Reports of all weeks; one in twenty is silent in the last one."""
    number = 0
    for step in range(WEEKS):
        week = FIRST + timedelta(weeks=step)
        due = datetime(week.year, week.month, week.day, 8, tzinfo=UTC) + timedelta(days=4)
        for employee in range(1, count + 1):
            number += 1
            if step < WEEKS - 1 or employee % 20:
                yield (number, employee, week, due, "verified", employee % 9 == 0, due, False, 1)


def entries(count: int) -> Iterator[tuple[Any, ...]]:
    """The values; a few tell of an obstacle."""
    dice = random.Random(YEAR)
    for report in (row for row in weeks(count)):
        for line in range(LINES):
            value = int((dice.uniform(0.4, 1.5) if line < 2 else dice.uniform(60, 100)) * PARTS)
            obstacle = "Printer rusak" if dice.random() < 0.002 else None
            yield (report[0], (report[1] - 1) * LINES + line + 1, value, obstacle, False, 0, report[6])


async def fill(database: Database, count: int, leaders: int) -> None:
    """The city, its people, their plans and weeks."""
    async with database.begin() as session:
        session.add_all(
            Unit(code="setda" if n == 0 else f"u{n}", name=f"Unit {n}", short_name=f"U{n}", kind="dinas")
            for n in range(UNITS)
        )
    await _insert(database, "employee", EMPLOYEES, employees(count, leaders))
    async with database.begin() as session:
        session.add_all(
            RoleGrant(employee_id=n + 1, role=Role.HEAD, unit_id=(n % UNITS) + 1, valid_from=date(2020, 1, 1))
            for n in range(UNITS)
        )
    await _insert(database, "work_plan", PLANS, plans(count))
    await _insert(database, "plan_result", RESULTS, results(count))
    await _insert(database, "plan_item", ITEMS, items(count))
    await _insert(database, "weekly_report", REPORTS, weeks(count))
    await _insert(database, "weekly_entry", ENTRIES, entries(count))
    if not database.is_sqlite:
        async with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            await connection.execute(text("VACUUM ANALYZE"))


async def _insert(database: Database, name: str, fields: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    async with database.engine.begin() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        if database.is_sqlite:
            marks = ", ".join("?" * len(fields))
            plain = ([_plain(value) for value in row] for row in rows)
            await raw.executemany(f"INSERT INTO {name} ({', '.join(fields)}) VALUES ({marks})", plain)
            await raw.commit()
            return
        async with raw.cursor().copy(f"COPY {name} ({', '.join(fields)}) FROM STDIN") as copy:
            for row in rows:
                await copy.write_row(row)


def _plain(value: Any) -> Any:
    """As SQLAlchemy stores it in SQLite."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if isinstance(value, date) else value


@contextmanager
def watched() -> Iterator[dict[str, float]]:
    """The growth of the process between the start and its peak, in MiB, looked at fifty times a second."""
    process, found, over = psutil.Process(), {"grown": 0.0}, threading.Event()
    begun = process.memory_info().rss

    def look() -> None:
        while not over.wait(0.02):
            found["grown"] = max(found["grown"], (process.memory_info().rss - begun) / 2**20)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield found
    finally:
        over.set()
        watcher.join()


async def measure(url: str, count: int, leaders: int) -> tuple[str, ...]:
    """What is measured on one database, as a row of the table."""
    database = Database(url)
    await fill(database, count, leaders)
    queries: list[str] = []
    event.listen(
        database.engine.sync_engine,
        "before_cursor_execute",
        lambda _c, _u, statement, *_rest: queries.append(statement),
    )
    async with database.read() as session:
        city = await know(session, NOW)
        queries.clear()
        with watched() as memory:
            begun = time.perf_counter()
            found = await reports.digests(session, city, NOW, {})
            taken, asked = time.perf_counter() - begun, len(queries)
    assert len(found) == leaders, len(found)
    people = sum(len(one.people) for one in found.values())
    assert people == count - 1
    async with database.read() as session:
        begun = time.perf_counter()
        rows = (await session.execute(text(PLAIN))).all()
        plain = time.perf_counter() - begun
    assert len(rows) == count * LINES
    await database.close()
    return (f"{taken:.1f} s", f"{asked}", f"{memory['grown']:.0f} MiB", f"{plain:.2f} s")


def main() -> None:
    """Fill both databases, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.digests", description=__doc__)
    parser.add_argument("--people", type=int, default=5000, help="so many civil servants (default 5000)")
    parser.add_argument("--leaders", type=int, default=600, help="so many of them lead others (default 600)")
    chosen = parser.parse_args()
    head = ("all digests", "taken", "queries", "memory at its peak", "plain GROUP BY of the values")
    with tempfile.TemporaryDirectory(prefix="gurindam-bench-") as folder:
        sqlite = f"sqlite:///{Path(folder) / 'bench.sqlite'}"
        migrate(sqlite)
        ours = asyncio.run(measure(sqlite, chosen.people, chosen.leaders))
    server = PostgresServer()
    server.start()
    try:
        url = server.create_database()
        migrate(url)
        theirs = asyncio.run(measure(url, chosen.people, chosen.leaders))
    finally:
        server.stop()
    values = f"{chosen.leaders} superiors, {chosen.people:,} people, {WEEKS * chosen.people * LINES:,} values"
    print(values, f"peak of the whole process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    print(table([head, ("SQLite", *ours), ("PostgreSQL", *theirs)]))


if __name__ == "__main__":
    main()
