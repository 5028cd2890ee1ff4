"""An answer that Telegram did not take in time follows, and so does an update that no lane has."""

import pytest

from bot.inbox import replying
from bot.jobs import leftovers
from models.inbox import InboxStatus, InboxUpdate
from tests.driver import Stage


async def take_up(stage: Stage) -> dict[str, int]:
    assert stage.product is not None
    counts = await leftovers.run(stage.product.runtime)
    await stage.settle()
    return {what: number for what, number in counts.items() if number}


async def update(stage: Stage, update_id: int) -> InboxUpdate:
    async with stage.db.read() as session:
        return await session.get_one(InboxUpdate, update_id)


@pytest.fixture
async def unanswered(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> tuple[Stage, int]:
    """Siti said something while Telegram was away for longer than an answer waits."""
    monkeypatch.setattr(replying, "TRIES", 1)
    siti = stage.person("Siti", telegram_id=4711)
    stage.sandbox.faults.add("sendMessage", status=502)
    await siti.starts()
    assert not siti.texts()
    return stage, stage.offset - 1


async def test_an_answer_given_up_stays_unanswered_and_follows(unanswered: tuple[Stage, int]) -> None:
    stage, update_id = unanswered
    row = await update(stage, update_id)
    assert row.status is InboxStatus.ANSWERING
    assert row.answers
    assert await take_up(stage) == {}
    stage.later(seconds=61)
    assert await take_up(stage) == {"taken_up": 1}
    assert len(stage.sandbox.history(4711)) == 2
    assert (await update(stage, update_id)).status is InboxStatus.DONE
    stage.later(minutes=2)
    assert await take_up(stage) == {}
    assert len(stage.sandbox.history(4711)) == 2


async def test_while_telegram_stays_away_it_waits_on(unanswered: tuple[Stage, int]) -> None:
    stage, update_id = unanswered
    for _ in range(3):
        stage.sandbox.faults.add("sendMessage", status=502)
        stage.later(minutes=2)
        assert await take_up(stage) == {"taken_up": 1}
        assert (await update(stage, update_id)).status is InboxStatus.ANSWERING
    stage.later(minutes=2)
    assert await take_up(stage) == {"taken_up": 1}
    assert (await update(stage, update_id)).status is InboxStatus.DONE


async def test_an_answer_of_yesterday_is_not_sent_any_more(unanswered: tuple[Stage, int]) -> None:
    stage, update_id = unanswered
    stage.later(days=1, minutes=1)
    assert await take_up(stage) == {"abandoned": 1}
    row = await update(stage, update_id)
    assert (row.status, row.fault) == (InboxStatus.DONE, "answer not sent")
    assert len(stage.sandbox.history(4711)) == 1


async def test_what_a_lane_has_is_left_to_it(unanswered: tuple[Stage, int]) -> None:
    stage, _ = unanswered
    assert stage.product is not None
    stage.later(minutes=2)
    first = await leftovers.run(stage.product.runtime)
    second = await leftovers.run(stage.product.runtime)
    await stage.settle()
    assert (first["taken_up"], second["taken_up"]) == (1, 0)
    assert len(stage.sandbox.history(4711)) == 2


async def test_an_update_that_was_stored_but_never_begun_is_handled(stage: Stage) -> None:
    siti = stage.person("Siti")
    assert stage.product is not None
    feed = stage.product.lanes.feed
    stage.product.lanes.feed = lambda _arrivals: None  # type: ignore[method-assign]
    await siti.starts()
    stage.product.lanes.feed = feed  # type: ignore[method-assign]
    assert not siti.texts()
    stage.later(minutes=2)
    assert await take_up(stage) == {"taken_up": 1}
    assert siti.texts()
