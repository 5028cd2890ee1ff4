"""The desk of recognitions outside a talk: own and announced ones, rules, reasons; proposing, approving, consenting."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Award, Open
from bot.conversation import Handler, close, is_light
from bot.services.performance.evaluation.judging import Judging
from bot.services.performance.recognition import announcing, awards, lists, rules
from bot.services.performance.recognition.announcing import Reach
from bot.turn import FILE, Context, Turn, payload_of
from bot.views.making import preparing
from bot.views.performance.recognition import desk as view
from bot.views.performance.recognition import nominations
from handlers.performance.evaluation.showing import judging
from handlers.performance.recognition import made
from handlers.performance.recognition.showing import shown
from handlers.report_draft import message_of
from models.errors import Refusal
from models.rules.performance.evaluation_period import EvaluationPeriod
from models.rules.permissions import Desk, require_desk

MESSAGE = filters.UpdateType.MESSAGE
#: What the code on a certificate opens, before its token.
LINK = "piagam_"


def handlers() -> list[Handler]:
    """The command, a certificate's code, the lists, and the buttons that ask nothing."""
    buttons = {
        view.OWN: show_own,
        view.PAST: show_past,
        view.RULES: show_rules,
        view.WHY: show_why,
        view.GROUPS: show_groups,
        view.GROUP: show_group,
        view.OPEN: open_card,
        view.PROPOSE: propose,
        view.APPROVE: approve,
        f"{view.YES}|{view.NO}": answer,
        view.ANNOUNCE: announce,
        view.PAPER: order_paper,
    }
    return [
        CommandHandler("start", check, MESSAGE & filters.Regex(f"^/start {LINK}")),
        CommandHandler("penghargaan", open_desk, MESSAGE),
        CallbackQueryHandler(open_desk, pattern=f"^{Open.tag}:{Desk.RECOGNITIONS.value}:"),
        *(CallbackQueryHandler(act, pattern=f"^{Award.tag}:({verb}):") for verb, act in buttons.items()),
    ]


async def check(update: Update, context: Context) -> Any:
    """Anybody opened the code of a certificate: whether it is genuine; whose, only with a consent."""
    turn = context.turn
    found = await announcing.check(turn.session, (message_of(update).text or "").partition(LINK)[2].strip())
    if is_light(turn):
        close(turn)
    turn.show(view.certificate(found), new=True)


async def _pressed(update: Update, turn: Turn) -> tuple[Judging, Award]:
    require_desk(turn.presser, Desk.RECOGNITIONS)
    payload = payload_of(update)
    if not isinstance(payload, Award):
        raise Refusal("no_such_nomination")
    return await judging(turn), payload


async def open_desk(update: Update, context: Context) -> Any:
    """/penghargaan."""
    turn = context.turn
    require_desk(turn.presser, Desk.RECOGNITIONS)
    by = await judging(turn)
    turn.show(view.desk(reads=by.sees_everyone or awards.approves(by)))


async def show_own(update: Update, context: Context) -> Any:
    """The own recognitions."""
    by, _payload = await _pressed(update, context.turn)
    context.turn.show(view.own(await lists.own(by)))


async def show_past(update: Update, context: Context) -> Any:
    """What was announced."""
    by, _payload = await _pressed(update, context.turn)
    context.turn.show(view.past(await lists.announced(by)))


async def show_rules(update: Update, context: Context) -> Any:
    """The rules in words."""
    by, _payload = await _pressed(update, context.turn)
    context.turn.show(view.rules(await rules.valid(by)))


async def show_why(update: Update, context: Context) -> Any:
    """The own figures against each rule."""
    by, _payload = await _pressed(update, context.turn)
    context.turn.show(view.why(await lists.why(by)))


async def show_groups(update: Update, context: Context) -> Any:
    """Rules and periods with nominations, for those who propose and approve."""
    by, _payload = await _pressed(update, context.turn)
    context.turn.show(nominations.groups(await lists.groups(by)))


def _period(extra: str) -> str:
    period = EvaluationPeriod.read(extra)
    if period is None:
        raise Refusal("no_such_period")
    return period.code


async def show_group(update: Update, context: Context) -> Any:
    """Those who fulfil a rule in a period."""
    by, pressed = await _pressed(update, context.turn)
    await _group(context.turn, by, pressed.number, _period(pressed.extra))


async def _group(turn: Turn, by: Judging, rule_id: int, period: str) -> None:
    found = await lists.of_group(by, rule_id, period)
    turn.show(nominations.group(found, rule_id, period, is_hr=by.sees_everyone))


async def open_card(update: Update, context: Context) -> Any:
    """One nomination."""
    by, pressed = await _pressed(update, context.turn)
    context.turn.show(nominations.card(*await shown(by, pressed.number)))


async def propose(update: Update, context: Context) -> Any:
    """The list goes to the leader."""
    by, pressed = await _pressed(update, context.turn)
    period = _period(pressed.extra)
    await awards.propose(by, pressed.number, period)
    await _group(context.turn, by, pressed.number, period)


async def approve(update: Update, context: Context) -> Any:
    """The leader approves; a second press says that it is decided."""
    by, pressed = await _pressed(update, context.turn)
    await awards.approve(by, pressed.number)
    context.turn.show(nominations.card(*await shown(by, pressed.number)))


async def answer(update: Update, context: Context) -> Any:
    """May the name be shown."""
    by, pressed = await _pressed(update, context.turn)
    await awards.answer(by, pressed.number, yes=pressed.verb == view.YES)
    context.turn.show(nominations.card(*await shown(by, pressed.number)))


async def announce(update: Update, context: Context) -> Any:
    """To the units of those recognised, or the whole city; once."""
    by, pressed = await _pressed(update, context.turn)
    period, _, reach = pressed.extra.partition(".")
    if reach not in set(Reach):
        raise Refusal("no_such_choice")
    context.turn.show(nominations.told(await announcing.announce(by, pressed.number, _period(period), Reach(reach))))


async def order_paper(update: Update, context: Context) -> Any:
    """The certificate, for whom it is about and for human resources."""
    turn = context.turn
    by, pressed = await _pressed(update, turn)
    _one, may = await shown(by, pressed.number)
    if not may.paper:
        raise Refusal("no_such_nomination")
    turn.order(
        made.CERTIFICATE,
        new=True,
        action=FILE,
        toast=preparing(),
        number=pressed.number,
        person=turn.person.id,
        link=f"https://t.me/{context.bot.username}?start={LINK}",
    )
