"""Two who give or take the same work in the same moment: real concurrent transactions on PostgreSQL."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy.orm.exc import StaleDataError

from bot.services.desk import assigning, working
from models.errors import Refusal
from models.rules.complaint_flow import Action
from tests.desk_scenes import acting, colleague, disposed, employee_of, events, resident, stored
from tests.driver import Stage


async def test_two_transactions_share_out_the_same_reports_once(stage: Stage) -> None:
    """Two heads confirm in the same moment: on PostgreSQL both have read "nobody has it"; all of one plan holds."""
    siti, officer = await resident(stage), await employee_of(stage, "officer")
    _, dewi = await colleague(stage, "Dewi Lestari")
    reports = [await disposed(stage, siti) for _ in range(5)]
    both_have_read = asyncio.Barrier(2)

    async def share(who: int) -> Any:
        async with stage.db.begin() as session:
            head = await acting(stage, session, "head")
            await assigning.plan(head, reports)
            if not stage.db.is_sqlite:  # there only one transaction writes at a time
                await both_have_read.wait()
            return await assigning.share_out(head, [(number, who) for number in reports])

    ends = await asyncio.gather(share(officer), share(dewi), return_exceptions=True)
    assert len([end for end in ends if isinstance(end, StaleDataError | Refusal)]) == 1
    assert len({(await stored(stage, number)).officer_id for number in reports}) == 1
    for number in reports:
        assert [event.action for event in await events(stage, number)].count(Action.ASSIGN) == 1


async def test_two_transactions_take_and_assign_the_same_report_once(stage: Stage) -> None:
    complaint_id = await disposed(stage, await resident(stage))
    _, dewi = await colleague(stage, "Dewi Lestari")
    both_have_read = asyncio.Barrier(2)

    async def act(role: str, **_: Any) -> None:
        async with stage.db.begin() as session:
            who = await acting(stage, session, role)
            await who.reach(Action.VIEW, complaint_id)
            if not stage.db.is_sqlite:
                await both_have_read.wait()
            if role == "officer":
                await working.take(who, complaint_id)
            else:
                await assigning.assign(who, complaint_id, dewi, None)

    ends = await asyncio.gather(act("officer"), act("head"), return_exceptions=True)
    refused = [end for end in ends if end is not None]
    assert all(isinstance(end, StaleDataError | Refusal) for end in refused)
    given = [
        event.action for event in await events(stage, complaint_id) if event.action in (Action.TAKE, Action.ASSIGN)
    ]
    assert len(given) == 2 - len(refused)
    if not stage.db.is_sqlite:
        assert len(refused) == 1
