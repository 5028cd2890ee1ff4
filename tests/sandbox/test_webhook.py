"""Posting to a webhook: secret, order per chat, again until taken."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox import Sandbox
from tests.sandbox.samples import BUDI, Call

SITI = 1002


class Receiver:
    """A webhook that answers with the statuses it is given, 200 when they run out."""

    def __init__(self) -> None:
        self.url = ""
        self.taken: list[tuple[int, str]] = []
        self.tries = 0
        self.secrets: set[str] = set()
        self.statuses: list[int] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.at_once = self.most_at_once = 0

    async def handle(self, request: web.Request) -> web.Response:
        update: dict[str, Any] = await request.json()
        self.tries += 1
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self.gate.wait()
        self.at_once -= 1
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            message = update["message"]
            self.taken.append((message["chat"]["id"], message["text"]))
        return web.Response(status=status)


@pytest.fixture
async def receiver(sandbox: Sandbox) -> AsyncIterator[Receiver]:
    receiver = Receiver()
    application = web.Application()
    application.router.add_post("/hook", receiver.handle)
    runner = web.AppRunner(application)
    await runner.setup()
    listener = socket.create_server(("127.0.0.1", 0))
    await web.SockSite(runner, listener).start()
    receiver.url = f"http://127.0.0.1:{listener.getsockname()[1]}/hook"
    sandbox.calls.webhook.pace = 0.01
    yield receiver
    await sandbox.close()
    await runner.cleanup()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_what_waited_and_what_comes_is_posted_in_order(sandbox: Sandbox, call: Call, receiver: Receiver) -> None:
    sandbox.send_text(BUDI, "satu")
    await call("setWebhook", url=receiver.url, secret_token="rahasia")
    sandbox.send_text(BUDI, "dua")
    await until(lambda: len(receiver.taken) == 2)
    assert receiver.taken == [(BUDI, "satu"), (BUDI, "dua")]
    assert receiver.secrets == {"rahasia"}
    assert sandbox.pending_updates() == 0


async def test_a_failing_chat_is_tried_again_and_delays_only_itself(
    sandbox: Sandbox, call: Call, receiver: Receiver
) -> None:
    sandbox.add_person("Siti", SITI)
    receiver.statuses = [500, 503]
    sandbox.send_text(BUDI, "satu")
    await call("setWebhook", url=receiver.url)
    await until(lambda: receiver.tries == 1)
    sandbox.send_text(BUDI, "dua")
    await until(lambda: len(receiver.taken) == 2)
    assert receiver.taken == [(BUDI, "satu"), (BUDI, "dua")]
    assert receiver.tries == 4
    info = (await call("getWebhookInfo"))["result"]
    assert "503" in info["last_error_message"]


async def test_one_in_flight_per_chat_several_over_all(sandbox: Sandbox, call: Call, receiver: Receiver) -> None:
    sandbox.add_person("Siti", SITI)
    receiver.gate.clear()
    for person in (BUDI, BUDI, SITI, SITI):
        sandbox.send_text(person, "halo")
    await call("setWebhook", url=receiver.url)
    await until(lambda: receiver.at_once == 2)
    receiver.gate.set()
    await until(lambda: len(receiver.taken) == 4)
    assert receiver.most_at_once == 2


async def test_max_connections_is_kept(sandbox: Sandbox, call: Call, receiver: Receiver) -> None:
    sandbox.add_person("Siti", SITI)
    for person in (BUDI, SITI):
        sandbox.send_text(person, "halo")
    await call("setWebhook", url=receiver.url, max_connections=1)
    await until(lambda: len(receiver.taken) == 2)
    assert receiver.most_at_once == 1


async def test_a_deleted_webhook_gets_nothing_more(sandbox: Sandbox, call: Call, receiver: Receiver) -> None:
    await call("setWebhook", url=receiver.url)
    await call("deleteWebhook")
    sandbox.send_text(BUDI, "halo")
    assert [update["message"]["text"] for update in (await call("getUpdates"))["result"]] == ["halo"]
    assert receiver.tries == 0
