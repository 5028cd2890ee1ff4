"""The sandbox over real sockets: parameters, uploads, cut connections, clients that leave."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import Bot
from telegram.error import NetworkError

from bot.sandbox import Sandbox
from tests.sandbox.samples import BUDI, TOKEN


@pytest.fixture
async def http(address: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=address, timeout=5) as client:
        yield client


async def test_parameters_may_come_in_any_of_four_ways(http: httpx.AsyncClient, sandbox: Sandbox) -> None:
    path = f"/bot{TOKEN}/sendMessage"
    await http.get(path, params={"chat_id": BUDI, "text": "query"})
    await http.post(path, data={"chat_id": BUDI, "text": "form"})
    await http.post(path, json={"chat_id": BUDI, "text": "json"})
    await http.post(path, data={"chat_id": str(BUDI), "text": "multipart"}, files={"x": b"x"})
    assert [each["text"] for each in sandbox.history(BUDI)[1:]] == ["query", "form", "json", "multipart"]


async def test_a_keyboard_may_be_text_or_a_tree(http: httpx.AsyncClient, sandbox: Sandbox) -> None:
    markup = {"inline_keyboard": [[{"text": "Ya", "callback_data": "ya"}]]}
    for value in (markup, json.dumps(markup)):
        answer = await http.post(f"/bot{TOKEN}/sendMessage", json={"chat_id": BUDI, "text": "x", "reply_markup": value})
        assert answer.json()["result"]["reply_markup"] == markup


async def test_method_names_ignore_case(http: httpx.AsyncClient) -> None:
    assert (await http.get(f"/bot{TOKEN}/GETME")).json()["ok"]


async def test_refusals_carry_their_status(http: httpx.AsyncClient, sandbox: Sandbox) -> None:
    assert (await http.get("/botnonsense/getMe")).status_code == 404
    assert (
        await http.post(f"/bot{TOKEN}/sendMessage", content=b"{", headers={"content-type": "application/json"})
    ).json()["description"] == "Bad Request: can't parse request JSON object"
    sandbox.faults.add("getMe", status=502)
    proxy = await http.get(f"/bot{TOKEN}/getMe")
    assert (proxy.status_code, proxy.headers["content-type"].split(";")[0]) == (502, "text/html")


async def test_too_large_an_upload_is_refused_unread(http: httpx.AsyncClient) -> None:
    request = http.build_request("POST", f"/bot{TOKEN}/sendDocument", content=b"x")
    request.headers["content-length"] = str(60 << 20)
    request.stream = httpx.ByteStream(b"x" * (60 << 20))
    answer = await http.send(request)
    assert (answer.status_code, answer.json()["description"]) == (413, "Request Entity Too Large")


async def test_the_bot_works_over_sockets(address: str, sandbox: Sandbox, jpeg: bytes) -> None:
    async with Bot(TOKEN, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot") as bot:
        sent = await bot.send_photo(BUDI, jpeg, caption="foto")
        file = await bot.get_file(sent.photo[-1].file_id)
        assert len(await file.download_as_bytearray()) == file.file_size
        sandbox.send_text(BUDI, "halo")
        [update] = await bot.get_updates(timeout=5)
        assert update.message
        assert update.message.text == "halo"
        sandbox.faults.add("sendMessage", drop="after")
        with pytest.raises(NetworkError):
            await bot.send_message(BUDI, "terkirim tanpa jawaban")
        assert sandbox.history(BUDI)[-1]["text"] == "terkirim tanpa jawaban"


async def test_a_client_that_leaves_ends_its_poll(http: httpx.AsyncClient, address: str, sandbox: Sandbox) -> None:
    path = f"/bot{TOKEN}/getUpdates"
    with pytest.raises(httpx.ReadTimeout):
        await http.get(path, params={"timeout": 30}, timeout=0.2)
    await asyncio.sleep(0.1)
    sandbox.send_text(BUDI, "halo")
    async with httpx.AsyncClient(base_url=address) as other:
        answer = (await other.get(path, params={"timeout": 5})).json()
    assert [update["message"]["text"] for update in answer["result"]] == ["halo"]


async def test_the_page_is_served_and_may_load_nothing_from_elsewhere(http: httpx.AsyncClient) -> None:
    page = await http.get("/")
    assert page.status_code == 200
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "http" not in page.text.replace("http://www.w3.org/", "")
