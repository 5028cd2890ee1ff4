"""A unit's group: an administrator binds it (/ikat) and lets it go (/lepas); cards are pressed with own rights."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import ApplicationHandlerStop, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import GroupDeed, Open
from bot.conversation import Handler
from bot.services import complaints
from bot.services.city import know
from bot.services.desk import groups, working
from bot.services.desk.verifying import Acting
from bot.services.staff import get as employee_of
from bot.turn import Context, payload_of
from bot.views.desk import groups as view
from models.errors import Refusal
from models.rules.complaint_flow import Action, possible
from models.rules.permissions import Desk, require_desk

GROUPS = filters.ChatType.GROUPS
MESSAGE = filters.UpdateType.MESSAGE


class PressInGroup(CallbackQueryHandler[Context, Any]):
    """Any button pressed in a group."""

    def check_update(self, update: object) -> Any:
        """Whether it is a press, and in a group."""
        chat = update.effective_chat if isinstance(update, Update) else None
        return super().check_update(update) if chat is not None and chat.id < 0 else None


def handlers() -> list[Handler]:
    """Commands and what Telegram tells about the group."""
    return [
        CommandHandler("ikat", bind, MESSAGE & GROUPS),
        CallbackQueryHandler(explain, pattern=f"^{Open(Desk.GROUPS.value).encode()}$"),
        CommandHandler("lepas", let_go, MESSAGE & GROUPS),
        MessageHandler(filters.StatusUpdate.MIGRATE, follow),
    ]


def press_handlers() -> list[Handler]:
    """Looked at before all others: no screen of a private chat ever opens in a group."""
    return [PressInGroup(press)]


async def bind(update: Update, context: Context) -> Any:
    """/ikat UNIT."""
    turn, message, chat = context.turn, update.effective_message, update.effective_chat
    if message is None or chat is None:
        return
    if message.sender_chat is not None:
        turn.show(view.show_yourself())
        return
    if not context.args:
        turn.show(view.how_to_bind())
        return
    unit = groups.unit_named(await know(turn.session, turn.now), " ".join(context.args), turn.now)
    language = turn.person.language
    await groups.bind(turn.session, turn.presser, unit, chat.id, chat.title or "", language, turn.now)
    turn.show(view.bound(unit.name))


async def explain(update: Update, context: Context) -> Any:
    """From the menu: it is done in the group itself."""
    require_desk(context.turn.presser, Desk.GROUPS)
    context.turn.show(view.how_to_bind())


async def let_go(update: Update, context: Context) -> Any:
    """/lepas."""
    turn = context.turn
    await groups.let_go(turn.session, turn.presser, turn.chat_id, turn.now)
    turn.show(view.let_go())


async def follow(update: Update, context: Context) -> Any:
    """The group became a supergroup: its id changed."""
    turn, message = context.turn, update.effective_message
    if message is not None and message.migrate_to_chat_id is not None:
        await groups.move(turn.session, turn.chat_id, message.migrate_to_chat_id)
    elif message is not None and message.migrate_from_chat_id is not None:
        await groups.move(turn.session, message.migrate_from_chat_id, turn.chat_id)


async def press(update: Update, context: Context) -> Any:
    """ "I take it": by the presser's own rights; everybody sees who has it now."""
    turn, payload = context.turn, payload_of(update)
    if not isinstance(payload, GroupDeed):
        turn.toast(view.only_private())
        raise ApplicationHandlerStop
    await groups.bound(turn.session, turn.chat_id)
    complaint = await complaints.reach(turn.session, turn.presser, Action.TAKE, payload.complaint_id)
    city = await know(turn.session, turn.now)
    if complaint.officer_id is None and possible(Action.TAKE, complaint.status):
        await working.take(Acting(turn.session, city, turn.presser, turn.now), complaint.id)
    if complaint.officer_id is None:
        raise Refusal("not_in_this_state")
    officer = await employee_of(turn.session, complaint.officer_id)
    values = groups.card_values(city, complaint) | {"bot": context.bot.username}
    turn.show(view.card(values, officer.name))
    raise ApplicationHandlerStop
