"""Local servers for the HTTP backend: aiohttp's, and bare sockets where something is to break."""

import asyncio
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram.error import TelegramError

from bot.http import AiohttpRequest

TOKEN = "123456789:AAH-very_secret_token_of_this_test"
TEXT = 'Bapak/Ibu "é" 🙏 & <b>'
MESSAGE = {"message_id": 7, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "ok"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def ok(result: Any = True) -> web.Response:
    return web.json_response({"ok": True, "result": result})


@asynccontextmanager
async def api(handler: Handler) -> AsyncIterator[str]:
    """A Bot API server whose every method is this handler; its address."""
    app = web.Application(client_max_size=100 * 2**20)
    app.router.add_route("*", "/{path:.*}", handler)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


@asynccontextmanager
async def bare(talk: Talk) -> AsyncIterator[str]:
    """A TCP server that says what it likes; its address as host:port."""
    server = await asyncio.start_server(talk, "127.0.0.1")
    try:
        yield "{}:{}".format(*server.sockets[0].getsockname())
    finally:
        server.close()


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return "{}:{}".format(*probe.getsockname())


async def failure_of(url: str, request: AiohttpRequest | None = None, **timeouts: Any) -> TelegramError:
    """What a call to `url`/bot<token>/getMe raises; nowhere in it may the token be."""
    async with request or AiohttpRequest() as open_request:
        with pytest.raises(TelegramError) as caught:
            await open_request.post(f"{url}/bot{TOKEN}/getMe", **timeouts)
    error: BaseException | None = caught.value
    assert TOKEN not in "".join(traceback.format_exception(error))
    while error is not None:
        assert TOKEN not in f"{error} {error!r} {error.args}"
        error = error.__cause__ or error.__context__
    return caught.value


async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read()
