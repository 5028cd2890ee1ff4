"""The webhook from end to end: a bot process that tells a Bot API server where to post, over real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from bot.commands.sandboxing import HOST, any_port
from bot.db import Database
from bot.sandbox import create_sandbox
from bot.schema import migrate
from models.inbox import InboxStatus, InboxUpdate
from tests.driver import text_of
from tests.factories import small_city
from tests.kill.process import City

SECRET = "the-secret_of-this-test"
SITI = 7_200_001
PATIENCE = 30.0


@dataclass
class PostedCity(City):
    """The bot listens for posts instead of polling."""

    listen: str = field(default_factory=lambda: f"{HOST}:{any_port()}")

    def _environment(self) -> dict[str, str]:
        return super()._environment() | {
            "GURINDAM_MODE": "webhook",
            "GURINDAM_WEBHOOK_URL": f"http://{self.listen}",
            "GURINDAM_WEBHOOK_SECRET": SECRET,
            "GURINDAM_LISTEN": self.listen,
        }

    def hears(self) -> list[str]:
        """What the bot has said to Siti."""
        return [text_of(m) for m in self.sandbox.history(SITI) if m.get("from", {}).get("is_bot")]


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[PostedCity]:
    url = f"sqlite:///{tmp_path / 'web.sqlite'}"
    migrate(url)
    database = Database(url)
    async with database.begin() as session:
        await small_city(session)
    await database.close()
    city = PostedCity(create_sandbox(limits=False), url, tmp_path)
    city.sandbox.calls.webhook.pace = 0.05
    city.sandbox.add_person("Siti", SITI)
    await city.open()
    yield city
    await city.close()


async def until(true: Callable[[], bool], city: PostedCity) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            while not true():  # noqa: ASYNC110 - another process is waited for
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError(city.log()[-2000:]) from None


async def test_updates_are_posted_handled_once_and_answered(city: PostedCity) -> None:
    await until(lambda: bool(city.sandbox.webhook.url), city)
    assert city.sandbox.webhook.url == f"http://{city.listen}/telegram"
    assert city.sandbox.webhook.secret == SECRET

    city.sandbox.start(SITI)
    await until(lambda: len(city.hears()) == 1, city)
    city.sandbox.send_text(SITI, "/bahasa")
    await until(lambda: len(city.hears()) == 2, city)

    async with httpx.AsyncClient(base_url=f"http://{city.listen}") as client:
        assert (await client.post("/telegram", json={"update_id": 1})).status_code == 403
        health = await client.get("/healthz")
        assert (health.status_code, health.json()["polling"]) == (200, False)
        assert "gurindam_well 1.0" in (await client.get("/metrics")).text

    await city.kill_bot()
    city.sandbox.send_text(SITI, "/bantuan")
    await city.start_bot()
    await until(lambda: len(city.hears()) == 3, city)
    assert await city.stop_bot() == 0
    assert SECRET not in city.log()

    database = Database(city.database_url)
    async with database.read() as session:
        rows = (await session.scalars(select(InboxUpdate.status))).all()
    await database.close()
    assert rows == [InboxStatus.DONE] * 3
