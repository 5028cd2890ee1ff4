"""The micro-survey: the code at a counter asks one element, one tap answers it, whatever talk is open."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Micro
from bot.conversation import Handler, close, is_light, present
from bot.services import surveys
from bot.services.city import know
from bot.services.satisfaction import micro, offers
from bot.services.satisfaction.offers import Link
from bot.turn import Context, Turn
from bot.views.satisfaction import survey as view
from handlers.report_draft import message_of
from models.errors import Refusal
from models.rules.skm import Element
from models.survey import Channel, MicroAnswer

ELEMENTS = {element.value: element for element in Element}


def handlers() -> list[Handler]:
    """The code at the counter, and the tap."""
    return [
        CommandHandler("start", ask, filters.UpdateType.MESSAGE & filters.Regex(f"^/start {Link.MICRO}")),
        CallbackQueryHandler(take, pattern=Micro.pattern()),
    ]


async def ask(update: Update, context: Context) -> Any:
    """The element whose turn it is; who answered today already is thanked."""
    turn, city = context.turn, await know(context.turn.session, context.turn.now)
    code = (message_of(update).text or "").partition(Link.MICRO)[2].strip()
    service = surveys.service_of_code(city, code, turn.now)
    if is_light(turn):
        close(turn)
    kept = await micro.answered_today(turn.session, city, turn.person, service.id, turn.now)
    if kept is not None:
        return await _thank(turn, kept)
    element = await micro.next_element(turn.session, city, service.id, turn.now)
    turn.show(view.ask_micro(service.id, service.name, element))
    return None


async def take(update: Update, context: Context) -> Any:
    """The tap is kept at once; the open question of a talk is asked again below."""
    turn, query = context.turn, update.callback_query
    tap = Micro.decode(query.data or "") if query is not None else None
    if tap is None or tap.element not in ELEMENTS:
        raise Refusal("score_out_of_range")
    city, element = await know(turn.session, turn.now), ELEMENTS[tap.element]
    kept = await micro.answer(turn.session, city, turn.person, tap.service_id, element, tap.score, turn.now)
    return await _thank(turn, kept)


async def _thank(turn: Turn, kept: MicroAnswer) -> None:
    city = await know(turn.session, turn.now)
    offered = await offers.can_offer(turn.session, city, turn.person, kept.service_id, turn.now)
    more = (view.offer(kept.service_id, Channel.QR.value),) if offered else ()
    name = city.services[kept.service_id].name
    turn.show(view.thanks_micro(name, kept.element, kept.score, more))
    if turn.conversation.flow is not None:
        await present(turn, new=True)
