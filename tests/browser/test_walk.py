"""The demo in a real browser: a report from the first words to the verdict, and every persona in each language.

The pictures of every station are kept in artefacts/ to be looked at.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page

from bot.config import LANGUAGES
from bot.services.demo.people import PERSONAS
from tests.browser.demo import ROOT, running_demo
from tests.browser.personas import Visit, untranslated
from tests.browser.phones import CHROMIUM, Phone, opened
from tests.browser.walk import Walk

PICTURES = ROOT / "artefacts"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(900),
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


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_persona_reads_only_its_own_language(page: Page, language: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    faults: list[str] = []
    for persona in PERSONAS:
        visit = Visit(page, persona, language)
        await visit.phone.speaks(language)
        await visit.all()
        assert set(visit.own()) < visit.screens.keys()
        faults += visit.faults()
        await visit.phone.shot(PICTURES / f"{persona.name.lower()}-{language}.png")
    assert faults == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ms", "Silakan pilih, atau langsung tulis pesan untuk melapor"),
        ("en", "Ceritakan saja masalah Bapak/Ibu di sini, boleh dengan foto atau pesan suara."),
    ],
)
def test_a_sentence_left_in_indonesian_would_be_seen(language: str, sentence: str) -> None:
    assert untranslated(language, sentence)
    assert not untranslated("id", sentence)
