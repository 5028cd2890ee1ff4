"""`python -m tests.bench.desk`: how fast the audit is chained, and what looking for similar reports costs a filing.

Chaining is shown beside the plain inserts of the same rows. The look goes through the largest number of candidates
that the product ever compares; it is a part of the transaction in which a resident's report goes on to its summary.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bot import keys
from bot.config import Settings
from bot.db import Database
from bot.schema import migrate
from bot.services import audit, complaints
from bot.services.city import City, know
from bot.services.complaints import Report
from bot.services.desk import similar
from models.calendar import ServiceLimit
from models.complaint import Complaint, ReportClass
from models.person import Person
from models.rules.coordinates import Point
from models.rules.desk.similarity import Told, rank
from tests.bench.table import table
from tests.factories import small_city
from tests.postgres import PostgresServer

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
#: Acts are recorded a few in a transaction, as people's presses do.
A_TRANSACTION = 5
TAKES, ROUNDS = 30, 5
WORDS = (
    *("lampu", "jalan", "depan", "sekolah", "mati", "sejak", "hari", "senin", "malam", "gelap", "anak", "takut"),
    *("pulang", "mengaji", "mohon", "segera", "diperbaiki", "sudah", "ada", "yang", "jatuh", "dekat", "simpang"),
    *("masjid", "tiang", "listrik", "kabel", "putus", "warga", "resah"),
)
PLACE = Point(0.8997, 104.47497)
_numbers = count(1)


def words(dice: random.Random, letters: int) -> str:
    """Invented words of a report, so many letters."""
    text = ""
    while len(text) < letters:
        text += dice.choice(WORDS) + " "
    return text[:letters]


async def fill(database: Database, letters: int) -> City:
    """A city, a resident, and as many open reports near each other as are ever compared."""
    dice = random.Random(2026)
    async with database.begin() as session:
        await small_city(session)
        session.add(ServiceLimit(name="reports_per_day", days=1_000_000))
        people = [Person(telegram_id=7_000_000 + n, name="Warga", language="id", created_at=NOW) for n in range(2)]
        session.add_all(people)
        await session.flush()
        city = await know(session, NOW)
        for number in range(similar.MOST_COMPARED):
            report = told(words(dice, letters))
            await complaints.file(session, city, people[1], report, NOW - timedelta(hours=number + 1))
    return city


def told(text: str) -> Report:
    return Report(
        key=f"bench:{next(_numbers)}",
        report_class=ReportClass.COMPLAINT,
        text=text,
        service_id=1,
        area_id=1,
        latitude=PLACE.latitude,
        longitude=PLACE.longitude,
    )


async def milliseconds(work: Callable[[], Awaitable[Any]]) -> float:
    """The median of some takes, after one that warms up."""
    takes = []
    for _ in range(TAKES + 1):
        begun = time.perf_counter()
        await work()
        takes.append((time.perf_counter() - begun) * 1000)
    return statistics.median(takes[1:])


async def looking(database: Database, letters: int) -> dict[str, float]:
    """Milliseconds of the look, of the comparison in it, and of a filing without it."""
    city = await fill(database, letters)
    asked = Told(words(random.Random(1), letters), city.today(NOW), service_id=1, unit_id=1, area_id=1, point=PLACE)
    async with database.read() as session:
        person = await session.get_one(Person, 1)
        others = [(n, similar.told_of(city, await session.get_one(Complaint, n))) for n in range(1, 81)]

    async def look() -> None:
        async with database.begin() as session:
            found = await similar.to_draft(session, city, person, asked, NOW)
        assert found

    async def compare() -> None:
        assert rank(asked, others, similar.DAYS, similar.PERCENT / 100)

    async def file() -> None:
        async with database.begin() as session:
            await complaints.file(session, city, person, told(asked.text), NOW - timedelta(days=90))

    names = {"the look, in a transaction": look, "of it the comparison": compare, "a filing without it": file}
    return {f"{name}, {letters} letters": await milliseconds(work) for name, work in names.items()}


async def chaining(database: Database, rows: int) -> tuple[float, float]:
    """Acts recorded, and acts chained, a second: medians of rounds in which one follows the other."""
    rounds = [await _a_round(database, rows // ROUNDS) for _ in range(ROUNDS)]
    recorded, chained = zip(*rounds, strict=True)
    return statistics.median(recorded), statistics.median(chained)


async def _a_round(database: Database, rows: int) -> tuple[float, float]:
    begun = time.perf_counter()
    for _ in range(rows // A_TRANSACTION):
        async with database.begin() as session:
            for number in range(A_TRANSACTION):
                audit.record(session, "assign", "complaint", number, NOW, old={"officer": 7}, new={"officer": 8})
    recorded = time.perf_counter() - begun
    begun, chained = time.perf_counter(), 0
    while True:
        async with database.begin() as session:
            batch = await audit.chain(session)
        chained += batch
        if batch < audit.BATCH:
            break
    assert chained >= rows
    return rows / recorded, chained / (time.perf_counter() - begun)


async def measure(url: str, url_of_long_texts: str, rows: int) -> list[tuple[str, str]]:
    """What is measured on one kind of database, by name."""
    database, other = Database(url), Database(url_of_long_texts)
    looked = await looking(database, 120) | await looking(other, 600)
    recorded, chained = await chaining(database, rows)
    await database.close()
    await other.close()
    return [
        *((name, f"{value:.1f} ms") for name, value in looked.items()),
        (f"acts recorded, {A_TRANSACTION} a transaction", f"{recorded:,.0f}/s"),
        ("acts chained by the job", f"{chained:,.0f}/s"),
        ("chained / recorded", f"{chained / recorded:.2f}"),
    ]


def main() -> None:
    """Measure on both databases, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.desk", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000, help="so many acts in the audit (default 10000)")
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory(prefix="gurindam-bench-") as folder:
        urls = [f"sqlite:///{Path(folder) / name}.sqlite" for name in ("short", "long")]
        for url in urls:
            migrate(url)
        ours = asyncio.run(measure(*urls, rows))
    server = PostgresServer()
    server.start()
    try:
        urls = [server.create_database() for _ in range(2)]
        for url in urls:
            migrate(url)
            keys.use(Settings(database_url=url, identity_key=keys.make_key()))
        theirs = asyncio.run(measure(*urls, rows))
    finally:
        server.stop()
    lines = [(name, mine, other) for (name, mine), (_name, other) in zip(ours, theirs, strict=True)]
    print(table([(f"{similar.MOST_COMPARED} candidates; {rows:,} acts", "SQLite", "PostgreSQL"), *lines]))


if __name__ == "__main__":
    main()
