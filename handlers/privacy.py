"""One's own data: the notice, consent, the export, withdrawing, being forgotten."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Open, Setting
from bot.conversation import Handler, close, present
from bot.services import privacy, retention
from bot.services.city import know
from bot.turn import Context, Turn
from bot.views import privacy as view
from bot.views.screen import Screen
from models.person import Purpose
from models.rules.permissions import Desk

MESSAGE = filters.UpdateType.MESSAGE
PURPOSES = {purpose.value: purpose for purpose in Purpose}


def handlers() -> list[Handler]:
    """What a person may do with the own data, whatever talk is open."""
    return [
        CommandHandler("privasi", show_notice, MESSAGE),
        CallbackQueryHandler(show_notice, pattern=f"^{Open(Desk.PRIVACY.value).encode()}$"),
        CommandHandler("datasaya", export, MESSAGE),
        CallbackQueryHandler(export, pattern=f"^{Setting(view.EXPORT, view.SURE).encode()}$"),
        CommandHandler("tarik", withdraw, MESSAGE),
        CommandHandler("hapus", ask_erase, MESSAGE),
        CallbackQueryHandler(ask_erase, pattern=f"^{Setting(view.ERASE, view.ASK).encode()}$"),
        CallbackQueryHandler(erase, pattern=f"^{Setting(view.ERASE, view.SURE).encode()}$"),
        CallbackQueryHandler(switch, pattern=f"^{Setting.tag}:({view.GIVE}|{view.TAKE}):({'|'.join(PURPOSES)})$"),
    ]


async def show_notice(update: Update, context: Context) -> Any:
    """/privasi: what happens with the data, and what is consented to."""
    await _then_the_question(context.turn, await _notice(context.turn))


async def _notice(turn: Turn) -> Screen:
    city = await know(turn.session, turn.now)
    contacts = view.Contacts(
        controller=city.fact("privacy.controller", city.fact("city.name")),
        officer=city.fact("ppid.contact", city.fact("office.address")),
        version=privacy.NOTICE_VERSION,
    )
    periods = {what: retention.days_kept(city, what) for what in retention.DEFAULT_DAYS}
    return view.notice(contacts, periods, await privacy.consents(turn.session, turn.person))


async def _then_the_question(turn: Turn, screen: Screen) -> None:
    """Show a screen; the question of an open talk is asked again below it."""
    turn.show(screen)
    if turn.conversation.flow is not None:
        await present(turn, new=True)


async def switch(update: Update, context: Context) -> Any:
    """Consent given or taken back."""
    turn, query = context.turn, update.callback_query
    setting = Setting.decode(query.data or "") if query is not None else None
    if setting is None:
        return
    purpose = PURPOSES[setting.value]
    if setting.what == view.GIVE:
        await privacy.consent(turn.session, turn.person, purpose, turn.now)
    else:
        await privacy.withdraw(turn.session, turn.person, [purpose], turn.now)
    turn.show(await _notice(turn))


async def export(update: Update, context: Context) -> Any:
    """/datasaya: all own data, at once."""
    turn = context.turn
    data = await privacy.export(turn.session, turn.person, turn.now)
    await _then_the_question(turn, view.exported(data, f"data-saya-{turn.now:%Y%m%d}.json"))


async def withdraw(update: Update, context: Context) -> Any:
    """/tarik: no to everything that needs a yes."""
    turn = context.turn
    taken = await privacy.withdraw(turn.session, turn.person, list(Purpose), turn.now)
    await _then_the_question(turn, view.withdrawn(taken))


async def ask_erase(update: Update, context: Context) -> Any:
    """/hapus: say what it means, ask."""
    turn = context.turn
    turn.show(view.ask_erase(turn.presser.employee_id is not None))


async def erase(update: Update, context: Context) -> Any:
    """Yes: forget who this was, now."""
    turn = context.turn
    close(turn)
    turn.show(view.erased())
    turn.offer_commands([])
    await privacy.erase(turn.session, turn.person, turn.update_id, turn.now)
