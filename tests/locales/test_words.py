"""How words, dates and numbers come out in each language."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.config import LANGUAGES
from bot.i18n import (
    Markup,
    _,
    catalogue,
    current_language,
    label,
    say,
    say_many,
    set_zone,
    show_day,
    show_moment,
    show_number,
    speaking,
)


@pytest.fixture(autouse=True)
def in_the_citys_zone():
    set_zone(ZoneInfo("Asia/Jakarta"))
    yield
    set_zone(ZoneInfo("Asia/Jakarta"))


# --- language ---


@pytest.mark.parametrize(
    ("language", "word"), [("id", "Kirim laporan"), ("ms", "Hantar laporan"), ("en", "Send the report")]
)
def test_a_label_is_said_in_the_language_spoken(language: str, word: str) -> None:
    with speaking(language):
        assert current_language() == language
        assert _("Kirim laporan") == word


@pytest.mark.parametrize("unknown", ["", "jv", "en-GB", "EN", "../en"])
def test_an_unknown_language_falls_back_to_indonesian(unknown: str) -> None:
    with speaking("en"), speaking(unknown):
        assert current_language() == "id"
        assert _("Batal") == "Batal"


def test_after_speaking_the_former_language_is_back() -> None:
    with speaking("en"):
        with pytest.raises(RuntimeError), speaking("ms"):
            raise RuntimeError
        assert _("Batal") == "Cancel"
    assert current_language() == "id"


def test_a_text_without_translation_stays_as_it_is() -> None:
    with speaking("en"):
        assert _("kata yang tidak ada") == "kata yang tidak ada"
        assert _("") == ""


def test_a_language_without_catalogue_says_the_msgids() -> None:
    assert catalogue("xx").gettext("Batal") == "Batal"


# --- sentences and their values ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_write_cannot_become_markup(language: str) -> None:
    with speaking(language):
        told = say("<b>Pelapor:</b> {name}", name="<b>Siti</b> & 'Ali' \"x\"")
    assert "&lt;b&gt;Siti&lt;/b&gt; &amp; 'Ali' \"x\"" in told
    assert told.startswith("<b>")
    assert isinstance(told, Markup)


def test_ready_markup_is_filled_in_as_it_is() -> None:
    assert say("{thanks}\n\n{more}", thanks=Markup("<b>a</b>"), more="<i>") == "<b>a</b>\n\n&lt;i&gt;"


def test_a_value_is_not_read_as_a_template() -> None:
    assert say("<i>{text}</i>", text="{code} {0}") == "<i>{code} {0}</i>"


def test_a_label_is_plain_text() -> None:
    with speaking("en"):
        assert label("✅ Terima & teruskan ke {unit}", unit="A & B") == "✅ Accept & pass to A & B"
    assert not isinstance(label("Unit {unit}", unit="x"), Markup)


@pytest.mark.parametrize(
    ("language", "number", "told"),
    [
        ("id", 1, "sisa 1 hari kerja"),
        ("id", 1250, "sisa 1.250 hari kerja"),
        ("ms", 1, "baki 1 hari bekerja"),
        ("ms", 2, "baki 2 hari bekerja"),
        ("en", 1, "1 working day left"),
        ("en", 0, "0 working days left"),
        ("en", 1250, "1,250 working days left"),
    ],
)
def test_a_number_chooses_the_form(language: str, number: int, told: str) -> None:
    with speaking(language):
        assert say_many("sisa {n} hari kerja", "sisa {n} hari kerja", number) == told


# --- dates and numbers ---

MOMENT = datetime(2025, 5, 14, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("id", "Rabu, 14 Mei 2025 09.30 WIB"),
        ("ms", "Rabu, 14 Mei 2025 09.30 WIB"),
        ("en", "Wednesday, 14 May 2025 09.30 WIB"),
    ],
)
def test_a_moment_is_shown_in_the_citys_zone(language: str, told: str) -> None:
    with speaking(language):
        assert show_moment(MOMENT) == told


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Asia/Makassar", "Rabu, 14 Mei 2025 10.30 WITA"),
        ("Asia/Jayapura", "Rabu, 14 Mei 2025 11.30 WIT"),
        ("UTC", "Rabu, 14 Mei 2025 02.30 UTC"),
    ],
)
def test_another_city_has_another_zone(zone: str, told: str) -> None:
    set_zone(ZoneInfo(zone))
    assert show_moment(MOMENT) == told


def test_late_at_night_it_is_already_tomorrow_in_the_city() -> None:
    assert show_moment(datetime(2025, 12, 31, 18, 5, tzinfo=UTC)) == "Kamis, 1 Januari 2026 01.05 WIB"


@pytest.mark.parametrize(
    ("language", "told"),
    [("id", "Jumat, 7 Agustus 2026"), ("ms", "Jumaat, 7 Ogos 2026"), ("en", "Friday, 7 August 2026")],
)
def test_a_day_is_named(language: str, told: str) -> None:
    with speaking(language):
        assert show_day(date(2026, 8, 7)) == told


@pytest.mark.parametrize(
    ("language", "number", "told"),
    [
        ("id", 1250, "1.250"),
        ("id", 3.5, "3,5"),
        ("id", 1_234_567.25, "1.234.567,25"),
        ("ms", 1_234_567.25, "1,234,567.25"),
        ("en", 1_234_567.25, "1,234,567.25"),
    ],
)
def test_a_number_has_the_readers_separators(language: str, number: float, told: str) -> None:
    with speaking(language):
        assert show_number(number) == told
