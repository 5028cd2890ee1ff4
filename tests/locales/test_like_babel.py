"""What `bot.i18n` reads and writes by itself is what Babel would: catalogues, days, months and numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import pytest
from babel.dates import format_date, format_datetime, get_month_names
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from bot.config import LANGUAGES
from bot.i18n import (
    DOMAIN,
    LOCALES,
    catalogue,
    read_catalogue,
    show_date,
    show_moment,
    show_month,
    show_number,
    show_places,
    speaking,
)
from tests.locales.calendar_of_babel import file_of, written

PATTERNS = ("EEEE, d MMMM y", "d MMMM y", "d MMMM", "d MMM", "MMM y")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_catalogue_is_read_as_babel_reads_it(language: str) -> None:
    known = catalogue(language)
    with (LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as source:
        messages = [message for message in read_po(source, locale=language) if message.id]
    assert len(messages) > 1000
    for message in messages:
        if isinstance(message.id, str):
            assert known.gettext(message.id) == ((not message.fuzzy and message.string) or message.id)
        elif all(message.string) and not message.fuzzy:
            one, many = message.id
            assert known.ngettext(one, many, 1) == message.string[0]
            assert [known.ngettext(one, many, n) for n in (0, 2, 21)] == [message.string[-1]] * 3


def test_doubtful_empty_and_outlived_entries_are_not_said(tmp_path: Path) -> None:
    path = tmp_path / "some.po"
    path.write_text(
        'msgid ""\nmsgstr "Language: en\\n"\n\n#, fuzzy, python-brace-format\nmsgid "ragu"\nmsgstr "doubt"\n\n'
        'msgid "kosong"\nmsgstr ""\n\n#~ msgid "lama"\n#~ msgstr "old"\n\n'
        'msgid "dua "\n"baris\\n\\"dan\\" \\\\"\nmsgstr "two "\n"lines\\n\\"and\\" \\\\"\n',
        encoding="utf-8",
    )
    said = read_catalogue(path).gettext
    assert [said(text) for text in ("", "ragu", "kosong", "lama")] == ["", "ragu", "kosong", "lama"]
    assert said('dua baris\n"dan" \\') == 'two lines\n"and" \\'


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_say_what_babel_says(language: str) -> None:
    assert file_of(language).read_text(encoding="utf-8") == written(language), (
        "run `python -m tests.locales.calendar_of_babel`"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_and_months_are_written_as_babel_writes_them(language: str) -> None:
    with speaking(language):
        for number in range(400):
            day = date(2026, 1, 1) + timedelta(days=number)
            for pattern in PATTERNS:
                assert show_date(day, pattern) == format_date(day, pattern, locale=language)
        for month in range(1, 13):
            assert show_month(month) == get_month_names("wide", locale=language)[month]
            assert show_month(month, short=True) == get_month_names("abbreviated", locale=language)[month]
        moment = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)
        clock = format_datetime(moment + timedelta(hours=7), "HH.mm", locale=language)
        assert f" {clock} WIB" in show_moment(moment)


@given(st.one_of(st.integers(-(10**9), 10**9), st.decimals(-(10**6), 10**6, places=5), st.floats(-1e6, 1e6)))
def test_numbers_are_written_as_babel_writes_them(number: float | Decimal) -> None:
    for language in LANGUAGES:
        with speaking(language):
            assert show_number(number) == format_decimal(number, locale=language)


@given(st.decimals(-(10**6), 10**6, places=6), st.integers(1, 4))
def test_so_many_places_are_written_as_babel_writes_them(number: Decimal, places: int) -> None:
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
    for language in LANGUAGES:
        with speaking(language):
            assert show_places(rounded, places) == format_decimal(rounded, "0." + "0" * places, locale=language)
