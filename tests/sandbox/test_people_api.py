"""What the page and tests of separate processes use: people, controls, the event stream."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.sandbox import Sandbox, create_app
from tests.sandbox.samples import BUDI, TOKEN, Call

JSON = dict[str, Any]


@pytest.fixture
async def page(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_app(sandbox))
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox/people") as client:
        yield client


async def test_the_page_starts_from_one_answer(page: httpx.AsyncClient, sandbox: Sandbox) -> None:
    sandbox.groups.create("Dinas", [BUDI])
    start = (await page.get("/")).json()
    assert start["bot"]["username"] == "GurindamDemoBot"
    assert start["last_event"] == sandbox.events.last
    [budi] = start["people"]
    assert (budi["first_name"], budi["language_code"]) == ("Budi", "id")
    assert [chat["type"] for chat in budi["chats"]] == ["private", "group"]
    assert budi["chats"][0]["bot_status"] == "member"


async def test_a_person_is_added_and_changes_language(page: httpx.AsyncClient, sandbox: Sandbox) -> None:
    added = await page.post("/", json={"first_name": "Siti", "label": "Petugas", "language_code": "ms"})
    assert added.status_code == 201
    siti = added.json()["id"]
    assert sandbox.people[siti].label == "Petugas"
    await page.post(f"/{siti}/language", json={"language_code": "en"})
    await page.post(f"/{siti}/text", json={"text": "hello"})
    assert sandbox.updates.pending()[-1].update["message"]["from"]["language_code"] == "en"


async def test_everything_a_person_sends(page: httpx.AsyncClient, sandbox: Sandbox, jpeg: bytes) -> None:
    sent = (await page.post(f"/{BUDI}/text", json={"text": "halo"})).json()
    rows: list[tuple[str, JSON, str]] = [
        ("text", {"text": "jawab", "reply_to": sent["message_id"]}, "reply_to_message"),
        ("start", {"payload": "abc"}, "text"),
        ("location", {"latitude": 0.9, "longitude": 104}, "location"),
        ("contact", {}, "contact"),
        ("contact", {"contact": {"phone_number": "1", "first_name": "Lain"}}, "contact"),
        ("sticker", {"emoji": "🙏"}, "sticker"),
        ("edit", {"message_id": sent["message_id"], "text": "halo!"}, "edit_date"),
    ]
    for action, body, field in rows:
        answer = await page.post(f"/{BUDI}/{action}", json=body)
        assert field in answer.json(), action
    for kind in ("photo", "document", "voice", "audio", "video"):
        answer = await page.post(f"/{BUDI}/files", data={"kind": kind, "caption": "c"}, files={"file": ("a.jpg", jpeg)})
        assert [kind in message for message in answer.json()] == [True]
    album = await page.post(
        f"/{BUDI}/files", data={"kind": "photo"}, files=[("file", ("a.jpg", jpeg)), ("file", ("b.jpg", jpeg))]
    )
    assert len({message["media_group_id"] for message in album.json()}) == 1
    assert ["caption" in message for message in album.json()] == [False, False]
    reply = {"kind": "document", "reply_to": str(sent["message_id"])}
    [answer] = (await page.post(f"/{BUDI}/files", data=reply, files={"file": b"x"})).json()
    assert answer["reply_to_message"]["message_id"] == sent["message_id"]
    history = (await page.get(f"/{BUDI}/history")).json()
    assert history == sandbox.history(BUDI)
    assert "Budi (edited): halo!" in (await page.get(f"/{BUDI}/transcript")).text


async def test_a_press_waits_for_its_answer(page: httpx.AsyncClient, sandbox: Sandbox, call: Call) -> None:
    sent = (await call("sendMessage", chat_id=BUDI, text="x"))["result"]
    body = {"message_id": sent["message_id"], "data": "ya", "wait": 5}
    pressing = asyncio.create_task(page.post(f"/{BUDI}/press", json=body))
    [update] = (await call("getUpdates", timeout=5))["result"]
    await call("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="Baik")
    assert (await pressing).json()["answer"] == {"text": "Baik", "show_alert": False, "url": ""}
    unanswered = (await page.post(f"/{BUDI}/press", json={**body, "wait": 0.05})).json()
    assert unanswered["answer"] is None


async def test_blocking_and_the_reply_keyboard(page: httpx.AsyncClient, sandbox: Sandbox, call: Call) -> None:
    await call("sendMessage", chat_id=BUDI, text="x", reply_markup={"keyboard": [["Lapor"]]})
    assert (await page.post(f"/{BUDI}/tap", json={"label": "Lapor"})).json()["text"] == "Lapor"
    await page.post(f"/{BUDI}/block")
    refused = await page.post(f"/{BUDI}/text", json={"text": "halo"})
    assert (refused.status_code, refused.json()) == (409, {"error": "the bot is blocked"})
    await page.post(f"/{BUDI}/unblock")
    assert (await page.post(f"/{BUDI}/text", json={"text": "halo"})).status_code == 200


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/404/text", {"text": "x"}, 409),
        (f"/{BUDI}/text", {}, 400),
        (f"/{BUDI}/text", [], 400),
        (f"/{BUDI}/press", {"message_id": "x", "data": "x"}, 400),
        (f"/{BUDI}/location", {"latitude": "x"}, 400),
        (f"/{BUDI}/files", {}, 400),
        ("/faults", {"method": "getMe", "nonsense": 1}, 400),
        ("/updates/redeliver", {"update_id": 1}, 404),
        ("/groups/-5/migrate", {}, 404),
    ],
)
async def test_what_makes_no_sense_is_refused(page: httpx.AsyncClient, path: str, body: Any, status: int) -> None:
    assert (await page.post(path, json=body)).status_code == status


async def test_files_are_shown_but_never_run(page: httpx.AsyncClient, sandbox: Sandbox, jpeg: bytes) -> None:
    photo = sandbox.send_photo(BUDI, jpeg)["photo"][-1]["file_id"]
    shown = await page.get(f"/files/{photo}")
    assert (shown.headers["content-type"], "content-disposition" in shown.headers) == ("image/jpeg", False)
    drawing = sandbox.send_document(BUDI, b"<svg onload='x'/>", "a.svg")["document"]["file_id"]
    saved = await page.get(f"/files/{drawing}")
    assert saved.headers["content-disposition"] == "attachment"
    assert (await page.get("/files/nonsense")).status_code == 404


async def test_places_commands_and_qr(page: httpx.AsyncClient, sandbox: Sandbox, call: Call) -> None:
    sandbox.places = [{"name": "Penyengat", "latitude": 0.93, "longitude": 104.42}]
    assert (await page.get("/places")).json() == sandbox.places
    await call("setMyCommands", commands=[{"command": "lapor", "description": "Lapor"}])
    assert (await page.get(f"/{BUDI}/commands")).json() == [{"command": "lapor", "description": "Lapor"}]
    code = await page.get("/qr", params={"text": "https://t.me/GurindamDemoBot?start=abc"})
    assert code.headers["content-type"] == "image/svg+xml"
    assert code.text.count("<path") >= 1


async def test_controls(page: httpx.AsyncClient, sandbox: Sandbox, call: Call) -> None:
    await page.post("/faults", json={"method": "getMe", "status": 500, "times": 2})
    assert not (await call("getMe"))["ok"]
    assert [fault["times"] for fault in (await page.get("/faults")).json()] == [1]
    await page.request("DELETE", "/faults")
    assert (await call("getMe"))["ok"]
    await page.post("/limits", json={"enabled": True})
    assert sandbox.limits.enabled
    await page.post("/clock", json={"offset": 3600})
    assert sandbox.send_text(BUDI, "nanti")["date"] > sandbox.history(BUDI)[0]["date"] + 3500
    [update] = (await call("getUpdates"))["result"]
    await call("getUpdates", offset=update["update_id"] + 1)
    await page.post("/updates/redeliver", json={"update_id": update["update_id"]})
    counters = (await page.get("/counters")).json()
    assert counters["calls"]["getme"] == 2
    assert counters["pending_updates"] == 1
    await page.post("/tokens/revoke", json={"token": TOKEN})
    assert (await call("getMe"))["error_code"] == 401


async def test_groups_over_http(page: httpx.AsyncClient, sandbox: Sandbox) -> None:
    group = (await page.post("/groups", json={"title": "Dinas", "members": [BUDI]})).json()["id"]
    await page.post(f"/groups/{group}/bot", json={"status": "member", "by": BUDI})
    assert sandbox.chats[group].bot_status == "member"
    new = (await page.post(f"/groups/{group}/migrate", json={})).json()
    assert (new["type"], sandbox.chats[group].migrated_to) == ("supergroup", new["id"])


class Stream:
    """Reads server-sent events."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.aiter_lines()

    async def next(self) -> tuple[int, JSON]:
        number = 0
        async for line in self._lines:
            if line.startswith("id: "):
                number = int(line[4:])
            if line.startswith("data: "):
                return number, json.loads(line[6:])
        raise AssertionError("the stream ended")


