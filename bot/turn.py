"""One update being handled: its session, its person, where the talk stands, and what will be answered.

The turn is a context variable, so that python-telegram-bot's handlers, filters and conversations find it.
Answers are collected here and go to Telegram only after the commit.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Update
from telegram.ext import CallbackContext, ExtBot

from bot.callbacks import Payload, read
from bot.delivery.answers import Answer
from bot.delivery.making import ACTION, KIND, LANGUAGE
from bot.services import audit
from bot.services.people import Standing
from bot.views.screen import Screen
from models.person import Person
from models.rules.permissions import Presser

#: Telegram's word for "a document is coming".
FILE = "upload_document"
#: Of an order, what the audit keeps.
ABOUT = frozenset({"code", "units", "service", "period", "span", "by", "public", "unit", "area", "report_class"})
CURRENT: ContextVar[Turn] = ContextVar("turn")


@dataclass(slots=True)
class Turn:
    """Everything a handler may use while one update is handled, inside its one transaction."""

    session: AsyncSession
    person: Person
    conversation: Standing
    presser: Presser
    now: datetime
    update_id: int
    chat_id: int
    message_id: int | None = None
    callback_id: str | None = None
    answers: list[Answer] = field(default_factory=list)

    @property
    def draft(self) -> dict[str, Any]:
        """What the person answered so far in the open talk; change it only by `keep`."""
        return self.conversation.draft

    @property
    def in_group(self) -> bool:
        """Whether this happens before others: the person's talk is not touched there."""
        return self.chat_id < 0

    def keep(self, **answers: Any) -> None:
        """Store answers in the draft (a new object, so that the change is seen and written)."""
        self.conversation.draft = {**self.conversation.draft, **answers}

    def show(self, screen: Screen, *, question: str | None = None, new: bool = False) -> None:
        """Answer with a screen after the commit: the pressed message turns into it, else it is a new message.

        `question` is the open question in plain words; the keyboard of the one before is then taken away.
        `new` keeps the pressed message as it is and writes below it.
        """
        below = new or screen.files or screen.document
        edit = self.message_id if self.callback_id and not below else None
        self._keep_buttons(edit)
        self.answers.append(
            Answer(
                chat_id=self.chat_id,
                screen=screen,
                edit=edit,
                strip=None if edit or self.in_group else self.conversation.message_id,
                remember=question is not None,
                callback_id=self._take_callback(),
            )
        )
        if not self.in_group:
            self.conversation.message_id = edit if question is not None else None

    def order(
        self,
        kind: str,
        *,
        new: bool = False,
        moves: bool = False,
        action: str = "typing",
        toast: str | None = None,
        **what: Any,
    ) -> None:
        """Answer with what is made after the commit (`handlers.makers`), from plain values.

        The pressed message turns into it unless it is `new`; one that `moves` is shown below and leaves no buttons
        behind. Check the right to it first. `action` is what Telegram shows meanwhile, `toast` stands over the chat.
        A civil servant's order of a FILE is an act for the audit.
        """
        edit = self.message_id if self.callback_id and not new and not moves else None
        strip = self.message_id if self.callback_id and moves else None
        if action == FILE and self.presser.grants:
            audit.record(self.session, "exported", kind, 0, self.now, new=_facts(what))
        order = {KIND: kind, LANGUAGE: self.person.language, ACTION: action, **what}
        self.answers.append(
            Answer(self.chat_id, edit=edit, strip=strip, callback_id=self._take_callback(), toast=toast, order=order)
        )

    def refresh(self, screen: Screen) -> None:
        """Turn the open question's message into this screen; nothing new is written."""
        self.answers.append(
            Answer(chat_id=self.chat_id, screen=screen, edit=self.conversation.message_id, refresh=True)
        )

    def toast(self, text: str) -> None:
        """Only a short notice over the chat (for a button that changes nothing to see)."""
        self.answers.append(Answer(chat_id=self.chat_id, callback_id=self._take_callback(), toast=text))

    def offer_commands(self, commands: list[tuple[str, str]], chat_id: int | None = None) -> None:
        """The chat's own list of commands (name, description) from now on; empty: the common one."""
        self.answers.append(Answer(chat_id=self.chat_id if chat_id is None else chat_id, commands=commands))

    def _keep_buttons(self, message_id: int | None) -> None:
        """What is shown in a message stays usable: no earlier answer takes its buttons away afterwards."""
        for answer in self.answers:
            if answer.strip == message_id:
                answer.strip = None

    def _take_callback(self) -> str | None:
        """The press is acknowledged once."""
        taken = any(answer.callback_id for answer in self.answers)
        return None if taken else self.callback_id


def _facts(what: dict[str, Any]) -> dict[str, Any]:
    """What a file is about, of values that name nobody."""
    return {name: value for name, value in what.items() if name in ABOUT and value is not None}


class Context(CallbackContext[ExtBot[Any], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """python-telegram-bot's context with our turn in it; its own user_data and chat_data hold nothing."""

    @property
    def turn(self) -> Turn:
        """The update being handled."""
        return CURRENT.get()


def payload_of(update: Update) -> Payload | None:
    """The typed payload of a pressed button."""
    query = update.callback_query
    return read(query.data) if query is not None and query.data else None
