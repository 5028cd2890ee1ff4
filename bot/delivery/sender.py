"""Sends the outbox: claim with a lease, render in the reader's language, send, record. Several are in flight."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.db import Database, is_away
from bot.delivery.answers import (
    change_picture,
    change_screen,
    send_enclosure,
    send_pictured,
    send_screen,
    take_away,
)
from bot.delivery.making import Maker
from bot.delivery.outcomes import Harmless, Moved, RetryAt, Unknown, Unreachable, outcome_of
from bot.i18n import speaking
from bot.log import get_logger
from bot.services import outbox, people
from bot.services.desk import groups
from bot.services.outbox import Claim
from bot.views import notices
from bot.views.screen import Enclosure, Screen
from models.outbox import Deed, OutboxStatus, Promise

log = get_logger(__name__)

#: So many messages are in flight at most.
PLACES = 50
SWEEP_SECONDS = 1.0
#: Makes the pictures of a notice from its values.
Encloser = Callable[[Database, dict[str, Any], datetime], Awaitable[tuple[Enclosure, ...]]]


@dataclass(frozen=True, slots=True)
class Sent:
    """How one send ended, to be recorded."""

    claim: Claim
    status: OutboxStatus
    message_id: int | None = None
    fault: str | None = None
    again_in: float | None = None
    unreachable: bool = False
    moved_to: int | None = None


class Sender:
    """One sending loop of the process; `nudge()` after a commit makes it look at once.

    `enclosers` make the pictures that go below a kind of notice; `pictured` those kinds that are one picture with
    words below it, drawn anew whenever the message is changed.
    """

    def __init__(
        self,
        db: Database,
        bot: ExtBot[Any],
        clock: Clock,
        enclosers: Mapping[str, Encloser] | None = None,
        pictured: Mapping[str, Maker] | None = None,
    ) -> None:
        self._db = db
        self._enclosers = enclosers or {}
        self._pictured = pictured or {}
        self._bot = bot
        self._clock = clock
        self._news = asyncio.Event()
        self._flying: set[asyncio.Task[Sent]] = set()

    def nudge(self) -> None:
        """Something was put into the outbox."""
        self._news.set()

    async def run(self) -> None:
        """Send for ever; the database may go away meanwhile."""
        while True:
            try:
                claimed = await self._take_off()
                await self._land()
            except Exception as error:
                if not is_away(error):
                    log.error("sender_failed", exc_info=error)
                claimed = 0
                await asyncio.sleep(SWEEP_SECONDS)
            if not claimed:
                await self._wait()

    async def sweep(self) -> int:
        """Send what is due now and wait until it is recorded; how many there were."""
        claimed = await self._take_off()
        if self._flying:
            await asyncio.wait(self._flying)
        await self._land()
        return claimed

    async def stop(self, grace: float) -> None:
        """Begin nothing new; what is in flight may land within `grace` seconds. Call it when `run` is cancelled."""
        if self._flying:
            _, late = await asyncio.wait(self._flying, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
            self._flying.difference_update(late)
        await self._land()

    async def _take_off(self) -> int:
        """Claim as many due messages as there are free places and begin to send them; how many."""
        now, free = self._clock(), PLACES - len(self._flying)
        async with self._db.read() as session:
            if free <= 0 or not await outbox.is_due(session, now):
                return 0
        async with self._db.begin() as session:
            claims = await outbox.claim(session, now, free)
        for claim in claims:
            task = asyncio.create_task(self._send(claim))
            self._flying.add(task)
            task.add_done_callback(lambda _: self._news.set())
        return len(claims)

    async def _land(self) -> None:
        """Record the sends that have ended; one that is held back keeps only its own place."""
        ended = [task for task in self._flying if task.done()]
        if ended:
            await self._record([task.result() for task in ended])
            self._flying.difference_update(ended)

    async def _wait(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), SWEEP_SECONDS)
        self._news.clear()

    async def _send(self, claim: Claim) -> Sent:
        if claim.chat_id is None or not claim.reachable:
            return Sent(claim, OutboxStatus.UNREACHABLE, fault="unreachable")
        try:
            return Sent(claim, OutboxStatus.SENT, await self._do(claim, claim.chat_id))
        except Exception as error:
            return _judge(claim, error)

    async def _do(self, claim: Claim, chat_id: int) -> int:
        """Send it, or change or take away what was sent before; the message's id."""
        message_id = claim.target_message_id
        if claim.deed is Deed.DELETE and message_id is not None:
            await take_away(self._bot, chat_id, message_id, claim.lane)
            return message_id
        if claim.kind in self._pictured:
            return await self._picture(claim, chat_id)
        with speaking(claim.language):
            screen = notices.render(claim.kind, claim.values | {"bot": self._bot.username}, claim.question)
        if message_id is None:
            sent = await send_screen(self._bot, chat_id, screen, claim.lane)
            await self._enclose(claim, chat_id)
            return sent
        await change_screen(self._bot, chat_id, message_id, screen, claim.lane)
        return message_id

    async def _picture(self, claim: Claim, chat_id: int) -> int:
        """Draw it now, and send it or put it in place of what the message shows; the message's id."""
        values = claim.values | {"bot": self._bot.username}
        with speaking(claim.language):
            made = await self._pictured[claim.kind](self._db, values, self._clock())
        message_id, screen = claim.target_message_id, made.screen or Screen("")
        if not made.enclosures:  # there is nothing to draw any more
            return message_id or await send_screen(self._bot, chat_id, screen, claim.lane)
        (picture,) = made.enclosures
        if message_id is None:
            return await send_pictured(self._bot, chat_id, screen, picture, claim.lane)
        await change_picture(self._bot, chat_id, message_id, screen, picture, claim.lane)
        return message_id

    async def _enclose(self, claim: Claim, chat_id: int) -> None:
        """The pictures below a notice: the words are there already, so what cannot be drawn or sent is left out."""
        encloser = self._enclosers.get(claim.kind)
        if encloser is None:
            return
        try:
            with speaking(claim.language):
                files = await encloser(self._db, claim.values, self._clock())
            for file in files:
                await send_enclosure(self._bot, chat_id, file, claim.lane)
        except Exception as error:
            log.warning("notice_without_pictures", kind=claim.kind, fault=type(error).__name__)

    async def _record(self, results: list[Sent]) -> None:
        now = self._clock()
        gone = [r.claim.chat_id for r in results if r.unreachable and r.claim.chat_id is not None]
        async with self._db.begin() as session:
            for result in results:
                again = timedelta(seconds=result.again_in) if result.again_in is not None else None
                await outbox.record(
                    session,
                    result.claim.id,
                    result.status,
                    now,
                    sent_message_id=result.message_id,
                    fault=result.fault,
                    not_before=now + again if again is not None else None,
                )
            if gone:
                await people.lose(session, gone)
                await groups.lose(session, gone, now)
            for result in results:
                if result.moved_to is not None and result.claim.chat_id is not None:
                    await groups.move(session, result.claim.chat_id, result.moved_to)


