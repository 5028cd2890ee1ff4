"""A sandbox with one resident, the bot's door to it, and python-telegram-bot's own Bot."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot

from bot.sandbox import Sandbox, create_sandbox, create_server
from bot.sandbox.inprocess import SandboxRequest
from bot.sandbox.methods.parameters import Parameters, Upload
from tests.sandbox.samples import BUDI, TOKEN, Call, picture


@pytest.fixture
def sandbox() -> Sandbox:
    """Limits off; Budi has opened the bot, his /start is still in the queue's past."""
    sandbox = create_sandbox(limits=False)
    sandbox.add_person("Budi", BUDI)
    sandbox.start(BUDI)
    sandbox.updates.clear()
    return sandbox


@pytest.fixture
def call(sandbox: Sandbox) -> Call:
    """Call a method as over the wire: `await call("sendMessage", chat_id=…, files={…})` → decoded body."""

    async def call(
        method: str, token: str = TOKEN, files: dict[str, Upload] | None = None, **values: Any
    ) -> dict[str, Any]:
        reply = await sandbox.calls.call(token, method, Parameters(values, files))
        body: dict[str, Any] = json.loads(reply.body)
        assert reply.status == (200 if body["ok"] else body["error_code"])
        return body

    return call


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, request=SandboxRequest(sandbox), get_updates_request=SandboxRequest(sandbox)) as bot:
        yield bot


@pytest.fixture
def jpeg() -> bytes:
    return picture(640, 480)


@pytest.fixture
async def address(sandbox: Sandbox) -> AsyncIterator[str]:
    """The sandbox served on a real socket of its own."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = create_server(sandbox, "127.0.0.1", 0)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    await asyncio.wait_for(serving, 5)
