"""The demo in a real browser: a report from the first words to the verdict, and the greeting in each language.

The pictures of every station are kept in artefacts/ to be looked at.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page

from bot.services.demo.people import PERSONAS
from tests.browser.demo import ROOT, running_demo
from tests.browser.phones import CHROMIUM, Phone, opened
from tests.browser.walk import Walk

PICTURES = ROOT / "artefacts"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed on this machine"),
]


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    async with running_demo(tmp_path) as address, opened(address, 1600, 980) as page:
        yield page


async def test_a_resident_is_heard(page: Page) -> None:
    PICTURES.mkdir(exist_ok=True)

    async def keep(name: str, phone: Phone) -> None:
        await phone.shot(PICTURES / f"{name}.png")

    walk = Walk(page, keep)
    await walk.all()

    await walk.resident.presses("Lihat laporan")
    story = await walk.resident.sees(walk.code, "Keadaan: Selesai")
    told = await story.inner_text()
    assert told.index("Laporan kami terima") < told.index("Diteruskan ke") < told.index("nilai 4 dari 4")
    await keep("warga-15-perjalanan", walk.resident)
    await page.screenshot(path=PICTURES / "semua.png")


async def test_the_greeting_follows_the_phones_language(page: Page) -> None:
    PICTURES.mkdir(exist_ok=True)
    for persona, language, greeting in (
        (PERSONAS[0], "ms", "Selamat datang ke perkhidmatan warga"),
        (PERSONAS[3], "en", "Welcome to the residents' service of"),
    ):
        phone = Phone(page, persona.telegram_id)
        await phone.speaks(language)
        await phone.starts()
        await phone.sees(greeting)
        await phone.shot(PICTURES / f"salam-{language}.png")
