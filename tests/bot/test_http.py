"""The HTTP backend at work: parameters, files, the pool, opening and closing, the proxy."""

import asyncio
import io
import json

import pytest
from aiohttp import web
from telegram import Bot, InputFile, InputMediaDocument, InputMediaPhoto
from telegram.error import NetworkError, TimedOut

from bot.delivery.outcomes import NOT_SENT
from bot.http import AiohttpRequest
from tests.bot.servers import MESSAGE, TEXT, TOKEN, api, bare, failure_of, ok, silent


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
