"""One update, one transaction: effects, the talk's state and "done" commit together; answers follow.

What may go wrong, and what then happens:
- a rule says no (Refusal): nothing of it is kept, the person reads why;
- the database is away: the update waits, however long, and is not counted as tried;
- anything else: tried again with back-off, at last a dead letter with an incident number;
- a crash: before the commit nothing happened and the update is handled again; after it only the answer is.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError
from telegram import Update
from telegram.ext import Application

from bot.clock import Clock
from bot.conversation import lapse
from bot.db import Database, is_away
from bot.i18n import speaking
from bot.inbox import store
from bot.inbox.replying import Replies
from bot.inbox.store import Arrival
from bot.log import get_logger
from bot.services import people
from bot.services.administration import watching
from bot.services.outbox import has_news
from bot.turn import CURRENT, Turn
from models.errors import Refusal
from models.inbox import InboxStatus
from models.rules.permissions import Presser, Role

log = get_logger(__name__)

TRIES = 5
FIRST_WAIT = 0.5
AWAY_WAIT = 1.0


class Taken(Exception):  # noqa: N818 - not a fault: somebody else did the work
    """Another process committed this update first."""


class Etiquette(Protocol):
    """The words for what goes wrong; the handlers' room provides them."""

    async def refuse(self, turn: Turn, refusal: Refusal) -> None:
        """Tell the person why not, and where the talk stands."""

    async def apologise(self, turn: Turn, incident: str) -> None:
        """Tell the person that it failed, with the number, and tell the operators."""


