"""What can be chosen of one field of an audience, a page of it at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.i18n import _
from bot.services.broadcasts import composing
from bot.services.broadcasts.desk import Announcing
from bot.views.broadcasts.audience import PAGE, Options
from bot.views.broadcasts.words import BY_ROLE, EMPLOYED, GRADES, ROLES
from models.broadcasts.broadcast import Broadcast
from models.errors import Refusal
from models.rules.audience import Audience

MOST_HOURS = 1000
#: Fields whose values are ids.
NUMBERED = ("units", "areas", "attended", "not_attended")
USUAL_HOURS = ("20", "24")


async def options(by: Announcing, row: Broadcast, draft: Mapping[str, Any]) -> Options:
    """The page that is asked for."""
    field = draft["field"]
    held = getattr(Audience.read(row.audience), field)
    chosen_values = {str(held)} if isinstance(held, int) else {str(value) for value in held or ()}
    every = await _values(by, field, sorted(chosen_values))
    searched = draft.get("search", "").casefold()
    found = [(value, words) for value, words in every if searched in words.casefold()]
    pages = max(1, -(-len(found) // PAGE))
    page = min(int(draft.get("page", 0)), pages - 1)
    shown = found[PAGE * page : PAGE * (page + 1)]
    return Options(field, [(value, words, value in chosen_values) for value, words in shown], page, pages)


async def _values(by: Announcing, field: str, held: Sequence[str]) -> list[tuple[str, str]]:
    """Every value of the field with its words."""
    if field == "units":
        units = [unit for unit in by.city.units.values() if unit.is_active(by.today)]
        return [(str(unit.id), unit.short_name) for unit in sorted(units, key=lambda unit: unit.short_name)]
    if field == "areas":
        return [(str(area.id), area.kelurahan) for area in by.city.areas.values()]
    if field in ("attended", "not_attended"):
        return [(str(number), title) for number, title in (await composing.courses(by.session)).items()]
    if field == "roles":
        return [(role.value, _(ROLES[role])) for role in BY_ROLE]
    if field == "kinds":
        return list(EMPLOYED.items())
    if field == "hours_below":
        return [(hours, hours) for hours in USUAL_HOURS]
    return [(value, value) for value in (GRADES if field == "grades" else held)]


async def chosen(by: Announcing, audience: Audience, field: str, value: str) -> Audience:
    """With this value added, or taken out; refused with `no_such_choice` for one that is not offered."""
    held = getattr(audience, field)
    if field == "hours_below":
        return replace(audience, hours_below=None if str(held) == value else number(value))
    if value not in {one for one, _words in await _values(by, field, [str(one) for one in held])}:
        raise Refusal("no_such_choice")
    return composing.toggled(audience, field, int(value) if field in NUMBERED else value)


def number(words: str) -> int:
    """Hours; refused with `no_such_number`."""
    if not words.isdigit() or not 0 < int(words) <= MOST_HOURS:
        raise Refusal("no_such_number")
    return int(words)
