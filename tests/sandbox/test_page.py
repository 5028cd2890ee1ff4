"""The page in a real browser: a conversation with a small bot, on a phone and on a desk."""

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters

from bot.sandbox import Sandbox
from bot.sandbox.inprocess import SandboxRequest
from tests.sandbox.samples import BUDI, TOKEN, Call

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
SITI = 1002

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed on this machine"),
]


async def answer(update: Update, _: object) -> None:
    message = update.effective_message
    assert message
    if message.location:
        await message.reply_text(f"{message.location.latitude:.4f}")
    elif message.photo:
        await message.reply_text(f"foto: {message.caption}")
    elif message.text == "/start abc":
        await message.reply_text("dibuka dari tautan")
    else:
        rows = [[InlineKeyboardButton("Ya", callback_data="ya"), InlineKeyboardButton("Awas", callback_data="!")]]
        await message.reply_html("<b>Betul?</b>", reply_markup=InlineKeyboardMarkup(rows))


async def pressed(update: Update, _: object) -> None:
    query = update.callback_query
    assert query
    await query.answer("Tercatat", show_alert=query.data == "!")
    if query.data == "ya":
        keyboard = ReplyKeyboardMarkup([[KeyboardButton("Lokasi", request_location=True)]])
        await query.edit_message_text("Baik")
        await query.get_bot().send_message(query.from_user.id, "Di mana?", reply_markup=keyboard)


@pytest.fixture
async def small_bot(sandbox: Sandbox) -> AsyncIterator[None]:
    request = SandboxRequest(sandbox)
    builder = Application.builder().token(TOKEN).request(request).get_updates_request(SandboxRequest(sandbox))
    application = builder.build()
    application.add_handlers([CallbackQueryHandler(pressed), MessageHandler(filters.ALL, answer)])
    async with application:
        await application.start()
        assert application.updater
        await application.updater.start_polling()
        yield
        await application.updater.stop()
        await application.stop()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


async def open_page(browser: Browser, address: str, width: int) -> Page:
    """The page; anything it logs as an error, or fails to load, fails the test."""
    page = await browser.new_page(viewport={"width": width, "height": 860})
    page.set_default_timeout(8000)
    page.faults = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.faults.append(str(error)))  # type: ignore[attr-defined]
    page.on("console", lambda each: each.type == "error" and page.faults.append(each.text))  # type: ignore[attr-defined]
    page.on("requestfailed", lambda each: page.faults.append(each.url))  # type: ignore[attr-defined]
    await page.goto(address)
    await page.wait_for_selector("[data-persona]")
    return page


def phone(page: Page, person: int) -> Locator:
    return page.locator(f"[data-persona='{person}']")


async def write(mine: Locator, text: str) -> None:
    await mine.get_by_test_id("input").fill(text)
    await mine.get_by_test_id("send").click()


async def test_a_conversation(small_bot: None, sandbox: Sandbox, browser: Browser, address: str, jpeg: bytes) -> None:
    sandbox.places = [{"name": "Penyengat", "latitude": 0.9299, "longitude": 104.4201}]
    sandbox.add_person("Siti", SITI)
    page = await open_page(browser, address, 1300)
    mine = phone(page, BUDI)

    await write(mine, "jalan rusak")
    await expect(mine.locator("strong", has_text="Betul?")).to_be_visible()
    await mine.get_by_test_id("inline-button").filter(has_text="Awas").click()
    await expect(mine.get_by_test_id("alert-text")).to_have_text("Tercatat")
    await mine.get_by_test_id("alert-ok").click()
    await mine.get_by_test_id("inline-button").filter(has_text="Ya").click()
    await expect(mine.get_by_test_id("toast")).to_have_text("Tercatat")
    await expect(mine.get_by_test_id("edited")).to_be_visible()

    await mine.get_by_test_id("reply-button").click()
    await mine.get_by_test_id("location-place").select_option(label="Penyengat")
    await mine.get_by_test_id("location-send").click()
    await expect(mine.get_by_text("0.9299", exact=True)).to_be_visible()

    await mine.get_by_test_id("attach-photo").set_input_files(
        {"name": "jalan.jpg", "mimeType": "image/jpeg", "buffer": jpeg}
    )
    await mine.get_by_test_id("attach-caption").fill("lubang")
    await mine.get_by_test_id("attach-send").click()
    await expect(mine.get_by_text("foto: lubang")).to_be_visible()

    theirs = phone(page, SITI)
    await theirs.get_by_test_id("menu").click()
    await theirs.get_by_test_id("qr").click()
    await theirs.get_by_test_id("qr-scan").fill("https://t.me/GurindamDemoBot?start=abc")
    await theirs.get_by_test_id("qr-open").click()
    await expect(theirs.get_by_text("dibuka dari tautan")).to_be_visible()
    assert page.faults == []  # type: ignore[attr-defined]


async def test_one_phone_at_a_time_in_three_languages(
    sandbox: Sandbox, browser: Browser, address: str, call: Call
) -> None:
    sandbox.add_person("Siti", SITI)
    page = await open_page(browser, address, 390)
    for code, words in (("ms", "Tulis mesej…"), ("en", "Write a message…"), ("id", "Tulis pesan…")):
        await page.get_by_test_id("page-language").select_option(code)
        await expect(phone(page, BUDI).get_by_test_id("input")).to_have_attribute("placeholder", words)
    await expect(phone(page, SITI)).to_be_hidden()
    sandbox.send_text(SITI, "pertama")
    await call("sendMessage", chat_id=SITI, text="halo Siti")
    chip = page.locator(f"[data-for='{SITI}']")
    await expect(chip.locator(".badge")).to_have_text("1")
    await chip.click()
    await expect(phone(page, SITI).get_by_text("halo Siti")).to_be_visible()
    await expect(chip.locator(".badge")).to_be_hidden()
    await phone(page, SITI).get_by_test_id("language").select_option("ms")
    await write(phone(page, SITI), "apa khabar")
    await expect(phone(page, SITI).get_by_text("apa khabar")).to_be_visible()
    assert sandbox.updates.pending()[-1].update["message"]["from"]["language_code"] == "ms"
    await phone(page, SITI).get_by_test_id("menu").click()
    await phone(page, SITI).get_by_test_id("block").click()
    await phone(page, SITI).get_by_test_id("unblock").click()
    await expect(phone(page, SITI).get_by_test_id("input")).to_be_visible()
    assert page.faults == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [360, 768, 1600])
async def test_the_bar_fits_on_every_screen(sandbox: Sandbox, browser: Browser, address: str, width: int) -> None:
    for number in range(7):
        sandbox.add_person(f"Pegawai {number}", SITI + number, label="Kepala Dinas Perumahan Rakyat")
    page = await open_page(browser, address, width)
    for code in ("ms", "en", "id"):
        await page.get_by_test_id("page-language").select_option(code)
        for offline in ("remove", "add"):
            await page.evaluate(f"document.getElementById('bar').classList.{offline}('offline')")
            beyond = "[...document.querySelectorAll('.bar *')].some(e => e.getBoundingClientRect().right > innerWidth)"
            assert not await page.evaluate(beyond)
            assert await page.evaluate("document.documentElement.scrollWidth") == width
    await page.get_by_test_id("theme").click()
    await expect(page.locator("html[data-theme='dark']")).to_be_attached()
    assert page.faults == []  # type: ignore[attr-defined]