def _judge(claim: Claim, error: Exception) -> Sent:
    """What a failed send means for its message."""
    outcome = outcome_of(error) if isinstance(error, TelegramError) else None
    fault = f"{type(error).__name__}: {error}"[:200]
    if isinstance(outcome, Harmless) and claim.deed is not Deed.SEND and not outcome.send_new:
        return Sent(claim, OutboxStatus.SENT, message_id=claim.target_message_id, fault=outcome.reason)
    if isinstance(outcome, Unreachable):
        return Sent(claim, OutboxStatus.UNREACHABLE, fault=fault, unreachable=True)
    if isinstance(outcome, Unknown) and claim.promise is Promise.AT_MOST_ONCE:
        return Sent(claim, OutboxStatus.UNKNOWN, fault=fault)
    if isinstance(outcome, RetryAt | Unknown | Moved) and claim.tries < outbox.TRIES:
        wait = outcome.seconds if isinstance(outcome, RetryAt) else 0.0
        moved_to = outcome.new_chat_id if isinstance(outcome, Moved) else None
        return Sent(claim, OutboxStatus.QUEUED, fault=fault, again_in=max(wait, 2.0**claim.tries), moved_to=moved_to)
    log.error("notice_refused", kind=claim.kind, fault=type(error).__name__)
    return Sent(claim, OutboxStatus.REFUSED, fault=fault)
