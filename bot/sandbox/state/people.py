"""Who takes part: people with a phone, the bot, and the chats between them. Values only."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

ANONYMOUS_ADMIN = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
"""Telegram's stand-in author for a group's administrator who posts as the group."""

_COLOURS = ("#2f7d6b", "#b4532a", "#5b57a6", "#1f6fa8", "#a13d63", "#7a6a1d")


@dataclass
class Person:
    """A persona: Telegram's User fields, and for the page a role (`label`) and a colour."""

    id: int
    first_name: str
    language_code: str = "id"
    last_name: str = ""
    username: str = ""
    label: str = ""
    colour: str = ""
    phone_number: str = ""
    deactivated: bool = False

    def __post_init__(self) -> None:
        self.colour = self.colour or _COLOURS[self.id % len(_COLOURS)]
        self.phone_number = self.phone_number or f"+62811{self.id % 10_000_000:07d}"

    def user(self) -> dict[str, Any]:
        """Telegram's User."""
        fields = {
            "last_name": self.last_name, "username": self.username, "language_code": self.language_code,
        }  # fmt: skip
        return {"id": self.id, "is_bot": False, "first_name": self.first_name, **_present(fields)}

    def card(self) -> dict[str, Any]:
        """What the page shows."""
        return {
            **self.user(), "label": self.label, "colour": self.colour, "phone_number": self.phone_number,
        }  # fmt: skip


@dataclass
class Bot:
    """The one bot of a sandbox; its number is taken from the first token that calls."""

    id: int = 7_000_000_001
    username: str = "GurindamDemoBot"
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    claimed: bool = False

    def name(self, language: str = "") -> str:
        return self.names.get(language) or self.names.get("") or self.username

    def user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": True, "first_name": self.name(), "username": self.username}


@dataclass
class Message:
    """A message as the bot sees it (`content`); its keyboard is apart, since only inline ones are echoed."""

    content: dict[str, Any]
    markup: dict[str, Any] | None
    from_bot: bool
    reactions: list[str] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.content["message_id"])

    def for_bot(self) -> dict[str, Any]:
        if self.markup and "inline_keyboard" in self.markup:
            return {**self.content, "reply_markup": self.markup}
        return dict(self.content)

    def for_people(self) -> dict[str, Any]:
        """As the bot sees it, with any keyboard, and `reactions` (emoji) where there are some."""
        extras = {"reply_markup": self.markup, "reactions": self.reactions}
        return {**self.content, **_present(extras)}


@dataclass
class Chat:
    """A private chat (id of its person) or a group. `bot_status` is Telegram's ChatMember status of the bot:
    in a private chat "left" = never started, "member", "kicked" = blocked."""

    id: int
    type: str
    title: str = ""
    person: Person | None = None
    members: dict[int, str] = field(default_factory=dict)
    bot_status: str = "left"
    messages: dict[int, Message] = field(default_factory=dict)
    next_message_id: int = 1
    migrated_to: int | None = None
    pinned: int | None = None
    menu_button: dict[str, Any] | None = None

    @property
    def private(self) -> bool:
        return self.person is not None

    def card(self) -> dict[str, Any]:
        """Telegram's Chat."""
        if self.person:
            names = {key: self.person.user().get(key) for key in ("first_name", "last_name", "username")}
            return {"id": self.id, "type": "private", **_present(names)}
        return {"id": self.id, "type": self.type, "title": self.title}


@dataclass
class Press:
    """A pressed inline button; `answer` is what the bot gave back, None until then."""

    id: str
    person_id: int
    chat_id: int
    message_id: int
    data: str
    expires_at: float
    update_id: int | None = None
    answer: dict[str, Any] | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)


def _present(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
