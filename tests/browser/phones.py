"""The chat page in a headless Chromium, and the phones on it: what people do there, and what they see."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Locator, Page, async_playwright, expect

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
#: Milliseconds within which whatever follows from an act must be on the page.
PATIENCE = 12_000
SCALE = 2


@asynccontextmanager
async def opened(address: str, width: int, height: int, *, persona: int | None = None) -> AsyncIterator[Page]:
    """The page at twice the density; anything it logs as an error, or fails to load, fails whoever opened it.

    `persona`: whose phone a narrow page shows.
    """
    expect.set_options(timeout=PATIENCE)
    faults: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page(
            viewport={"width": width, "height": height},
            device_scale_factor=SCALE,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            reduced_motion="reduce",
            color_scheme="light",
        )
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda each: faults.append(each.text) if each.type == "error" else None)
        await page.goto(f"{address}#{persona}" if persona else address)
        await page.wait_for_selector("[data-persona]")
        yield page
        await browser.close()
    assert faults == []


@dataclass
class Phone:
    """One persona's phone on the page."""

    page: Page
    person: int

    @property
    def slot(self) -> Locator:
        """The phone with the name above it."""
        return self.page.locator(f"[data-persona='{self.person}']")

    def part(self, testid: str) -> Locator:
        """What carries this test id on the phone."""
        return self.slot.get_by_test_id(testid)

    async def starts(self) -> None:
        """Press Start in the empty chat."""
        await self.part("start").click()

    async def speaks(self, language: str) -> None:
        """Set the phone to a language, as the account's settings are."""
        await self.part("language").select_option(language)

    async def says(self, text: str) -> None:
        """Type a message."""
        await self.part("input").fill(text)
        await self.part("send").click()

    async def presses(self, label: str) -> None:
        """Press the newest button with these words."""
        await self.part("inline-button").filter(has_text=label).last.click()

    async def sends_photo(self, name: str, jpeg: bytes, caption: str = "") -> None:
        """Attach a picture."""
        await self.part("attach-photo").set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": jpeg})
        await self.part("attach-caption").fill(caption)
        await self.part("attach-send").click()

    async def sends_place(self, kelurahan: str) -> None:
        """Choose a place in the location picker."""
        await self.part("attach").click()
        await self.part("attach-location").click()
        await self.part("location-place").select_option(label=kelurahan)
        await self.part("location-send").click()

    async def sees_first(self, this: str, that: str) -> bool:
        """Whether of two messages it is this one that is there, or comes soon."""
        message = self.part("message")
        one, other = message.filter(has_text=this), message.filter(has_text=that)
        await expect(one.or_(other).last).to_be_visible()
        return await one.count() > 0

    async def sees(self, *words: str) -> Locator:
        """The newest message that has all of this: it is there, or comes soon."""
        found = self.part("message")
        for each in words:
            found = found.filter(has_text=each)
        await expect(found.last).to_be_visible()
        return found.last

    async def sees_photo(self) -> None:
        """A photo that the bot sent."""
        await expect(self.slot.locator(".row.in .photo").last).to_be_visible()

    async def sees_no_button(self, label: str) -> None:
        """No button of the chat has these words (any more)."""
        await expect(self.part("inline-button").filter(has_text=label)).to_have_count(0)

    async def reads(self, pattern: str, within: str) -> str:
        """What the pattern finds in the newest message that has these words."""
        found = re.search(pattern, await (await self.sees(within)).inner_text())
        assert found, pattern
        return found.group()

    async def shot(self, file: Path) -> None:
        """A picture of the phone as it is now, its photos loaded."""
        await self.loaded()
        await self.slot.screenshot(path=file, animations="disabled")

    async def to_the_end(self) -> None:
        """Scroll to the newest message, the mouse out of the way."""
        await self.page.mouse.move(0, 0)
        await self.slot.get_by_role("log").evaluate("list => list.scrollTo({top: list.scrollHeight})")

    async def loaded(self) -> None:
        """Wait until every photo in the chat is drawn."""
        await self.page.wait_for_function(
            "id => [...document.querySelectorAll(`[data-persona='${id}'] img`)].every(each => each.complete)",
            arg=self.person,
        )
