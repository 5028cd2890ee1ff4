"""The commands that serve: a city, the whole product for a try without Telegram, or the local Bot API server alone."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands import demo, running, sandboxing
from bot.commands.terminal import console, to_the_end
from bot.log import start_logging

app = typer.Typer()


@app.command(name="demo")
def run_demo(
    port: Annotated[int, typer.Option(help="Port of the page; the next free one if it is taken.")] = demo.PORT,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget the demo's earlier data first.")] = False,
) -> None:
    """Start the whole product without Telegram: bot, database, Bot API server and a chat page with phones."""
    demo.start(port, fresh=fresh)


@app.command()
def run() -> None:
    """Run the bot with the settings of the environment, until SIGTERM."""
    running.run()


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8081,
    limits: Annotated[bool, typer.Option(help="Keep Telegram's flood limits.")] = True,
) -> None:
    """Run only the local Bot API server with its chat page (for a bot with GURINDAM_TELEGRAM_API_URL set to it)."""
    start_logging("WARNING")
    to_the_end(sandboxing.run(port, limits=limits, say=console.print))
