"""The real command line as a process of its own, with nothing of this machine's settings."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

#: `run("seed", "--demo", DATABASE_URL=…)` → exit code and everything that was written.
Run = Callable[..., tuple[int, str]]
ROOT = Path(__file__).parents[2]


def environment(**settings: str) -> dict[str, str]:
    """This process's environment with only these `GURINDAM_` settings: `environment(MODE="polling")`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GURINDAM_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    kept |= {"PYTHONPATH": str(ROOT), "COLUMNS": "200", "NO_COLOR": "1"}
    return kept | {f"GURINDAM_{name}": value for name, value in settings.items()}


def gurindam(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `gurindam WORDS…` in this folder to its end; results are in `stdout`, faults in `stderr`."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
