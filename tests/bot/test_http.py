"""The HTTP backend against real local servers: aiohttp's, and bare sockets where something breaks."""

import asyncio
import io
import json
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import Bot, InputFile, InputMediaDocument, InputMediaPhoto
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.delivery.outcomes import NOT_SENT, RetryAt, Unknown, outcome_of
from bot.http import AiohttpRequest

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

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


@pytest.fixture(autouse=True)
def token_is_not_logged(caplog):
    caplog.set_level("DEBUG")
    yield
    assert TOKEN not in caplog.text


async def test_parameters_arrive_as_json_values():
    seen = {}

    async def handler(request):
        seen.update(method=request.method, path=request.path, agent=request.headers["User-Agent"])
        seen.update(await request.json())
        return ok(MESSAGE)

    async with api(handler) as url, AiohttpRequest() as request:
        bot = Bot(TOKEN, base_url=f"{url}/bot", request=request)
        message = await bot.send_message(-5, 'Bapak/Ibu "é" 🙏 & <b>', parse_mode="HTML", protect_content=True)
    assert message.message_id == 7
    assert seen["path"] == f"/bot{TOKEN}/sendMessage"
    assert seen["agent"].startswith("python-telegram-bot")
    assert {key: seen[key] for key in ("method", "chat_id", "text", "protect_content")} == {
        "method": "POST",
        "chat_id": -5,
        "text": TEXT,
        "protect_content": True,
    }


async def parts_of(request: web.Request) -> dict[str, tuple[str | None, str | None, bytes]]:
    reader = await request.multipart()
    parts = {}
    async for part in reader:
        parts[part.name] = (part.filename, part.headers.get("Content-Type"), bytes(await part.read()))
    return parts


