"""The desk of broadcasts outside a talk: the list, one of them, and the buttons that ask nothing more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Deliver, Open
from bot.conversation import Handler, present
from bot.services.broadcasts import composing, deciding, desk, sending, showing
from bot.services.broadcasts.desk import Announcing
from bot.turn import FILE, Context, Turn, payload_of
from bot.views.broadcasts import desk as view
from bot.views.broadcasts import message as message_view
from bot.views.broadcasts import progress as progress_view
from bot.views.making import preparing
from handlers.broadcasts import made
from handlers.broadcasts.announcing import announcing
from models.broadcasts.broadcast import Broadcast
from models.errors import Refusal
from models.rules.permissions import Desk

MESSAGE = filters.UpdateType.MESSAGE


def handlers() -> list[Handler]:
    """The command, the list, and the buttons of a card."""
    buttons = {
        view.OPEN: open_card,
        view.DISCARD: ask_to_discard,
        view.SURE_DISCARD: discard,
        view.PAUSE: pause,
        view.RESUME: resume,
        view.CANCEL: ask_to_cancel,
        view.SURE_CANCEL: cancel,
        view.TAKE_BACK: ask_to_take_back,
        view.SURE_TAKE_BACK: take_back,
        view.PREVIEW: show_message,
        view.RESULTS: order_results,
        view.REMIND: remind,
        view.APPROVE: approve,
    }
    return [
        CommandHandler("siarkan", open_desk, MESSAGE),
        CallbackQueryHandler(open_desk, pattern=f"^{Open.tag}:{Desk.BROADCASTS.value}:"),
        *(CallbackQueryHandler(act, pattern=f"^{Deliver.tag}:{verb}:") for verb, act in buttons.items()),
    ]


async def _pressed(update: Update, turn: Turn) -> tuple[Announcing, int]:
    payload = payload_of(update)
    if not isinstance(payload, Deliver):
        raise Refusal("no_such_broadcast")
    return await announcing(turn, anybody=True), payload.broadcast_id


async def open_desk(update: Update, context: Context) -> Any:
    """/siarkan: the list."""
    turn = context.turn
    payload = payload_of(update)
    number = payload.page if isinstance(payload, Open) else 0
    turn.show(view.listed(await desk.page(await announcing(turn), number)))


async def _show_card(turn: Turn, by: Announcing, number: int) -> None:
    turn.show(view.card(await desk.card(by, number), by.city, await composing.courses(by.session)))


async def open_card(update: Update, context: Context) -> Any:
    """One of them."""
    by, number = await _pressed(update, context.turn)
    await _show_card(context.turn, by, number)


async def ask_to_discard(update: Update, context: Context) -> Any:
    """Throw the draft away?"""
    by, number = await _pressed(update, context.turn)
    context.turn.show(view.sure_to_discard(await desk.own_draft(by, number)))


async def discard(update: Update, context: Context) -> Any:
    """Thrown away."""
    by, number = await _pressed(update, context.turn)
    await composing.discard(by, number)
    context.turn.show(view.listed(await desk.page(by, 0)))


async def _steer(update: Update, turn: Turn, act: Callable[[Announcing, int], Awaitable[Broadcast]]) -> None:
    """Do it; the author's pressed message is from now on the one that shows how far it is."""
    by, number = await _pressed(update, turn)
    row = await act(by, number)
    if row.run == 0:
        await _show_card(turn, by, number)
        return
    if row.author_id == turn.presser.employee_id:
        row.progress_chat_id, row.progress_message_id = turn.chat_id, turn.message_id
    turn.show(progress_view.progress(showing.told(row, await sending.progress(by.session, row), turn.now)))


async def pause(update: Update, context: Context) -> Any:
    """Hold."""
    await _steer(update, context.turn, deciding.pause)


async def resume(update: Update, context: Context) -> Any:
    """Go on."""
    await _steer(update, context.turn, deciding.resume)


async def ask_to_cancel(update: Update, context: Context) -> Any:
    """Call it off?"""
    by, number = await _pressed(update, context.turn)
    context.turn.show(view.sure_to_cancel(await deciding.steered(by, number)))


async def cancel(update: Update, context: Context) -> Any:
    """Called off."""
    await _steer(update, context.turn, deciding.cancel)


async def ask_to_take_back(update: Update, context: Context) -> Any:
    """Take it away in every chat?"""
    by, number = await _pressed(update, context.turn)
    context.turn.show(view.sure_to_take_back(await deciding.steered(by, number)))


async def take_back(update: Update, context: Context) -> Any:
    """Taken away."""
    by, number = await _pressed(update, context.turn)
    people = await deciding.take_back(by, number)
    context.turn.show(view.taken_back(await desk.reach(by, number), people))


async def show_message(update: Update, context: Context) -> Any:
    """The very message, below."""
    turn = context.turn
    by, number = await _pressed(update, turn)
    turn.show(message_view.of_row(await desk.reach(by, number)), new=True)
    if turn.conversation.flow is not None:
        await present(turn, new=True)


async def order_results(update: Update, context: Context) -> Any:
    """The file with one line for each recipient."""
    turn = context.turn
    by, number = await _pressed(update, turn)
    row = await deciding.steered(by, number)
    if row.run == 0:
        raise Refusal("broadcast_not_now")
    turn.order(made.RESULTS, new=True, action=FILE, toast=preparing(), number=number, person=turn.person.id)


async def remind(update: Update, context: Context) -> Any:
    """Whoever is silent is asked again, now."""
    by, number = await _pressed(update, context.turn)
    people = await deciding.remind(by, number)
    context.turn.show(view.reminded(await desk.reach(by, number), people))


async def approve(update: Update, context: Context) -> Any:
    """The second person's yes."""
    by, number = await _pressed(update, context.turn)
    await deciding.approve(by, number)
    await _show_card(context.turn, by, number)
