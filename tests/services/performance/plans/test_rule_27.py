"""Domain rule 27, through the services on both databases: what a plan must have, who freezes it, how it changes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.services.performance import in_force
from bot.services.performance.plans import deciding, drafting, reading
from bot.services.performance.plans.deciding import Notes
from models.errors import Refusal
from models.performance.plan import PlanBehaviour, PlanEvent, PlanItem, PlanResult, WorkPlan
from models.performance.plan_sheet import PlanSheet
from models.performance.progress import WeeklyEntry, WeeklyReport
from models.rules.performance.achievement import Polarity
from models.rules.performance.plan_rules import PlanFault, PlanStatus, ResultKind
from tests.driver import Stage
from tests.plan_scenes import (
    LAMPS,
    THIS_YEAR,
    acting,
    approved,
    by,
    count,
    drafted,
    first_result,
    in_line,
    of_role,
    seen,
    submitted,
)


async def refused(code: str, step: object) -> None:
    with pytest.raises(Refusal) as refusal:
        await step  # type: ignore[misc]
    assert refusal.value.code == code


async def test_rule_27_a_plan_needs_a_main_result_and_each_an_item(stage: Stage) -> None:
    await in_line(stage)
    async with stage.db.begin() as session:
        officer = await by(stage, session, "officer")
        plan = await drafting.open_plan(officer, THIS_YEAR)
        await drafting.add_result(officer, plan.id, ResultKind.ADDITIONAL, "Panitia HUT kota")
        gaps = [gap.fault for gap in (await reading.whole(session, plan.id)).gaps()]
        assert gaps == [PlanFault.NO_MAIN_RESULT, PlanFault.NO_ITEM]
        await refused("plan_has_gaps", deciding.submit(officer, plan.id))
        main = await drafting.add_result(officer, plan.id, ResultKind.MAIN, "Lampu jalan menyala")
        await drafting.add_item(officer, plan.id, main.id, LAMPS)
        await refused("plan_has_gaps", deciding.submit(officer, plan.id))
        extra = (await reading.whole(session, plan.id)).results[1].row
        await drafting.remove_result(officer, plan.id, extra.id)
        assert (await deciding.submit(officer, plan.id)).status is PlanStatus.SUBMITTED


async def test_rule_27_an_item_needs_a_target_that_can_be_measured(stage: Stage) -> None:
    await in_line(stage)
    async with stage.db.begin() as session:
        officer = await by(stage, session, "officer")
        plan = await drafting.open_plan(officer, THIS_YEAR)
        result = (await drafting.add_result(officer, plan.id, ResultKind.MAIN, "Lampu")).id
        wrong = {
            "target_zero": replace(LAMPS, low=Decimal(0), high=Decimal(0)),
            "target_order": replace(LAMPS, low=Decimal(9), high=Decimal(8)),
            "target_yes_no": replace(LAMPS, polarity=Polarity.YES_NO),
            "no_words": replace(LAMPS, name="  "),
        }
        for code, item in wrong.items():
            await refused(code, drafting.add_item(officer, plan.id, result, item))
        await refused("no_words", drafting.add_item(officer, plan.id, result, replace(LAMPS, measure_unit="")))
    assert await count(stage, PlanItem) == 0


async def test_rule_27_the_approval_of_the_superior_freezes_it(stage: Stage) -> None:
    await in_line(stage)
    plan_id = await approved(stage, "officer")
    plan = await seen(stage, plan_id)
    async with stage.db.read() as session:
        head = await of_role(session, "head")
    assert (plan.plan.status, plan.plan.superior_id) == (PlanStatus.APPROVED, head.id)
    item, result = plan.items[0], plan.results[0].row
    async with stage.db.begin() as session:
        officer = await by(stage, session, "officer")
        for step in (
            drafting.add_result(officer, plan_id, ResultKind.MAIN, "Lagi"),
            drafting.change_result(officer, plan_id, result.id, title="Lain"),
            drafting.remove_result(officer, plan_id, result.id),
            drafting.add_item(officer, plan_id, result.id, LAMPS),
            drafting.change_item(officer, plan_id, item.id, LAMPS),
            drafting.set_quarters(officer, plan_id, item.id, (Decimal(120), None, None, None)),
            drafting.remove_item(officer, plan_id, item.id),
            drafting.set_behaviours(officer, plan_id, {}),
            drafting.empty(officer, plan_id),
            deciding.submit(officer, plan_id),
            deciding.take_back(officer, plan_id),
        ):
            await refused("plan_not_now", step)
    assert (await seen(stage, plan_id)).items[0].low == Decimal(120)


async def test_rule_27_a_later_change_is_a_new_version_with_its_reason(stage: Stage) -> None:
    """The weekly values hang on the first version's items, through every later one."""
    await in_line(stage)
    first = await approved(stage, "officer")
    line = (await seen(stage, first)).items[0].line_id
    for number, low in ((2, Decimal(200)), (3, Decimal(240))):
        version = await another_version(stage, low)
        plan = await seen(stage, version)
        assert (plan.plan.number, plan.plan.reason, plan.items[0].origin_id) == (number, "Anggaran naik", line)
        assert plan.results[0].serves == "Hasil head", "the link is kept"
        before = await seen(stage, version)
        assert before.items[0].quarters == tuple([low / 4] * 4)
    async with stage.db.read() as session:
        officer_id = (await of_role(session, "officer")).id
        statuses = [(one.number, one.status) for one in await reading.versions(session, officer_id, THIS_YEAR)]
        held = await in_force.own(session, officer_id, THIS_YEAR)
    assert statuses == [(3, PlanStatus.APPROVED), (2, PlanStatus.SUPERSEDED), (1, PlanStatus.SUPERSEDED)]
    assert held is not None
    assert [(one.id, one.item.low) for one in held.lines] == [(line, Decimal(240))]


