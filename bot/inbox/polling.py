"""Long polling that cannot die silently and confirms nothing it has not stored."""

from __future__ import annotations

import asyncio
import time
import warnings
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.log import get_logger

log = get_logger(__name__)

#: Bot.get_updates parses a whole batch at once: one unreadable update would lose the others. We want it raw.
warnings.filterwarnings("ignore", message="Please use 'Bot.getUpdates'")

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
HOLD_SECONDS = 30
LONGEST_WAIT = 5.0

Store = Callable[[list[dict[str, Any]]], Awaitable[None]]


class Poller:
    """Asks Telegram for updates for ever; `store` must return only when they are stored."""

    def __init__(self, bot: ExtBot[Any], store: Store) -> None:
        self._bot = bot
        self._store = store
        self._offset: int | None = None
        self.last_success: float | None = None

    async def run(self) -> None:
        """Poll until cancelled. Every failure, a 401 or 404 of a proxy too, is waited out."""
        wait = 0.5
        while True:
            try:
                await self._once()
                wait = 0.5
            except asyncio.CancelledError:
                raise
            except RetryAfter as error:
                await asyncio.sleep(_seconds(error))
            except Exception as error:
                log.warning("polling_failed", fault=type(error).__name__, reason=_reason(error), wait=wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)

    def age(self) -> float | None:
        """Seconds since the last poll that succeeded; None before the first."""
        return None if self.last_success is None else time.monotonic() - self.last_success

    async def _once(self) -> None:
        asked: dict[str, Any] = {"timeout": HOLD_SECONDS, "allowed_updates": ALLOWED_UPDATES, "limit": 100}
        if self._offset is not None:
            asked["offset"] = self._offset
        updates: Any = await self._bot.do_api_request("getUpdates", api_kwargs=asked, read_timeout=HOLD_SECONDS + 10)
        self.last_success = time.monotonic()
        if updates:
            await self._store(updates)
            self._offset = int(updates[-1]["update_id"]) + 1


def _seconds(error: RetryAfter) -> float:
    pause = error.retry_after
    return float(pause if isinstance(pause, int | float) else pause.total_seconds())


def _reason(error: Exception) -> str:
    """What to tell the operator; the two that need a human are said plainly."""
    if isinstance(error, InvalidToken):
        return "Telegram refuses the token (or a proxy answers 401/404)"
    if isinstance(error, Conflict):
        return "another process polls with this token, or a webhook is set"
    return str(error)[:120] if isinstance(error, TelegramError) else ""
