"""`gurindam demo`: the whole product on one machine, without a Telegram account.

The real bot polls the local Bot API server over HTTP; the database is a SQLite file of its own.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from bot import serving
from bot.commands.demo_city import DATABASE, demo_settings
from bot.commands.sandboxing import HOST, any_port, hold_port
from bot.commands.terminal import console, to_the_end
from bot.config import Settings
from bot.db import Database
from bot.log import start_logging
from bot.sandbox import Sandbox, create_sandbox
from bot.sandbox.server import create_server
from bot.sandbox.state.people import Chat
from bot.sandbox.state.people import Person as Somebody
from bot.services.demo.people import PERSONAS
from models.organisation import Area
from models.person import Person

NAME = "Gurindam"
PORT = 8088
LOOK_SECONDS = 0.01

Say = Callable[[str], object]


def start(port: int = PORT, *, fresh: bool = False) -> None:
    """Run the demo until it is interrupted."""
    start_logging("WARNING")
    to_the_end(run(port, fresh=fresh, say=console.print))


async def run(port: int, *, fresh: bool, say: Say) -> None:
    """Prepare the data, start server and bot, print the page's address once it is ready; until interrupted."""
    held = hold_port(port)
    port = held.getsockname()[1]
    if fresh:
        for file in DATABASE.parent.glob(f"{DATABASE.name}*"):
            file.unlink()
    settings = demo_settings(f"http://{HOST}:{port}")
    await _move_in()
    sandbox = create_sandbox()
    await _furnish(sandbox, settings)
    server = create_server(sandbox, HOST, port)
    serving_page = asyncio.create_task(server.serve(sockets=[held]))
    while not server.started:  # noqa: ASYNC110 - uvicorn offers nothing to wait for
        await asyncio.sleep(LOOK_SECONDS)

    async def ready() -> None:
        say(f"\nGurindam is ready: http://{HOST}:{port}/\n(Ctrl-C ends it; `--fresh` starts with new data)\n")

    try:
        listen = f"{HOST}:{any_port()}"
        await serving.serve(replace(settings, listen=listen), ready=ready)
    finally:
        server.should_exit = True
        await serving_page


async def _move_in() -> None:
    """Tables and data, made by a process of its own: what that takes is given back before the bot starts."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot.commands.demo_data")
    if await process.wait():
        raise SystemExit(process.returncode)


async def _furnish(sandbox: Sandbox, settings: Settings) -> None:
    """The bot's name, the people with phones and those without, and the places that the map of the page knows."""
    sandbox.bot.names[""] = NAME
    for persona in PERSONAS:
        sandbox.add_person(persona.name, persona.telegram_id, "id", label=persona.label, colour=persona.colour)
    db = Database(settings.database_url)
    async with db.read() as session:
        areas = (await session.scalars(select(Area).order_by(Area.kelurahan))).all()
        crowd = (await session.execute(select(Person.telegram_id, Person.name).where(Person.demo))).all()
    for telegram_id, name in crowd:
        if telegram_id is not None and telegram_id not in sandbox.chats:
            sandbox.add_chat(
                Chat(telegram_id, "private", person=Somebody(telegram_id, name or ""), bot_status="member")
            )
    sandbox.places[:] = [_place(area) for area in areas]
    await db.close()


def _place(area: Area) -> Any:
    return {"name": area.kelurahan, "latitude": area.latitude, "longitude": area.longitude}
