"""The command line: `python -m bot` or `gurindam`."""

from __future__ import annotations

import sys
from importlib import import_module

from bot.commands.terminal import FAULT, errors
from bot.config import ConfigurationError
from models.errors import Refusal

#: What runs for long, mostly without a further word: it does without the reader of words and all that this one loads.
BARE: dict[tuple[str, ...], tuple[str, str]] = {
    ("run",): ("bot.commands.running", "run"),
    ("demo",): ("bot.commands.demo", "start"),
}
WHOLE = ("bot.commands.line", "app")


def main() -> None:
    """Run the command line; bad configuration is one line and exit code 2."""
    try:
        module, name = BARE.get(tuple(sys.argv[1:]), WHOLE)
        getattr(import_module(module), name)()
    except ConfigurationError as error:
        errors.print(str(error), markup=False, soft_wrap=True, style="red")
        raise SystemExit(FAULT) from None
    except Refusal as refusal:
        errors.print(f"Refused: {refusal.code.replace('_', ' ')}", markup=False, style="red")
        raise SystemExit(FAULT) from None


if __name__ == "__main__":
    main()
