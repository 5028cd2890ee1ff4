"""The published days off by the `holidays` library; `python -m tests.services.days_of_the_library` writes them down."""

from __future__ import annotations

import holidays

from bot.services.published_days import FILE

YEARS = range(2020, 2061)


def written() -> str:
    """What the file is to hold: a line a day, with its name."""
    days = holidays.country_holidays("ID", years=YEARS, categories=("public", "government"), language="id")
    return "".join(["day,name\n", *(f'{day},"{name}"\n' for day, name in sorted(days.items()))])


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
