"""Fetches and checks the workbooks that administrators sent back."""

from __future__ import annotations

from telegram.error import TelegramError

from bot.i18n import speaking
from bot.log import get_logger
from bot.runtime import Runtime
from bot.services.administration import revisions

log = get_logger(__name__)


async def run(runtime: Runtime) -> dict[str, int]:
    """Check what waits; how many could be applied, how many are faulty."""
    async with runtime.db.read() as session:
        waiting = await revisions.waiting(session)
    counts = {"ready": 0, "faulty": 0}
    for revision_id, file_id, _name in waiting:
        content = await _content(runtime, file_id)
        now = runtime.clock()
        async with runtime.db.begin() as session:
            with speaking(runtime.settings.default_language):
                plan = await revisions.check(
                    session, revision_id, content, now.astimezone(runtime.settings.zone).date(), now
                )
        counts["faulty" if plan.faults else "ready"] += 1
    if waiting:
        runtime.sender.nudge()
    return counts


async def _content(runtime: Runtime, file_id: str) -> bytes | None:
    """The file's bytes; None where Telegram does not give it."""
    try:
        file = await runtime.bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())
    except TelegramError as error:
        log.warning("workbook_not_fetched", fault=type(error).__name__)
        return None
