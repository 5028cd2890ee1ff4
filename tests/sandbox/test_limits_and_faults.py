"""Flood limits by model, failures by script."""

import asyncio
import time

import pytest
from telegram import Bot
from telegram.error import ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.sandbox import Sandbox
from bot.sandbox.state.errors import ApiError
from bot.sandbox.state.limits import CHAT_BURST, Limits
from tests.sandbox.samples import BUDI, Call


def accepted(limits: Limits, chat_id: int, moments: list[float], edit: bool = False) -> list[bool]:
    results = []
    for moment in moments:
        try:
            limits.charge(chat_id, moment, edit=edit)
            results.append(True)
        except ApiError:
            results.append(False)
    return results


def test_one_chat_gets_a_burst_then_one_a_second() -> None:
    limits = Limits()
    assert accepted(limits, 1, [0.0] * (CHAT_BURST + 1)) == [True] * CHAT_BURST + [False]
    assert accepted(limits, 1, [0.5, 1.0, 1.5, 2.0]) == [False, True, False, True]


def test_a_held_chat_does_not_hold_the_others() -> None:
    limits = Limits()
    assert accepted(limits, 1, [0.0] * (CHAT_BURST + 1))[-1] is False
    assert accepted(limits, 2, [0.0]) == [True]


def test_thirty_a_second_overall() -> None:
    limits = Limits()
    results = [accepted(limits, chat, [10.0])[0] for chat in range(1, 33)]
    assert results == [True] * 30 + [False] * 2
    assert accepted(limits, 40, [11.1]) == [True]


def test_twenty_a_minute_per_group_edits_too() -> None:
    limits = Limits()
    moments = [float(n) for n in range(20)]
    assert all(accepted(limits, -5, moments, edit=True))
    with pytest.raises(ApiError) as refused:
        limits.charge(-5, 20.0)
    assert refused.value.parameters == {"retry_after": 40}
    assert accepted(limits, -5, [30.0, 60.5]) == [False, True]


def test_edits_in_a_private_chat_only_count_overall() -> None:
    assert all(accepted(Limits(), 1, [0.0] * 20, edit=True))


def test_an_album_counts_by_its_pictures() -> None:
    limits = Limits()
    limits.charge(1, 0.0, amount=5)
    assert accepted(limits, 1, [0.0]) == [False]


async def test_a_429_says_how_long(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.limits.enabled = True
    for _ in range(CHAT_BURST):
        await bot.send_message(BUDI, "x")
    with pytest.raises(RetryAfter):
        await bot.send_message(BUDI, "x")
    assert sandbox.counters.refused == 1
    assert len(sandbox.counters.deliveries[BUDI]) == CHAT_BURST
    sandbox.clock.offset += 2
    await bot.send_message(BUDI, "x")
    sandbox.limits.enabled = False
    for _ in range(10):
        await bot.send_message(BUDI, "x")
    assert sandbox.counters.calls["sendmessage"] == CHAT_BURST + 12


async def test_scripted_answers_come_in_order_then_stop(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.faults.add("sendMessage", retry_after=3)
    sandbox.faults.add("sendMessage", status=500)
    sandbox.faults.add("sendMessage", status=502)
    sandbox.faults.add("sendMessage", status=403, description="Forbidden: bot was blocked by the user")
    sandbox.faults.add("*", status=401)
    sandbox.faults.add("sendMessage", migrate_to=-1005)
    with pytest.raises(RetryAfter):
        await bot.send_message(BUDI, "x")
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.send_message(BUDI, "x")
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(BUDI, "x")
    with pytest.raises(Forbidden, match="blocked"):
        await bot.send_message(BUDI, "x")
    with pytest.raises(InvalidToken):
        await bot.get_me()
    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(BUDI, "x")
    assert migrated.value.new_chat_id == -1005
    assert sandbox.faults.script == []
    assert len(sandbox.history(BUDI)) == 1
    await bot.send_message(BUDI, "x")


async def test_a_fault_can_be_one_chats_and_last_several_calls(sandbox: Sandbox, call: Call) -> None:
    siti = sandbox.add_person("Siti").id
    sandbox.start(siti)
    sandbox.faults.add("sendMessage", times=2, status=500, chat_id=siti)
    answers = [(await call("sendMessage", chat_id=chat, text="x"))["ok"] for chat in (siti, BUDI, siti, siti)]
    assert answers == [False, True, False, True]


async def test_a_cut_before_leaves_nothing_a_cut_after_delivers(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.faults.add("sendMessage", drop="before")
    sandbox.faults.add("sendMessage", drop="after")
    for expected in (1, 2):
        with pytest.raises(NetworkError):
            await bot.send_message(BUDI, "x")
        assert len(sandbox.history(BUDI)) == expected


async def test_a_slow_answer_times_out(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.faults.add("sendMessage", delay=5)
    started = time.monotonic()
    with pytest.raises(TimedOut):
        await bot.send_message(BUDI, "x", read_timeout=0.05)
    assert time.monotonic() - started < 4


async def test_a_download_can_fail(sandbox: Sandbox, bot: Bot) -> None:
    file = await bot.get_file(sandbox.send_document(BUDI, b"abc")["document"]["file_id"])
    sandbox.faults.add("file", drop="before")
    with pytest.raises(NetworkError):
        await file.download_as_bytearray()
    assert bytes(await file.download_as_bytearray()) == b"abc"


async def test_the_end_of_the_sandbox_ends_a_poll(sandbox: Sandbox, call: Call) -> None:
    waiting = asyncio.create_task(call("getUpdates", timeout=30))
    await asyncio.sleep(0)
    await sandbox.close()
    assert (await waiting)["error_code"] == 409
