"""How the draft of a week grows: values by line, words and files beside them, where the talk stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from bot.conversation import LONGEST_TRAIL, go
from bot.services.city import know
from bot.services.complaints import SentFile
from bot.services.performance import own_week
from bot.services.performance.own_week import Asked, OwnWeek, Reporting
from bot.services.performance.reporting import MOST_FILES, Given
from bot.turn import Turn
from bot.views.performance.week_talk import Filled
from models.attachment import FileKind
from models.errors import Refusal
from models.rules.performance.reporting import require_value

ITEM = "item"


async def reporting(turn: Turn) -> Reporting:
    """Who reports or checks in this turn."""
    return Reporting(turn.session, await know(turn.session, turn.now), turn.presser, turn.now)


def week_of_draft(turn: Turn) -> date:
    """The Monday that is being reported."""
    return date.fromisoformat(turn.draft["week"])


async def filled(turn: Turn) -> Filled:
    """The week with what the draft holds; what is no longer in the plan is left out."""
    own = await own_week.of(await reporting(turn), week_of_draft(turn))
    given = {one.line.id: _given(said_of(turn, one.line.id), one) for one in own.asked if said_of(turn, one.line.id)}
    return Filled(own, {line: one for line, one in given.items() if one is not None})


def _given(said: dict[str, Any], asked: Asked) -> Given | None:
    """A line of the draft; words and files alone go with the stored value, and wait for one where there is none."""
    entry = asked.entry
    if said.get("value") is None and entry is None:
        return None
    stored = (entry.value, entry.same_as_last) if entry is not None else (Decimal(0), False)
    value, same = (Decimal(said["value"]), bool(said.get("same"))) if said.get("value") is not None else stored
    return Given(
        value=value,
        same=same,
        note=said.get("note"),
        obstacle=said.get("obstacle"),
        link=said.get("link"),
        files=files_of(said),
    )


def files_of(said: dict[str, Any]) -> tuple[SentFile, ...]:
    """The files of a line of the draft."""
    return tuple(SentFile(FileKind(file[0]), *file[1:]) for file in said.get("files", ()))


def said_of(turn: Turn, line_id: int) -> dict[str, Any]:
    """What the draft holds about a line."""
    said: dict[str, Any] = turn.draft.get("given", {}).get(str(line_id), {})
    return said


def put(turn: Turn, line_id: int, **values: Any) -> None:
    """Add to what the draft holds about a line."""
    given = turn.draft.get("given", {})
    turn.keep(given={**given, str(line_id): {**said_of(turn, line_id), **values}})


def take_value(turn: Turn, asked: Asked, given: Given) -> None:
    """A value for a line; refused where it cannot be one."""
    value = require_value(asked.line.item.polarity, given.value)
    more = {"note": given.note} if given.note else {}
    put(turn, asked.line.id, value=f"{value:f}", same=given.same, **more)


def take_file(turn: Turn, line_id: int, file: SentFile) -> None:
    """A file of evidence for a line; one sent twice stays one."""
    files = said_of(turn, line_id).get("files", [])
    if any(known[2] == file.unique_id for known in files):
        return
    if len(files) >= MOST_FILES:
        raise Refusal("too_many_files", most=MOST_FILES)
    stored = [file.kind.value, file.file_id, file.unique_id, file.group, file.caption, file.size]
    put(turn, line_id, files=[*files, stored])


def same_again(turn: Turn, filled: Filled) -> None:
    """Every line that is still open gets the value it had last; one without a last value stays open."""
    for one in filled.open:
        if one.last is not None:
            take_value(turn, one, Given(one.last, same=True))


def line_at(own: OwnWeek, turn: Turn) -> Asked:
    """The line that is being asked about (after "back": the one of that question); the first where it left the plan."""
    depth = len(turn.draft.get("trail", ()))
    visited = dict(turn.draft.get("visits", ())) if turn.conversation.state == ITEM else {}
    return own.of(visited.get(depth) or turn.draft.get("at") or 0) or own.asked[0]


def settle(own: OwnWeek, turn: Turn) -> Asked:
    """The same, from now on the line at hand."""
    asked = line_at(own, turn)
    turn.keep(at=asked.line.id)
    return asked


async def to_item(turn: Turn, line_id: int) -> str:
    """On to the question about a line."""
    depth = min(len(turn.draft.get("trail", ())) + 1, LONGEST_TRAIL)
    before = [visit for visit in turn.draft.get("visits", ()) if visit[0] < depth]
    turn.keep(at=line_id, visits=[*before, [depth, line_id]])
    return await go(turn, ITEM)


async def onward(turn: Turn) -> str:
    """The next line without a value after this one, else the summary; back there if one was only changed."""
    week = await filled(turn)
    at = next((n for n, one in enumerate(week.own.asked) if one.line.id == turn.draft.get("at")), 0)
    following = [one for one in week.own.asked[at + 1 :] if one in week.open]
    if turn.draft.get("checked") or not following:
        turn.keep(checked=True)
        return await go(turn, "check")
    return await to_item(turn, following[0].line.id)
