"""Residents who file reports by a script, looking only at their phones, however often the bot dies meanwhile."""

from __future__ import annotations

import asyncio
import random
import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import Sandbox
from tests.driver import text_of

CODE = re.compile(r"TPI-\d{6}-[0-9A-Z]{7}")
LOOK = 0.02
PATIENCE = 60.0
#: Seconds between reading a question and pressing its button.
THINKING = (0.0, 0.4)


@dataclass
class Resident:
    """One person with a list of things to report, each told in words of its own."""

    sandbox: Sandbox
    id: int
    dice: random.Random
    codes: dict[str, str] = field(default_factory=dict)
    since: int = 0

    async def file_until(self, enough: asyncio.Event) -> None:
        """File one report after the other; the one in hand is finished before this ends."""
        while not enough.is_set():
            await self.file(f"Lampu jalan nomor {self.id}-{len(self.codes)} di depan SD mati sejak hari Senin")

    async def file(self, text: str) -> None:
        """The whole talk; at the summary the words must still be there.

        Confidential: open reports that are so alike would be offered to follow instead.
        """
        self._says("/lapor")
        await self._press_at("Apa yang ingin Bapak/Ibu sampaikan?", "Pengaduan")
        await self._sees("Silakan ceritakan masalahnya")
        self._says(text)
        await self._press_at("Ada foto atau video?", "Lewati")
        await self._sees("Di mana tempatnya?")
        self._says("Sei Jang, depan masjid")
        await self._press_at("Kelurahan Sei Jang", "Ya, benar")
        await self._press_at("Siapa yang boleh tahu?", "Rahasia")
        summary = await self._press_at("Periksa dahulu", "Kirim laporan")
        assert text in text_of(summary), "the draft was lost"
        filed = await self._sees("Nomor laporan")
        code = CODE.search(text_of(filed))
        assert code is not None
        self.codes[text] = code.group()

    def _says(self, text: str) -> None:
        self.since = self.sandbox.send_text(self.id, text)["message_id"]

    async def _press_at(self, question: str, label: str) -> dict[str, Any]:
        message = await self._sees(question)
        for row in message["reply_markup"]["inline_keyboard"]:
            for button in row:
                if label in button["text"]:
                    await asyncio.sleep(self.dice.uniform(*THINKING))
                    self.sandbox.press(self.id, message["message_id"], button["callback_data"])
                    return message
        raise AssertionError(f"no button {label!r}")

    async def _sees(self, words: str) -> dict[str, Any]:
        """Wait until the bot says this below what the person wrote last."""
        for _ in range(int(PATIENCE / LOOK)):
            for message in reversed(self.sandbox.history(self.id)[-4:]):
                if message["message_id"] > self.since and words in text_of(message):
                    return message
            await asyncio.sleep(LOOK)
        raise AssertionError(f"{self.id} waits for {words!r} and sees {text_of(self.sandbox.history(self.id)[-1])!r}")
