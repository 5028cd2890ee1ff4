"""The webhook's door: whom it lets in, what it takes, what it answers when nothing can be stored."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bot.app import build
from bot.config import Settings
from bot.web.health import Health
from bot.web.server import LARGEST_BODY, WEBHOOK_PATH, Take, create_app
from models.inbox import InboxStatus, InboxUpdate
from tests.driver import TOKEN, Stage

SECRET = "the-secret_of-this-test"
HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


def update_of(update_id: int, words: str, sender: int = 7_100_001) -> dict[str, Any]:
    person = {"id": sender, "is_bot": False, "first_name": "Siti"}
    chat = {"id": sender, "type": "private", "first_name": "Siti"}
    said: dict[str, Any] = {"message_id": 1, "date": 1, "from": person, "chat": chat, "text": words}
    if words.startswith("/"):
        said["entities"] = [{"type": "bot_command", "offset": 0, "length": len(words)}]
    return {"update_id": update_id, "message": said}


def door_to(take: Take, secret: str | None = SECRET) -> httpx.AsyncClient:
    async def look() -> Health:
        return Health(True, False, None, 0.0, 0, 0, 0.0, 0)

    app = create_app(take, look, secret)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot")


@pytest.fixture
async def door(stage: Stage) -> AsyncIterator[httpx.AsyncClient]:
    assert stage.product is not None
    async with door_to(stage.product.take) as client:
        yield client


async def rows(stage: Stage) -> list[tuple[int, InboxStatus]]:
    async with stage.db.read() as session:
        statement = select(InboxUpdate.update_id, InboxUpdate.status).order_by(InboxUpdate.update_id)
        return [(row.update_id, row.status) for row in await session.execute(statement)]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Telegram-Bot-Api-Secret-Token": ""},
        {"X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]},
        {"X-Telegram-Bot-Api-Secret-Token": f"{SECRET}x"},
        {"X-Telegram-Bot-Api-Secret-Token": SECRET.upper()},
        {"X-Telegram-Bot-Api-Secret-Token": "rahasia é".encode()},
        {"Authorization": SECRET},
    ],
    ids=str,
)
async def test_who_does_not_know_the_secret_is_forbidden(headers: Any, door: httpx.AsyncClient, stage: Stage) -> None:
    reply = await door.post(WEBHOOK_PATH, json=update_of(1, "x"), headers=headers)
    assert reply.status_code == 403
    assert await rows(stage) == []


async def test_where_no_webhook_is_served_nobody_is_let_in(stage: Stage) -> None:
    assert stage.product is not None
    async with door_to(stage.product.take, None) as door:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": ""}, HEADER):
            assert (await door.post(WEBHOOK_PATH, json=update_of(1, "x"), headers=headers)).status_code == 403


async def test_secrets_are_compared_in_constant_time(door: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []
    honest = hmac.compare_digest

    def watch(given: bytes, expected: bytes) -> bool:
        compared.append((given, expected))
        return honest(given, expected)

    monkeypatch.setattr(hmac, "compare_digest", watch)
    await door.post(WEBHOOK_PATH, json=update_of(1, "x"), headers={"X-Telegram-Bot-Api-Secret-Token": "no"})
    await door.post(WEBHOOK_PATH, json=update_of(1, "x"), headers=HEADER)
    assert compared == [(b"no", SECRET.encode()), (SECRET.encode(), SECRET.encode())]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"null",
        b"[]",
        b"7",
        b'"update_id"',
        b"{}",
        b'{"update_id": null}',
        b'{"update_id": []}',
        b'{"update_id": "seven"}',
        b"[" * 100_000,
    ],
    ids=lambda body: str(body[:20]),
)
async def test_what_is_no_update_is_a_bad_request(body: bytes, door: httpx.AsyncClient, stage: Stage) -> None:
    assert (await door.post(WEBHOOK_PATH, content=body, headers=HEADER)).status_code == 400
    assert await rows(stage) == []


async def unannounced() -> AsyncIterator[bytes]:
    for _ in range(LARGEST_BODY // 1000 + 1):
        yield b" " * 1000


@pytest.mark.parametrize("announced", [True, False])
async def test_what_is_too_large_is_not_read_on(announced: bool, door: httpx.AsyncClient, stage: Stage) -> None:
    content = b" " * (LARGEST_BODY + 1) if announced else unannounced()
    reply = await door.post(WEBHOOK_PATH, content=content, headers=HEADER)
    assert reply.status_code == 413
    assert await rows(stage) == []


async def test_what_is_as_large_as_allowed_is_taken(door: httpx.AsyncClient, stage: Stage) -> None:
    content = b'{"update_id": 9}'.ljust(LARGEST_BODY)
    assert (await door.post(WEBHOOK_PATH, content=content, headers=HEADER)).status_code == 200
    assert [update_id for update_id, _ in await rows(stage)] == [9]


async def test_an_update_is_stored_before_telegram_is_told_so(door: httpx.AsyncClient, stage: Stage) -> None:
    stored: list[Any] = []
    assert stage.product is not None
    honest = stage.product.take

    async def take(updates: list[dict[str, Any]]) -> None:
        await honest(updates)
        stored.append(await rows(stage))

    async with door_to(take) as watched:
        reply = await watched.post(WEBHOOK_PATH, json=update_of(41, "/start"), headers=HEADER)
    assert reply.status_code == 200
    assert [update_id for update_id, _ in stored[0]] == [41]


async def test_the_same_update_twice_is_handled_once(door: httpx.AsyncClient, stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts()
    seen, before = len(siti.texts()), await rows(stage)
    for update_id in (41, 41, 42, 41):
        reply = await door.post(WEBHOOK_PATH, json=update_of(update_id, "/bahasa", siti.id), headers=HEADER)
        assert reply.status_code == 200
    await stage.settle()
    assert sorted(await rows(stage)) == sorted([*before, (41, InboxStatus.DONE), (42, InboxStatus.DONE)])
    assert len(siti.texts()) == seen + 2


@pytest.fixture(params=["sqlite", "postgresql"])
def away(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database that is not there."""
    return f"sqlite:///{tmp_path}" if request.param == "sqlite" else "postgresql://nobody@127.0.0.1:1/nothing"


async def test_while_the_database_is_away_telegram_is_asked_to_come_again(away: str) -> None:
    product = build(Settings(bot_token=TOKEN, database_url=away))
    async with door_to(product.take) as door:
        reply = await door.post(WEBHOOK_PATH, json=update_of(41, "/start"), headers=HEADER)
    await product.runtime.db.close()
    assert reply.status_code == 503
    assert int(reply.headers["Retry-After"]) > 0


async def test_only_posting_is_served(door: httpx.AsyncClient) -> None:
    assert (await door.get(WEBHOOK_PATH, headers=HEADER)).status_code == 405
    assert (await door.get("/")).status_code == 404
