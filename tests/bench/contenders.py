"""The bots that are measured, and how each of them is started."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "123456:" + "bench" * 7
DATABASE = "bench.sqlite"
UNPACED = "100000"
"""Sends a second that no run reaches: people who never pause to think would only measure the pacing."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One bot: the name in the table, its script, its command after `python`, and the variables it is given.

    `prepare` makes what the bot finds in its folder before it starts.
    """

    name: str
    script: str
    command: tuple[str, ...]
    variables: Callable[[str, Path], dict[str, str]]
    prepare: Callable[[Path], None] = lambda folder: None

    def environment(self, api_url: str, folder: Path) -> dict[str, str]:
        """The whole environment of the process: none of the developer's settings, compiled code allowed."""
        outer = {name: value for name, value in os.environ.items() if not name.startswith("GURINDAM_")}
        outer.pop("PYTHONDONTWRITEBYTECODE", None)
        return {**outer, "PYTHONPATH": str(ROOT), **self.variables(api_url, folder)}


def _rival(api_url: str, folder: Path) -> dict[str, str]:
    return {"BENCH_API_URL": api_url, "BENCH_TOKEN": TOKEN, "BENCH_DATABASE": str(folder / DATABASE)}


def _product(api_url: str, folder: Path) -> dict[str, str]:
    return {
        "GURINDAM_BOT_TOKEN": TOKEN,
        "GURINDAM_TELEGRAM_API_URL": api_url,
        "GURINDAM_DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "GURINDAM_STORAGE": str(folder / "files"),
        "GURINDAM_LISTEN": "127.0.0.1:0",
        "GURINDAM_SENDS_PER_SECOND": UNPACED,
        "GURINDAM_SENDS_PER_CHAT": UNPACED,
    }


def product(data: Path, *, demo: bool = False) -> Contender:
    """Our own bot; `data` keeps the migrated and seeded database from which each run gets a copy."""
    template = data / ("demo" if demo else "city")

    def prepare(folder: Path) -> None:
        if not template.exists():
            template.mkdir(parents=True)
            _manage(template, "migrate")
            _manage(template, "seed", *(["--demo"] if demo else []))
        shutil.copytree(template, folder, dirs_exist_ok=True)

    name = "gurindam, demo data" if demo else "gurindam"
    return Contender(name, "product", ("-m", "bot", "run"), _product, prepare)


def _manage(folder: Path, *command: str) -> None:
    contender = Contender("", "", (), _product)
    subprocess.run(
        [sys.executable, "-m", "bot", *command],
        cwd=folder,
        env=contender.environment("http://127.0.0.1:9", folder),
        check=True,
        stdout=subprocess.DEVNULL,
    )


def is_product_there() -> bool:
    """Whether our bot can be started yet."""
    return (ROOT / "bot" / "__main__.py").exists()


PTB = Contender("python-telegram-bot, bare", "rival", ("-m", "tests.bench.ptb_bot"), _rival)
AIOGRAM = Contender("aiogram + SQLAlchemy", "rival", ("-m", "tests.bench.aiogram_bot"), _rival)
