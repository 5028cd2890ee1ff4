"""Starting the process: what is wrong with its settings is one line, not a traceback."""

from __future__ import annotations

import socket

import pytest
from pydantic import SecretStr

from bot.config import ConfigurationError, Settings
from bot.serving import serve
from tests.driver import TOKEN


async def test_an_address_that_is_taken_names_the_setting(database_url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        settings = Settings(bot_token=SecretStr(TOKEN), database_url=database_url, listen=address)
        with pytest.raises(ConfigurationError, match=f"GURINDAM_LISTEN.*{address}"):
            await serve(settings)


async def test_a_database_behind_the_code_names_the_command(tmp_path: object) -> None:
    settings = Settings(bot_token=SecretStr(TOKEN), database_url=f"sqlite:///{tmp_path}/empty.sqlite")
    with pytest.raises(ConfigurationError, match="gurindam migrate"):
        await serve(settings)


async def test_a_missing_token_names_the_variable(database_url: str) -> None:
    with pytest.raises(ConfigurationError, match="GURINDAM_BOT_TOKEN"):
        await serve(Settings(bot_token=None, database_url=database_url))
