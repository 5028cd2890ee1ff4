"""The limiter in virtual time: a loop whose clock jumps to the next timer, so that minutes pass at once."""

import asyncio
import selectors
from collections import Counter
from collections.abc import Coroutine
from itertools import pairwise
from typing import Any

import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.delivery.limits import LANES, Limiter, Limits
from bot.delivery.outcomes import NOT_SENT

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


class JumpingSelector(selectors.DefaultSelector):
    """Instead of sleeping it moves the clock on."""

    now = 1000.0

    def select(self, timeout: float | None = None):
        if timeout:
            self.now += timeout + 1e-6
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.selector = JumpingSelector()
        super().__init__(self.selector)

    def time(self) -> float:
        return self.selector.now


def run(test: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(test)


class Telegram:
    """Stands for the Bot API: notes what arrives when; answers after `latency`, or with the next fault."""

    def __init__(self, limiter: Limiter, latency: float = 0.0) -> None:
        self.limiter, self.latency = limiter, latency
        self.seen: list[tuple[float, int | None, str]] = []
        self.faults: dict[int | None, list[Exception]] = {}
        self.began = asyncio.get_running_loop().time()

    async def call(
        self,
        chat: int | None,
        text: str = "",
        lane: str | None = None,
        endpoint: str = "sendMessage",
        **data: Any,
    ) -> Any:
        return await self.limiter.process_request(
            self._receive, (chat, text), {}, endpoint, {"chat_id": chat, **data}, lane
        )

    async def _receive(self, chat: int | None, text: str) -> bool:
        self.seen.append((self.now, chat, text))
        await asyncio.sleep(self.latency)
        if self.faults.get(chat):
            raise self.faults[chat].pop(0)
        return True

    @property
    def now(self) -> float:
        return round(asyncio.get_running_loop().time() - self.began, 3)

    def texts(self, chat: int | None = None) -> list[str]:
        return [text for _, to, text in self.seen if chat in (None, to)]

    def times(self, chat: int | None = None) -> list[float]:
        return [time for time, to, _ in self.seen if chat in (None, to)]


def most_within(times: list[float], span: float) -> int:
    """The greatest number of calls in any window of this length."""
    return max(sum(1 for other in times if time <= other < time + span) for time in times)


def test_a_lone_answer_goes_at_once_and_its_result_comes_back():
    async def scene():
        telegram = Telegram(Limiter())
        assert await telegram.call(1, "hello") is True
        assert telegram.seen == [(0.0, 1, "hello")]

    run(scene())


@pytest.mark.parametrize("latency", [0.0, 0.05, 0.4])
def test_thirty_in_any_second_over_all_chats(latency):
    async def scene():
        telegram = Telegram(Limiter(), latency)
        await asyncio.gather(*(telegram.call(chat) for chat in range(1, 151)))
        assert len(telegram.seen) == 150
        assert most_within(telegram.times(), 1.0) == 30
        assert telegram.times()[29] == 0.0  # the first thirty do not wait
        assert telegram.times()[-1] == pytest.approx(4 * (1 + latency), abs=0.1)

    run(scene())


def test_bulk_is_spread_evenly_and_leaves_the_share_of_answers_free():
    async def scene():
        telegram = Telegram(Limiter(), latency=0.02)
        bulk = [asyncio.create_task(telegram.call(chat, "bulk", "mass")) for chat in range(1000, 1200)]
        await asyncio.sleep(1.5)
        assert most_within(telegram.times(), 1.0) <= 25
        gaps = [later - earlier for earlier, later in pairwise(telegram.times())]
        assert min(gaps) >= 0.039
        before = telegram.now
        await asyncio.gather(*(telegram.call(chat, "answer") for chat in range(1, 6)))
        assert [time for time, chat, _ in telegram.seen if chat < 1000] == [before] * 5
        await asyncio.gather(*bulk)
        assert most_within(telegram.times(), 1.0) <= 30

    run(scene())


def test_bulk_does_not_touch_the_share_kept_for_answers_when_answers_used_the_rest():
    async def scene():
        telegram = Telegram(Limiter())
        await asyncio.gather(*(telegram.call(chat) for chat in range(1, 27)))
        await telegram.call(1000, lane="mass")
        assert telegram.times(1000)[0] >= 1

    run(scene())


@pytest.mark.parametrize("overall", [1, 2, 5])
def test_a_slow_token_still_sends_in_every_lane(overall):
    async def scene():
        telegram = Telegram(Limiter(Limits(overall=overall)))
        await asyncio.gather(*(telegram.call(chat, lane=lane) for chat, lane in enumerate(LANES, 1)))
        assert len(telegram.seen) == 3
        assert most_within(telegram.times(), 1.0) <= overall

    run(scene())


def test_who_comes_late_does_not_pass_who_was_due_while_the_loop_was_busy():
    async def scene():
        telegram = Telegram(Limiter(Limits(overall=1, kept_for_answers=0)))
        await telegram.call(1, "first")
        waits = asyncio.create_task(telegram.call(2, "waits"))
        await asyncio.sleep(0.1)
        loop = asyncio.get_running_loop()
        loop.selector.now += 1.5
        await telegram.call(3, "late")
        assert telegram.texts() == ["first", "waits", "late"]
        await waits

    run(scene())


def test_answers_overtake_notices_and_notices_overtake_mass():
    async def scene():
        telegram = Telegram(Limiter(Limits(overall=2, kept_for_answers=0)))
        calls = [telegram.call(number, lane, lane) for number, lane in enumerate(["mass", "notice", "answer"] * 3, 1)]
        first = asyncio.gather(telegram.call(90), telegram.call(91))  # use up the first second
        await asyncio.gather(first, *calls)
        assert telegram.texts()[2:] == ["answer"] * 3 + ["notice"] * 3 + ["mass"] * 3

    run(scene())


def test_an_answer_passes_what_waits_for_the_same_chat_in_a_lower_lane():
    async def scene():
        telegram = Telegram(Limiter())
        bulk = [asyncio.create_task(telegram.call(7, f"bulk {n}", "mass")) for n in range(6)]
        await asyncio.sleep(0.5)
        await telegram.call(7, "answer")
        await asyncio.gather(*bulk)
        assert telegram.texts(7).index("answer") == 3  # after the burst of three, before the other three
        assert all(later - earlier > 0.99 for earlier, later in pairwise(telegram.times(7)[3:]))

    run(scene())


def test_sends_of_one_lane_to_one_chat_keep_their_order_one_at_a_time():
    async def scene():
        telegram = Telegram(Limiter(), latency=0.3)
        await asyncio.gather(*(telegram.call(5, f"{n}") for n in range(6)))
        assert telegram.texts(5) == ["0", "1", "2", "3", "4", "5"]
        assert all(later - earlier >= 0.3 for earlier, later in pairwise(telegram.times(5)))

    run(scene())


def test_one_chat_gets_a_burst_of_three_and_then_one_a_second():
    async def scene():
        telegram = Telegram(Limiter())
        await asyncio.gather(*(telegram.call(5) for _ in range(6)))
        assert telegram.times(5) == pytest.approx([0, 0, 0, 1, 2, 3], abs=0.01)
        await asyncio.sleep(10)
        again = telegram.now
        await asyncio.gather(*(telegram.call(5) for _ in range(3)))
        assert telegram.times(5)[6:] == pytest.approx([again] * 3, abs=0.01)

    run(scene())


def test_edits_do_not_use_up_the_messages_of_a_private_chat():
    async def scene():
        telegram = Telegram(Limiter())
        for endpoint in ["editMessageText"] * 8 + ["sendMessage"] * 3:
            await telegram.call(5, endpoint=endpoint)
        assert telegram.times(5) == [0.0] * 11

    run(scene())


def test_a_group_gets_twenty_messages_and_edits_a_minute():
    async def scene():
        telegram = Telegram(Limiter())
        calls = [telegram.call(-9, f"{n}", endpoint="sendMessage" if n % 2 else "editMessageText") for n in range(45)]
        await asyncio.gather(*calls)
        assert most_within(telegram.times(-9), 60) == 20
        assert telegram.texts(-9) == [f"{n}" for n in range(45)]

    run(scene())


def test_an_album_counts_one_by_one_for_a_group():
    async def scene():
        telegram = Telegram(Limiter())
        for _ in range(3):
            await telegram.call(-9, endpoint="sendMediaGroup", media=[object()] * 8)
        assert telegram.times(-9)[:2] == [0.0, 0.0]
        assert telegram.times(-9)[2] == pytest.approx(60, abs=0.1)

    run(scene())


def test_a_group_that_waits_delays_nobody_else():
    async def scene():
        telegram = Telegram(Limiter())
        group = [asyncio.create_task(telegram.call(-9)) for _ in range(30)]
        await asyncio.sleep(40)
        before = telegram.now
        await telegram.call(5)
        assert telegram.times(5) == [before]
        await asyncio.gather(*group)

    run(scene())


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


def test_everything_asked_for_is_sent_once_under_a_mixed_load():
    async def scene():
        telegram = Telegram(Limiter(), latency=0.07)
        lanes = ["answer", "notice", "mass"]
        calls = []
        for n in range(600):
            calls.append(asyncio.create_task(telegram.call(1 + n % 40, f"{n}", lanes[n % 3])))
            if n % 10 == 0:
                await asyncio.sleep(0.05)
        await asyncio.gather(*calls)
        assert Counter(telegram.texts()) == Counter(f"{n}" for n in range(600))
        assert most_within(telegram.times(), 1.0) <= 30
        for chat in range(1, 41):
            assert most_within(telegram.times(chat), 1.0) <= 4
            for lane in range(3):
                numbers = [int(text) for text in telegram.texts(chat) if int(text) % 3 == lane]
                assert numbers == sorted(numbers)

    run(scene())