async def another_version(stage: Stage, low: Decimal) -> int:
    """The officer's plan in force with another target, in force again."""
    async with stage.db.begin() as session:
        officer = await by(stage, session, "officer")
        present = await reading.in_force(session, officer.employee_id, THIS_YEAR)
        assert present is not None
        plan = await deciding.revise(officer, present.id, "Anggaran naik")
        item = (await reading.whole(session, plan.id)).items[0]
        await drafting.change_item(officer, plan.id, item.id, replace(LAMPS, low=low, high=low))
        assert (await reading.in_force(session, officer.employee_id, THIS_YEAR)) is present, "until it is approved"
        await deciding.submit(officer, plan.id)
    async with stage.db.begin() as session:
        await deciding.approve(await by(stage, session, "head"), plan.id)
    return plan.id


async def test_rule_27_a_change_needs_a_reason_and_is_begun_once(stage: Stage) -> None:
    await in_line(stage)
    first = await approved(stage, "officer")
    async with stage.db.begin() as session:
        officer = await by(stage, session, "officer")
        await refused("no_words", deciding.revise(officer, first, "  "))
        draft = await deciding.revise(officer, first, "Anggaran naik")
        assert (await deciding.revise(officer, first, "Sekali lagi")).id == draft.id
    assert await count(stage, WorkPlan) == 4, "of the top, of the head, and two versions"


async def test_rule_27_the_link_is_needed_for_the_approval_only(stage: Stage) -> None:
    await in_line(stage)
    plan_id = await submitted(stage, "officer")
    async with stage.db.begin() as session:
        head = await by(stage, session, "head")
        await refused("plan_links_missing", deciding.approve(head, plan_id))
        await deciding.give_back(head, plan_id, Notes({}, {}, "Kaitkan dengan hasil saya"))
    serves = await first_result(stage, "head")
    async with stage.db.begin() as session:
        officer = await by(stage, session, "officer")
        result = (await reading.whole(session, plan_id)).results[0].row
        await drafting.link_result(officer, plan_id, result.id, serves)
        await deciding.submit(officer, plan_id)
    async with stage.db.begin() as session:
        await deciding.approve(await by(stage, session, "head"), plan_id)
    assert (await seen(stage, plan_id)).plan.status is PlanStatus.APPROVED


