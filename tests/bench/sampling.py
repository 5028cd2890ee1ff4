"""Run a module under a sampling profiler: `python -m tests.bench.sampling OUT -m MODULE ARGUMENT…`.

The stack is written down as often as the system's clock allows, through SQLAlchemy's greenlets too, which cProfile
cannot follow. The first seconds of CPU time, the start-up, are left out. The counts go to OUT as JSON when the
module ends: stack (innermost first) → samples.
"""

import json
import runpy
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

import greenlet

START_UP = 2.0
INTERVAL = 0.001


def stack(frame: FrameType | None) -> list[str]:
    """Functions from the innermost outward as "file:line:name", across the greenlets that wait."""
    found: list[str] = []
    waiting = greenlet.getcurrent().parent
    while frame is not None:
        code = frame.f_code
        found.append(f"{code.co_filename}:{code.co_firstlineno}:{code.co_qualname}")
        frame = frame.f_back
        if frame is None and waiting is not None:
            frame, waiting = waiting.gr_frame, waiting.parent
    return found


def main() -> None:
    """Sample the module named by the arguments."""
    output, module = Path(sys.argv[1]), sys.argv[3]
    samples: Counter[tuple[str, ...]] = Counter()

    def sample(_signal: int, frame: FrameType | None) -> None:
        samples[tuple(stack(frame))] += 1

    signal.signal(signal.SIGPROF, sample)
    signal.setitimer(signal.ITIMER_PROF, START_UP, INTERVAL)
    sys.argv = sys.argv[3:]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        output.write_text(json.dumps([[list(where), count] for where, count in samples.items()]))


if __name__ == "__main__":
    main()
