"""One life: beats in a row, each with a chance of its own, so that a beat left out leaves the others as they are."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from tests.life.moves import STEPS, Dice
from tests.life.world import JUMPS, Tally, World

MOST_REPORTS = 3
#: How often a shorter life is tried before the shortest so far is shown.
TRIES = 150


@dataclass(frozen=True)
class Broken:
    """A law that did not hold: where, why, and what happened before, step by step."""

    law: str
    fault: str
    journal: tuple[str, ...]


async def live(url: str, seed: int, beats: Sequence[int], tally: Tally) -> Broken | None:
    """Live through these beats of a life on a new city; the law that breaks, None if all hold."""
    world = World(url, tally)
    await world.open()
    try:
        for beat in beats:
            await _beat(world, Random(f"{seed}: {beat}"))
    except Exception as error:  # whatever it is, it is what this test looks for
        where = [frame for frame in traceback.extract_tb(error.__traceback__) if "/tests/life/" in frame.filename][-1]
        return Broken(f"{where.name}: {where.line}", repr(error)[:500], tuple(world.journal))
    finally:
        await world.close()
    return None


async def _beat(world: World, chance: Random) -> None:
    """Mostly somebody does what is possible and theirs to do; sometimes anybody tries anything, or time passes."""
    dice: Dice = chance.choice
    residents = [one for one in world.actors.values() if one.is_resident]
    staff = [one for one in world.actors.values() if not one.is_resident]
    is_room = len(world.classes) < MOST_REPORTS
    kind = chance.random()
    if not world.classes or (is_room and kind < 0.07):
        await world.file(dice(residents), dice)
    elif is_room and kind < 0.09:
        await world.write_down(dice(staff), dice)
    elif world.tokens and kind < 0.12:
        await world.claim(dice(residents), dice)
    elif kind < 0.68:
        name, complaint_id = dice(world.fitting())
        await world.press(dice(world.entitled(name, complaint_id)), name, complaint_id, dice)
    elif kind < 0.78:
        actor = dice(list(world.actors.values()))
        await world.press(actor, dice(list(STEPS)), dice(list(world.seen.complaints)), dice)
    elif kind < 0.90:
        world.wait(dice(JUMPS))
    elif kind < 0.95:
        await world.sweep_silence()
    else:
        await world.sweep_deadlines()


async def shortened(begin: Callable[[], str], seed: int, beats: Sequence[int], broken: Broken) -> Broken:
    """The shortest life found in which the same law breaks: beats are left out, many at once, then one by one."""
    kept, tries = list(beats), TRIES
    size = max(1, len(kept) // 2)
    while size and tries:
        for without in _parts(kept, size):
            tries -= 1
            found = await live(begin(), seed, without, Tally())
            if found is not None and found.law == broken.law:
                kept, broken = without, found
                break
            if not tries:
                break
        else:
            size //= 2
    return broken


def _parts(beats: list[int], size: int) -> Iterator[list[int]]:
    """The beats without each run of `size`, the latest first."""
    starts = range(0, len(beats), size)
    return (beats[:start] + beats[start + size :] for start in reversed(starts))
