"""Which handlers an update may concern, so that not every one of them is asked.

There are hundreds, and python-telegram-bot asks them in turn until one takes the update. Nearly all listen for one kind
of button or one command: whoever cannot take an update by the beginning of its pattern is left out, the others are
asked in their order as ever. A talk is asked when it is open, or when one of its entries may take the update.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from telegram import MessageEntity, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ConversationHandler, MessageHandler

from bot.payload import SEPARATOR

Handler = BaseHandler[Any, Any, Any]
#: What a handler may take: every press, those of one tag (`press t`), everything said, one command (`/menu`).
PRESS, SAID = "press", "said"
Reach = frozenset[str]
#: Tells which talk is open now.
OpenTalk = Callable[[], str | None]
#: A pattern that only data with this tag in front can match.
_TAGGED = re.compile(r"\^([a-z]+)(:|\(:\|\$\))")


def reach_of(handler: Handler) -> Reach | None:
    """What it may take at most; None: it must always be asked. Of a talk: what may open it."""
    if isinstance(handler, ConversationHandler):
        entries = [reach_of(entry) for entry in handler.entry_points]
        return None if None in entries else frozenset[str]().union(*(entry for entry in entries if entry))
    if isinstance(handler, CallbackQueryHandler):
        tag = _tag_of(handler.pattern)
        return frozenset({PRESS if tag is None else f"{PRESS} {tag}"})
    if isinstance(handler, CommandHandler):
        return frozenset(f"/{command}" for command in handler.commands)
    return frozenset({SAID}) if isinstance(handler, MessageHandler) else None


def _tag_of(pattern: object) -> str | None:
    """The tag that all data has which the pattern matches; None where it may have several."""
    if not isinstance(pattern, re.Pattern):
        return None
    tagged = _TAGGED.match(pattern.pattern)
    has_choices = "|" in re.sub(r"\([^()]*\)", "", pattern.pattern)
    return None if tagged is None or has_choices else tagged[1]


class Directory:
    """The handlers of an application by what they may take; `groups` as python-telegram-bot keeps them."""

    def __init__(self, groups: Mapping[int, Sequence[Handler]]) -> None:
        self._groups = [[(handler, reach_of(handler)) for handler in handlers] for handlers in groups.values()]
        self._known = {name for group in self._groups for _, reach in group for name in reach or ()}
        self._found: dict[str, list[list[tuple[Handler, str | None]]]] = {}

    def concerned(self, update: Update, open_talk: OpenTalk) -> Iterator[Iterator[Handler]]:
        """Group by group, those to ask in their order; a group before may have opened a talk."""
        name = self._name(update)
        if name is None:
            return (iter([handler for handler, _ in group]) for group in self._groups)
        if name not in self._found:
            self._found[name] = [list(_narrowed(group, name)) for group in self._groups]
        return (_asked(group, open_talk) for group in self._found[name])

    def _name(self, update: Update) -> str | None:
        """What the update is: a press or something said, as far as a handler knows it. None: something else."""
        query, message = update.callback_query, update.message
        if query is not None:
            tag = f"{PRESS} {(query.data or '').partition(SEPARATOR)[0]}"
            return tag if tag in self._known else PRESS
        if message is None:
            return None
        first = message.entities[0] if message.entities and message.text else None
        if first is None or first.type != MessageEntity.BOT_COMMAND or first.offset != 0:
            return SAID
        command = (message.text or "")[: first.length].partition("@")[0].lower()
        return command if command in self._known else SAID


def _narrowed(group: Iterable[tuple[Handler, Reach | None]], name: str) -> Iterator[tuple[Handler, str | None]]:
    """Each that may take it; a talk that cannot be opened by it with its name, under which it may be open."""
    names = {name, PRESS if name.startswith(PRESS) else SAID}
    for handler, reach in group:
        if reach is None or reach & names:
            yield handler, None
        elif isinstance(handler, ConversationHandler):
            yield handler, handler.name


def _asked(group: Iterable[tuple[Handler, str | None]], open_talk: OpenTalk) -> Iterator[Handler]:
    name = open_talk()
    return (handler for handler, talk in group if talk is None or talk == name)
