"""What the limiter does when Telegram refuses, when callers go away, and with what it need not remember."""

import asyncio

import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.delivery.limits import Limiter, Limits
from bot.delivery.outcomes import NOT_SENT
from tests.delivery.virtual import Telegram, run

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


def test_a_refusal_holds_its_own_chat_only_and_is_repeated_out_of_sight():
    async def scene():
        telegram = Telegram(Limiter())
        telegram.faults[5] = [RetryAfter(7)]
        held = [asyncio.create_task(telegram.call(5, f"{n}")) for n in range(3)]
        await asyncio.sleep(1)
        before = telegram.now
        await telegram.call(6)
        assert telegram.times(6) == [before]
        assert await asyncio.gather(*held) == [True, True, True]
        assert telegram.texts(5) == ["0", "0", "1", "2"]  # the refused one stays first
        assert telegram.times(5)[1] == pytest.approx(7, abs=0.01)

    run(scene())


def test_the_retries_of_one_send_have_an_end():
    async def scene():
        telegram = Telegram(Limiter(Limits(retries=2)))
        telegram.faults[5] = [RetryAfter(1) for _ in range(9)]
        with pytest.raises(RetryAfter):
            await telegram.call(5)
        assert len(telegram.seen) == 3

    run(scene())


def test_a_pause_beyond_patience_is_the_callers_business():
    async def scene():
        telegram = Telegram(Limiter(Limits(patience=60)))
        telegram.faults[5] = [RetryAfter(600)]
        results = await asyncio.gather(*(telegram.call(5) for _ in range(3)), return_exceptions=True)
        assert [type(result) for result in results] == [RetryAfter] * 3
        await asyncio.sleep(100)
        with pytest.raises(RetryAfter) as refusal:
            await telegram.call(5)
        assert refusal.value.retry_after == 500
        assert len(telegram.seen) == 1
        await asyncio.sleep(500)
        assert await telegram.call(5) is True

    run(scene())


def test_refusals_in_chat_after_chat_hold_the_whole_token():
    async def scene():
        telegram = Telegram(Limiter())
        for chat in (1, 2, 3):
            telegram.faults[chat] = [RetryAfter(5)]
        refused = [asyncio.create_task(telegram.call(chat)) for chat in (1, 2, 3)]
        await asyncio.sleep(1)
        await telegram.call(4)
        assert telegram.times(4)[0] >= 5
        await asyncio.gather(*refused)

    run(scene())


def test_a_long_hold_of_the_token_turns_away_who_waits_in_other_chats():
    async def scene():
        telegram = Telegram(Limiter())
        waiting = [asyncio.create_task(telegram.call(9)) for _ in range(6)]
        await asyncio.sleep(0.1)
        for chat in (1, 2, 3):
            telegram.faults[chat] = [RetryAfter(3600)]
            with pytest.raises(RetryAfter):
                await telegram.call(chat)
        results = await asyncio.gather(*waiting, return_exceptions=True)
        assert results[:3] == [True] * 3
        assert [type(result) for result in results[3:]] == [RetryAfter] * 3
        assert telegram.now < 1

    run(scene())


def test_refusals_with_successes_between_do_not_hold_the_token():
    async def scene():
        telegram = Telegram(Limiter())
        refused = []
        for chat in (1, 2, 3):
            telegram.faults[chat] = [RetryAfter(5)]
            refused.append(asyncio.create_task(telegram.call(chat)))
            await asyncio.sleep(0.1)
            await telegram.call(chat + 10)
        await telegram.call(4)
        assert telegram.times(4)[0] < 1
        await asyncio.gather(*refused)

    run(scene())


@pytest.mark.parametrize("endpoint", ["getMe", "getFile", "answerCallbackQuery", "sendChatAction", "deleteMessage"])
def test_what_shows_no_message_is_not_paced(endpoint):
    async def scene():
        telegram = Telegram(Limiter())
        await asyncio.gather(*(telegram.call(5, endpoint=endpoint) for _ in range(200)))
        assert telegram.times() == [0.0] * 200

    run(scene())


def test_what_is_not_paced_still_waits_out_its_own_refusal():
    async def scene():
        telegram = Telegram(Limiter(Limits(retries=1)))
        telegram.faults[5] = [RetryAfter(2)]
        assert await telegram.call(5, endpoint="getFile") is True
        assert telegram.times() == pytest.approx([0, 2], abs=0.01)
        telegram.faults[5] = [RetryAfter(2), RetryAfter(2)]
        with pytest.raises(RetryAfter):
            await telegram.call(5, endpoint="getFile")

    run(scene())


def test_other_errors_pass_through_and_free_the_queue():
    async def scene():
        telegram = Telegram(Limiter())
        telegram.faults[5] = [BadRequest("Chat not found")]
        results = await asyncio.gather(telegram.call(5), telegram.call(5), return_exceptions=True)
        assert isinstance(results[0], BadRequest)
        assert results[1] is True

    run(scene())


def test_who_goes_away_while_waiting_is_neither_sent_nor_in_the_way():
    async def scene():
        telegram = Telegram(Limiter())
        calls = [asyncio.create_task(telegram.call(5, f"{n}")) for n in range(6)]
        await asyncio.sleep(0.5)
        calls[3].cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        assert telegram.texts(5) == ["0", "1", "2", "4", "5"]

    run(scene())


def test_who_goes_away_the_moment_its_turn_comes_gives_the_turn_back():
    async def scene():
        telegram = Telegram(Limiter(), latency=1)

        async def first() -> None:
            await telegram.call(5, "0")  # ends by giving the turn to the second
            second.cancel()

        calls = [asyncio.create_task(first())]
        second = asyncio.create_task(telegram.call(5, "1"))
        await asyncio.gather(*calls, second, telegram.call(5, "2"), return_exceptions=True)
        assert second.cancelled()
        assert telegram.texts(5) == ["0", "2"]

    run(scene())


def test_idle_chats_are_forgotten_and_their_limits_are_not():
    async def scene():
        limiter = Limiter(Limits(overall=1_000_000))
        telegram = Telegram(limiter)
        for chat in range(1, 20_001):
            await telegram.call(chat if chat % 2 else -chat)
            if chat % 100 == 0:
                await asyncio.sleep(1)  # 200 seconds in all, so that groups become idle too
        assert limiter.remembered_chats < 8_000
        await asyncio.gather(*(telegram.call(5) for _ in range(3)))
        for chat in range(30_000, 33_000):
            await telegram.call(chat)  # forces sweeps while chat 5 is still owed patience
        before = telegram.now
        await telegram.call(5)
        assert telegram.times(5)[-1] > before

    run(scene())


def test_closing_turns_away_who_waits_as_not_sent():
    async def scene():
        limiter = Limiter()
        telegram = Telegram(limiter)
        calls = [asyncio.create_task(telegram.call(5)) for _ in range(5)]
        await asyncio.sleep(0.5)
        await limiter.shutdown()
        results = await asyncio.gather(*calls, return_exceptions=True)
        assert results[:3] == [True] * 3
        assert [type(result) for result in results[3:]] == [NetworkError] * 2
        assert str(results[3]).endswith(NOT_SENT)

    run(scene())


def test_a_lane_nobody_knows_is_an_error():
    async def scene():
        with pytest.raises(ValueError, match="not in tuple"):
            await Telegram(Limiter()).call(5, lane="express")

    run(scene())