async def test_rule_27_only_a_result_of_the_superiors_plan_in_force_can_be_served(stage: Stage) -> None:
    await in_line(stage)
    own = await first_result(stage, "other_officer")
    async with stage.db.begin() as session:
        officer = await by(stage, session, "officer")
        plan = await drafting.open_plan(officer, THIS_YEAR)
        step = drafting.add_result(officer, plan.id, ResultKind.MAIN, "Lampu", own)
        await refused("no_such_plan_part", step)


async def test_rule_27_returning_needs_words_and_keeps_the_notes(stage: Stage) -> None:
    await in_line(stage)
    plan_id = await submitted(stage, "officer")
    item = (await seen(stage, plan_id)).items[0].id
    async with stage.db.begin() as session:
        head = await by(stage, session, "head")
        await refused("reason_missing", deciding.give_back(head, plan_id, Notes({}, {}, " ")))
        await deciding.give_back(head, plan_id, Notes({}, {item: "Terlalu rendah"}))
    plan = await seen(stage, plan_id)
    assert (plan.plan.status, plan.items[0].note) == (PlanStatus.RETURNED, "Terlalu rendah")
    async with stage.db.read() as session:
        events = await session.execute(select(PlanEvent.status_after).where(PlanEvent.plan_id == plan_id))
        assert [status for (status,) in events] == [PlanStatus.SUBMITTED, PlanStatus.RETURNED]


async def test_rule_27_nobody_approves_the_own_plan(stage: Stage) -> None:
    await in_line(stage)
    plan_id = await submitted(stage, "officer")
    await acting(stage, "head", "officer")
    async with stage.db.begin() as session:
        officer = await by(stage, session, "officer")
        await refused("not_your_own_work", deciding.approve(officer, plan_id))
        await refused("not_your_own_work", deciding.give_back(officer, plan_id, Notes({}, {}, "Bagus")))
        hr = await by(stage, session, "hr")
        await refused("not_your_subordinate", deciding.approve(hr, plan_id))


async def test_a_foreign_part_is_not_in_this_plan(stage: Stage) -> None:
    """A forged id of another's result or item."""
    await in_line(stage)
    mine, others = await drafted(stage, "officer"), await drafted(stage, "other_officer")
    foreign = await seen(stage, others)
    async with stage.db.begin() as session:
        officer = await by(stage, session, "officer")
        for step in (
            drafting.remove_result(officer, mine, foreign.results[0].row.id),
            drafting.remove_item(officer, mine, foreign.items[0].id),
            drafting.add_item(officer, mine, foreign.results[0].row.id, LAMPS),
        ):
            await refused("no_such_plan_part", step)
        await refused("not_your_subordinate", drafting.add_result(officer, others, ResultKind.MAIN, "Lain"))
    assert len((await seen(stage, others)).items) == 1


async def test_a_number_of_an_identity_card_is_masked(stage: Stage) -> None:
    await in_line(stage)
    plan_id = await drafted(stage, "officer", title="Data 2172010101900001 lengkap")
    assert "2172010101900001" not in (await seen(stage, plan_id)).results[0].row.title


async def test_the_tables_of_a_plan_go_with_it(stage: Stage) -> None:
    """Somebody who is taken off the roster leaves no part of a draft behind."""
    await in_line(stage)
    plan_id = await drafted(stage, "officer")
    async with stage.db.begin() as session:
        await session.delete(await session.get_one(WorkPlan, plan_id))
    for table in (PlanItem, PlanResult, PlanBehaviour, PlanEvent, PlanSheet, WeeklyReport, WeeklyEntry):
        assert await count(stage, table) == 0