async def test_the_stream_follows_the_chats(address: str, sandbox: Sandbox, call: Call) -> None:
    siti = sandbox.add_person("Siti").id
    url = f"{address}/people/events"
    async with (
        httpx.AsyncClient(timeout=5) as http,
        http.stream("GET", url, params={"after": sandbox.events.last, "person": BUDI}) as response,
    ):
        stream = Stream(response)
        sandbox.start(siti)
        sent = (await call("sendMessage", chat_id=BUDI, text="satu"))["result"]
        number, event = await stream.next()
        assert (event["kind"], event["people"], event["data"]["message"]) == ("message", [BUDI], sent)
        await call("editMessageText", chat_id=BUDI, message_id=sent["message_id"], text="dua")
        assert (await stream.next())[1]["data"]["message"]["text"] == "dua"
        await call("deleteMessage", chat_id=BUDI, message_id=sent["message_id"])
        assert (await stream.next())[1]["kind"] == "deleted"
    headers = {"Last-Event-ID": str(number)}
    async with (
        httpx.AsyncClient(timeout=5) as http,
        http.stream("GET", url, headers=headers) as response,
    ):
        assert (await Stream(response).next())[1]["kind"] == "edited"


async def test_a_reader_away_too_long_starts_anew(address: str, sandbox: Sandbox) -> None:
    start = sandbox.events.last
    for _ in range(2100):
        sandbox.events.publish("people", {})
    before_a_restart = 1
    for number in (start, before_a_restart, sandbox.events.last + 1):
        async with (
            httpx.AsyncClient(timeout=5) as http,
            http.stream("GET", f"{address}/people/events", params={"after": number}) as response,
        ):
            assert (await Stream(response).next())[1]["kind"] == "reset"
