"""How Babel's CLDR data writes days and numbers; `python -m tests.locales.calendar_of_babel` writes it down."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from babel import Locale

from bot.config import LANGUAGES
from bot.i18n import LOCALES


def file_of(language: str) -> Path:
    return LOCALES / language / "calendar.json"


def written(language: str) -> str:
    """What the language's file is to hold."""
    locale: Any = Locale.parse(language)
    months, symbols = locale.months["format"], locale.number_symbols["latn"]
    words = {
        "days": [locale.days["format"]["wide"][number] for number in range(7)],
        "months": [months["wide"][number] for number in range(1, 13)],
        "short_months": [months["abbreviated"][number] for number in range(1, 13)],
        "decimal": symbols["decimal"],
        "group": symbols["group"],
    }
    return json.dumps(words, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for one in LANGUAGES:
        file_of(one).write_text(written(one), encoding="utf-8")
