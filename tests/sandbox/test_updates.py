"""getUpdates: numbering, confirming, waiting, conflicts, expiry."""

import asyncio
from typing import Any

from bot.sandbox import Sandbox, create_sandbox
from bot.sandbox.state.updates import OTHER_POLL
from tests.sandbox.samples import BUDI, Call


def texts(answer: dict[str, Any]) -> list[str]:
    return [update["message"]["text"] for update in answer["result"]]


def ids(answer: dict[str, Any]) -> list[int]:
    return [update["update_id"] for update in answer["result"]]


async def test_updates_stay_until_the_offset_passes_them(sandbox: Sandbox, call: Call) -> None:
    for text in ("satu", "dua", "tiga"):
        sandbox.send_text(BUDI, text)
    first = await call("getUpdates", limit=2)
    assert texts(first) == ["satu", "dua"]
    assert texts(await call("getUpdates")) == ["satu", "dua", "tiga"]
    assert ids(await call("getUpdates")) == list(range(ids(first)[0], ids(first)[0] + 3))
    assert texts(await call("getUpdates", offset=ids(first)[1] + 1)) == ["tiga"]
    assert sandbox.pending_updates() == 1


async def test_a_negative_offset_keeps_the_last_ones(sandbox: Sandbox, call: Call) -> None:
    for text in ("satu", "dua", "tiga"):
        sandbox.send_text(BUDI, text)
    assert texts(await call("getUpdates", offset=-1)) == ["tiga"]
    assert texts(await call("getUpdates")) == ["tiga"]


async def test_a_waiting_call_gets_the_update_as_it_happens(sandbox: Sandbox, call: Call) -> None:
    waiting = asyncio.create_task(call("getUpdates", timeout=30))
    await asyncio.sleep(0)
    sandbox.send_text(BUDI, "halo")
    assert texts(await asyncio.wait_for(waiting, 2)) == ["halo"]


async def test_a_quiet_wait_ends_empty(call: Call) -> None:
    assert (await asyncio.wait_for(call("getUpdates", timeout=1), 5))["result"] == []


async def test_the_newer_poller_ends_the_older(sandbox: Sandbox, call: Call) -> None:
    older = asyncio.create_task(call("getUpdates", timeout=30))
    await asyncio.sleep(0)
    newer = asyncio.create_task(call("getUpdates", timeout=30))
    refused = await asyncio.wait_for(older, 2)
    assert (refused["error_code"], refused["description"]) == (409, OTHER_POLL)
    sandbox.send_text(BUDI, "halo")
    assert texts(await newer) == ["halo"]


async def test_a_webhook_ends_polling_and_forbids_it(call: Call, sandbox: Sandbox) -> None:
    waiting = asyncio.create_task(call("getUpdates", timeout=30))
    await asyncio.sleep(0)
    await call("setWebhook", url="https://kota.example.id/hook")
    assert (await waiting)["description"] == "Conflict: terminated by setWebhook request"
    refused = await call("getUpdates")
    assert refused["error_code"] == 409
    assert "while webhook is active" in refused["description"]
    await call("deleteWebhook")
    assert (await call("getUpdates"))["ok"]
    await sandbox.close()


async def test_allowed_updates_are_remembered(sandbox: Sandbox, call: Call) -> None:
    await call("getUpdates", allowed_updates=["callback_query", "no_such_kind"])
    sandbox.send_text(BUDI, "tidak diminta")
    assert (await call("getUpdates"))["result"] == []
    assert (await call("getWebhookInfo"))["result"]["allowed_updates"] == ["callback_query"]
    await call("getUpdates", allowed_updates=[])
    sandbox.send_text(BUDI, "diminta")
    assert texts(await call("getUpdates")) == ["diminta"]


async def test_presses_die_after_150_seconds_messages_after_a_day(sandbox: Sandbox, call: Call) -> None:
    sent = sandbox.send_text(BUDI, "halo")
    sandbox.press(BUDI, sent["message_id"], "ya")
    sandbox.clock.offset = 149
    assert len((await call("getUpdates"))["result"]) == 2
    sandbox.clock.offset = 151
    assert texts(await call("getUpdates")) == ["halo"]
    sandbox.clock.offset = 86_401
    assert (await call("getUpdates"))["result"] == []


async def test_an_update_can_come_twice_under_its_id(sandbox: Sandbox, call: Call) -> None:
    sandbox.send_text(BUDI, "halo")
    [update_id] = ids(await call("getUpdates"))
    assert (await call("getUpdates", offset=update_id + 1))["result"] == []
    assert sandbox.redeliver(update_id)
    assert ids(await call("getUpdates", offset=update_id + 1)) == [update_id]
    assert (await call("getUpdates", offset=update_id + 1))["result"] == []
    assert not sandbox.redeliver(1)


async def test_a_restarted_sandbox_repeats_no_id(sandbox: Sandbox) -> None:
    old = [sandbox.send_text(BUDI, "a")["message_id"] for _ in range(3)]
    old_updates = [queued.id for queued in sandbox.updates.pending()]
    await asyncio.sleep(0.5)
    restarted = create_sandbox()
    restarted.add_person("Budi", BUDI)
    assert restarted.send_text(BUDI, "b")["message_id"] > max(old)
    assert restarted.updates.pending()[0].id > max(old_updates)
