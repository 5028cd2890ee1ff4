"""The HTTP backend when something breaks: which error, whether anything was sent, and never the token in it."""

import asyncio
import json

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.delivery.outcomes import NOT_SENT, RetryAt, Unknown, outcome_of
from bot.http import AiohttpRequest
from tests.bot.servers import MESSAGE, TOKEN, api, bare, failure_of, free_address, ok, silent

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


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
