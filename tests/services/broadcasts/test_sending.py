"""A broadcast through the outbox, on both databases: queued once, held, changed, taken back, counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from bot.db import Database
from bot.services import outbox, privacy
from bot.services.broadcasts import sending, showing
from bot.services.city import know
from models.broadcasts.broadcast import Broadcast, BroadcastKind, BroadcastStatus, Repeat
from models.employee import Employee
from models.errors import Refusal
from models.outbox import Deed, Lane, OutboxMessage, OutboxStatus
from models.person import Person, Purpose
from tests.factories import small_city, staff

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
STAFF = 7


@pytest.fixture
async def broadcast_id(database: Database) -> int:
    """A scheduled order to all the staff, by HR."""
    async with database.begin() as session:
        await small_city(session)
        author = (await staff(session, NOW))["hr"]
        row = Broadcast(
            kind=BroadcastKind.ORDER,
            title="Apel pagi",
            contents={"id": "Apel <b>pukul 7</b>", "en": "Roll call"},
            author_id=author.id,
            created_at=NOW,
            send_at=NOW,
            progress_message_id=77,
        )
        session.add(row)
        await session.flush()
        row.move(BroadcastStatus.SCHEDULED, NOW)
    return row.id


async def begin(database: Database, broadcast_id: int) -> int:
    async with database.begin() as session:
        row = await session.get_one(Broadcast, broadcast_id)
        return await sending.begin(session, await know(session, NOW), row, NOW)


async def end_all(database: Database, status: OutboxStatus = OutboxStatus.SENT, now: datetime = NOW) -> None:
    async with database.begin() as session:
        for claim in await outbox.claim(session, now, 100):
            await outbox.record(session, claim.id, status, now, sent_message_id=1000 + claim.id)


async def test_everybody_is_queued_once_and_the_words_stand_in_one_place(database: Database, broadcast_id: int) -> None:
    assert await begin(database, broadcast_id) == STAFF
    async with database.begin() as session:
        rows = (await session.scalars(select(OutboxMessage))).all()
        assert {(row.kind, row.lane, row.deed, row.status) for row in rows} == {
            ("broadcast", Lane.MASS, Deed.SEND, OutboxStatus.QUEUED)
        }
        assert all(row.values == {} for row in rows)
        assert len({row.person_id for row in rows}) == STAFF
        claims = await outbox.claim(session, NOW, 100)
    assert {claim.values["contents"]["id"] for claim in claims} == {"Apel <b>pukul 7</b>"}
    assert {claim.values["broadcast_id"] for claim in claims} == {broadcast_id}


async def test_a_second_begin_is_refused_and_queues_nothing(database: Database, broadcast_id: int) -> None:
    await begin(database, broadcast_id)
    with pytest.raises(Refusal, match="broadcast_not_now"):
        await begin(database, broadcast_id)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(OutboxMessage)) == STAFF


async def test_paused_nothing_goes_out_resumed_the_rest_does(database: Database, broadcast_id: int) -> None:
    await begin(database, broadcast_id)
    async with database.begin() as session:
        for claim in await outbox.claim(session, NOW, 3):
            await outbox.record(session, claim.id, OutboxStatus.SENT, NOW, sent_message_id=claim.id)
        row = await session.get_one(Broadcast, broadcast_id)
        await sending.pause(session, row, NOW)
    async with database.begin() as session:
        assert await outbox.claim(session, NOW, 100) == []
        row = await session.get_one(Broadcast, broadcast_id)
        present = await sending.progress(session, row)
        assert (present.total, present.on_the_way, present.of(OutboxStatus.SENT)) == (STAFF, STAFF - 3, 3)
        await sending.resume(session, row, NOW)
        assert len(await outbox.claim(session, NOW, 100)) == STAFF - 3


async def test_cancelled_the_rest_is_never_sent(database: Database, broadcast_id: int) -> None:
    await begin(database, broadcast_id)
    async with database.begin() as session:
        row = await session.get_one(Broadcast, broadcast_id)
        await sending.pause(session, row, NOW)
        await sending.cancel(session, row, NOW)
        assert await outbox.claim(session, NOW, 100) == []
        assert (await sending.progress(session, row)).of(OutboxStatus.CANCELLED) == STAFF
        with pytest.raises(Refusal, match="broadcast_not_now"):
            await sending.resume(session, row, NOW)


async def test_a_change_goes_to_whoever_got_it_and_to_nobody_else(database: Database, broadcast_id: int) -> None:
    await begin(database, broadcast_id)
    await end_all(database)
    async with database.begin() as session:
        lost = (await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))).first()
        assert lost is not None
        lost.status = OutboxStatus.UNREACHABLE
        row = await session.get_one(Broadcast, broadcast_id)
        row.contents = {"id": "Apel pukul 8"}
        assert await sending.change(session, row, NOW) == STAFF - 1
    async with database.begin() as session:
        claims = await outbox.claim(session, NOW, 100)
        assert {claim.deed for claim in claims} == {Deed.EDIT}
        assert {claim.target_message_id for claim in claims} == {
            message_id
            for message_id in await session.scalars(
                select(OutboxMessage.message_id).where(
                    OutboxMessage.deed == Deed.SEND, OutboxMessage.status == OutboxStatus.SENT
                )
            )
        }
        assert {claim.values["contents"]["id"] for claim in claims} == {"Apel pukul 8"}


async def test_it_is_taken_back_within_two_days_only(database: Database, broadcast_id: int) -> None:
    await begin(database, broadcast_id)
    await end_all(database)
    async with database.begin() as session:
        row = await session.get_one(Broadcast, broadcast_id)
        with pytest.raises(Refusal, match="too_old_to_delete"):
            await sending.take_back(session, row, NOW + timedelta(hours=49))
        assert await sending.take_back(session, row, NOW + timedelta(hours=47)) == STAFF
        assert await sending.take_back(session, row, NOW + timedelta(hours=47)) == 0
        claims = await outbox.claim(session, NOW + timedelta(hours=48), 100)
    assert {claim.deed for claim in claims} == {Deed.DELETE}


async def test_the_author_sees_how_far_it_is_and_then_the_end(database: Database, broadcast_id: int) -> None:
    later = NOW + timedelta(seconds=60)
    async with database.begin() as session:
        city = await know(session, NOW)
        assert await showing.begin_if_due(session, city, broadcast_id, NOW)
        assert not await showing.begin_if_due(session, city, broadcast_id, NOW)
        for claim in await outbox.claim(session, NOW, 3):
            await outbox.record(session, claim.id, OutboxStatus.SENT, NOW, sent_message_id=claim.id)
        assert not await showing.follow(session, city, broadcast_id, later)
        assert not await showing.follow(session, city, broadcast_id, later)
    await end_all(database, OutboxStatus.UNREACHABLE)
    async with database.begin() as session:
        await session.execute(update(OutboxMessage).where(OutboxMessage.deed == Deed.EDIT).values(status="sent"))
        city = await know(session, NOW)
        assert await showing.follow(session, city, broadcast_id, later)
        assert not await showing.follow(session, city, broadcast_id, later)
        told = select(OutboxMessage).where(OutboxMessage.kind == showing.PROGRESS).order_by(OutboxMessage.id)
        rows = (await session.scalars(told)).all()
        author = await session.scalar(select(Employee.person_id).join(Broadcast, Broadcast.author_id == Employee.id))
    assert [(row.values["sent"], row.values["left"], row.values["status"]) for row in rows] == [
        (3, 4, "sending"),
        (3, 0, "done"),
    ]
    assert rows[0].values["seconds_left"] == 80  # 3 in 60 s, 4 to go
    assert {(row.person_id, row.target_message_id, row.deed) for row in rows} == {(author, 77, Deed.EDIT)}


async def test_one_that_repeats_waits_for_its_next_time(database: Database, broadcast_id: int) -> None:
    async with database.begin() as session:
        row = await session.get_one(Broadcast, broadcast_id)
        row.repeat = Repeat.WEEKLY
        row.send_at = NOW - timedelta(days=8)
    for run in (1, 2):
        moment = NOW + timedelta(days=7 * (run - 1))
        async with database.begin() as session:
            city = await know(session, NOW)
            assert await showing.begin_if_due(session, city, broadcast_id, moment)
        await end_all(database, now=moment)
        async with database.begin() as session:
            assert await showing.follow(session, city, broadcast_id, moment)
            row = await session.get_one(Broadcast, broadcast_id)
            assert (row.status, row.run, row.send_at) == (
                BroadcastStatus.SCHEDULED,
                run,
                NOW - timedelta(days=8) + timedelta(days=7 * (run + 1)),
            )


async def test_rule_37_a_withdrawn_consent_stops_news_but_not_an_order(database: Database, broadcast_id: int) -> None:
    await begin(database, broadcast_id)
    async with database.begin() as session:
        person = (await session.scalars(select(Person).order_by(Person.id))).first()
        assert person is not None
        await privacy.withdraw(session, person, [Purpose.BROADCASTS], NOW)
        row = await session.get_one(Broadcast, broadcast_id)
        assert (await sending.progress(session, row)).of(OutboxStatus.QUEUED) == STAFF
        row.kind = BroadcastKind.NEWS
        await session.flush()
        await privacy.withdraw(session, person, [Purpose.BROADCASTS], NOW)
        assert (await sending.progress(session, row)).of(OutboxStatus.QUEUED) == STAFF - 1


async def test_the_results_name_every_recipient_and_why(database: Database, broadcast_id: int) -> None:
    await begin(database, broadcast_id)
    await end_all(database, OutboxStatus.UNREACHABLE)
    async with database.read() as session:
        row = await session.get_one(Broadcast, broadcast_id)
        found = [tuple(line) async for line in sending.results(session, row)]
    assert len(found) == STAFF
    assert [line[0] for line in found] == sorted(line[0] for line in found)
    assert {line[3] for line in found} == {OutboxStatus.UNREACHABLE}
