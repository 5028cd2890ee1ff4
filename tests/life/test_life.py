"""The life of reports under random actors, acts and clocks: whatever they do in whatever order, no law breaks.

Residents, verifier, officers and heads of two units, the inspectorate and an administrator act through the services,
mostly as they may and sometimes as they may not; the clock jumps over hours, weeks and holidays; the sweeps run. After
every step a second session reads everything, and each law of `laws` and `clocks` is asked. What breaks one is told as
the shortest life in which it breaks.

The usual run lives the same lives every time. `GURINDAM_LIVES=500` lives as many new ones on SQLite and a tenth on
PostgreSQL; `GURINDAM_LIVES_FROM=7` begins with the life of that number, to see one again.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models.rules.complaint_flow import Action
from tests.life.laws import LAWS
from tests.life.walk import live, shortened
from tests.life.world import Tally
from tests.postgres import PostgresServer

LIVES = int(os.environ.get("GURINDAM_LIVES", "0"))
FIRST = int(os.environ.get("GURINDAM_LIVES_FROM", str(secrets.randbelow(1_000_000_000) if LIVES else 0)))
BEATS = range(90)
#: What nobody does to a report but look at it.
NO_STEP = {Action.VIEW}


async def _live_through(begin: Callable[[], str], lives: int, beats: range) -> Tally:
    tally = Tally()
    for seed in range(FIRST, FIRST + lives):
        broken = await live(begin(), seed, beats, tally)
        if broken is not None:
            shortest = await shortened(begin, seed, beats, broken)
            story = "\n".join(shortest.journal)
            pytest.fail(f"life {seed} breaks {shortest.law}\n{shortest.fault}\n{story}", pytrace=False)
    return tally


@pytest.mark.timeout(0 if LIVES else 300)
async def test_no_law_breaks_in_thousands_of_steps(
    tmp_path: Path, sqlite_template: Path, announce: Callable[[str], None]
) -> None:
    path = tmp_path / "life.sqlite"

    def begin() -> str:
        for old in tmp_path.iterdir():
            old.unlink()
        shutil.copyfile(sqlite_template, path)
        return f"sqlite:///{path}"

    tally = await _live_through(begin, LIVES or 26, BEATS)
    announce(f"the life of reports on SQLite: {tally}, {len(LAWS) + 2} laws")
    untold = set(Action) - NO_STEP - {Action(action) for action, _, _ in tally.transitions}
    assert not untold, "these lives are to come to every step"


@pytest.mark.timeout(0 if LIVES else 300)
async def test_no_law_breaks_on_postgresql(
    postgres_server: PostgresServer, postgres_template: str, announce: Callable[[str], None]
) -> None:
    made: list[str] = []

    def begin() -> str:
        while made:
            postgres_server.drop_database(made.pop())
        made.append(postgres_server.create_database(postgres_template))
        return made[0]

    tally = await _live_through(begin, LIVES // 10 or 4, BEATS)
    postgres_server.drop_database(made.pop())
    announce(f"the life of reports on PostgreSQL: {tally}")
    assert tally.transitions
