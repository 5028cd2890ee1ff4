"""Fetches what people sent to be read: a file that Telegram does not give is none."""

from __future__ import annotations

from telegram.error import TelegramError

from bot.log import get_logger
from bot.runtime import Runtime

log = get_logger(__name__)


async def content_of(runtime: Runtime, file_id: str, what: str) -> bytes | None:
    """The file's bytes; None where Telegram does not give it. `what` names it in the log."""
    try:
        file = await runtime.bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())
    except TelegramError as error:
        log.warning("file_not_fetched", what=what, fault=type(error).__name__)
        return None
