"""What readers press below a broadcast, and the city's news that a resident agrees to (/kabar)."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import React, Setting
from bot.conversation import Handler, present
from bot.services import privacy
from bot.services.broadcasts import desk, reacting
from bot.services.city import know
from bot.turn import Context, Turn, payload_of
from bot.views.broadcasts import reading as view
from bot.views.broadcasts.message import OFF
from bot.views.screen import Screen
from handlers.broadcasts.announcing import announcing
from models.broadcasts.broadcast import BroadcastKind
from models.errors import Refusal
from models.person import Purpose

MESSAGE = filters.UpdateType.MESSAGE
KINDS = {kind.value: kind for kind in view.FOR_RESIDENTS}


def handlers() -> list[Handler]:
    """Whatever talk is open."""
    return [
        CommandHandler("kabar", show_news, MESSAGE),
        CallbackQueryHandler(react, pattern=React.pattern()),
        CallbackQueryHandler(choose_news, pattern=f"^{Setting.tag}:{view.NEWS}:"),
        CallbackQueryHandler(choose_area, pattern=f"^{Setting.tag}:{view.AREA}:"),
        CallbackQueryHandler(choose_kind, pattern=f"^{Setting.tag}:{view.KIND}:"),
    ]


async def react(update: Update, context: Context) -> Any:
    """An answer, no more of this kind, or welcome again."""
    turn, pressed = context.turn, payload_of(update)
    if not isinstance(pressed, React):
        raise Refusal("not_your_broadcast")
    if await _is_sample(turn, pressed.broadcast_id):
        turn.toast(view.only_a_sample())
        return
    if pressed.button == OFF:
        kind = await reacting.opt_out(turn.session, turn.person, pressed.broadcast_id, turn.now)
        await _then_the_question(turn, view.opted_out(kind, pressed.broadcast_id))
    elif pressed.button == view.ON:
        kind = (await reacting.received(turn.session, turn.person, pressed.broadcast_id)).kind
        await reacting.opt_in(turn.session, turn.person, kind)
        turn.show(view.opted_in(kind))
    else:
        said = await reacting.react(turn.session, turn.person, pressed.broadcast_id, pressed.button, turn.now)
        turn.toast(view.recorded(said))


async def _is_sample(turn: Turn, broadcast_id: int) -> bool:
    """Whether somebody who may see it pressed it without having received it."""
    try:
        await reacting.received(turn.session, turn.person, broadcast_id)
    except Refusal:
        await desk.reach(await announcing(turn, anybody=True), broadcast_id)
        return True
    return False


async def _then_the_question(turn: Turn, screen: Screen) -> None:
    """Below the message, which stays; the question of an open talk is asked again."""
    turn.show(screen, new=True)
    if turn.conversation.flow is not None:
        await present(turn, new=True)


async def show_news(update: Update, context: Context) -> Any:
    """/kabar: agree, or what was agreed to."""
    await _then_the_question(context.turn, await _news(context.turn))


async def _news(turn: Turn) -> Screen:
    held = (await privacy.consents(turn.session, turn.person)).get(Purpose.BROADCASTS)
    if held is None:
        return view.ask_news(privacy.NOTICE_VERSION)
    city = await know(turn.session, turn.now)
    area = city.areas.get(turn.person.area_id or 0)
    return view.news(area.kelurahan if area else None, await reacting.refused(turn.session, turn.person))


def _value(update: Update) -> str:
    payload = payload_of(update)
    return payload.value if isinstance(payload, Setting) else ""


async def choose_news(update: Update, context: Context) -> Any:
    """Yes: the consent with its version and time; no: it ends now."""
    turn = context.turn
    if _value(update) == view.YES:
        await privacy.consent(turn.session, turn.person, Purpose.BROADCASTS, turn.now)
        turn.show(await _news(turn))
        return
    await privacy.withdraw(turn.session, turn.person, [Purpose.BROADCASTS], turn.now)
    turn.show(view.no_news())


async def choose_area(update: Update, context: Context) -> Any:
    """Which kelurahan; only with the consent."""
    turn, value = context.turn, _value(update)
    city = await know(turn.session, turn.now)
    if Purpose.BROADCASTS not in await privacy.consents(turn.session, turn.person):
        turn.show(await _news(turn))
        return
    if not value.isdigit():
        turn.show(view.ask_area({area.id: area.kelurahan for area in city.areas.values()}))
        return
    await reacting.live_in(turn.session, city, turn.person, int(value))
    turn.show(await _news(turn))


async def choose_kind(update: Update, context: Context) -> Any:
    """This kind, or not."""
    turn = context.turn
    kind: BroadcastKind | None = KINDS.get(_value(update))
    if kind is None:
        raise Refusal("no_such_choice")
    if kind in await reacting.refused(turn.session, turn.person):
        await reacting.opt_in(turn.session, turn.person, kind)
    else:
        await reacting.refuse(turn.session, turn.person, kind, turn.now)
    turn.show(await _news(turn))
