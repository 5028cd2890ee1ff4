"""`python -m tests.bench.broadcasts`: a broadcast against Telegram's limits, people who write meanwhile, a long queue.

The product runs as a process of its own beside the sandbox, whose limits are Telegram's: 30 messages a second, one a
second to a chat. A broadcast may use what is not kept for answers (`Limits`). A few people write all the while; their
reaction is measured without the broadcast, and with it. Beside it: queueing for a large audience, on both databases.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.db import Database
from bot.delivery.limits import DEFAULT_LIMITS
from bot.sandbox import create_sandbox
from bot.schema import migrate
from bot.services.broadcasts import sending
from bot.services.city import know
from models.broadcasts.broadcast import Broadcast
from models.outbox import OutboxStatus
from tests import broadcast_crowd as crowd
from tests.bench.table import table
from tests.fixtures_database import settle
from tests.kill.process import City
from tests.postgres import PostgresServer

TALKERS = 3
PAUSE = 1.3
IDLE_SECONDS = 30.0
LOOK = 0.002
TALKER = 6_900_000
ALLOWED = DEFAULT_LIMITS.overall - DEFAULT_LIMITS.kept_for_answers


class Talker:
    """Somebody who asks for the menu all the while; how long each answer took, in milliseconds."""

    def __init__(self, city: City, number: int) -> None:
        self.city, self.id = city, TALKER + number
        self.taken: list[float] = []
        city.sandbox.add_person(f"Penulis {number}", self.id)

    async def talk(self, enough: asyncio.Event) -> None:
        """Write, wait for the answer, pause."""
        deliveries = self.city.sandbox.counters.deliveries
        while not enough.is_set():
            before, begun = len(deliveries[self.id]), time.monotonic()
            self.city.sandbox.send_text(self.id, "/menu")
            while len(deliveries[self.id]) == before:  # noqa: ASYNC110 - the phone tells
                await asyncio.sleep(LOOK)
            self.taken.append(1000 * (deliveries[self.id][-1] - begun))
            await asyncio.sleep(PAUSE)


async def talking(talkers: list[Talker], enough: asyncio.Event) -> list[float]:
    """What the answers took until it is enough."""
    for talker in talkers:
        talker.taken = []
    await asyncio.gather(*(talker.talk(enough) for talker in talkers))
    return sorted(taken for talker in talkers for taken in talker.taken)


async def measure(people: int) -> list[tuple[str, str]]:
    """The rate, the refusals and the reactions, on SQLite."""
    with tempfile.TemporaryDirectory(prefix="gurindam-bench-") as name:
        url = f"sqlite:///{Path(name) / 'bench.sqlite'}"
        migrate(url)
        await settle(url)
        city = City(create_sandbox(limits=True), url, Path(name), sends_per_second=30, sends_per_chat=1)
        await city.open()
        crowd.gather(city.sandbox, people)
        database, now = Database(url), datetime.now(UTC)
        await crowd.agree(database, people, now)
        talkers = [Talker(city, number) for number in range(TALKERS)]
        idle = await _for_a_while(talkers, IDLE_SECONDS)
        begun_refused = city.sandbox.counters.refused
        broadcast_id = await crowd.announce(database, now)
        enough = asyncio.Event()
        watching = asyncio.create_task(_until_sent(database, broadcast_id, people, enough))
        busy = await talking(talkers, enough)
        await watching
        refused = city.sandbox.counters.refused - begun_refused
        times = sorted(city.sandbox.counters.deliveries[crowd.FIRST + number][-1] for number in range(people))
        await database.close()
        await city.close()
    rate = (people - 1) / (times[-1] - times[0])
    return _rows(people, rate, refused, idle, busy)


async def _for_a_while(talkers: list[Talker], seconds: float) -> list[float]:
    enough = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, enough.set)
    return await talking(talkers, enough)


async def _until_sent(database: Database, broadcast_id: int, people: int, enough: asyncio.Event) -> None:
    while (await crowd.ended(database, broadcast_id)).get(OutboxStatus.SENT, 0) < people:  # noqa: ASYNC110 - the rows tell
        await asyncio.sleep(1)
    enough.set()


def _rows(people: int, rate: float, refused: int, idle: list[float], busy: list[float]) -> list[tuple[str, str]]:
    def shown(taken: list[float]) -> str:
        p99 = taken[min(len(taken) - 1, round(0.99 * len(taken)))]
        return f"{statistics.median(taken):.0f} / {p99:.0f} ms ({len(taken)} answers)"

    return [
        (f"a broadcast to {people:,}", ""),
        ("messages a second", f"{rate:.2f} of {ALLOWED} allowed ({rate / ALLOWED:.1%})"),
        ("answers 429", str(refused)),
        ("reaction p50 / p99, idle", shown(idle)),
        ("reaction p50 / p99, meanwhile", shown(busy)),
    ]


async def queue(url: str, people: int) -> str:
    """How long queueing takes, and how much the process grew meanwhile."""
    migrate(url)
    await settle(url)
    database, now = Database(url), datetime.now(UTC)
    await crowd.agree(database, people, now)
    broadcast_id = await crowd.announce(database, now)
    before, begun = _peak(), time.perf_counter()
    async with database.begin() as session:
        row = await session.get_one(Broadcast, broadcast_id)
        queued = await sending.begin(session, await know(session, now), row, now)
    seconds = time.perf_counter() - begun
    await database.close()
    if queued != people:
        raise RuntimeError(f"{queued} queued of {people}")
    return f"{seconds:.2f} s, peak memory +{_peak() - before:.0f} MiB"


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.broadcasts", description=__doc__)
    parser.add_argument("--people", type=int, default=1_000, help="so many get the broadcast (default 1000)")
    parser.add_argument("--queue", type=int, default=100_000, help="so many are queued (default 100000)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gurindam-bench-") as name:
        on_sqlite = asyncio.run(queue(f"sqlite:///{Path(name) / 'queue.sqlite'}", chosen.queue))
    server = PostgresServer()
    server.start()
    try:
        on_postgresql = asyncio.run(queue(server.create_database(), chosen.queue))
    finally:
        server.stop()
    rows = [
        ("what", "measured"),
        *asyncio.run(measure(chosen.people)),
        (f"{chosen.queue:,} queued, SQLite", on_sqlite),
        (f"{chosen.queue:,} queued, PostgreSQL", on_postgresql),
    ]
    print("\n" + table(rows))


if __name__ == "__main__":
    main()
