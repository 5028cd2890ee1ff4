"""The pace of the limiter and the order of its lanes, in virtual time."""

import asyncio
from collections import Counter
from itertools import pairwise

import pytest

from bot.delivery.limits import LANES, Limiter, Limits
from tests.delivery.virtual import Telegram, most_within, run


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


@pytest.mark.parametrize("latency", [0.0, 0.01])
def test_bulk_makes_up_for_a_late_loop_and_never_takes_more_than_one_place_of_the_answers(latency):
    async def scene():
        telegram = Telegram(Limiter(), latency)
        bulk = [asyncio.create_task(telegram.call(chat, "bulk", "mass")) for chat in range(1000, 1250)]
        for _ in range(8):
            await asyncio.sleep(1.1)
            asyncio.get_running_loop().selector.now += 0.15
        await asyncio.gather(*bulk)
        assert telegram.times()[-1] == pytest.approx(249 / 25, abs=0.05)
        assert most_within(telegram.times(), 1.0) <= 26

    run(scene())


def test_bulk_that_pauses_begins_evenly_again():
    async def scene():
        telegram = Telegram(Limiter())
        await telegram.call(999, "bulk", "mass")
        await asyncio.sleep(60)
        await asyncio.gather(*(telegram.call(chat, "bulk", "mass") for chat in range(1000, 1020)))
        assert min(later - earlier for earlier, later in pairwise(telegram.times())) >= 0.039

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
