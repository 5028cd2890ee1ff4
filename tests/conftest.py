"""Fixtures for every test."""

import gc
import os
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from tests import dialects
from tests.driver import IDENTITY_KEY, Stage
from tests.postgres import memory

#: Opens the seals of every test's database.
os.environ["GURINDAM_IDENTITY_KEY"] = IDENTITY_KEY
#: The terminal that started the tests does not decide how wide a table is.
os.environ.pop("COLUMNS", None)
dialects.register()
#: Where the tests' files go: what is killed here are processes, never the machine, so nobody waits for a disk.
if (in_memory := memory()) is not None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(in_memory))

#: As the product itself sets the collector; all that is loaded by then stays.
SELDOM = (5_000, 20, 50)
#: Only here does the code ask which database it works on.
MACHINE_ROOMS = ("tests/bot/", "tests/inbox/")
#: What walks over old ground with dice, or only reads the house's own files.
WITHOUT_COVERAGE = ("tests/year/", "tests/life/test_life.py", "tests/architecture/")
ANNOUNCED = "announced"

pytest_plugins = ["tests.fixtures_database"]


def is_uncovered(item: pytest.Item) -> bool:
    """Coverage is counted on SQLite, and where somebody wrote down what has to happen.

    What PostgreSQL proves once more, and what dice walk ten thousand times through lines that have tests of their own,
    would take it half of the time again.
    """
    if item.nodeid.startswith(WITHOUT_COVERAGE):
        return True
    call = getattr(item, "callspec", None)
    return bool(call and "postgresql" in call.params.values()) and not item.nodeid.startswith(MACHINE_ROOMS)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Stop counting for a whole test; pytest-cov's own `no_cover` would go on through its fixtures."""
    plugin = item.config.pluginmanager.getplugin("_cov")
    counting = getattr(plugin, "cov_controller", None)
    if counting is None or not counting.started or not is_uncovered(item):
        yield
        return
    counting.pause()
    yield
    counting.resume()


def pytest_collection_finish() -> None:
    """Let the garbage collector look as seldom as in the product: it took a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say what tests announced: the counts are part of the proof."""
    for report in (*terminalreporter.stats.get("passed", ()), *terminalreporter.stats.get("failed", ())):
        for name, text in report.user_properties:
            if name == ANNOUNCED:
                terminalreporter.write_line(text)


@pytest.fixture
def announce(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Says a figure at the end of the run, whichever worker found it."""
    return lambda text: record_property(ANNOUNCED, text)


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    """The product in a small city with its staff, on SQLite and again on PostgreSQL."""
    stage = Stage(database_url)
    await stage.open()
    yield stage
    await stage.close()
