"""Digests and weekly reminders come once each: two processes at the same time, SIGKILL, and days of downtime."""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.db import Database
from bot.sandbox import create_sandbox
from bot.schema import migrate
from models.outbox import OutboxMessage, OutboxStatus
from models.performance.plan import WorkPlan
from models.performance.progress import TeamDigest
from models.rules.performance.plan_rules import PlanStatus
from tests.driver import START, text_of
from tests.factories import small_city
from tests.kill.process import ROOT, City
from tests.postgres import PostgresServer
from tests.team_scenes import APPROVED, WEEK, employee, person, plan, weekly

TEAMS, EACH = 10, 3
KILLS = 6
DIGEST, PUSH, REMINDER = "Ringkasan", "Mohon diisi sebelum", "Masih bisa diisi"
TUESDAY = START
THURSDAY = datetime.fromisoformat("2026-11-26T09:00+07:00")
FRIDAY = datetime.fromisoformat("2026-11-27T13:32+07:00")
MONDAY = datetime.fromisoformat("2026-11-30T09:05+07:00")


@dataclass
class Office(City):
    """A sandbox, a database, and clerks: processes that fire duties at a time of the test's choosing."""

    clerks: list[asyncio.subprocess.Process] = field(default_factory=list)
    superiors: dict[int, int] = field(default_factory=dict)
    staff: list[int] = field(default_factory=list)

    async def start_bot(self) -> None:
        """No bot: only clerks."""

    async def engage(self, now: datetime) -> None:
        """One more clerk."""
        environment = self._environment() | {"CLERK_NOW": now.isoformat()}
        with (self.folder / "bot.log").open("ab") as log:
            clerk = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.kill.clerk", cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        self.clerks.append(clerk)

    async def kill(self, clerk: asyncio.subprocess.Process) -> None:
        """SIGKILL one of them."""
        self.clerks.remove(clerk)
        if clerk.returncode is None:
            clerk.send_signal(signal.SIGKILL)
        await clerk.wait()

    async def dismiss(self) -> None:
        """SIGKILL all."""
        for clerk in list(self.clerks):
            await self.kill(clerk)

    async def close(self) -> None:
        await self.dismiss()
        await super().close()

    def told(self, words: str) -> Counter[int]:
        """How often each chat read these words."""
        chats = [*self.superiors, *self.staff]
        return Counter(
            {chat: sum(words in text_of(message) for message in self.sandbox.history(chat)) for chat in chats}
        )


@pytest.fixture
async def office(postgres_server: PostgresServer, tmp_path: Path) -> AsyncIterator[Office]:
    """Teams of which one is silent, in a small city, on PostgreSQL."""
    url = postgres_server.create_database()
    migrate(url)
    office = Office(create_sandbox(limits=False), url, tmp_path)
    database = Database(url)
    async with database.begin() as session:
        await small_city(session)
        for team in range(TEAMS):
            chats = [8_100_000 + team * 10 + place for place in range(EACH + 1)]
            accounts = [await person(session, f"Pegawai {chat}", chat, START) for chat in chats]
            superior = await employee(session, team * 10, f"Atasan {team}", 1, person_id=accounts[0].id)
            office.superiors[chats[0]] = superior.id
            office.staff += chats[1:]
            for place, account in enumerate(accounts[1:], start=1):
                row = await employee(session, team * 10 + place, f"Staf {team}-{place}", 1, person_id=account.id)
                row.supervisor_id = superior.id
                line = await plan(session, row.id)
                if place > 1:
                    await weekly(session, row.id, line, WEEK, "1")
    await database.close()
    for chat in [*office.superiors, *office.staff]:
        office.sandbox.add_person(f"Pegawai {chat}", chat)
        office.sandbox.start(chat)
    await office.open()
    yield office
    await office.close()


async def settled(office: Office, kind: str, wanted: int, seconds: float = 60) -> list[OutboxMessage]:
    """Wait until so many messages of a kind came to an end."""
    database = Database(office.database_url)
    ended = (OutboxStatus.SENT, OutboxStatus.UNKNOWN)
    try:
        async with asyncio.timeout(seconds):
            while True:
                async with database.read() as session:
                    statement = select(OutboxMessage).where(OutboxMessage.kind == kind)
                    rows = list(await session.scalars(statement.order_by(OutboxMessage.id)))
                if len(rows) >= wanted and all(row.status in ended for row in rows):
                    return rows
                await asyncio.sleep(0.3)
    except TimeoutError:
        raise AssertionError(f"{kind}: {Counter(row.status for row in rows)}\n{office.log()[-2000:]}") from None
    finally:
        await database.close()


