"""Outages that a city has: the database away, Telegram away, somebody who floods, an orderly stop."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from statistics import median

import psycopg
import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from bot.db import Database
from models.complaint import Complaint
from tests.kill.process import City
from tests.kill.residents import Resident

Announce = Callable[[str], None]
AWAY_SECONDS = 20
FLOOD = 500


def people(city: City, number: int, first: int = 8_100_000) -> list[Resident]:
    residents = [Resident(city.sandbox, first + index, random.Random(index)) for index in range(number)]
    for resident in residents:
        city.sandbox.add_person(f"Warga {resident.id}", resident.id)
    return residents


async def stored(city: City) -> int:
    database = Database(city.database_url)
    async with database.read() as session:
        number = await session.scalar(select(func.count()).select_from(Complaint))
    await database.close()
    return number or 0


async def greeted(residents: list[Resident]) -> None:
    """Return when the bot, which takes its time to start, has answered everybody."""
    for _ in range(600):
        if all(len(resident.sandbox.history(resident.id)) > 1 for resident in residents):
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the bot answers nobody")


@asynccontextmanager
async def database_away(city: City) -> AsyncIterator[None]:
    """Nobody but us can write to (SQLite) or reach (PostgreSQL) the database."""
    url = make_url(city.database_url)
    if url.get_backend_name() == "sqlite":
        lock = sqlite3.connect(url.database or "", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        yield
        lock.execute("ROLLBACK")
        lock.close()
        return
    with psycopg.connect(url.set(database="postgres").render_as_string(hide_password=False), autocommit=True) as admin:
        admin.execute("UPDATE pg_database SET datallowconn = false WHERE datname = %s", (url.database,))
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (url.database,))
        yield
        admin.execute("UPDATE pg_database SET datallowconn = true WHERE datname = %s", (url.database,))


@pytest.mark.kill
@pytest.mark.timeout(180)
async def test_nothing_is_lost_while_the_database_is_away(city: City, announce: Announce) -> None:
    residents = people(city, 6)
    enough = asyncio.Event()
    talking = asyncio.gather(*(resident.file_until(enough) for resident in residents))
    await greeted(residents)
    async with database_away(city):
        await asyncio.sleep(AWAY_SECONDS)
        during = sum(len(resident.codes) for resident in residents)
    await asyncio.sleep(3)
    enough.set()
    await talking
    told = [code for resident in residents for code in resident.codes.values()]
    print(
        f"\n{AWAY_SECONDS} s without the database: {len(told)} reports, {len(told) - during} of them finished after it"
    )
    assert len(set(told)) == len(told) == await stored(city)
    assert len(told) > during


@pytest.mark.kill
@pytest.mark.timeout(120)
async def test_nothing_is_lost_or_doubled_while_telegram_fails(city: City, announce: Announce) -> None:
    residents = people(city, 6, 8_200_000)
    faults = city.sandbox.faults
    for method in ("sendMessage", "editMessageText", "answerCallbackQuery", "getUpdates"):
        faults.add(method, times=2, status=500)
        faults.add(method, status=502)
        faults.add(method, drop="before")
        faults.add(method, times=2, retry_after=1)
    faults.add("getUpdates", status=401)
    faults.add("getUpdates", status=404)
    faults.add("getUpdates", status=409)
    enough = asyncio.Event()
    talking = asyncio.gather(*(resident.file_until(enough) for resident in residents))
    await asyncio.sleep(15)
    enough.set()
    await talking
    told = [code for resident in residents for code in resident.codes.values()]
    announce(f"Telegram failing in 27 calls: {len(told)} reports filed")
    assert len(set(told)) == len(told) == await stored(city)
    assert len(told) >= len(residents)


@pytest.mark.kill
@pytest.mark.timeout(120)
async def test_a_flood_of_one_person_delays_nobody_else(city: City, announce: Announce) -> None:
    [flooder, *others] = people(city, 6, 8_300_000)
    await asyncio.gather(*(_reaction(resident) for resident in others))
    calm = [await _reaction(resident) for resident in others for _ in range(4)]
    for number in range(FLOOD):
        city.sandbox.send_text(flooder.id, f"halo nomor {number} dari saya")
    flooded = [await _reaction(resident) for resident in others for _ in range(4)]
    alone, beside = median(calm) * 1000, median(flooded) * 1000
    announce(f"reaction to others: {alone:.0f} ms alone, {beside:.0f} ms beside {FLOOD} messages of one person")
    for _ in range(1000):
        if city.sandbox.pending_updates() == 0:
            break
        await asyncio.sleep(0.05)
    assert city.sandbox.pending_updates() == 0
    assert all(len(city.sandbox.history(resident.id)) >= 10 for resident in others)


@pytest.mark.kill
@pytest.mark.timeout(60)
async def test_sigterm_ends_the_process_within_five_seconds(city: City) -> None:
    residents = people(city, 4, 8_400_000)
    await asyncio.gather(*(_reaction(resident) for resident in residents))
    for resident in residents:
        city.sandbox.send_text(resident.id, "halo")
    async with asyncio.timeout(5):
        assert await city.stop_bot() == 0
    await city.start_bot()
    await asyncio.gather(*(_reaction(resident) for resident in residents))


async def _reaction(resident: Resident) -> float:
    """Seconds from /menu to the menu."""
    since = resident.sandbox.send_text(resident.id, "/menu")["message_id"]
    begin = time.monotonic()
    async with asyncio.timeout(30):
        while not _shows_menu(resident, since):  # noqa: ASYNC110 - a person looks at the phone
            await asyncio.sleep(0.002)
    return time.monotonic() - begin


def _shows_menu(resident: Resident, since: int) -> bool:
    later = [m for m in resident.sandbox.history(resident.id) if m["message_id"] > since]
    return any("Menu utama" in message.get("text", "") for message in later)
