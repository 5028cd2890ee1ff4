"""`python -m tests.bench.broadcasts`: a broadcast against Telegram's limits, people who write meanwhile, a long queue.

The product runs as a process of its own beside the sandbox, whose limits are Telegram's: 30 messages a second, one a
second to a chat. A broadcast may use what is not kept for answers (`Limits`). A few people write all the while; their
reaction is measured without the broadcast, and with it. With 5,000 recipients all of it takes about ten minutes.
Beside it: queueing for a large audience, on both databases.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from dataclasses import dataclass
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
from tests.bench.digests import watched
from tests.bench.table import table
from tests.fixtures_database import settle
from tests.kill.process import City
from tests.postgres import PostgresServer

#: Together two answers a second, each a message and the old buttons taken away: less than the share kept for answers.
TALKERS = 6
PAUSE = 3.0
#: Idle is long enough for ENOUGH answers, without which a p99 says little.
ENOUGH = 300
WARM_SECONDS, IDLE_SECONDS = 8.0, 170.0
LOOK = 0.002
TALKER = 6_900_000
ALLOWED = DEFAULT_LIMITS.overall - DEFAULT_LIMITS.kept_for_answers


class Talker:
    """Somebody who asks for the menu all the while; how long each answer took, in milliseconds."""

    def __init__(self, city: City, number: int) -> None:
        self.city, self.id, self.first_pause = city, TALKER + number, PAUSE * number / TALKERS
        self.taken: list[float] = []
        city.sandbox.add_person(f"Penulis {number}", self.id)

    async def talk(self, enough: asyncio.Event) -> None:
        """Write, wait for the answer, pause."""
        deliveries = self.city.sandbox.counters.deliveries
        await asyncio.sleep(self.first_pause)
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
        print(f"{TALKERS} people write for {IDLE_SECONDS:.0f} s, then two broadcasts to {people:,}", flush=True)
        await _for_a_while(talkers, WARM_SECONDS)
        idle = await _for_a_while(talkers, IDLE_SECONDS)
        refused = city.sandbox.counters.refused
        alone = await _send(city, database, people, [])
        meanwhile = await _send(city, database, people, talkers)
        refused = city.sandbox.counters.refused - refused
        await database.close()
        await city.close()
    return _rows(people, refused, idle, alone, meanwhile)


@dataclass(frozen=True)
class Run:
    """One broadcast: its messages a second, those of everybody, and what answers took meanwhile."""

    rate: float
    together: float
    taken: list[float]


async def _send(city: City, database: Database, people: int, talkers: list[Talker]) -> Run:
    """Send one to everybody, until the last has it."""
    broadcast_id, enough = await crowd.announce(database, datetime.now(UTC)), asyncio.Event()
    watching = asyncio.create_task(_until_sent(database, broadcast_id, people, enough))
    taken = await talking(talkers, enough)
    await watching
    deliveries = city.sandbox.counters.deliveries
    times = sorted(deliveries[crowd.FIRST + number][-1] for number in range(people))
    seconds = times[-1] - times[0]
    answers = sum(times[0] <= at <= times[-1] for talker in talkers for at in deliveries[talker.id])
    return Run((people - 1) / seconds, (people - 1 + answers) / seconds, taken)


async def _for_a_while(talkers: list[Talker], seconds: float) -> list[float]:
    enough = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, enough.set)
    return await talking(talkers, enough)


async def _until_sent(database: Database, broadcast_id: int, people: int, enough: asyncio.Event) -> None:
    while (await crowd.ended(database, broadcast_id)).get(OutboxStatus.SENT, 0) < people:  # noqa: ASYNC110 - rows tell
        await asyncio.sleep(1)
    enough.set()


def _rows(people: int, refused: int, idle: list[float], alone: Run, meanwhile: Run) -> list[tuple[str, str]]:
    def p99(taken: list[float]) -> float:
        return sorted(taken)[min(len(taken) - 1, round(0.99 * len(taken)))]

    def shown(taken: list[float]) -> str:
        few = "" if len(taken) >= ENOUGH else f", fewer than the {ENOUGH} it takes"
        return f"{statistics.median(taken):.0f} / {p99(taken):.0f} ms ({len(taken)} answers{few})"

    def share(rate: float) -> str:
        return f"{rate:.2f} of {ALLOWED} allowed ({rate / ALLOWED:.1%})"

    return [
        (f"to {people:,}, nobody writes: messages a second", share(alone.rate)),
        (f"to {people:,}, {TALKERS} people write: messages a second", share(meanwhile.rate)),
        ("the same with the answers to them", share(meanwhile.together)),
        ("answers 429", str(refused)),
        ("reaction p50 / p99, idle", shown(idle)),
        ("reaction p50 / p99, meanwhile", shown(meanwhile.taken)),
        ("p99 meanwhile / p99 idle", f"{p99(meanwhile.taken) / p99(idle):.2f}"),
    ]


async def queue(url: str, people: int) -> str:
    """How long queueing takes, and how much the process grew meanwhile."""
    migrate(url)
    await settle(url)
    database, now = Database(url), datetime.now(UTC)
    await crowd.agree(database, people, now)
    broadcast_id = await crowd.announce(database, now)
    with watched() as found:
        begun = time.perf_counter()
        async with database.begin() as session:
            row = await session.get_one(Broadcast, broadcast_id)
            queued = await sending.begin(session, await know(session, now), row, now)
        seconds = time.perf_counter() - begun
    await database.close()
    if queued != people:
        raise RuntimeError(f"{queued} queued of {people}")
    return f"{seconds:.2f} s, grown by {found['grown']:.0f} MiB"


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.broadcasts", description=__doc__)
    parser.add_argument("--people", type=int, default=5_000, help="so many get the broadcast (default 5000)")
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
