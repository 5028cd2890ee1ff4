"""Fewer handlers are asked, and the same one takes the update."""

from __future__ import annotations

import re
from typing import Any

import pytest
from telegram import Bot, Update
from telegram.ext import (
    CallbackQueryHandler,
    CommandHandler,
    ConversationHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.inbox.directory import Directory, Handler, reach_of
from tests.driver import Stage

BOT = Bot("1:a")
USER = {"id": 7, "is_bot": False, "first_name": "Siti"}
CHAT = {"id": 7, "type": "private", "first_name": "Siti"}


async def nothing(update: Any, context: Any) -> None:
    """What a handler of these tests does."""


def press(data: str) -> Update:
    query = {"id": "1", "from": USER, "chat_instance": "1", "data": data}
    return Update.de_json({"update_id": 1, "callback_query": query}, BOT)


def said(text: str, kind: str = "message") -> Update:
    command = re.match(r"/\w+(@\w+)?", text)
    entities = [{"type": "bot_command", "offset": 0, "length": command.end()}] if command else []
    message = {"message_id": 1, "date": 1, "from": USER, "chat": CHAT, "text": text, "entities": entities}
    return Update.de_json({"update_id": 1, kind: message}, BOT)


def pressed(pattern: str | None) -> CallbackQueryHandler[Any, Any]:
    return CallbackQueryHandler(nothing, pattern)


TAKE, TALLY, ANY = pressed("^t:take:"), pressed("^t:(a|b):"), pressed(None)
WHOLE, OPEN = pressed("^x(:|$)"), pressed("^o:(a|b):")
MENU = CommandHandler(["menu", "mulai"], nothing)
WORDS = MessageHandler(filters.TEXT, nothing)
ALWAYS = TypeHandler(Update, nothing)
TALK = ConversationHandler([OPEN], {"step": [WORDS]}, [], name="talk")
GROUPS: dict[int, list[Handler]] = {-1: [ALWAYS], 0: [TAKE, MENU, TALLY, WHOLE, TALK, WORDS, ANY]}


@pytest.mark.parametrize(
    ("update", "open_talk", "asked"),
    [
        (press("t:take:5"), None, [TAKE, TALLY, ANY]),
        (press("x"), None, [WHOLE, ANY]),
        (press("o:a:0"), None, [TALK, ANY]),
        (press("t:take:5"), "talk", [TAKE, TALLY, TALK, ANY]),
        (press("nobody:knows"), None, [ANY]),
        (press(""), None, [ANY]),
        (said("halo"), None, [WORDS]),
        (said("halo"), "talk", [TALK, WORDS]),
        (said("halo"), "another", [WORDS]),
        (said("/menu"), None, [MENU, WORDS]),
        (said("/MULAI@gurindam_bot 5"), None, [MENU, WORDS]),
        (said("/tidakada"), None, [WORDS]),
        (said("halo", "edited_message"), None, GROUPS[0]),
    ],
)
def test_those_who_may_take_it_are_asked_in_their_order(
    update: Update, open_talk: str | None, asked: list[Any]
) -> None:
    first, second = Directory(GROUPS).concerned(update, lambda: open_talk)
    assert list(first) == [ALWAYS]
    assert list(second) == asked


def test_a_talk_opened_by_an_earlier_group_is_asked() -> None:
    open_talks: list[str | None] = [None]
    groups = Directory(GROUPS).concerned(said("halo"), lambda: open_talks[-1])
    assert list(next(groups)) == [ALWAYS]
    open_talks.append("talk")
    assert TALK in list(next(groups))


@pytest.mark.parametrize("pattern", ["^t:a|^u:b", "^t:(a|b)|^u:", "t:", "^(t|u):", "^t", "^t:((a|b)|c)"])
def test_a_pattern_that_may_match_several_tags_is_asked_about_every_press(pattern: str) -> None:
    assert reach_of(pressed(pattern)) == frozenset({"press"})


async def test_of_the_whole_product_the_same_handler_takes_every_press_and_command(stage: Stage) -> None:
    assert stage.product is not None
    groups, bot = stage.product.application.handlers, stage.product.application.bot
    directory = Directory(groups)
    seen = 0
    for update in (*_presses(groups[0]), *_commands(groups[0]), said("Lampu jalan mati"), said("/tidakada")):
        (update.message or update.callback_query).set_bot(bot)
        narrowed = [list(group) for group in directory.concerned(update, lambda: None)]
        for asked, group in zip(narrowed, groups.values(), strict=True):
            takes = [handler for handler in group if handler.check_update(update) not in (None, False)]
            assert [handler for handler in asked if handler in takes] == takes
            seen += len(takes)
        assert sum(map(len, narrowed)) < sum(map(len, groups.values()))
    assert seen > 200


def _entries(handlers: list[Any]) -> list[Any]:
    """All of them, and for a talk what may open it."""
    return [
        one for handler in handlers for one in (handler.entry_points if hasattr(handler, "entry_points") else [handler])
    ]


def _presses(handlers: list[Any]) -> list[Update]:
    """For every pattern some data that it matches: its first choices, with a number where it wants one."""
    found = []
    for handler in _entries(handlers):
        if not isinstance(handler, CallbackQueryHandler) or not isinstance(handler.pattern, re.Pattern):
            continue
        data = re.sub(r"\(([^()|]*)\|?[^()]*\)", r"\1", handler.pattern.pattern)
        data = re.sub(r"\\d(\+|\{[\d,]+\})?", "1", data.strip("^$")).replace("\\.", ".").replace("$", "")
        found.append(press(data))
    return found


def _commands(handlers: list[Any]) -> list[Update]:
    named = [handler for handler in _entries(handlers) if isinstance(handler, CommandHandler)]
    return [said(f"/{command}") for handler in named for command in handler.commands]
