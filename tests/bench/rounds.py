"""One round: a fresh server and a fresh bot, people who talk without a pause, figures after a warm-up."""

import json
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

from tests.bench.contenders import ROOT, Contender
from tests.bench.scripts import UPDATES_PER_TALK

PATIENCE = 60.0
STOP_PATIENCE = 10.0
MIB = 1024 * 1024


class BenchError(Exception):
    """A bot that does not start or does not answer; the text holds the end of what it printed."""


@dataclass(frozen=True, slots=True)
class Load:
    """How a round is driven: `delay` is the network's seconds per call, `warm` and `measured` are seconds."""

    people: int = 50
    delay: float = 0.0
    warm: float = 2.0
    measured: float = 6.0


@dataclass(frozen=True, slots=True)
class Result:
    """Figures of one round, or medians of several.

    start: seconds from the process's start to its first answer; reaction and wait: milliseconds from an
    update handed out, or sent by the person, to the first message about it; cpu: microseconds per update;
    rss: MiB; calls: Bot API calls per update; server_load: share of its core that the fake server used.
    """

    start: float
    talks: float
    updates: float
    reaction_50: float
    reaction_99: float
    wait_50: float
    wait_99: float
    cpu: float
    rss: float
    calls: float
    server_load: float


def medians(results: Sequence[Result]) -> Result:
    """Each figure's median."""
    rows = [asdict(result) for result in results]
    return Result(**{name: statistics.median(row[name] for row in rows) for name in rows[0]})


def run(contender: Contender, load: Load, launcher: Sequence[str] = ()) -> Result:
    """Measure one bot once. `launcher` stands between `python` and the bot's command (a profiler)."""
    with tempfile.TemporaryDirectory(prefix="gurindam-bench-") as name, _server(contender, load) as url:
        folder = Path(name)
        contender.prepare(folder)
        _ask(url, "begin")
        started = time.monotonic()
        with _bot([*launcher, *contender.command], contender.environment(url, folder), folder) as bot:
            return _measure(bot, url, load, started)


def _measure(bot: psutil.Popen, url: str, load: Load, started: float) -> Result:
    while (first_answer := _ask(url, "state")["first_answer_at"]) is None:
        _check(bot, started, "no answer")
        time.sleep(0.02)
    time.sleep(load.warm)
    server_cpu, cpu = _ask(url, "mark")["server_cpu"], _cpu(bot)
    time.sleep(load.measured)
    # The crowd moves in step; less than one whole talk of everybody would count dear or cheap steps only.
    while (state := _ask(url, "state"))["updates"] < load.people * UPDATES_PER_TALK:
        _check(bot, started, f"the talks stand still; last seen {state['unwanted']}")
        time.sleep(0.1)
    found, cpu = _ask(url, "mark"), _cpu(bot) - cpu
    updates, seconds = found["updates"], found["seconds"]
    return Result(
        start=first_answer - started,
        talks=updates / UPDATES_PER_TALK / seconds,
        updates=updates / seconds,
        reaction_50=_percentile(found["reactions"], 50),
        reaction_99=_percentile(found["reactions"], 99),
        wait_50=_percentile(found["waits"], 50),
        wait_99=_percentile(found["waits"], 99),
        cpu=cpu / updates * 1e6,
        rss=sum(process.memory_info().rss for process in [bot, *bot.children(recursive=True)]) / MIB,
        calls=sum(found["calls"].values()) / updates,
        server_load=(found["server_cpu"] - server_cpu) / seconds,
    )


def _check(bot: psutil.Popen, started: float, fault: str) -> None:
    if time.monotonic() - started > PATIENCE or bot.poll() is not None:
        raise BenchError(fault)


def _percentile(seconds: list[float], percent: int) -> float:
    return statistics.quantiles(seconds, n=100)[percent - 1] * 1000


def _cpu(process: psutil.Process) -> float:
    return sum(sum(one.cpu_times()[:2]) for one in [process, *process.children(recursive=True)])


def _ask(url: str, name: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{url}/bench/{name}", timeout=10) as answer:
        return json.load(answer)


def _pin(process: psutil.Process, *, to_last: bool) -> None:
    """The bot gets one core and the server another, where there are two and the system lets us choose."""
    if hasattr(process, "cpu_affinity") and len(cores := process.cpu_affinity()) > 1:
        process.cpu_affinity(cores[-1:] if to_last else cores[:1])


@contextmanager
def _server(contender: Contender, load: Load) -> Iterator[str]:
    script, people, delay = contender.script, str(load.people), str(load.delay)
    command = [
        sys.executable,
        "-m",
        "tests.bench.server",
        "--script",
        script,
        "--people",
        people,
        "--delay",
        delay,
    ]
    server = psutil.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        _pin(server, to_last=True)
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"
    finally:
        server.kill()
        server.communicate()


@contextmanager
def _bot(command: Sequence[str], environment: dict[str, str], folder: Path) -> Iterator[psutil.Popen]:
    printed = folder / "printed.txt"
    with printed.open("wb") as output:
        arguments = [sys.executable, *command]
        bot = psutil.Popen(arguments, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        _pin(bot, to_last=False)
        yield bot
        bot.send_signal(signal.SIGTERM)
        bot.wait(STOP_PATIENCE)
    except (BenchError, psutil.TimeoutExpired, psutil.NoSuchProcess) as error:
        end = printed.read_text(errors="replace")[-3000:]
        raise BenchError(f"{' '.join(command)}: {error}\n{end}") from error
    finally:
        if bot.poll() is None:
            bot.kill()
            bot.wait()
