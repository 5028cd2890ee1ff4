"""An item as far as it is answered: what is asked next, and when it becomes a row."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bot.conversation import go, present
from bot.services.performance.plans import drafting
from bot.services.performance.plans.drafting import NewItem
from bot.turn import Turn
from bot.views.performance.plans import items as view
from handlers.performance.plans.place import Here, at, here, to_item, to_result
from models.performance.plan import Aspect
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation

#: In this order they are asked.
ASKED = ("indicator", "aspect", "polarity", "target", "unit", "aggregation")


def known_of(place: Here) -> dict[str, Any]:
    """What is known of the item: as it is stored, with what was answered since."""
    item, new = place.item, place.draft.get("new") or {}
    if item is None:
        return dict(new)
    present = {
        "indicator": item.name,
        "indicator_id": item.indicator_id,
        "aspect": item.aspect.value,
        "polarity": item.polarity.value,
        "target": [str(item.low), str(item.high)],
        "unit": item.measure_unit,
        "aggregation": item.aggregation.value,
    }
    return {**present, **new}


async def onward(turn: Turn, **answers: Any) -> Any:
    """Keep the answers; the next question, or the item is stored."""
    place = await here(turn)
    if place is None:
        return await present(turn)
    turn.keep(new={**(turn.draft.get("new") or {}), **answers})
    known = known_of(Here(place.by, place.plan, turn.draft))
    if known.get("polarity") == Polarity.YES_NO:
        known |= {"unit": view.YES_NO_UNIT, "aggregation": Aggregation.LAST.value}
    if "target" in known and not _fits(known):
        known.pop("target")
    missing = next((step for step in ASKED if step not in known), None)
    return await go(turn, missing) if missing is not None else await _store(turn, place, known, set(answers))


def _fits(known: dict[str, Any]) -> bool:
    """Whether the target can be measured in this direction."""
    low, high = map(Decimal, known["target"])
    polarity = Polarity(known.get("polarity", Polarity.HIGHER.value))
    return drafting.is_measurable(polarity, low, high)


async def _store(turn: Turn, place: Here, known: dict[str, Any], changed: set[str]) -> Any:
    """A row of it; then the split is asked for where the year's target is another."""
    new = NewItem(
        name=known["indicator"],
        aspect=Aspect(known["aspect"]),
        polarity=Polarity(known["polarity"]),
        aggregation=Aggregation(known["aggregation"]),
        measure_unit=known["unit"],
        low=Decimal(known["target"][0]),
        high=Decimal(known["target"][1]),
        indicator_id=known.get("indicator_id"),
    )
    before = place.item
    if before is None:
        item = await drafting.add_item(place.by, place.plan_id, place.draft.get("result") or 0, new)
    else:
        item = await drafting.change_item(place.by, place.plan_id, before.id, drafting.keeping_split(before, new))
    splits = new.polarity is not Polarity.YES_NO and bool(changed & {"target", "polarity", "aggregation", "unit"})
    if splits and (before is None or "unit" not in changed):
        return await at(turn, "quarters", "hub", "result", item=item.id, result=item.result_id, new=None)
    return await (to_result(turn, item.result_id) if before is None else to_item(turn, item))
