"""The outbox on its way out: sent once, held, refused, unreachable, unknown, and taken up again after a crash."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.app import build
from bot.config import Settings
from bot.sandbox.inprocess import SandboxRequest
from bot.services import outbox
from models.outbox import Lane, OutboxMessage, OutboxStatus, Promise
from models.person import Person
from tests.desk_scenes import at_work
from tests.driver import TOKEN, Phone, Stage
from tests.factories import STAFF

PATIENCE = 20.0
BLOCKED = "Forbidden: bot was blocked by the user"


async def tell(
    stage: Stage, role: str, name: str, promise: Promise = Promise.AT_LEAST_ONCE, lane: Lane = Lane.NOTICE
) -> None:
    """Queue a notice that shows this name."""
    async with stage.db.begin() as session:
        person = (await session.scalars(select(Person).where(Person.telegram_id == STAFF[role]))).one()
        await outbox.put(
            session,
            key=name,
            person_id=person.id,
            kind="incident",
            values={"incident": name},
            now=stage.now,
            promise=promise,
            lane=lane,
        )


async def row(stage: Stage, name: str) -> OutboxMessage:
    async with stage.db.read() as session:
        return (await session.scalars(select(OutboxMessage).where(OutboxMessage.key == name))).one()


def times_told(someone: Phone, name: str) -> int:
    return sum(name in text for text in someone.texts())


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110 - what others see is waited for
            await asyncio.sleep(0)


async def test_a_notice_is_sent_once_and_recorded(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    for _ in range(2):
        await tell(stage, "admin", "K-1")
        await stage.settle()
    assert times_told(admin, "K-1") == 1
    sent = await row(stage, "K-1")
    assert (sent.status, sent.tries, sent.lease_until, sent.sent_at) == (OutboxStatus.SENT, 1, None, stage.now)
    assert sent.message_id == admin.history()[-1]["message_id"]


async def test_who_blocked_the_bot_is_unreachable_until_they_come_back(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    stage.sandbox.faults.add("sendMessage", status=403, description=BLOCKED, chat_id=admin.id)
    await tell(stage, "admin", "K-1")
    await stage.settle()
    lost = await row(stage, "K-1")
    assert (lost.status, lost.fault) == (OutboxStatus.UNREACHABLE, f"Forbidden: {BLOCKED}")

    calls = stage.sandbox.counters.calls["sendmessage"]
    await tell(stage, "admin", "K-2")
    await stage.settle()
    assert (await row(stage, "K-2")).status is OutboxStatus.UNREACHABLE
    assert stage.sandbox.counters.calls["sendmessage"] == calls

    await admin.starts()
    await tell(stage, "admin", "K-3")
    await stage.settle()
    assert [times_told(admin, name) for name in ("K-1", "K-2", "K-3")] == [0, 0, 1]


async def test_a_lost_answer_repeats_what_must_arrive_and_leaves_the_rest_unknown(stage: Stage) -> None:
    admin, head = await at_work(stage, "admin"), await at_work(stage, "head")
    for someone in (admin, head):
        stage.sandbox.faults.add("sendMessage", drop="after", chat_id=someone.id)
    await tell(stage, "admin", "K-1", Promise.AT_LEAST_ONCE)
    await tell(stage, "head", "K-2", Promise.AT_MOST_ONCE)
    await stage.settle()
    assert (await row(stage, "K-1")).status is OutboxStatus.QUEUED
    assert (await row(stage, "K-2")).status is OutboxStatus.UNKNOWN
    stage.later(minutes=30)
    await stage.settle()
    assert (await row(stage, "K-1")).status is OutboxStatus.SENT
    assert (await row(stage, "K-2")).status is OutboxStatus.UNKNOWN
    assert (times_told(admin, "K-1"), times_told(head, "K-2")) == (2, 1)


async def test_what_telegram_did_not_take_is_tried_again_whatever_was_promised(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    stage.sandbox.faults.add("sendMessage", status=502, chat_id=admin.id)
    await tell(stage, "admin", "K-1", Promise.AT_MOST_ONCE)
    await stage.settle()
    waiting = await row(stage, "K-1")
    assert (waiting.status, waiting.not_before > stage.now) == (OutboxStatus.QUEUED, True)
    stage.later(minutes=1)
    await stage.settle()
    assert ((await row(stage, "K-1")).status, times_told(admin, "K-1")) == (OutboxStatus.SENT, 1)


async def test_the_tries_have_an_end(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    stage.sandbox.faults.add("sendMessage", times=100, status=502, chat_id=admin.id)
    await tell(stage, "admin", "K-1")
    for _ in range(outbox.TRIES + 2):
        await stage.settle()
        stage.later(hours=1)
    ended = await row(stage, "K-1")
    assert (ended.status, ended.tries) == (OutboxStatus.REFUSED, outbox.TRIES)


async def test_one_that_can_never_be_sent_does_not_stop_the_others(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    async with stage.db.begin() as session:
        await outbox.put(session, key="K-0", person_id=1, kind="of an earlier release", now=stage.now)
    await tell(stage, "admin", "K-1")
    await stage.settle()
    assert (await row(stage, "K-0")).status is OutboxStatus.REFUSED
    assert times_told(admin, "K-1") == 1


async def test_one_chat_held_by_telegram_delays_no_other(stage: Stage) -> None:
    admin, head, officer = [await at_work(stage, role) for role in ("admin", "head", "officer")]
    assert stage.product is not None
    stage.sandbox.faults.add("sendMessage", retry_after=1, chat_id=admin.id)
    for role, name in (("admin", "K-1"), ("head", "K-2"), ("officer", "K-3")):
        await tell(stage, role, name)
    sending = asyncio.create_task(stage.product.runtime.sender.sweep())
    await until(lambda: times_told(head, "K-2") + times_told(officer, "K-3") == 2)
    assert times_told(admin, "K-1") == 0
    await sending
    assert times_told(admin, "K-1") == 1
    assert (await row(stage, "K-1")).tries == 1


async def test_a_long_hold_is_slept_out_in_the_outbox(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    stage.sandbox.faults.add("sendMessage", retry_after=3600, chat_id=admin.id)
    await tell(stage, "admin", "K-1")
    await stage.settle()
    held = await row(stage, "K-1")
    assert held.status is OutboxStatus.QUEUED
    assert held.not_before >= stage.now + timedelta(seconds=3600)


async def test_answers_are_claimed_before_notices_and_notices_before_mass_messages(stage: Stage) -> None:
    for lane in (Lane.MASS, Lane.NOTICE, Lane.ANSWER):
        await tell(stage, "admin", lane.value, lane=lane)
    async with stage.db.begin() as session:
        claims = await outbox.claim(session, stage.now, 2)
    assert [claim.lane for claim in claims] == [Lane.ANSWER, Lane.NOTICE]


async def test_a_crash_between_sending_and_recording_repeats_only_what_must_arrive(stage: Stage) -> None:
    admin, head = await at_work(stage, "admin"), await at_work(stage, "head")
    await tell(stage, "admin", "K-1", Promise.AT_LEAST_ONCE)
    await tell(stage, "head", "K-2", Promise.AT_MOST_ONCE)
    await crash_after(stage, lambda: times_told(admin, "K-1") + times_told(head, "K-2") == 2)
    assert (await row(stage, "K-1")).status is OutboxStatus.CLAIMED
    assert (await row(stage, "K-2")).status is OutboxStatus.CLAIMED

    settings = Settings(bot_token=TOKEN, database_url=stage.database_url)
    successor = build(settings, clock=lambda: stage.now, request=SandboxRequest(stage.sandbox))
    await successor.start(polling=False)
    await until(lambda: times_told(admin, "K-1") == 2)
    await successor.stop()
    assert (await row(stage, "K-1")).status is OutboxStatus.SENT
    assert (await row(stage, "K-2")).status is OutboxStatus.UNKNOWN
    stage.later(hours=1)
    await stage.settle()
    assert (times_told(admin, "K-1"), times_told(head, "K-2")) == (2, 1)


@pytest.mark.parametrize(
    ("promise", "status", "times"),
    [(Promise.AT_LEAST_ONCE, OutboxStatus.SENT, 2), (Promise.AT_MOST_ONCE, OutboxStatus.UNKNOWN, 1)],
)
async def test_a_claim_whose_process_is_gone_is_taken_up_when_its_lease_ends(
    promise: Promise, status: OutboxStatus, times: int, stage: Stage
) -> None:
    admin = await at_work(stage, "admin")
    await tell(stage, "admin", "K-1", promise)
    await crash_after(stage, lambda: times_told(admin, "K-1") == 1)
    await stage.settle()
    assert (await row(stage, "K-1")).status is OutboxStatus.CLAIMED
    stage.later(minutes=11)
    await stage.settle()
    assert ((await row(stage, "K-1")).status, times_told(admin, "K-1")) == (status, times)


async def crash_after(stage: Stage, seen: Callable[[], bool]) -> None:
    """Send, and end the process the moment this is seen: nothing is recorded. Another process takes its place."""
    assert stage.product is not None
    sending = asyncio.create_task(stage.product.runtime.sender.sweep())
    await until(seen)
    sending.cancel()
    with suppress(asyncio.CancelledError):
        await sending
    await stage.product.runtime.db.close()
    await stage.open()
