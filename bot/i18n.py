"""Words in the reader's language. The msgids are Indonesian; `ms` and `en` are translations of them.

The language is a context variable: whoever renders for a person says `with speaking(language):` first.
Catalogues are read from `locales/*/LC_MESSAGES/gurindam.po` when a language is first spoken, so none can be stale. How
a language writes days and numbers stands in `locales/*/calendar.json`, taken from CLDR. Babel knows all that too, but
takes five MiB for it (docs/decisions/0021-catalogues-without-babel.md).
"""

from __future__ import annotations

import gettext
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.config import LANGUAGES

LOCALES = Path(__file__).parent.parent / "locales"
SOURCE_LANGUAGE = "id"
DOMAIN = "gurindam"
#: Whose clock is shown; `set_zone` tells the city's.
_zone = [ZoneInfo("Asia/Jakarta")]

_language: ContextVar[str] = ContextVar("language", default=SOURCE_LANGUAGE)


class Markup(str):
    """Text that is HTML already and is filled in as it is."""

    __slots__ = ()


class Catalogue(gettext.NullTranslations):
    """One language's texts. What it lacks is said in the source language."""

    def __init__(self, texts: dict[str, str], forms: dict[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._texts, self._forms = texts, forms

    def gettext(self, message: str) -> str:
        """The text, translated."""
        return self._texts.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for a number: English has one for 1 and one for the others; Indonesian and Malay have one."""
        forms = self._forms.get(msgid1)
        return forms[min(n != 1, len(forms) - 1)] if forms else super().ngettext(msgid1, msgid2, n)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; an unknown one speaks the source language."""
    path = LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    return read_catalogue(path) if path.exists() else gettext.NullTranslations()


def read_catalogue(path: Path) -> Catalogue:
    """A .po file as `bot.catalogues` writes them."""
    texts: dict[str, str] = {}
    forms: dict[str, tuple[str, ...]] = {}
    for entry in _entries(path.read_text(encoding="utf-8").splitlines()):
        said = [text for key, text in entry.items() if key.startswith("msgstr")]
        if "msgid_plural" in entry and all(said):
            forms[entry["msgid"]] = tuple(said)
        elif entry["msgid"] and said[0] and said[0] != entry["msgid"]:
            texts[sys.intern(entry["msgid"])] = said[0]  # the key is the same in every language
    return Catalogue(texts, forms)


_LINE = re.compile(r'(?:(msg\w+(?:\[\d])?) )?"(.*)"')
_ESCAPED = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


def _entries(lines: list[str]) -> Iterator[dict[str, str]]:
    """The entries of a .po file: keyword → text. Doubtful and outlived ones are left out."""
    entry: dict[str, str] = {}
    doubtful, key = False, ""
    for line in [*lines, ""]:
        if found := _LINE.fullmatch(line):
            key = found[1] or key
            entry[key] = entry.get(key, "") + _ESCAPED.sub(lambda one: _ESCAPES.get(one[1], one[1]), found[2])
        elif line.startswith("#,") and "fuzzy" in line:
            doubtful = True
        elif not line:
            if entry and not doubtful:
                yield entry
            entry, doubtful = {}, False


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything rendered inside is in this language."""
    token = _language.set(language if language in LANGUAGES else SOURCE_LANGUAGE)
    try:
        yield
    finally:
        _language.reset(token)


def set_zone(zone: ZoneInfo) -> None:
    """Dates are shown in this zone from now on."""
    _zone[0] = zone


def current_language() -> str:
    """The language spoken now."""
    return _language.get()


def _(message: str) -> str:
    """A label or plain text, translated."""
    return catalogue(_language.get()).gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Marks a text for translation where it stands; it is translated where it is shown."""
    return message


def fill(template: str, **values: object) -> str:
    """The template with its values HTML-escaped (Markup values are taken as they are)."""
    safe = {
        name: value if isinstance(value, Markup) else escape(str(value), quote=False) for name, value in values.items()
    }
    return template.format(**safe)


def say(message: str, **values: object) -> Markup:
    """A sentence for a message's text: translated, then filled with escaped values."""
    return Markup(fill(_(message), **values))


def say_many(one: str, many: str, number: int, **values: object) -> Markup:
    """A sentence that depends on a number, which it names `{n}`."""
    template = catalogue(_language.get()).ngettext(one, many, number)
    return Markup(fill(template, n=show_number(number), **values))


def label(message: str, **values: object) -> str:
    """A button label or toast: translated and filled, not HTML."""
    return _(message).format(**values)


@cache
def _calendar(language: str) -> dict[str, Any]:
    path = LOCALES / language / "calendar.json"
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def show_date(day: date, pattern: str) -> str:
    """A day in the reader's language by a CLDR pattern of EEEE, d, MMMM, MMM and y."""
    words = _calendar(_language.get())
    parts = {
        "EEEE": words["days"][day.weekday()],
        "MMMM": words["months"][day.month - 1],
        "MMM": words["short_months"][day.month - 1],
        "d": str(day.day),
        "y": str(day.year),
    }
    return re.sub("EEEE|MMMM|MMM|d|y", lambda part: parts[part[0]], pattern)


def show_month(number: int, *, short: bool = False) -> str:
    """The name of a month, 1 to 12, in the reader's language."""
    return str(_calendar(_language.get())["short_months" if short else "months"][number - 1])


def show_day(day: date) -> str:
    """ "Rabu, 14 Mei 2025", in the reader's language."""
    return show_date(day, "EEEE, d MMMM y")


def show_short_day(day: date) -> str:
    """ "14 Mei 2025", in the reader's language."""
    return show_date(day, "d MMMM y")


def show_moment(moment: datetime) -> str:
    """ "Rabu, 14 Mei 2025 09.30 WIB", in the city's zone."""
    local = moment.astimezone(_zone[0])
    zone = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}.get(
        _zone[0].key, local.tzname() or ""
    )
    return f"{show_day(local.date())} {local:%H.%M} {zone}"


def show_number(number: float | Decimal) -> str:
    """A number with the reader's separators, to three places at most."""
    text = f"{Decimal(str(number)):,.3f}".rstrip("0").rstrip(".")
    return _separated(text)


def show_places(number: Decimal, places: int) -> str:
    """A number to so many places, with the reader's separator and none between thousands."""
    return _separated(f"{number:.{places}f}")


def _separated(text: str) -> str:
    words = _calendar(_language.get())
    return text.translate({ord(","): words["group"], ord("."): words["decimal"]})
