"""The whole command line, with its help."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

#: Command → its file in `bot.commands`, in the order of the help.
FILES = dict.fromkeys(("demo", "run", "sandbox"), "serving") | dict.fromkeys(
    ("migrate", "seed", "import", "invite", "qr", "new-key", "rotate-key", "check", "inbox", "audit"), "managing"
)


class Commands(TyperGroup):
    """Loads a command's file when the command is called for: the bot at work keeps nothing of the others in memory."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command."""
        return list(FILES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None."""
        if cmd_name not in FILES:
            return None
        return get_group(import_module(f"bot.commands.{FILES[cmd_name]}").app).commands[cmd_name]


app = typer.Typer(
    cls=Commands,
    name="gurindam",
    help="Gurindam: warga didengar, kota menjawab. The bot of a city's complaints, ratings and performance.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.callback()
def gurindam() -> None:
    """Only the commands do something."""
