"""A plan being written: every answer is a row at once, so nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, func, select, update

from bot.services.performance.plans import links, reading
from bot.services.performance.plans.reading import Planning, Result, Whole
from models.errors import Refusal
from models.performance.plan import Aspect, CoreValue, PlanBehaviour, PlanItem, PlanResult, WorkPlan
from models.rules.performance.achievement import Polarity, require_target
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.plan_rules import PLAN_TRANSITIONS, Quarters, ResultKind, WorkPlanAction, even_quarters
from models.rules.redaction import mask_numbers

LONGEST_TITLE, LONGEST_NAME, LONGEST_UNIT, LONGEST_WORDS = 400, 300, 40, 1000
#: So many results and items are a plan; more is a list.
MOST_RESULTS, MOST_ITEMS = 20, 40


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item as it was asked for."""

    name: str
    aspect: Aspect
    polarity: Polarity
    aggregation: Aggregation
    measure_unit: str
    low: Decimal
    high: Decimal
    indicator_id: int | None = None
    quarters: Quarters = ()


async def open_plan(by: Planning, year: int) -> WorkPlan:
    """The own plan of a year, begun now if there is none; refused with `plan_year` for a year that is not open."""
    found = await reading.latest(by.session, by.employee_id, year)
    if found is not None:
        return found
    if year not in reading.open_years(by.today):
        raise Refusal("plan_year")
    plan = WorkPlan(employee_id=by.employee_id, year=year, created_at=by.now)
    by.session.add(plan)
    await by.session.flush()
    return plan


async def editable(by: Planning, plan_id: int) -> Whole:
    """The own plan while it may be changed."""
    await by.reach(WorkPlanAction.EDIT, plan_id)
    return await reading.whole(by.session, plan_id)


async def still_editable(by: Planning, plan_id: int) -> Whole | None:
    """The same without a refusal: None when it cannot be changed any more, or is another's."""
    plan = await by.session.get(WorkPlan, plan_id)
    own = plan is not None and by.presser.employee_id == plan.employee_id
    if plan is None or not own or plan.status not in PLAN_TRANSITIONS[WorkPlanAction.EDIT]:
        return None
    return await reading.whole(by.session, plan_id)


async def copy_last_year(by: Planning, plan_id: int) -> None:
    """Results, items and expectations of last year's plan; what of the superior's they serve is chosen anew.

    Refused with `plan_not_empty` and `no_plan_before`.
    """
    present = await editable(by, plan_id)
    if present.results:
        raise Refusal("plan_not_empty")
    before = await links.last_year(by, present.plan)
    if before is None:
        raise Refusal("no_plan_before")
    source = await reading.whole(by.session, before.id)
    await copy_results(by, source.results, present.plan, same_lines=False)
    if not present.behaviours:
        await write_behaviours(by, plan_id, source.behaviours)


async def copy_results(by: Planning, results: tuple[Result, ...], into: WorkPlan, *, same_lines: bool) -> None:
    """Copy results with their items; of `same_lines` the weekly values stay attached, and the links."""
    for one in results:
        link = one.row.superior_result_id if same_lines else None
        result = PlanResult(
            plan_id=into.id, position=one.row.position, kind=one.row.kind, title=one.row.title, superior_result_id=link
        )
        by.session.add(result)
        await by.session.flush()
        for item in one.items:
            values = {name: getattr(item, name) for name in _ITEM if name != "note"}
            origin = item.line_id if same_lines else None
            by.session.add(PlanItem(plan_id=into.id, result_id=result.id, origin_id=origin, **values))
    await by.session.flush()


_ITEM = (
    *("position", "name", "indicator_id", "aspect", "polarity", "aggregation", "measure_unit", "low", "high"),
    *("q1", "q2", "q3", "q4"),
)


# --- results ---


async def add_result(
    by: Planning, plan_id: int, kind: ResultKind, title: str, superior_result_id: int | None = None
) -> PlanResult:
    """One more result; refused with `plan_full`."""
    present = await editable(by, plan_id)
    if len(present.results) >= MOST_RESULTS:
        raise Refusal("plan_full", most=MOST_RESULTS)
    if superior_result_id is not None:
        await links.require_link(by, present.plan, superior_result_id)
    position = max((one.row.position for one in present.results), default=0) + 1
    words = clean(title, LONGEST_TITLE)
    row = PlanResult(plan_id=plan_id, position=position, kind=kind, title=words, superior_result_id=superior_result_id)
    by.session.add(row)
    await by.session.flush()
    return row


async def change_result(by: Planning, plan_id: int, result_id: int, *, title: str) -> None:
    """Other words."""
    (await editable(by, plan_id)).result(result_id).row.title = clean(title, LONGEST_TITLE)
    await by.session.flush()


async def link_result(by: Planning, plan_id: int, result_id: int, superior_result_id: int | None) -> None:
    """Which of the superior's results it serves; None: not known yet."""
    present = await editable(by, plan_id)
    if superior_result_id is not None:
        await links.require_link(by, present.plan, superior_result_id)
    present.result(result_id).row.superior_result_id = superior_result_id
    await by.session.flush()


async def remove_result(by: Planning, plan_id: int, result_id: int) -> None:
    """Gone, with its items."""
    present = await editable(by, plan_id)
    for item in present.result(result_id).items:
        await by.session.delete(item)
    await by.session.flush()
    await by.session.delete(present.result(result_id).row)
    await by.session.flush()
    await _renumber(by, present.plan)


