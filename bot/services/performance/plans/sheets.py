"""A filled-in form in the talk: received, checked, shown as what the plan would become, applied whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import outbox
from bot.services.performance.plans import drafting, filled, form, links
from bot.services.performance.plans.filled import Fault, Filled, Known
from bot.services.performance.plans.reading import Planning, Whole
from models.errors import Refusal
from models.outbox import Lane
from models.performance.plan import Aspect, CoreValue, PlanItem, PlanResult
from models.performance.plan_sheet import PlanSheet, SheetStatus
from models.person import Person
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.plan_rules import ResultKind


async def receive(by: Planning, plan_id: int, file_id: str, file_name: str) -> PlanSheet:
    """A form has come for the own plan; the duty `plan sheets` fetches and checks it."""
    await drafting.editable(by, plan_id)
    row = PlanSheet(
        plan_id=plan_id,
        person_id=by.presser.person_id,
        file_id=file_id,
        file_name=file_name[:200],
        received_at=by.now,
    )
    by.session.add(row)
    await by.session.flush()
    return row


async def waiting(session: AsyncSession) -> Sequence[tuple[int, str, int]]:
    """Id, Telegram's file and sender of every form that is not checked yet."""
    rows = await session.execute(
        select(PlanSheet.id, PlanSheet.file_id, PlanSheet.person_id)
        .where(PlanSheet.status == SheetStatus.RECEIVED)
        .order_by(PlanSheet.id)
    )
    return [(number, file_id, person_id or 0) for number, file_id, person_id in rows]


async def sender(session: AsyncSession, person_id: int) -> Person | None:
    """Who sent it, if the account is still known."""
    return await session.get(Person, person_id)


async def check(by: Planning, sheet_id: int, content: bytes | None) -> bool:
    """Read the form (None: it could not be fetched) and tell its sender; whether it could be applied."""
    sheet = await by.session.get_one(PlanSheet, sheet_id)
    plan = await drafting.still_editable(by, sheet.plan_id)
    found = await _read(by, plan, content) if plan is not None else Filled(faults=[Fault("form_plan_closed")])
    sheet.faults, sheet.content = [asdict(fault) for fault in found.faults], found.content()
    sheet.before = _mark(plan) if plan is not None else ""
    sheet.become(SheetStatus.FAULTY if found.faults else SheetStatus.READY, by.now)
    await _tell(by, sheet)
    return not found.faults


async def _read(by: Planning, plan: Whole, content: bytes | None) -> Filled:
    if content is None:
        return Filled(faults=[Fault("form_unreadable")])
    offered = await links.superior_results(by, plan.plan)
    serves = {form.plain(row.title): row.id for row in offered}
    serves |= {
        form.plain(one.serves): one.row.superior_result_id
        for one in plan.results
        if one.serves and one.row.superior_result_id is not None
    }
    indicators = {form.plain(row.name): row.id for row in await links.indicators(by, plan.plan)}
    return filled.read(content, Known(serves, indicators))


async def _tell(by: Planning, sheet: PlanSheet) -> None:
    await outbox.put(
        by.session,
        key=f"plan_sheet:{sheet.id}",
        person_id=by.presser.person_id,
        kind="plan_sheet_checked",
        values={"sheet": sheet.id, "plan": sheet.plan_id, "faults": sheet.faults, "content": sheet.content},
        lane=Lane.ANSWER,
        now=by.now,
    )


async def discard(by: Planning, sheet_id: int) -> int:
    """Nothing changes; the plan it was for."""
    sheet = await _own(by, sheet_id)
    sheet.become(SheetStatus.DISCARDED, by.now)
    return sheet.plan_id


async def apply(by: Planning, sheet_id: int) -> tuple[int, bool]:
    """The plan becomes what was shown: which plan, and whether it changed (a second press changes nothing).

    Refused with `data_changed` when the plan is not any more what it was then.
    """
    sheet = await _own(by, sheet_id)
    if sheet.status is SheetStatus.APPLIED:
        return sheet.plan_id, False
    plan = await drafting.editable(by, sheet.plan_id)
    if _mark(plan) != sheet.before:
        raise Refusal("data_changed")
    sheet.become(SheetStatus.APPLIED, by.now)
    await by.session.flush()
    known = {form.plain(item.name): item for item in plan.items}
    kept = {key: (item.position, item.origin_id, item.indicator_id) for key, item in known.items()}
    highest = max((item.position for item in plan.items), default=0)
    await drafting.empty(by, sheet.plan_id)
    places = _Places(kept if plan.plan.number > 1 else {}, highest if plan.plan.number > 1 else 0)
    for number, told in enumerate(sheet.content["results"], start=1):
        await _write_result(by, sheet.plan_id, number, told, kept, places)
    words = {CoreValue(value): text for value, text in sheet.content["values"].items()}
    await drafting.write_behaviours(by, sheet.plan_id, words)
    return sheet.plan_id, True


async def _own(by: Planning, sheet_id: int) -> PlanSheet:
    sheet = await by.session.get(PlanSheet, sheet_id)
    if sheet is None or sheet.person_id != by.presser.person_id:
        raise Refusal("no_such_sheet")
    return sheet


class _Places:
    """The numbers of items: of a later version those that people know stay, new ones follow."""

    def __init__(self, kept: dict[str, tuple[int, int | None, int | None]], highest: int) -> None:
        self._kept = {name: position for name, (position, _, _) in kept.items()}
        self._highest = highest

    def of(self, name: str) -> int:
        """The number of this item; each is given once."""
        known = self._kept.pop(form.plain(name), None)
        if known is not None:
            return known
        self._highest += 1
        return self._highest


async def _write_result(
    by: Planning,
    plan_id: int,
    number: int,
    told: dict[str, Any],
    kept: dict[str, tuple[int, int | None, int | None]],
    places: _Places,
) -> None:
    result = PlanResult(
        plan_id=plan_id,
        position=number,
        kind=ResultKind(told["kind"]),
        title=told["title"],
        superior_result_id=told["serves"],
    )
    by.session.add(result)
    await by.session.flush()
    for item in told["items"]:
        _, origin, indicator = kept.pop(form.plain(item["name"]), (0, None, None))
        by.session.add(_item(plan_id, result.id, item, places.of(item["name"]), origin, indicator))
    await by.session.flush()


def _item(
    plan_id: int, result_id: int, told: dict[str, Any], position: int, origin: int | None, indicator: int | None
) -> PlanItem:
    quarters = [None if part is None else Decimal(part) for part in told["quarters"]]
    return PlanItem(
        plan_id=plan_id,
        result_id=result_id,
        origin_id=origin,
        position=position,
        name=told["name"],
        indicator_id=told["indicator_id"] or indicator,
        aspect=Aspect(told["aspect"]),
        polarity=Polarity(told["polarity"]),
        aggregation=Aggregation(told["aggregation"]),
        measure_unit=told["measure_unit"],
        low=Decimal(told["low"]),
        high=Decimal(told["high"]),
        **dict(zip(("q1", "q2", "q3", "q4"), quarters, strict=True)),
    )


def _mark(plan: Whole) -> str:
    """A mark of everything in a plan."""
    results = [
        (one.row.id, one.row.title, one.row.superior_result_id, [_facts(item) for item in one.items])
        for one in plan.results
    ]
    told = json.dumps([results, sorted(plan.behaviours.items())], default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def _facts(item: PlanItem) -> list[str]:
    values = (item.id, item.name, item.aspect, item.polarity, item.aggregation, item.measure_unit, item.indicator_id)
    return [str(value) for value in (*values, item.low, item.high, *item.quarters)]
