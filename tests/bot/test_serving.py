"""Starting the process: what is wrong with its settings is one line, not a traceback."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.config import ConfigurationError, Secret, Settings
from bot.schema import migrate
from bot.serving import serve
from tests.bot.command_line import environment
from tests.driver import TOKEN


async def test_an_address_that_is_taken_names_the_setting(database_url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        settings = Settings(bot_token=Secret(TOKEN), database_url=database_url, listen=address)
        with pytest.raises(ConfigurationError, match=f"GURINDAM_LISTEN.*{address}"):
            await serve(settings)


async def test_a_database_behind_the_code_names_the_command(tmp_path: object) -> None:
    settings = Settings(bot_token=Secret(TOKEN), database_url=f"sqlite:///{tmp_path}/empty.sqlite")
    with pytest.raises(ConfigurationError, match="gurindam migrate"):
        await serve(settings)


async def test_a_missing_token_names_the_variable(database_url: str) -> None:
    with pytest.raises(ConfigurationError, match="GURINDAM_BOT_TOKEN"):
        await serve(Settings(bot_token=None, database_url=database_url))


def test_stopped_before_telegram_was_reached_it_leaves_nothing_open(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'city.sqlite'}"
    migrate(url)
    settings = {"BOT_TOKEN": TOKEN, "DATABASE_URL": url, "LISTEN": "127.0.0.1:0"}
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "bot", "run"],
        cwd=tmp_path,
        env=environment(TELEGRAM_API_URL="http://127.0.0.1:1", **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert any("telegram_unreachable" in line for line in process.stdout)
        process.send_signal(signal.SIGTERM)
        rest, _ = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "Unclosed" not in rest
