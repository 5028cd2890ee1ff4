"""What takes long is made after the commit: an answer carries an order, and becomes a screen, pictures and documents.

An order is plain values in the stored answer, so a restart takes it up again. Whoever makes it reads the database in a
session of its own and holds no transaction while it draws. The right to what is ordered was checked when it was stored.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from telegram.ext import ExtBot

from bot.clock import Clock
from bot.db import Database, is_away
from bot.delivery.answers import Answer, acknowledge
from bot.i18n import speaking
from bot.log import get_logger
from bot.views import errors
from bot.views import making as view
from bot.views.screen import Made
from models.errors import Refusal

log = get_logger(__name__)

Order = dict[str, Any]
#: Makes one kind of order; the order's values, and now.
Maker = Callable[[Database, Order, datetime], Awaitable[Made]]
KIND, LANGUAGE, ACTION = "kind", "language", "action"


class Workshop:
    """Makes orders by their kind."""

    def __init__(self, db: Database, bot: ExtBot[Any], clock: Clock, makers: Mapping[str, Maker]) -> None:
        self._db = db
        self._bot = bot
        self._clock = clock
        self._makers = makers

    async def made(self, answer: Answer) -> list[Answer]:
        """The answer itself, or, of one with an order, what became of it: files, then the screen.

        What cannot be made is said; only a database that is away is raised.
        """
        if answer.order is None:
            return [answer]
        await acknowledge(self._bot, answer, answer.order.get(ACTION, "typing"))
        with speaking(answer.order.get(LANGUAGE, "")):
            made = await self._make(answer.order)
        plain = replace(answer, order=None, callback_id=None, toast=None)
        last = [replace(plain, screen=made.screen)] if made.screen is not None else []
        files = [Answer(answer.chat_id, enclosure=enclosure) for enclosure in made.enclosures]
        return [*files, *last]

    async def _make(self, order: Order) -> Made:
        try:
            return await self._makers[order[KIND]](self._db, order, self._clock())
        except Refusal as refusal:
            log.info("order_refused", kind=order.get(KIND), reason=refusal.code)
            return Made(errors.refusal(refusal))
        except Exception as error:
            if is_away(error):
                raise
            log.error("order_not_made", kind=order.get(KIND), exc_info=error)
            return Made(view.not_made())
