"""Words in the reader's language. The msgids are Indonesian; `ms` and `en` are translations of them.

The language is a context variable: whoever renders for a person says `with speaking(language):` first.
Catalogues are compiled in memory from `locales/*/LC_MESSAGES/gurindam.po`, so none can be stale.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

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


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The compiled catalogue of a language; an unknown one speaks the source language."""
    path = LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


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


def show_day(day: date) -> str:
    """ "Rabu, 14 Mei 2025", in the reader's language."""
    return format_date(day, "EEEE, d MMMM y", locale=_language.get())


def show_short_day(day: date) -> str:
    """ "14 Mei 2025", in the reader's language."""
    return format_date(day, "d MMMM y", locale=_language.get())


def show_moment(moment: datetime) -> str:
    """ "Rabu, 14 Mei 2025 09.30 WIB", in the city's zone."""
    local = moment.astimezone(_zone[0])
    clock = format_datetime(local, "HH.mm", locale=_language.get())
    zone = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}.get(
        _zone[0].key, local.tzname() or ""
    )
    return f"{show_day(local.date())} {clock} {zone}"


def show_number(number: float | Decimal) -> str:
    """A number with the reader's separators."""
    return format_decimal(number, locale=_language.get())
