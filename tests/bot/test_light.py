"""What a bot at work carries around for years is what it needs: each of these is megabytes."""

from __future__ import annotations

import subprocess
import sys

from tests.bot.command_line import ROOT, environment

HEAVY = {"alembic", "babel", "typer", "pydantic", "holidays", "psycopg", "aiogram", "pytest"}
#: What only the programs load that make pictures, documents and workbooks.
HEAVY |= {"matplotlib", "typst", "xlsxwriter"}
LOADED = """
import sys
import bot.commands.running, bot.__main__
print(*{name.partition('.')[0] for name in sys.modules})
"""


def test_the_running_bot_loads_no_tool_of_others() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, env=environment(), capture_output=True, text=True, check=True
    )
    loaded = set(ended.stdout.split())
    assert {"bot", "handlers", "telegram", "sqlalchemy"} < loaded
    assert not loaded & HEAVY
