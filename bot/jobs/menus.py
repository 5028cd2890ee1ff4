"""Gives chats their commands anew once the person's roles have changed."""

from __future__ import annotations

from bot.delivery.answers import list_commands
from bot.i18n import speaking
from bot.runtime import Runtime
from bot.services.administration import menus
from bot.services.city import know
from bot.views import commands

#: Chats in one round; the rest in the next one.
MOST = 100


async def run(runtime: Runtime) -> dict[str, int]:
    """One round; how many chats got another list. A list that was given twice is the same list."""
    now = runtime.clock()
    async with runtime.db.read() as session:
        found = await menus.stale(session, (await know(session, now)).today(now), MOST)
    for menu in found:
        with speaking(menu.language):
            await list_commands(runtime.bot, menu.chat_id, commands.of(menu.desks) if menu.desks is not None else [])
    if found:
        async with runtime.db.begin() as session:
            await menus.given(session, found)
    return {"menus": len(found)}
