"""What every command shares: where results and faults are written, and how asynchronous work is run to its end."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import sys
from collections.abc import Coroutine
from typing import Any

from rich.console import Console

try:
    import uvloop
except ImportError:  # not to be had on Windows
    uvloop = None  # type: ignore[assignment]

FAULT = 2
#: The collector's thresholds: an update makes thousands of short-lived objects, hardly any of them in a circle.
SELDOM = (5_000, 20, 50)
#: glibc's name for the number of its heaps. Each thread would open one of its own and keep what it once needed.
M_ARENA_MAX = -8

console = Console()
#: Faults and refusals: what is written to it never mixes with a command's results.
errors = Console(stderr=True)


def to_the_end(work: Coroutine[Any, Any, Any]) -> Any:
    """Run on the fastest loop there is. What is loaded by now stays: the collector need not look at it."""
    _share_one_heap()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    with asyncio.Runner(loop_factory=None if uvloop is None else uvloop.new_event_loop) as runner:
        return runner.run(work)


def _share_one_heap() -> None:
    """Our threads wait for files and sockets; they do not race for memory. Elsewhere than on glibc nothing happens."""
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):
        library.mallopt(M_ARENA_MAX, 1)
