"""What serves a city. Whatever this file imports stays in the bot's memory: not even the command line's library is."""

from __future__ import annotations

from bot import serving
from bot.commands.terminal import to_the_end
from bot.config import load_settings
from bot.log import start_logging


def run() -> None:
    """Run the bot with the settings of the environment, until SIGTERM."""
    settings = load_settings()
    start_logging(settings.log_level)
    to_the_end(serving.serve(settings))
