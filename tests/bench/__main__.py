"""`python -m tests.bench`: measure our bot and its two rivals now, on this machine, and print the ratios."""

import argparse
import platform
import tempfile
from collections import defaultdict
from pathlib import Path

import psutil

from tests.bench.contenders import AIOGRAM, PTB, Contender, is_product_there, product
from tests.bench.profile import profile
from tests.bench.rounds import Load, Result, medians, run
from tests.bench.table import ratios, report


def compare(contenders: list[Contender], load: Load, rounds: int) -> dict[str, Result]:
    """Interleaved rounds, so that a slow minute of the machine hurts every bot; medians by name."""
    results: dict[str, list[Result]] = defaultdict(list)
    for number in range(1, rounds + 1):
        for contender in contenders:
            result = run(contender, load)
            results[contender.name].append(result)
            print(f"  round {number}, {contender.name}: {result.talks:.1f} talks/s", flush=True)
    return {name: medians(several) for name, several in results.items()}


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="rounds per bot and delay (default 3)")
    parser.add_argument("--seconds", type=float, default=6, help="measured seconds per round (default 6)")
    parser.add_argument("--people", type=int, default=50, help="people talking at once (default 50)")
    parser.add_argument("--delays", type=int, nargs="+", default=[0, 50], help="network ms per call (default 0 50)")
    parser.add_argument("--only", help="only bots whose name holds this")
    parser.add_argument("--profile", action="store_true", help="show where our bot spends its time, and end")
    return parser.parse_args()


def main() -> None:
    """Measure, print, and say plainly what could not be measured."""
    chosen = options()
    machine = f"{psutil.cpu_count()} cores, {platform.machine()}"
    print(f"Python {platform.python_version()}, {machine}, {chosen.people} people talking at once")
    with tempfile.TemporaryDirectory(prefix="gurindam-bench-") as name:
        data = Path(name)
        if chosen.profile:
            print(profile(product(data), Load(people=chosen.people, measured=chosen.seconds)))
            return
        ours = [product(data)] if is_product_there() else []
        if not ours:
            print("Skipped our own bot: bot/__main__.py is not there yet.")
        contenders = [one for one in [*ours, PTB, AIOGRAM] if not chosen.only or chosen.only in one.name]
        for delay in chosen.delays:
            print(f"\n{delay} ms of network per call", flush=True)
            load = Load(people=chosen.people, delay=delay / 1000, measured=chosen.seconds)
            results = compare(contenders, load, chosen.rounds)
            print(
                report(results), *(ratios(ours[0].name, results) if ours and ours[0].name in results else []), sep="\n"
            )
        if ours and not chosen.only:
            demo = product(data, demo=True)
            print("\nWith the demo data", report(compare([demo], Load(people=chosen.people), 1)), sep="\n")


if __name__ == "__main__":
    main()
