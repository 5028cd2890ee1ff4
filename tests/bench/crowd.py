"""The people: each sends the next update of a script when the answer to the one before has come, then gives the
seat to somebody new."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.bench.scripts import UPDATES_PER_TALK, Act, Done, Message, Pictures, Presses, Says, Script

BOT = {"id": 123456, "is_bot": True, "first_name": "Gurindam", "username": "GurindamBenchBot"}
PHOTO = {"file_id": "AgACAgUAAxkBAAIB" + "x" * 60, "file_unique_id": "AQADAgATx7kxG1", "file_size": 81920}
FIRST_PERSON = 7_000_000_000


@dataclass(slots=True)
class Person:
    """One talker; `sent_at` and `handed_at` speak about the update that waits for its answer."""

    id: int
    step: int = 0
    sent_at: float = 0.0
    handed_at: float | None = None

    @property
    def as_user(self) -> dict[str, Any]:
        """The person as Telegram describes a user."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": f"Warga {self.id % 1000}",
            "language_code": "id",
        }

    @property
    def as_chat(self) -> dict[str, Any]:
        """The person's private chat with the bot."""
        return {"id": self.id, "type": "private", "first_name": f"Warga {self.id % 1000}"}


@dataclass(slots=True)
class Figures:
    """What was counted since `started`; times in seconds.

    reactions: from an update handed out to the first message about it; waits: from the person's press to it.
    """

    started: float = field(default_factory=time.monotonic)
    answered: int = 0
    reactions: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)


class Crowd:
    """`send` gets each update as a Telegram object and makes it available to the bot."""

    def __init__(self, script: Script, people: int, send: Callable[[dict[str, Any]], None]) -> None:
        self.figures = Figures()
        self.first_answer_at: float | None = None
        #: The last message that was not the one waited for: where a script that no longer fits stands still.
        self.unwanted = ""
        self._script = script
        self._send = send
        self._seats = people
        self._people: dict[int, Person] = {}
        self._last_id = int(time.time())

    def begin(self) -> None:
        """Somebody in every seat sends the first update."""
        for _ in range(self._seats):
            self._go_on(self._newcomer(), {})

    def mark(self) -> Figures:
        """The figures until now; counting starts anew."""
        figures, self.figures = self.figures, Figures()
        return figures

    def handed_out(self, update: dict[str, Any]) -> None:
        """The bot got this update for the first time."""
        who = update.get("message") or update["callback_query"]
        self._people[who["from"]["id"]].handed_at = time.monotonic()

    def new_message(self, chat_id: int, text: str, markup: Any, message_id: int | None = None) -> Message:
        """The bot's message (a new one, or one edited) as Telegram returns it."""
        if message_id is None:
            message_id = self._next_id()
        person = self._people.get(chat_id)  # the demo's staff get notices too, and are nobody here
        chat = person.as_chat if person is not None else {"id": chat_id, "type": "private", "first_name": "-"}
        message = {
            "message_id": message_id,
            "from": BOT,
            "chat": chat,
            "date": int(time.time()),
            "text": text,
        }
        if markup and "inline_keyboard" in markup:
            message["reply_markup"] = markup
        return message

    def shown(self, message: Message) -> None:
        """The person sees a message and goes on if it is the one that was waited for."""
        person = self._people.get(message["chat"]["id"])
        if person is None:
            return
        now = time.monotonic()
        self.first_answer_at = self.first_answer_at or now
        if person.handed_at is not None:
            self.figures.answered += 1
            self.figures.reactions.append(now - person.handed_at)
            self.figures.waits.append(now - person.sent_at)
            person.handed_at = None
        self._go_on(person, message)

    def _go_on(self, person: Person, message: Message) -> None:
        act = self._script(person.step, message)
        if isinstance(act, Done):
            if person.step != UPDATES_PER_TALK:
                raise RuntimeError(f"a talk of {person.step} updates cannot be compared")
            # Most residents report once; from one with an open report our bot would ask whether this one is new.
            person = self._newcomer()
            act = self._script(0, {})
        if act is None or isinstance(act, Done):
            self.unwanted = f"after update {person.step} of a talk: {message}"
            return
        person.step += 1
        person.sent_at = time.monotonic()
        self._send({"update_id": self._next_id(), **self._update(person, act, message)})

    def _newcomer(self) -> Person:
        person = Person(FIRST_PERSON + len(self._people))
        self._people[person.id] = person
        return person

    def _update(self, person: Person, act: Act, message: Message) -> dict[str, Any]:
        if isinstance(act, Presses):
            query = {
                "from": person.as_user,
                "chat_instance": str(person.id),
                "data": act.data,
                "message": message,
            }
            return {"callback_query": {"id": str(self._next_id()), **query}}
        sent = {"message_id": self._next_id(), "from": person.as_user, "chat": person.as_chat}
        return {"message": {**sent, "date": int(time.time()), **_content(act)}}

    def _next_id(self) -> int:
        self._last_id += 1
        return self._last_id


def _content(act: Says | Pictures) -> dict[str, Any]:
    if isinstance(act, Pictures):
        sizes = [(90, 51), (320, 180), (1280, 720)]
        photo = [{**PHOTO, "width": width, "height": height} for width, height in sizes]
        return {"photo": photo, "caption": act.caption}
    if act.text.startswith("/"):
        length = len(act.text.split()[0])
        return {"text": act.text, "entities": [{"type": "bot_command", "offset": 0, "length": length}]}
    return {"text": act.text}
