"""Chains the audit's new rows, and once a day posts the chain's head where anybody may keep it."""

from __future__ import annotations

from telegram.error import TelegramError

from bot.log import get_logger
from bot.runtime import Runtime
from bot.services import audit
from bot.services.city import know

log = get_logger(__name__)


async def run(runtime: Runtime) -> dict[str, int]:
    """Chain what waits, a batch a transaction; how many rows."""
    chained = 0
    while True:
        async with runtime.db.begin() as session:
            batch = await audit.chain(session)
        chained += batch
        if batch < audit.BATCH:
            return {"chained": chained}


async def post_head(runtime: Runtime) -> dict[str, int]:
    """Post position and hash of the newest row to the city's channel (`audit.channel`), if there is one."""
    async with runtime.db.read() as session:
        channel = (await know(session, runtime.clock())).fact("audit.channel")
        position, head = await audit.head(session)
    if not channel or not position:
        return {"posted": 0}
    try:
        await runtime.bot.send_message(channel, f"#{position} <code>{head}</code>")
    except TelegramError as error:
        log.error("audit_head_not_posted", fault=type(error).__name__)
        return {"posted": 0}
    return {"posted": 1}
