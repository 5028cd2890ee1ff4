"""Two verifiers at once: one merging wins, no circle comes about; what an earlier release merged is kept."""

import asyncio
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from bot.services import followers
from bot.services.desk import merging
from models.complaint import Complaint
from models.errors import Refusal
from models.follower import Follower
from models.rules.complaint_flow import Action, Status
from tests.desk_scenes import acting, events, filed, resident, stored
from tests.driver import Stage

PLACE = {"service_id": 1, "area_id": 1}


async def three(stage: Stage) -> tuple[int, int, int]:
    found = [await filed(stage, await resident(stage, name), **PLACE) for name in ("Siti", "Budi", "Ali")]
    return found[0], found[1], found[2]


async def both(stage: Stage, one: tuple[int, int], other: tuple[int, int]) -> list[Any]:
    """Two transactions merge at the same time; how each of them ended."""
    ready = asyncio.Barrier(2)

    async def merge(duplicate: int, main: int) -> None:
        async with stage.db.begin() as session:
            who = await acting(stage, session, "verifier")
            if not stage.db.is_sqlite:  # there only one transaction writes at a time
                await ready.wait()
            await merging.merge(who, duplicate, main)

    return list(await asyncio.gather(merge(*one), merge(*other), return_exceptions=True))


async def test_two_verifiers_merge_the_same_report_once(stage: Stage) -> None:
    first, second, twin = await three(stage)
    ends = await both(stage, (twin, first), (twin, second))
    (refused,) = [end for end in ends if end is not None]
    assert isinstance(refused, StaleDataError | Refusal)
    assert [event.action for event in await events(stage, twin)] == [Action.MERGE]
    async with stage.db.read() as session:
        assert len((await session.scalars(select(Follower))).all()) == 1


async def test_no_circle_comes_about(stage: Stage) -> None:
    one, other, _third = await three(stage)
    ends = await both(stage, (one, other), (other, one))
    (refused,) = [end for end in ends if end is not None]
    assert isinstance(refused, StaleDataError | Refusal)
    statuses = sorted([(await stored(stage, number)).status for number in (one, other)])
    assert statuses == [Status.ARCHIVED, Status.RECEIVED]


async def test_a_chain_cannot_bite_its_tail(stage: Stage) -> None:
    first, second, third = await three(stage)
    codes = []
    for duplicate, main in ((first, second), (second, third), (third, first)):
        async with stage.db.begin() as session:
            try:
                await merging.merge(await acting(stage, session, "verifier"), duplicate, main)
            except Refusal as refusal:
                codes.append(refusal.code)
    assert codes == ["main_is_over"]
    assert (await stored(stage, third)).status is Status.RECEIVED


async def test_what_an_earlier_release_noted_becomes_a_follower_once(stage: Stage) -> None:
    main, twin, _third = await three(stage)
    async with stage.db.begin() as session:
        complaint = await session.get_one(Complaint, main)
        complaint.move(Action.NOTE, stage.now, public=False, values={followers.NOTED: twin, "code": "TPI"})
        complaint.move(Action.NOTE, stage.now, public=False, text="Catatan biasa")
    for expected in (1, 0):
        async with stage.db.begin() as session:
            assert await followers.adopt(session) == expected
    assert (await stored(stage, twin)).merged_into_id == main
    async with stage.db.read() as session:
        (row,) = (await session.scalars(select(Follower))).all()
        assert (row.complaint_id, row.via_id) == (main, twin)


async def test_a_new_key_seals_the_followers_anew(stage: Stage) -> None:
    main, twin, _third = await three(stage)
    async with stage.db.begin() as session:
        await merging.merge(await acting(stage, session, "verifier"), twin, main)
    async with stage.db.begin() as session:
        before = (await session.scalars(select(Follower))).one().sealed
        (last,) = await followers.rotate(session, 0, 10)
        assert await followers.rotate(session, last, 10) == []
    async with stage.db.read() as session:
        assert (await session.scalars(select(Follower))).one().sealed != before
