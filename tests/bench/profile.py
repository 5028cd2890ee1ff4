"""Where our bot spends its CPU time, by sampling it under load."""

import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.bench.contenders import ROOT, Contender
from tests.bench.rounds import Load, run
from tests.bench.table import table

PACKAGE = re.compile(r".*(?:site-packages|lib/python[\d.]+)/(\w+)")
OURS = tuple(f"{ROOT / room}/" for room in ("bot", "handlers", "models"))
HANDS_ON = "InlineSession."
SHOWN = 30

Stack = list[str]


def profile(contender: Contender, load: Load) -> str:
    """CPU µs per update: by package, by our own functions with all they ask for, by the one that asked, by function."""
    with tempfile.TemporaryDirectory(prefix="gurindam-bench-") as folder:
        output = Path(folder) / "samples.json"
        result = run(contender, load, ["-m", "tests.bench.sampling", str(output)])
        samples: list[tuple[Stack, int]] = json.loads(output.read_text())
    total = sum(count for _, count in samples)
    share = result.cpu / total
    return "\n\n".join(
        [
            f"{total} samples; sampled: {result.updates:.0f} updates/s, {result.cpu:.0f} µs CPU per update",
            _shares("package", ((package(where[0]), count) for where, count in samples), share, total),
            _shares("ours, with all they ask for", _inclusive(samples), share, total),
            _shares("asked for by", ((asker(where), count) for where, count in samples), share, total),
            _shares("function", ((short(where[0]), count) for where, count in samples), share, total),
        ]
    )


def package(place: str) -> str:
    """The package in which a function lives; ours by room."""
    if place.startswith(OURS):
        return "/".join(Path(place.partition(":")[0]).relative_to(ROOT).parts[:2])
    found = PACKAGE.match(place)
    return found[1] if found else "other"


def asker(where: Stack) -> str:
    """The innermost function of ours on the stack, but for the one that hands statements on."""
    return next((short(place) for place in where if place.startswith(OURS) and HANDS_ON not in place), "nobody of ours")


def short(place: str) -> str:
    """A place as people read it."""
    path, line, name = place.rsplit(":", 2)
    found = PACKAGE.match(path)
    inside = path[found.start(1) :] if found else path.removeprefix(f"{ROOT}/")
    return f"{inside}:{line} {name}"


def _inclusive(samples: list[tuple[Stack, int]]) -> Iterator[tuple[str, int]]:
    for where, count in samples:
        yield from ((short(place), count) for place in set(where) if place.startswith(OURS))


def _shares(head: str, counted: Iterable[tuple[str, int]], share: float, total: int) -> str:
    totals: Counter[str] = Counter()
    for name, count in counted:
        totals[name] += count
    rows = [(name, f"{n * share:.0f}", f"{n / total:.1%}") for name, n in totals.most_common(SHOWN)]
    return table([(head, "µs/update", "share"), *rows])
