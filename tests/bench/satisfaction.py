"""`python -m tests.bench.satisfaction`: the city's yearly report from a million answers, beside a plain GROUP BY.

The report is what /ikm reads for a year: all figures of the city, its units and services with the trend, the sample,
the one-tap answers; and the respondents' profile of the publication.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.db import Database
from bot.reports.respondents import profiles
from bot.reports.satisfaction import Scope, results
from bot.schema import migrate
from models.organisation import Service, Unit
from models.survey import COLUMNS
from tests.bench.table import table
from tests.postgres import PostgresServer

UNITS, SERVICES = 40, 200
YEAR = "2026"
NOW = datetime(2026, 11, 24, tzinfo=UTC)
PLAIN = f"SELECT service_id, count(*), {', '.join(f'sum({name})' for name in COLUMNS)} FROM survey_response"
FIELDS = (
    *("service_id", "unit_id", "period", "day", *COLUMNS),
    *("sex", "age_band", "education", "occupation", "hour_band", "channel", "demo", "created_at"),
)
TAKES = 5


def answers(count: int) -> Iterator[tuple[Any, ...]]:
    """So many invented answers, spread over units, services and the quarters of the year."""
    dice = random.Random(2026)
    for _ in range(count):
        service, quarter = dice.randrange(SERVICES), dice.randrange(4)
        who = (
            *(dice.choice("LP"), dice.choice(("18-25", "26-35", "36-45", "46-55", "56-65", ">65"))),
            *(dice.choice(("SD", "SMP", "SMA", "D1-D3", "S1", "S2")), dice.choice(("PNS", "Swasta", "Lainnya"))),
            dice.choice(("08-12", "12-17")),
        )
        yield (
            *(service + 1, service * UNITS // SERVICES + 1, f"{YEAR}-Q{quarter + 1}", date(2026, quarter * 3 + 1, 5)),
            *dice.choices((1, 2, 3, 4), weights=(1, 2, 5, 6), k=len(COLUMNS)),
            *(who if dice.random() < 0.6 else (None,) * 5),
            *("qr", False, NOW),
        )


async def fill(database: Database, count: int) -> None:
    """The city and its answers."""
    async with database.begin() as session:
        session.add_all(Unit(code=f"u{n}", name=f"Unit {n}", short_name=f"U{n}", kind="dinas") for n in range(UNITS))
        await session.flush()
        session.add_all(
            Service(code=f"s{n}", unit_id=n * UNITS // SERVICES + 1, name=f"Service {n}") for n in range(SERVICES)
        )
    if database.is_sqlite:
        await _fill_sqlite(database, count)
    else:
        await _fill_postgresql(database, count)


async def _fill_sqlite(database: Database, count: int) -> None:
    marks = ", ".join("?" * len(FIELDS))
    async with database.engine.begin() as connection:
        rows = ([str(value) if isinstance(value, date) else value for value in row] for row in answers(count))
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        await raw.executemany(f"INSERT INTO survey_response ({', '.join(FIELDS)}) VALUES ({marks})", rows)
        await raw.commit()


async def _fill_postgresql(database: Database, count: int) -> None:
    async with database.engine.begin() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        async with raw.cursor().copy(f"COPY survey_response ({', '.join(FIELDS)}) FROM STDIN") as copy:
            for row in answers(count):
                await copy.write_row(row)
    async with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.execute(text("VACUUM ANALYZE survey_response"))


async def seconds(work: Callable[[], Awaitable[Any]]) -> tuple[float, float]:
    """The first take, and the median of those after it."""
    takes = []
    for _ in range(TAKES + 1):
        begun = time.perf_counter()
        await work()
        takes.append(time.perf_counter() - begun)
    return takes[0], statistics.median(takes[1:])


async def measure(url: str, count: int) -> list[tuple[str, float, float]]:
    """What is measured on one database, by name."""
    database = Database(url)
    await fill(database, count)

    async def figures() -> None:
        async with database.read() as session:
            found = await results(session, Scope(), YEAR)
        assert found.whole.n == count

    async def report() -> None:
        await figures()
        async with database.read() as session:
            await profiles(session, Scope(), YEAR)

    async def of_a_unit() -> None:
        async with database.read() as session:
            await results(session, Scope(units=frozenset({7})), f"{YEAR}-Q4")

    async def plain() -> None:
        async with database.read() as session:
            (await session.execute(text(f"{PLAIN} GROUP BY service_id"))).all()

    works = {
        "the city's year: figures and profile": report,
        "the city's year: figures alone": figures,
        "one unit's quarter with its trend": of_a_unit,
        "plain GROUP BY service_id": plain,
    }
    found = [(name, *await seconds(work)) for name, work in works.items()]
    await database.close()
    return found


def main() -> None:
    """Fill both databases, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.satisfaction", description=__doc__)
    parser.add_argument("--answers", type=int, default=1_000_000, help="so many answers (default 1000000)")
    count = parser.parse_args().answers
    head = (f"{count:,} answers", "SQLite first / then s", "PostgreSQL first / then s")
    with tempfile.TemporaryDirectory(prefix="gurindam-bench-") as folder:
        sqlite = f"sqlite:///{Path(folder) / 'bench.sqlite'}"
        migrate(sqlite)
        ours = asyncio.run(measure(sqlite, count))
    server = PostgresServer()
    server.start()
    try:
        url = server.create_database()
        migrate(url)
        theirs = asyncio.run(measure(url, count))
    finally:
        server.stop()
    rows = [
        (name, f"{first:.2f} / {then:.2f}", f"{other[1]:.2f} / {other[2]:.2f}")
        for (name, first, then), other in zip(ours, theirs, strict=True)
    ]
    print(table([head, *rows]))


if __name__ == "__main__":
    main()
