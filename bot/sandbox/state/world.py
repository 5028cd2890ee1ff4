"""The state of a sandbox and the few ways it changes. No sockets, no waiting."""

import re
import time
from collections.abc import Callable
from typing import Any

from bot.sandbox.state.clock import Clock
from bot.sandbox.state.commands import CommandLists
from bot.sandbox.state.counters import Counters
from bot.sandbox.state.errors import ApiError, PersonError, bad_request, forbidden, upgraded
from bot.sandbox.state.events import Events
from bot.sandbox.state.faults import Faults
from bot.sandbox.state.files import FileStore
from bot.sandbox.state.limits import Limits
from bot.sandbox.state.people import Bot, Chat, Message, Person, Press
from bot.sandbox.state.updates import DAY, UpdateQueue

_TOKEN = re.compile(r"(\d{1,16}):[A-Za-z0-9_-]{3,64}")
_GROUP_REFUSALS = {
    "kicked": "bot was kicked from the {kind} chat",
    "left": "bot is not a member of the {kind} chat",
}


class WebhookSettings:
    """Where updates are posted; no `url` means the bot polls."""

    def __init__(self) -> None:
        self.url = ""
        self.secret = ""
        self.max_connections = 40
        self.last_error: tuple[int, str] | None = None


class World:
    """Bot, people, chats and everything between them."""

    def __init__(
        self, username: str = "GurindamDemoBot", limits: bool = True, now: Callable[[], float] = time.time
    ) -> None:
        self.clock = Clock(now)
        self.bot = Bot(username=username)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.places: list[dict[str, Any]] = []
        self.commands = CommandLists()
        self.menu_button: dict[str, Any] = {"type": "commands"}
        self.files = FileStore()
        self.updates = UpdateQueue(self.clock)
        self.webhook = WebhookSettings()
        self.events = Events(self.clock.first_update_id())
        self.limits = Limits(limits)
        self.faults = Faults()
        self.counters = Counters()
        self.revoked: set[str] = set()
        self._first_message_id = self.clock.first_message_id()
        self._serial = self._first_message_id

    def admit(self, token: str) -> None:
        """Check a token; the first good one gives the bot its number. Raises ApiError 401 or 404."""
        found = _TOKEN.fullmatch(token)
        if not found:
            raise ApiError(404, "Not Found")
        if token in self.revoked:
            raise ApiError(401, "Unauthorized")
        if not self.bot.claimed:
            self.bot.id = int(found[1])
            self.bot.claimed = True

    def add_chat(self, chat: Chat) -> Chat:
        chat.next_message_id = self._first_message_id
        self.chats[chat.id] = chat
        return chat

    def serial(self) -> int:
        """A number never given before, for albums, presses and groups."""
        self._serial += 1
        return self._serial

    def chat_for_bot(self, value: str, write: bool = True) -> Chat:
        """The chat a method names; raises ApiError where the bot may not use it."""
        if not value:
            raise bad_request("chat_id is empty")
        chat = self.chats.get(int(value)) if re.fullmatch(r"-?\d{1,16}", value) else None
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to:
            raise upgraded(chat.migrated_to)
        if write:
            self._check_access(chat)
        return chat

    def message_for_bot(self, chat: Chat, message_id: int, purpose: str) -> Message:
        """A message a method names; `purpose` as in "message to edit not found"."""
        message = chat.messages.get(message_id)
        if message is None:
            raise bad_request(f"{purpose} not found")
        return message

    def person(self, person_id: int) -> Person:
        if person_id not in self.people:
            raise PersonError(f"no person {person_id}")
        return self.people[person_id]

    def watchers(self, chat: Chat) -> list[int]:
        """People on whose phone the chat is."""
        return [chat.id] if chat.private else list(chat.members)

    def post(
        self, chat: Chat, author: dict[str, Any], body: dict[str, Any], markup: dict[str, Any] | None = None
    ) -> Message:
        """Put a message into a chat; does not tell the bot."""
        head = {"message_id": chat.next_message_id, "from": author, "chat": chat.card()}
        content = {**head, "date": int(self.clock.now()), **body}
        chat.next_message_id += 1
        message = Message(content, markup, author.get("id") == self.bot.id)
        chat.messages[message.id] = message
        if message.from_bot:
            self.counters.delivered(chat.id)
        self.events.publish("message", {"message": message.for_people()}, self.watchers(chat))
        return message

    def change(self, chat: Chat, message: Message, content: dict[str, Any], markup: dict[str, Any] | None) -> None:
        """Replace what a message shows."""
        message.content, message.markup = content, markup
        self.events.publish("edited", {"message": message.for_people()}, self.watchers(chat))

    def drop(self, chat: Chat, message_id: int) -> None:
        """Delete a message."""
        del chat.messages[message_id]
        data = {"chat_id": chat.id, "message_id": message_id}
        self.events.publish("deleted", data, self.watchers(chat))

    def tell_bot(self, kind: str, payload: dict[str, Any], lane: str, lifetime: float = DAY) -> int | None:
        """Queue an update; returns its id, None where the bot does not want the kind."""
        return self.updates.add(kind, payload, lane, lifetime)

    def _check_access(self, chat: Chat) -> None:
        if chat.person:
            if chat.person.deactivated:
                raise forbidden("user is deactivated")
            if chat.bot_status == "kicked":
                raise forbidden("bot was blocked by the user")
            if chat.bot_status == "left":
                raise forbidden("bot can't initiate conversation with a user")
        elif chat.bot_status in _GROUP_REFUSALS:
            raise forbidden(_GROUP_REFUSALS[chat.bot_status].format(kind=chat.type))
