"""Talks to the product as people do, through the sandbox and without sockets.

`stage` is one product on one database; `stage.person("Siti")` is somebody with a phone:
`await siti.says("…")`, `await siti.presses("Kirim")`, `siti.sees("…")`. After each act everything that follows from
it is done: updates handled, answers and notices sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import count
from typing import Any

from bot.app import Product, build
from bot.config import Settings
from bot.db import Database
from bot.inbox import store
from bot.sandbox import Sandbox, create_sandbox
from bot.sandbox.inprocess import SandboxRequest

TOKEN = "123456789:AAexample-token-for-the-sandbox-000000"
#: Seals the identities of anonymous reporters.
IDENTITY_KEY = "dGVzdHMgc2VhbCB3aXRoIHRoaXMgMzIgYnl0ZSBrZXk="
#: A Tuesday morning in office hours (10.00 WIB).
START = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@dataclass
class Stage:
    """The product on one database, with a clock that the test moves."""

    database_url: str
    now: datetime = START
    sandbox: Sandbox = field(default_factory=lambda: create_sandbox(limits=False))
    offset: int = 0
    product: Product | None = None
    _ids: Any = field(default_factory=lambda: count(7_000_001))

    async def open(self) -> None:
        """Start a product (again, after `crash`): what was left unfinished is taken up."""
        settings = Settings(
            bot_token=TOKEN, database_url=self.database_url, sends_per_second=10_000, sends_per_chat=10_000
        )
        self.product = build(settings, clock=lambda: self.now, request=SandboxRequest(self.sandbox))
        await self.product.application.initialize()
        async with self.db.read() as session:
            self.product.lanes.feed(await store.unfinished(session))
        await self.settle()

    async def close(self) -> None:
        """Stop it properly."""
        if self.product is not None:
            await self.product.stop()

    @property
    def db(self) -> Database:
        """The product's database."""
        assert self.product is not None
        return self.product.runtime.db

    async def settle(self) -> None:
        """Let everything happen that follows from what people did."""
        product = self.product
        assert product is not None
        quiet = False
        while True:
            updates: Any = await product.runtime.bot.do_api_request(
                "getUpdates", api_kwargs={"offset": self.offset, "timeout": 0}
            )
            if quiet and not updates:
                break
            if updates:
                await product.take(updates)
                self.offset = updates[-1]["update_id"] + 1
            await product.lanes.idle()
            sent = await product.runtime.sender.sweep()
            if not updates and not sent:
                break
            quiet = not sent
        await product.replies.idle()
        await product.replies.stop()

    def person(self, name: str, language: str = "id", telegram_id: int | None = None) -> Phone:
        """Somebody with a phone."""
        person_id = telegram_id or next(self._ids)
        self.sandbox.add_person(name, person_id, language)
        return Phone(self, person_id, name)

    def later(self, **delta: float) -> None:
        """The clock moves on."""
        self.now += timedelta(**delta)


@dataclass
class Phone:
    """One person's phone: what they do, and what they see."""

    stage: Stage
    id: int
    name: str

    async def says(self, text: str, **options: Any) -> None:
        """Type a message."""
        self.stage.sandbox.send_text(self.id, text, **options)
        await self.stage.settle()

    async def starts(self, payload: str | None = None) -> None:
        """Press Start, or open a deep link."""
        self.stage.sandbox.start(self.id, payload)
        await self.stage.settle()

    async def sends(self, method: str, *args: Any, **options: Any) -> None:
        """Send a photo, album, voice, document, location…: `sends("photo", data, caption="…")`."""
        getattr(self.stage.sandbox, f"send_{method}")(self.id, *args, **options)
        await self.stage.settle()

    async def presses(self, label: str) -> None:
        """Press the newest button whose label contains these words."""
        message_id, data = self.button(label)
        await self.presses_data(message_id, data)

    async def presses_data(self, message_id: int, data: str) -> None:
        """Press a button by its data (an old one, a forged one)."""
        self.stage.sandbox.press(self.id, message_id, data)
        await self.stage.settle()

    def history(self) -> list[dict[str, Any]]:
        """The chat, the oldest message first."""
        return self.stage.sandbox.history(self.id)

    def button(self, label: str) -> tuple[int, str]:
        """Message id and data of the newest button whose label contains these words."""
        for message in reversed(self.history()):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if label.casefold() in button["text"].casefold() and "callback_data" in button:
                        return message["message_id"], button["callback_data"]
        raise AssertionError(f"{self.name} has no button {label!r}; last seen:\n{self.last()}\n{self.buttons()}")

    def buttons(self) -> list[str]:
        """The labels of the newest message that has buttons."""
        for message in reversed(self.history()):
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            if rows:
                return [button["text"] for row in rows for button in row]
        return []

    def texts(self) -> list[str]:
        """What the bot says in this chat, as read, the oldest first."""
        return [text_of(m) for m in self.history() if m.get("from", {}).get("is_bot")]

    def last(self) -> str:
        """The bot's newest message."""
        texts = self.texts()
        return texts[-1] if texts else ""

    def sees(self, *parts: str) -> None:
        """The bot's newest message contains all of this."""
        for part in parts:
            assert part in self.last(), f"{self.name} does not see {part!r} but:\n{self.last()}"

    def saw(self, part: str) -> bool:
        """Some message of the bot contains this."""
        return any(part in text for text in self.texts())

    async def newest_file(self) -> bytes:
        """What the newest document of this chat holds."""
        document = next(message["document"] for message in reversed(self.history()) if "document" in message)
        product = self.stage.product
        assert product is not None
        file = await product.runtime.bot.get_file(document["file_id"])
        return bytes(await file.download_as_bytearray())


def text_of(message: dict[str, Any]) -> str:
    """A message as a person reads it."""
    return unescape(re.sub(r"<[^>]+>", "", message.get("text") or message.get("caption") or ""))
