"""The steps that ask which service: its office and then the service, or its name by typing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.conversation import Question, Step, choice, chosen, go, present
from bot.i18n import _
from bot.services import finding, surveys
from bot.services.city import know
from bot.turn import Context, Turn
from bot.views.satisfaction import choosing as view
from handlers.report_draft import message_of

PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


@dataclass(frozen=True, slots=True)
class Choosing:
    """The steps `service`, `unit` and `found` of one talk; `then` goes on once the draft has its `service`."""

    flow: str
    then: Callable[[Turn], Awaitable[Any]]

    def steps(self) -> list[Step]:
        """For the talk's table."""
        search = MessageHandler(PLAIN, self.search)
        return [
            Step("service", self.show_service, [choice(self.take_unit, self.flow, "service"), search]),
            Step("unit", self.show_unit, [choice(self.take_service, self.flow, "unit"), search]),
            Step("found", self.show_found, [choice(self.take_service, self.flow, "found"), search]),
        ]

    async def show_service(self, turn: Turn) -> Question:
        """Which office, those with the most services first; or type."""
        city = await know(turn.session, turn.now)
        offers = Counter(service.unit_id for service in city.active_services(city.today(turn.now)))
        named = sorted((-count, city.units[unit_id].name, unit_id) for unit_id, count in offers.items())
        options = [(f"u{unit_id}", name) for _count, name, unit_id in named]
        screen = view.ask_service(self.flow, turn.draft["nonce"], options, turn.draft.get("page", 0))
        return Question(screen, _(view.WHICH_SERVICE))

    async def take_unit(self, update: Update, context: Context) -> Any:
        """An office, or another page."""
        turn, city = context.turn, await know(context.turn.session, context.turn.now)
        value = chosen(update, turn) or ""
        if _turned(turn, "page", value):
            return await present(turn)
        unit_id = finding.ids_of(value)[1]
        if unit_id not in city.units:
            return await present(turn)
        turn.keep(unit=unit_id, unit_page=0)
        return await go(turn, "unit")

    async def show_unit(self, turn: Turn) -> Question:
        """Which service of the office."""
        city, unit_id = await know(turn.session, turn.now), turn.draft["unit"]
        offered = [row for row in city.active_services(city.today(turn.now)) if row.unit_id == unit_id]
        options = [(f"s{service.id}", service.name) for service in offered]
        page = turn.draft.get("unit_page", 0)
        screen = view.ask_service_of(self.flow, turn.draft["nonce"], city.units[unit_id].name, options, page)
        return Question(screen, _(view.WHICH_SERVICE))

    async def take_service(self, update: Update, context: Context) -> Any:
        """A service, or another page."""
        turn, city = context.turn, await know(context.turn.session, context.turn.now)
        value = chosen(update, turn) or ""
        service_id = finding.ids_of(value)[0]
        if _turned(turn, "unit_page", value) or service_id is None:
            return await present(turn)
        surveys.require_service(city, service_id, turn.now)
        turn.keep(service=service_id)
        return await self.then(turn)

    async def search(self, update: Update, context: Context) -> Any:
        """A name by typing; typos are tolerated."""
        turn, city = context.turn, await know(context.turn.session, context.turn.now)
        ids = finding.services_for(city, (message_of(update).text or "")[:200])
        turn.keep(found=ids)
        if len(ids) == 1:
            turn.keep(service=ids[0])
            return await self.then(turn)
        return await present(turn) if turn.conversation.state == "found" else await go(turn, "found")

    async def show_found(self, turn: Turn) -> Question:
        """Which of those found."""
        city = await know(turn.session, turn.now)
        options = [(f"s{service_id}", finding.named(city, f"s{service_id}")) for service_id in turn.draft["found"]]
        return Question(view.found(self.flow, turn.draft["nonce"], options), _(view.WHICH_FOUND))


def _turned(turn: Turn, page: str, value: str) -> bool:
    """Whether the value turns a page (it is kept then)."""
    if value[:1] != "p" or not value[1:].isdigit():
        return False
    turn.keep(**{page: int(value[1:])})
    return True