@dataclass(slots=True)
class Handling:
    """Handles one arrival after another for the lanes."""

    db: Database
    application: Application[Any, Any, Any, Any, Any, Any]
    etiquette: Etiquette
    replies: Replies
    clock: Clock
    nudge: Callable[[], None]
    default_language: str
    crash_wait: float = FIRST_WAIT

    async def __call__(self, arrival: Arrival) -> None:
        """Handle one update to its end; never raises but for cancellation."""
        if arrival.answers is not None:
            await self.replies.resend(arrival.update_id, arrival.answers)
            return
        while arrival.tries < TRIES:
            try:
                await self._try(arrival)
            except Taken:
                return
            except Exception as error:
                await self._after_failure(arrival, error)
            else:
                return

    async def _try(self, arrival: Arrival) -> None:
        update = self._parse(arrival)
        if update is None:
            await self._bury(arrival, InboxStatus.QUARANTINED, "unreadable")
            return
        try:
            turn = await self._dispatched(arrival, update)
        except Refusal as refusal:
            log.info("refused", update_id=arrival.update_id, reason=refusal.code)
            turn = await self._commit(arrival, update, partial(self._refuse, refusal))
        if turn is not None and turn.answers:
            await self.replies.send(turn)

    async def _refuse(self, refusal: Refusal, turn: Turn, _update: Update) -> None:
        await self.etiquette.refuse(turn, refusal)

    async def _dispatched(self, arrival: Arrival, update: Update) -> Turn | None:
        """Handled; when somebody changed the same record meanwhile once more, so that the answer can say who."""
        try:
            return await self._commit(arrival, update, self._dispatch)
        except StaleDataError:
            log.info("somebody_was_faster", update_id=arrival.update_id)
        try:
            return await self._commit(arrival, update, self._dispatch)
        except StaleDataError as error:
            raise Refusal("somebody_was_faster") from error

    def _parse(self, arrival: Arrival) -> Update | None:
        try:
            return Update.de_json(arrival.raw, self.application.bot)
        except Exception as error:
            log.warning("quarantined", update_id=arrival.update_id, fault=type(error).__name__)
            return None

    async def _commit(self, arrival: Arrival, update: Update, act: Any) -> Turn | None:
        """One transaction: open the turn, act, mark done. None when the update has no person behind it."""
        now = self.clock()
        news = False
        turn: Turn | None = None
        async with self.db.begin() as session:
            turn = await self._open(session, arrival, update, now)
            if turn is not None:
                before = replace(turn.conversation)
                await _act(act, turn, update)
                if turn.conversation != before:
                    await people.keep(session, turn.conversation)
            answers = [answer.to_json() for answer in turn.answers] if turn is not None else []
            await session.flush()
            if not await store.finish(session, arrival.update_id, arrival.lane, answers, now):
                raise Taken
            news = has_news(session)
        if news:
            self.nudge()
        return turn

    async def _dispatch(self, turn: Turn, update: Update) -> None:
        lapse(turn)
        await self.application.process_update(update)

    async def _open(self, session: AsyncSession, arrival: Arrival, update: Update, now: datetime) -> Turn | None:
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None or (user.is_bot and not _is_hidden_admin(update)):
            return None
        person, conversation, presser = await people.meet(
            session, user.id, user.full_name, user.language_code, now, self.default_language
        )
        watching.doing(session, *_doer(presser), now)
        query = update.callback_query
        return Turn(
            session=session,
            person=person,
            conversation=conversation,
            presser=presser,
            now=now,
            update_id=arrival.update_id,
            chat_id=chat.id,
            message_id=query.message.message_id if query is not None and query.message is not None else None,
            callback_id=query.id if query is not None else None,
        )

    async def _after_failure(self, arrival: Arrival, error: Exception) -> None:
        if is_away(error):
            log.warning("database_away", update_id=arrival.update_id, fault=type(error).__name__)
            await asyncio.sleep(AWAY_WAIT)
            return
        arrival.tries += 1
        fault = type(error).__name__
        log.error("update_failed", update_id=arrival.update_id, tries=arrival.tries, exc_info=error)
        if arrival.tries >= TRIES:
            await self._bury(arrival, InboxStatus.DEAD, fault)
            return
        wait = self.crash_wait * 2 ** (arrival.tries - 1)
        await self._insist(
            lambda session: store.record_try(
                session, arrival.update_id, arrival.tries, self.clock() + timedelta(seconds=wait), fault
            )
        )
        await asyncio.sleep(wait)

    async def _bury(self, arrival: Arrival, status: InboxStatus, fault: str) -> None:
        """Make it a visible fault; the person gets a polite sentence, the operators a notice."""
        incident = f"{self.clock():%y%m%d}-{secrets.token_hex(2).upper()}"
        arrival.tries = TRIES
        turn: Turn | None = None

        async def record(session: AsyncSession) -> None:
            nonlocal turn
            await store.bury(session, arrival.update_id, status, fault, incident)
            update = self._parse(arrival) if status is InboxStatus.DEAD else None
            turn = await self._open(session, arrival, update, self.clock()) if update is not None else None
            if turn is not None:
                with speaking(turn.person.language):
                    await self.etiquette.apologise(turn, incident)

        await self._insist(record)
        log.error("dead_letter", update_id=arrival.update_id, incident=incident, fault=fault, status=status.value)
        self.nudge()
        if turn is not None:
            await self.replies.send(replace(turn, update_id=0))

    async def _insist(self, work: Any) -> None:
        """Run `work` in a transaction of its own, waiting for the database as long as it takes."""
        while True:
            try:
                async with self.db.begin() as session:
                    await work(session)
            except Exception as error:
                if not is_away(error):
                    raise
                await asyncio.sleep(AWAY_WAIT)
            else:
                return


def _doer(presser: Presser) -> tuple[int | None, str]:
    """Who the audit says acts: a civil servant by the role held first, of a resident only that it was one."""
    if presser.employee_id is None or not presser.grants:
        return None, Role.RESIDENT
    return presser.person_id, presser.grants[0].role


def _is_hidden_admin(update: Update) -> bool:
    """An administrator who writes in the name of the group: Telegram puts a bot of its own in place of the person."""
    message = update.message
    return message is not None and message.sender_chat is not None and message.sender_chat == message.chat


async def _act(act: Any, turn: Turn, update: Update) -> None:
    """Let a handler work on the turn, in the person's language."""
    token = CURRENT.set(turn)
    try:
        with speaking(turn.person.language):
            await act(turn, update)
    finally:
        CURRENT.reset(token)
