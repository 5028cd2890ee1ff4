"""The command line: `python -m bot` or `gurindam`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from bot.commands.terminal import FAULT, errors
from bot.config import ConfigurationError
from models.errors import Refusal

#: Command → its file in `bot.commands`, in the order of the help.
FILES = {"demo": "trying", "run": "running", "sandbox": "trying"} | dict.fromkeys(
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


def main() -> None:
    """Run the command line; bad configuration is one line and exit code 2."""
    try:
        app()
    except ConfigurationError as error:
        errors.print(str(error), markup=False, soft_wrap=True, style="red")
        raise SystemExit(FAULT) from None
    except Refusal as refusal:
        errors.print(f"Refused: {refusal.code.replace('_', ' ')}", markup=False, style="red")
        raise SystemExit(FAULT) from None


if __name__ == "__main__":
    main()