# --- items ---


async def add_item(by: Planning, plan_id: int, result_id: int, new: NewItem) -> PlanItem:
    """One more item with an even split; refused with `plan_full` and as `require_target` does."""
    present = await editable(by, plan_id)
    result = present.result(result_id).row
    if len(present.items) >= MOST_ITEMS:
        raise Refusal("plan_full", most=MOST_ITEMS)
    row = PlanItem(plan_id=plan_id, result_id=result.id, position=await _next_number(by, plan_id), **_values(new))
    by.session.add(row)
    await by.session.flush()
    return row


async def change_item(by: Planning, plan_id: int, item_id: int, new: NewItem) -> PlanItem:
    """Other values of an item; the number and the weekly values stay."""
    item = (await editable(by, plan_id)).item(item_id)
    for name, value in _values(new).items():
        setattr(item, name, value)
    await by.session.flush()
    return item


async def set_quarters(by: Planning, plan_id: int, item_id: int, quarters: Quarters) -> None:
    """The split of the year's target."""
    item = (await editable(by, plan_id)).item(item_id)
    item.q1, item.q2, item.q3, item.q4 = quarters
    await by.session.flush()


async def remove_item(by: Planning, plan_id: int, item_id: int) -> int:
    """Gone; the id of its result."""
    present = await editable(by, plan_id)
    item = present.item(item_id)
    result_id = item.result_id
    await by.session.delete(item)
    await by.session.flush()
    await _renumber(by, present.plan)
    return result_id


def keeping_split(item: PlanItem, new: NewItem) -> NewItem:
    """The new values with the quarters as they are, unless they do not make the year any more."""
    same = (item.low, item.aggregation, item.polarity) == (new.low, new.aggregation, new.polarity)
    return replace(new, quarters=item.quarters) if same else new


def is_measurable(polarity: Polarity, low: Decimal, high: Decimal) -> bool:
    """Whether a realisation can be measured by this target."""
    try:
        require_target(polarity, low, high)
    except Refusal:
        return False
    return True


def _values(new: NewItem) -> dict[str, Any]:
    require_target(new.polarity, new.low, new.high)
    aggregation = Aggregation.LAST if new.polarity is Polarity.YES_NO else new.aggregation
    quarters = tuple(new.quarters) or suggested(new.polarity, aggregation, new.low)
    values = {field.name: getattr(new, field.name) for field in fields(NewItem) if field.name != "quarters"}
    return {
        **values,
        "aggregation": aggregation,
        "name": clean(new.name, LONGEST_NAME),
        "measure_unit": clean(new.measure_unit, LONGEST_UNIT),
        **dict(zip(("q1", "q2", "q3", "q4"), quarters, strict=True)),
    }


def suggested(polarity: Polarity, aggregation: Aggregation, low: Decimal) -> tuple[Decimal | None, ...]:
    """The split that is offered: even; a yes is due in the last quarter."""
    return (None, None, None, low) if polarity is Polarity.YES_NO else even_quarters(aggregation, low)


async def _next_number(by: Planning, plan_id: int) -> int:
    highest = await by.session.scalar(select(func.max(PlanItem.position)).where(PlanItem.plan_id == plan_id))
    return (highest or 0) + 1


async def _renumber(by: Planning, plan: WorkPlan) -> None:
    """No gap in the numbers of a first version; later the numbers people know stay."""
    if plan.number > 1:
        return
    found = await by.session.scalars(select(PlanItem).where(PlanItem.plan_id == plan.id).order_by(PlanItem.position))
    for number, item in enumerate(found.all(), start=1):
        if item.position != number:
            item.position = number
            await by.session.flush()


# --- behaviour ---


async def set_behaviours(by: Planning, plan_id: int, words: Mapping[CoreValue, str]) -> None:
    """The expectations of these values; the others stay."""
    await editable(by, plan_id)
    await write_behaviours(by, plan_id, words)


async def write_behaviours(by: Planning, plan_id: int, words: Mapping[CoreValue, str]) -> None:
    """Store them."""
    known = set(await by.session.scalars(select(PlanBehaviour.core_value).where(PlanBehaviour.plan_id == plan_id)))
    for value, text in words.items():
        expectation = clean(text, LONGEST_WORDS)
        if value in known:
            await by.session.execute(
                update(PlanBehaviour)
                .where(PlanBehaviour.plan_id == plan_id, PlanBehaviour.core_value == value)
                .values(expectation=expectation)
                .execution_options(synchronize_session=False)
            )
        else:
            by.session.add(PlanBehaviour(plan_id=plan_id, core_value=value, expectation=expectation))
    await by.session.flush()


async def empty(by: Planning, plan_id: int) -> None:
    """Take everything out of a plan that may be changed."""
    await editable(by, plan_id)
    for table in (PlanItem, PlanResult, PlanBehaviour):
        await by.session.execute(
            delete(table).where(table.plan_id == plan_id).execution_options(synchronize_session="fetch")
        )
    await by.session.flush()


def clean(text: str, most: int) -> str:
    """Words as they are stored: one line, no long numbers; refused with `no_words` and `text_too_long`."""
    words = mask_numbers(" ".join(text.split()))[0]
    if not words:
        raise Refusal("no_words")
    if len(words) > most:
        raise Refusal("text_too_long", most=most)
    return words
