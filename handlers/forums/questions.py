"""The questions of an event, outside a talk: for its hosts to read and to group, for everybody those with an answer."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Meet
from bot.conversation import Handler
from bot.services.forums import minutes, questions
from bot.turn import Context
from bot.views.forums import hosting, speaking
from bot.views.forums import questions as view
from bot.views.forums.desk import ANSWERS, MINUTES
from handlers.forums.looking import pressed


def handlers() -> list[Handler]:
    """The buttons that ask nothing."""
    buttons = {
        hosting.QUESTIONS: show_page,
        view.QUESTION: open_question,
        view.PUT: put,
        hosting.GROUPS: show_groups,
        view.GROUP: open_group,
        ANSWERS: show_answers,
        MINUTES: show_minutes,
    }
    return [CallbackQueryHandler(act, pattern=f"^{Meet.tag}:{verb}:") for verb, act in buttons.items()]


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0


async def show_page(update: Update, context: Context) -> Any:
    """Questions in no group, or those of one."""
    by, payload = await pressed(update, context.turn)
    group, _, page = payload.extra.partition(".")
    context.turn.show(view.page(await questions.page(by, payload.number, _number(group), _number(page))))


async def open_question(update: Update, context: Context) -> Any:
    """One question."""
    by, payload = await pressed(update, context.turn)
    context.turn.show(view.card(await questions.card(by, payload.number)))


async def put(update: Update, context: Context) -> Any:
    """Into a group, or out of it; a second press changes nothing."""
    by, payload = await pressed(update, context.turn)
    await questions.put(by, payload.number, _number(payload.extra))
    context.turn.show(view.card(await questions.card(by, payload.number)))


async def show_groups(update: Update, context: Context) -> Any:
    """The groups."""
    by, payload = await pressed(update, context.turn)
    context.turn.show(view.groups(await questions.groups(by, payload.number, _number(payload.extra))))


async def open_group(update: Update, context: Context) -> Any:
    """One group."""
    by, payload = await pressed(update, context.turn)
    context.turn.show(view.group(*await questions.group_of(by, payload.number)))


async def show_answers(update: Update, context: Context) -> Any:
    """For everybody: what was asked and answered."""
    by, payload = await pressed(update, context.turn)
    found = await questions.groups(by, payload.number, _number(payload.extra), only_answered=True)
    context.turn.show(view.answers(found))


async def show_minutes(update: Update, context: Context) -> Any:
    """For everybody: the minutes, below the card."""
    by, payload = await pressed(update, context.turn)
    context.turn.show(speaking.read_minutes(await minutes.read(by, payload.number)), new=True)
