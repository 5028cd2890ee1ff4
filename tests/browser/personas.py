"""Every persona's greeting, menu and entries of it, as they stand on the page, read for what must not be there."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import cache

from playwright.async_api import Page

from bot.catalogues import merged
from bot.i18n import SOURCE_LANGUAGE, catalogue
from bot.services.demo.people import Persona
from bot.views import errors
from bot.views.home import MOST_VERBS, VERBS
from models.rules.permissions import DESKS, EVERYONE, Role
from tests.architecture.house import ROOT
from tests.browser.phones import Phone

#: What no screen shows in any language.
BLEMISHES = {
    "an empty value": re.compile(r"\bNone\b|\bnull\b"),
    "an unfilled place": re.compile(r"[{}]|%\(\w+\)s"),
    "raw coordinates": re.compile(r"\d\.\d{4,}\s*,\s*\d+\.\d{4,}"),
    "a fault": re.compile(r"Traceback|Exception\b|\bError:"),
    "markup": re.compile(r"</?(b|i|code|blockquote)>|&(lt|gt|amp);"),
}
#: A shorter piece of a sentence may be a name, or the same word in both languages.
SHORTEST = 14
#: The bot has written something new, or changed what it had written.
ANSWERED = """([where, before, there]) => {
    const rows = [...document.querySelectorAll(where + " .row.in")];
    return rows.length > there || rows.map(row => row.innerText).join("\\n") !== before;
}"""
#: What an unknown button is answered with.
LOST = "Tombol itu sudah tidak berlaku. Silakan lanjut dari sini."
CHAT = "[data-persona='{}'] [role=log]"
#: Milliseconds in which a screen that began to show is whole.
QUIET = 60


@dataclass(slots=True)
class Visit:
    """One persona's way through the menu in one language; `screens` by what was pressed."""

    page: Page
    persona: Persona
    language: str
    screens: dict[str, str] = field(default_factory=dict)

    @property
    def phone(self) -> Phone:
        """The persona's phone."""
        return Phone(self.page, self.persona.telegram_id)

    async def all(self) -> None:
        """The greeting, then each entry of the menu; the phone speaks the language already."""
        if await self.phone.part("start").count():
            await self._after("greeting", self.phone.starts())
        else:
            await self._after("greeting", self.phone.says("/start"))
        own = self.own()
        for number, verb in enumerate(self.verbs()):
            if verb not in own:
                continue
            await self._after("menu", self.phone.says("/menu"))
            if number >= MOST_VERBS:
                await self._after("more", self.phone.presses(self.word("Lainnya…")))
            await self._after(verb, self.phone.presses(verb))
            if self.word("Batal") in self.screens[verb]:
                await self._after("cancel", self.phone.says("/batal"))

    def verbs(self) -> list[str]:
        """The labels that this persona's menu must have, in the language."""
        roles = {Role.RESIDENT} | self._roles()
        return [self.word(verb) for desk, verb in VERBS.items() if roles & set(DESKS[desk])]

    def own(self) -> list[str]:
        """Those to walk: of civil servants the desks that residents do not have, which are the same for all."""
        roles = self._roles() or {Role.RESIDENT}
        found = [desk for desk in VERBS if roles & set(DESKS[desk])]
        return [self.word(VERBS[desk]) for desk in found if self.persona.role is None or DESKS[desk] != EVERYONE]

    def _roles(self) -> set[Role]:
        """What a civil servant is beside a resident; heads lead their officers."""
        if self.persona.role is None:
            return set()
        return {self.persona.role, Role.EMPLOYEE} | ({Role.SUPERIOR} if self.persona.role is Role.HEAD else set())

    def word(self, msgid: str) -> str:
        """A text of ours in the language of the visit."""
        return catalogue(self.language).gettext(msgid)

    async def _after(self, name: str, act: object) -> None:
        rows = self.page.locator(CHAT.format(self.persona.telegram_id) + " .row.in")
        before, there = await self._chat(), await rows.count()
        await act  # type: ignore[misc]
        await self.page.wait_for_function(ANSWERED, arg=[CHAT.format(self.persona.telegram_id), before, there])
        await self.page.wait_for_timeout(QUIET)
        shown = await rows.all_inner_texts()
        self.screens[name] = "\n".join(shown[there:] or shown[-1:])

    async def _chat(self) -> str:
        rows = self.page.locator(CHAT.format(self.persona.telegram_id) + " .row.in")
        return "\n".join(await rows.all_inner_texts())

    def faults(self) -> list[str]:
        """What is wrong on the screens seen, each with its screen."""
        found = []
        for name, text in self.screens.items():
            place = f"{self.persona.label}, {self.language}, {name}"
            found += [f"{place}: {what}" for what, pattern in BLEMISHES.items() if pattern.search(text)]
            found += [f"{place}: {piece!r} is not translated" for piece in untranslated(self.language, text)]
            refused = [self.word(errors.SENTENCES[code]) for code in ("not_your_role", "not_your_record")]
            refused.append(self.word(LOST))
            found += [f"{place}: {sentence}" for sentence in refused if sentence in text]
        return found


def untranslated(language: str, text: str) -> list[str]:
    """Pieces of our own Indonesian sentences that a screen in another language shows."""
    flat = " ".join(text.split())
    return [piece for piece in sources(language) if piece in flat]


@cache
def names() -> tuple[str, ...]:
    """What the city calls its indicators: data, which nobody translates."""
    with (ROOT / "bot/data/indicators.csv").open(encoding="utf-8", newline="") as sheet:
        return tuple(row["name"] for row in csv.DictReader(sheet))


@cache
def sources(language: str) -> tuple[str, ...]:
    """Pieces of msgids that no translation of the language contains, nor the name of an indicator."""
    if language == SOURCE_LANGUAGE:
        return ()
    messages = [message for message in merged(language) if message.id]
    said = " ".join(_flat(text) for message in messages for text in _texts(message.string))
    said = " ".join([said, *names()])
    pieces = {piece for message in messages for text in _texts(message.id) for piece in _pieces(text)}
    return tuple(sorted(piece for piece in pieces if piece not in said))


def _texts(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())  # type: ignore[arg-type]


def _flat(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def _pieces(text: str) -> list[str]:
    """Its sentences between placeholders, what is long enough to be told from a name."""
    plain = re.sub(r"<[^>]+>", "", text)
    found = (" ".join(piece.split()).strip(" .,:;()") for piece in re.split(r"\{\w*\}|\n|(?<=[.?!]) ", plain))
    return [piece for piece in found if len(piece) >= SHORTEST and " " in piece]