async def harass(office: Office, now: datetime, dice: random.Random) -> None:
    """Two clerks at once, killed and replaced at random instants."""
    for _ in range(2):
        await office.engage(now)
    for kill in range(KILLS):
        await asyncio.sleep(dice.uniform(0.4, 2.8))
        await office.kill(dice.choice(office.clerks))
        await office.engage(now + timedelta(seconds=kill))


async def made(office: Office) -> Counter[tuple[int, date]]:
    """How many digests were made for each superior and day."""
    database = Database(office.database_url)
    async with database.read() as session:
        counted = select(TeamDigest.employee_id, TeamDigest.day, func.count()).group_by(
            TeamDigest.employee_id, TeamDigest.day
        )
        found = Counter({(who, day): number for who, day, number in await session.execute(counted)})
    await database.close()
    return found


async def hand_in_plans(office: Office) -> None:
    """Something new for every superior: a plan of next year waits."""
    database = Database(office.database_url)
    async with database.begin() as session:
        approved = select(WorkPlan.employee_id).where(WorkPlan.status == PlanStatus.APPROVED)
        for whose in (await session.scalars(approved)).all():
            more = {"status": PlanStatus.SUBMITTED, "created_at": APPROVED, "submitted_at": THURSDAY}
            session.add(WorkPlan(employee_id=whose, year=2027, number=1, **more))
    await database.close()


def once(office: Office, words: str, rows: list[OutboxMessage], chats: int) -> None:
    """Nobody was told twice, and nobody was passed over unless a kill came between sending and writing it down."""
    told = office.told(words)
    assert len(rows) == chats
    assert max(told.values()) == 1, told
    lost = sum(row.status is OutboxStatus.UNKNOWN for row in rows)
    assert chats - lost <= sum(told.values()) <= chats


@pytest.mark.kill
@pytest.mark.timeout(600)
async def test_digests_and_reminders_come_once(office: Office, announce: Callable[[str], None]) -> None:
    dice = random.Random(20261124)
    await harass(office, TUESDAY, dice)
    rows = await settled(office, "team_digest", TEAMS)
    once(office, DIGEST, rows, TEAMS)
    first = office.told(DIGEST).total()
    await office.dismiss()
    assert await made(office) == Counter(
        dict.fromkeys(((who, date(2026, 11, 24)) for who in office.superiors.values()), 1)
    )

    # Nobody works on Wednesday: on Thursday there is one digest, not two, and it says what is new.
    await hand_in_plans(office)
    for _ in range(2):
        await office.engage(THURSDAY)
    await settled(office, "team_digest", 2 * TEAMS)
    await asyncio.sleep(3)
    await office.dismiss()
    assert office.told(DIGEST).total() == first + TEAMS
    assert {day for _who, day in await made(office)} == {date(2026, 11, 24), date(2026, 11, 26)}

    await harass(office, FRIDAY, dice)
    pushed = await settled(office, "week_push", TEAMS * EACH)
    await office.dismiss()
    once(office, PUSH, pushed, TEAMS * EACH)

    # The reminder before the due time fell into the downtime: nobody makes up for it, the one after comes once.
    await harass(office, MONDAY, dice)
    reminded = await settled(office, "week_reminder", TEAMS * EACH)
    rows = await settled(office, "team_digest", 3 * TEAMS, seconds=180)
    await office.dismiss()
    once(office, REMINDER, reminded, TEAMS * EACH)
    assert max(await made(office), key=lambda key: key[1])[1] == date(2026, 11, 30)
    assert set((await made(office)).values()) == {1}
    assert max(office.told(DIGEST).values()) <= 3
    unknown = sum(row.status is OutboxStatus.UNKNOWN for row in [*rows, *pushed, *reminded])
    announce(
        f"{3 * KILLS} kills of two clerks: {office.told(DIGEST).total()} of {len(rows)} digests, "
        f"{office.told(PUSH).total() + office.told(REMINDER).total()} of {len(pushed) + len(reminded)} pushes and "
        f"reminders sent, none twice; {unknown} left open by a kill"
    )
