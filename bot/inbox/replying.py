"""Sends committed answers and records, many at a time, that they were sent.

The person's next update waits until this one's answers are shown, so that they are seen in order. It does not wait
for the courtesies beside them: a press acknowledged, old buttons taken away.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.db import Database, is_away
from bot.delivery.answers import Answer, acknowledge_press, deliver, tidy
from bot.delivery.making import Workshop
from bot.delivery.outcomes import Moved, RetryAt, Unknown, Unreachable, outcome_of
from bot.inbox import store
from bot.log import get_logger
from bot.services import people
from bot.turn import Turn

log = get_logger(__name__)

GATHER = 0.05
TRIES = 8
LONGEST_WAIT = 30.0
COURTESY_WAIT = 0.5
"""Seconds that a stop leaves to courtesies; without one nothing is lost but a button that does nothing any more."""

Courtesies = list[asyncio.Task[None]]


class GivenUp(Exception):  # noqa: N818 - Telegram is away, nobody is at fault
    """Telegram was away longer than we wait."""


class Replies:
    """Delivers the answers of a turn; `stop()` writes down what was sent but not recorded yet."""

    def __init__(self, db: Database, bot: ExtBot[Any], workshop: Workshop) -> None:
        self._db = db
        self._bot = bot
        self._workshop = workshop
        self._answered: list[int] = []
        self._shown: dict[int, int] = {}
        self._gone: set[int] = set()
        self._recorder: asyncio.Task[None] | None = None
        self._courtesies: set[asyncio.Task[None]] = set()
        self._shown_only: dict[asyncio.Task[None], int] = {}

    async def send(self, turn: Turn) -> None:
        """Show what the turn answered. An answer that cannot be sent now is tried again, for a while.

        Given up, its update stays ANSWERING, and a timed duty takes it up again.
        """
        beside: Courtesies = []
        for answer in turn.answers:
            if answer.refresh and answer.edit is None:  # the question was shown a moment ago, its id not yet recorded
                answer.edit = self._shown.get(turn.person.id)
            try:
                message_id = await self._insist(answer, beside)
            except GivenUp:
                return
            if message_id is not None and answer.remember:
                self._shown[turn.person.id] = message_id
        self._settle_after(turn.update_id, beside)

    async def resend(self, update_id: int, answers: list[Any]) -> None:
        """Send answers that were committed and perhaps not sent."""
        beside: Courtesies = []
        for stored in answers:
            try:
                await self._insist(Answer.from_json(stored), beside)
            except GivenUp:
                return
        self._settle_after(update_id, beside)

    def unrecorded(self) -> frozenset[int]:
        """Updates whose answers are sent, which the database does not know yet."""
        return frozenset(self._answered) | frozenset(self._shown_only.values())

    async def idle(self) -> None:
        """Wait until no courtesy is under way."""
        while self._shown_only or self._courtesies:
            await asyncio.wait({*self._shown_only, *self._courtesies})

    async def stop(self) -> None:
        """Record what was sent. Call it when no lane runs any more."""
        if self._courtesies:
            await asyncio.wait(self._courtesies, timeout=COURTESY_WAIT)
        for task in self._courtesies:
            task.cancel()
        await self.idle()
        if self._recorder is not None:
            self._recorder.cancel()
            await asyncio.gather(self._recorder, return_exceptions=True)
        await self._record()

    async def _insist(self, answer: Answer, beside: Courtesies) -> int | None:
        """Make what the answer orders, if anything, and send all of it; the id of the message that shows it."""
        try:
            made = await self._workshop.made(answer)
        except Exception as error:
            if not is_away(error):
                raise
            raise GivenUp from error
        shown = [await self._insist_on(part, beside) for part in made]
        return next((message_id for message_id in shown if message_id is not None), None)

    async def _insist_on(self, answer: Answer, beside: Courtesies) -> int | None:
        if answer.callback_id is not None:
            beside.append(self._begin(acknowledge_press(self._bot, answer)))
        shown = await self._deliver(answer)
        if shown is not None and answer.strip not in (None, shown):
            beside.append(self._begin(tidy(self._bot, answer)))
        return shown

    def _begin(self, courtesy: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(courtesy)
        self._courtesies.add(task)
        task.add_done_callback(self._courtesies.discard)
        return task

    async def _deliver(self, answer: Answer) -> int | None:
        wait = 0.5
        for left in reversed(range(TRIES)):
            try:
                return await deliver(self._bot, answer)
            except TelegramError as error:
                outcome = outcome_of(error)
                if isinstance(outcome, Unreachable):
                    self._gone.add(answer.chat_id)
                    return None
                if not isinstance(outcome, RetryAt | Unknown | Moved):
                    log.error("answer_refused", fault=type(error).__name__, reason=str(error)[:120])
                    return None
                if left:  # after the last try nobody waits
                    await asyncio.sleep(max(wait, outcome.seconds if isinstance(outcome, RetryAt) else 0))
                wait = min(wait * 2, LONGEST_WAIT)
        log.error("answer_given_up", tries=TRIES)
        raise GivenUp

    def _settle_after(self, update_id: int, beside: Courtesies) -> None:
        """All is shown; it is recorded when the courtesies are paid too."""
        if not beside:
            self._settle(update_id)
            return
        task = asyncio.create_task(self._pay(update_id, beside))
        self._shown_only[task] = update_id
        task.add_done_callback(self._shown_only.pop)

    async def _pay(self, update_id: int, beside: Courtesies) -> None:
        await asyncio.wait(beside)
        self._settle(update_id)

    def _settle(self, update_id: int) -> None:
        self._answered.append(update_id)
        if self._recorder is None or self._recorder.done():
            self._recorder = asyncio.create_task(self._record_soon())

    async def _record_soon(self) -> None:
        while self._answered or self._gone:
            await asyncio.sleep(GATHER)
            try:
                await self._record()
            except Exception as error:
                if not is_away(error):
                    raise
                await asyncio.sleep(1)

    async def _record(self) -> None:
        answered, shown, gone = self._answered[:], dict(self._shown), set(self._gone)
        if not (answered or gone):
            return
        async with self._db.begin() as session:
            await store.settle(session, answered, shown)
            if gone:
                await people.lose(session, gone)
        del self._answered[: len(answered)]
        self._gone -= gone
        for person_id, message_id in shown.items():
            if self._shown.get(person_id) == message_id:
                del self._shown[person_id]