@pytest.mark.parametrize("size", [0, 1, 64 * 1024, 5 * 2**20 + 3])
async def test_files_arrive_byte_for_byte_with_their_length_announced(size):
    content = bytes(range(256)) * (size // 256) + bytes(size % 256)
    seen = {}

    async def handler(request):
        seen["length"] = request.content_length
        seen["parts"] = await parts_of(request)
        return ok(MESSAGE)

    async with api(handler) as url, AiohttpRequest() as request:
        bot = Bot(TOKEN, base_url=f"{url}/bot", request=request)
        await bot.send_document(5, content, filename="surat résmi 日本.pdf", caption="Satu\r\ndua")
    assert seen["length"] > size
    assert seen["parts"]["document"] == ("surat résmi 日本.pdf", "application/pdf", content)
    assert seen["parts"]["caption"][2].decode() == "Satu\r\ndua"
    assert seen["parts"]["chat_id"][2] == b"5"


async def test_an_album_refers_to_its_files_by_attach_names():
    pictures = [b"\x89PNG first", b"\x89PNG second"]
    seen = {}

    async def handler(request):
        seen.update(await parts_of(request))
        return ok([MESSAGE, MESSAGE])

    async with api(handler) as url, AiohttpRequest() as request:
        bot = Bot(TOKEN, base_url=f"{url}/bot", request=request)
        await bot.send_media_group(5, [InputMediaPhoto(picture) for picture in pictures])
    media = json.loads(seen["media"][2])
    names = [item["media"].removeprefix("attach://") for item in media]
    assert [seen[name][2] for name in names] == pictures


async def test_a_file_handle_is_sent_from_its_beginning_every_time():
    handle = io.BytesIO(b"0123456789" * 10_000)
    seen = []

    async def handler(request):
        seen.append((await parts_of(request))["document"][2])
        return ok(MESSAGE)

    async with api(handler) as url, AiohttpRequest() as request:
        bot = Bot(TOKEN, base_url=f"{url}/bot", request=request)
        for _ in range(2):
            await bot.send_document(5, InputFile(handle, "angka.txt", read_file_handle=False))
    assert seen == [handle.getvalue()] * 2


async def test_a_file_name_cannot_break_out_of_its_header():
    seen = {}

    async def handler(request):
        seen.update(await parts_of(request))
        return ok([MESSAGE])

    async with api(handler) as url, AiohttpRequest() as request:
        bot = Bot(TOKEN, base_url=f"{url}/bot", request=request)
        await bot.send_media_group(5, [InputMediaDocument(b"x", filename='a"\r\nX-Evil: 1.txt')])
    assert set(seen) >= {"chat_id", "media"}
    (document,) = (part for name, part in seen.items() if name.startswith("attached"))
    assert document[0] == "a%22%0D%0AX-Evil: 1.txt"
    assert document[2] == b"x"


async def test_a_file_is_downloaded_byte_for_byte():
    content = bytes(range(256)) * 10_000

    async def handler(request):
        assert request.method == "GET"
        return web.Response(body=content)

    async with api(handler) as url, AiohttpRequest() as request:
        assert await request.retrieve(f"{url}/file/bot{TOKEN}/photos/1.jpg") == content


async def test_sixty_four_calls_share_the_pool_and_get_their_own_answers():
    together, most, peers = 0, 0, set()

    async def handler(request):
        nonlocal together, most
        together += 1
        most = max(most, together)
        peers.add(request.transport.get_extra_info("peername"))
        await asyncio.sleep(0.02)
        together -= 1
        return ok((await request.json())["number"])

    async with api(handler) as url, AiohttpRequest(connection_pool_size=16, pool_timeout=30) as request:
        bot = Bot(TOKEN, base_url=f"{url}/bot", request=request)
        calls = (bot.do_api_request("echoNumber", {"number": n}) for n in range(64))
        assert await asyncio.gather(*calls) == list(range(64))
    assert most == 16
    assert len(peers) == 16  # connections are kept and used again


@pytest.mark.parametrize(
    ("status", "body", "kind", "text"),
    [
        (400, {"description": "Bad Request: chat not found"}, BadRequest, "Chat not found"),
        (401, {"description": "Unauthorized"}, InvalidToken, "Unauthorized"),
        (403, {"description": "Forbidden: bot was blocked by the user"}, Forbidden, "blocked"),
        (404, "<html>not found</html>", InvalidToken, "Not Found (404)"),
        (
            429,
            {"description": "Too Many", "parameters": {"retry_after": 9}},
            RetryAfter,
            "9 seconds",
        ),
        (500, {"description": "Internal Server Error: restart"}, NetworkError, "Internal Server Error"),
        (502, f"<html>Cannot POST /bot{TOKEN}/getMe</html>", NetworkError, "Bad Gateway (502)"),
        (503, "", NetworkError, "Service Unavailable (503)"),
        (200, "", NetworkError, "not a JSON object"),
        (200, f"<html>Welcome to the hotel, /bot{TOKEN}/getMe</html>", NetworkError, "not a JSON object"),
        (200, "[1, 2]", NetworkError, "not a JSON object"),
        (200, '{"ok": true, "result": {"trunc', NetworkError, "not a JSON object"),
        (200, {"ok": True}, NetworkError, "no result"),
        (200, {"error": "sign in first"}, NetworkError, "no result"),
        (302, "", NetworkError, "Found (302)"),
    ],
)
async def test_what_the_server_says_becomes_the_right_error(status, body, kind, text):
    async def handler(_request):
        headers = {"Location": "http://127.0.0.1:9/"} if status == 302 else {}
        content = body if isinstance(body, str) else json.dumps({"ok": False, **body})
        return web.Response(status=status, text=content, headers=headers)

    async with api(handler) as url:
        error = await failure_of(url)
    assert type(error) is kind
    assert text in str(error)
    assert not str(error).endswith(NOT_SENT)


async def test_an_answer_with_broken_utf8_is_still_read():
    async def handler(_request):
        return web.Response(body=b'{"ok": true, "result": "caf\xe9"}')

    async with api(handler) as url, AiohttpRequest() as request:
        assert await request.post(f"{url}/bot{TOKEN}/getMe") == "caf\N{REPLACEMENT CHARACTER}"


async def test_a_refused_connection_is_known_as_not_sent():
    error = await failure_of(f"http://{free_address()}")
    assert type(error) is NetworkError
    assert str(error).endswith(NOT_SENT)
    assert isinstance(outcome_of(error), RetryAt)


async def test_a_server_without_tls_is_known_as_not_sent():
    async def talk(reader, writer):
        await reader.read(10)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with bare(talk) as address:
        error = await failure_of(f"https://{address}")
    assert type(error) is NetworkError
    assert str(error).endswith(NOT_SENT)


async def test_an_address_that_is_none_is_known_as_not_sent():
    error = await failure_of("http://")
    assert type(error) is NetworkError
    assert str(error).endswith(NOT_SENT)


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", b"nonsense\r\n\r\n"])
async def test_a_connection_dropped_after_the_request_leaves_its_fate_unknown(said):
    async def talk(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said)
        writer.close()

    async with bare(talk) as address:
        error = await failure_of(f"http://{address}")
    assert type(error) is NetworkError
    assert isinstance(outcome_of(error), Unknown)


async def test_a_post_is_never_repeated_behind_the_callers_back():
    requests = 0

    async def talk(reader, writer):
        nonlocal requests
        await reader.readuntil(b"\r\n\r\n")
        requests += 1
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n{"ok":true,"result":true}')
        await reader.readuntil(b"\r\n\r\n")  # a second request on the kept connection
        requests += 1
        writer.close()

    async with bare(talk) as address, AiohttpRequest() as request:
        assert await request.post(f"http://{address}/bot{TOKEN}/a") is True
        with pytest.raises(NetworkError):
            await request.post(f"http://{address}/bot{TOKEN}/b")
    assert requests == 2


async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def test_a_slow_answer_is_timed_out_with_its_fate_unknown():
    async with bare(silent) as address:
        error = await failure_of(f"http://{address}", AiohttpRequest(read_timeout=0.1))
    assert type(error) is TimedOut
    assert isinstance(outcome_of(error), Unknown)


async def test_a_timeout_given_with_the_call_goes_before_the_default():
    async def handler(_request):
        await asyncio.sleep(0.3)
        return ok()

    async with api(handler) as url:
        assert type(await failure_of(url, AiohttpRequest(read_timeout=9), read_timeout=0.05)) is TimedOut
        for patient in (5, None):
            async with AiohttpRequest(read_timeout=0.05) as request:
                assert await request.post(f"{url}/bot{TOKEN}/getMe", read_timeout=patient) is True


async def test_a_handshake_that_does_not_end_is_timed_out_as_not_sent():
    async with bare(silent) as address:
        error = await failure_of(f"https://{address}", AiohttpRequest(connect_timeout=0.1))
    assert type(error) is TimedOut
    assert str(error).endswith(NOT_SENT)
    assert isinstance(outcome_of(error), RetryAt)


async def test_a_full_pool_is_timed_out_as_not_sent_and_gives_its_places_back():
    gate = asyncio.Event()

    async def handler(_request):
        await gate.wait()
        return ok()

    async with api(handler) as url, AiohttpRequest(connection_pool_size=1, pool_timeout=0.05) as request:
        first = asyncio.create_task(request.post(f"{url}/bot{TOKEN}/a"))
        await asyncio.sleep(0.01)
        with pytest.raises(TimedOut, match=NOT_SENT):
            await request.post(f"{url}/bot{TOKEN}/b")
        gate.set()
        assert await first is True
        assert await request.post(f"{url}/bot{TOKEN}/c") is True


@pytest.mark.parametrize("given", [{}, {"write_timeout": 0.1}])
async def test_an_upload_that_stalls_is_timed_out(given):
    enough = asyncio.Event()

    async def talk(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        await enough.wait()  # and reads no further
        writer.close()

    defaults = {"write_timeout": 0.1, "media_write_timeout": 9} if given else {"media_write_timeout": 0.1}
    async with bare(talk) as address, AiohttpRequest(**defaults, read_timeout=9) as request:
        bot = Bot(TOKEN, base_url=f"http://{address}/bot", request=request)
        with pytest.raises(TimedOut) as caught:
            await bot.send_document(5, bytes(20 * 2**20), **given)
        enough.set()
    assert isinstance(outcome_of(caught.value), Unknown)


async def test_an_upload_that_is_slow_but_moves_is_not_timed_out():
    async def handler(request):
        size = 0
        async for piece in request.content.iter_chunked(2**20):
            size += len(piece)
            await asyncio.sleep(0.03)
        return ok({**MESSAGE, "message_id": size // 2**20})

    async with api(handler) as url, AiohttpRequest(media_write_timeout=0.2, read_timeout=9) as request:
        bot = Bot(TOKEN, base_url=f"{url}/bot", request=request)
        assert (await bot.send_document(5, bytes(16 * 2**20))).message_id == 16


async def test_a_long_text_without_files_is_sent_whole():
    async def handler(request):
        return ok(len((await request.json())["text"]))

    async with api(handler) as url, AiohttpRequest() as request:
        bot = Bot(TOKEN, base_url=f"{url}/bot", request=request)
        assert await bot.do_api_request("measureText", {"text": "a" * 300_000}) == 300_000


async def test_opening_and_closing_may_be_repeated():
    async def handler(_request):
        return ok()

    async with api(handler) as url:
        request = AiohttpRequest(read_timeout=3)
        assert request.read_timeout == 3
        await request.shutdown()
        for _ in range(2):
            await request.initialize()
            await request.initialize()
            assert await request.post(f"{url}/bot{TOKEN}/getMe") is True
            await request.shutdown()
            await request.shutdown()
        with pytest.raises(NetworkError, match=NOT_SENT):
            await request.post(f"{url}/bot{TOKEN}/getMe")


async def test_closing_ends_what_is_under_way():
    async with bare(silent) as address:
        request = AiohttpRequest(read_timeout=60)
        await request.initialize()
        call = asyncio.create_task(request.post(f"http://{address}/bot{TOKEN}/getUpdates"))
        await asyncio.sleep(0.05)
        await request.shutdown()
        with pytest.raises(NetworkError):
            await asyncio.wait_for(call, 5)


async def test_a_cancelled_call_gives_its_place_back():
    async with bare(silent) as address, AiohttpRequest(connection_pool_size=1) as request:
        for _ in range(3):
            call = asyncio.create_task(request.post(f"http://{address}/bot{TOKEN}/getUpdates"))
            await asyncio.sleep(0.02)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call


@pytest.mark.parametrize(
    ("url", "no_proxy", "expected"),
    [
        ("http://bot.example.id", "", "POST http://bot.example.id/bot"),
        ("https://bot.example.id", "", "CONNECT bot.example.id:443 HTTP/1.1"),
        ("https://bot.example.id", "example.id", None),
    ],
)
async def test_the_proxy_of_the_environment_is_used_unless_exempted(monkeypatch, url, no_proxy, expected):
    heads = []

    async def talk(reader, writer):
        heads.append((await reader.readuntil(b"\r\n\r\n")).decode().splitlines())
        writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    async with bare(talk) as address:
        for scheme in ("http", "https"):
            monkeypatch.setenv(f"{scheme}_proxy", f"http://admin:rahasia%2F1@{address}")
        monkeypatch.setenv("no_proxy", no_proxy)
        error = await failure_of(url, AiohttpRequest(connect_timeout=1))
    assert type(error) in (NetworkError, TimedOut)
    assert "rahasia" not in str(error)
    assert len(heads) == (expected is not None)
    for first, *others in heads:
        assert first.startswith(expected)
        assert "Proxy-Authorization: Basic YWRtaW46cmFoYXNpYS8x" in others
