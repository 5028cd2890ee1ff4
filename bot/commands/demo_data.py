"""Tables, city and history of the demo, as a process of its own: `python -m bot.commands.demo_data`."""

from __future__ import annotations

from rich.console import Console

from bot import operating
from bot.commands.demo_city import demo_settings
from bot.commands.terminal import to_the_end
from bot.log import start_logging
from bot.schema import migrate

NOWHERE = "http://127.0.0.1:9"


def main() -> None:
    """Add what is missing; what is there stays."""
    start_logging("WARNING")
    settings = demo_settings(NOWHERE)
    migrate(settings.database_url)
    to_the_end(operating.seed(settings, with_demo=True, console=Console(quiet=False)))


if __name__ == "__main__":
    main()
