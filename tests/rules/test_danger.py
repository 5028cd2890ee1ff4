"""Danger is heard, idioms and ordinary complaints are not taken for it. The city's own words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.danger import danger

FILE = Path(__file__).parents[2] / "bot" / "data" / "emergency.csv"


def read_keywords() -> dict[str, list[str]]:
    rows = csv.DictReader(FILE.read_text(encoding="utf-8").splitlines())
    return {row["kind"]: row["keywords"].split(";") for row in rows if row["keywords"]}


KEYWORDS = read_keywords()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tolong ada kebakaran di Jalan Merdeka!", "fire"),
        ("KEBAKARANNN", "fire"),
        ("kebakarn di pelantar", "fire"),  # mistyped
        ("rumah tetangga terbakar pak", "fire"),
        ("api membesar di belakang pasar", "fire"),
        ("Petugas pemadam kebakaran belum datang, rumah masih terbakar", "fire"),
        ("tabung gas meledak", "fire"),
        ("ada kecelakaan di simpang, korban tergeletak", "accident"),
        ("telah terjadi kecelakan motor", "accident"),
        ("anak kecil tertabrak mobil", "accident"),
        ("ade kemalangan kat jembatan", "accident"),
        ("orang tenggelam di pelabuhan", "drowning"),
        ("pompong terbalik dekat penyengat", "drowning"),
        ("ada anak hanyut di parit", "drowning"),
        ("suami saya memukuli saya", "violence"),
        ("tawuran pelajar di lapangan", "violence"),
        ("orang bawa parang mengamuk", "violence"),
        ("kena begal tadi malam", "violence"),
        ("bapak saya pingsan tidak bangun", "medical"),
        ("ibu sesak nafas butuh ambulan", "medical"),
        ("istri mau melahirkan", "medical"),
        ("digigit ular", "medical"),
    ],
)
def test_danger_is_heard(text: str, kind: str) -> None:
    assert danger(text, KEYWORDS) == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Pemadaman listrik setiap malam",
        "lampu padam di jalan Ganet",
        "lampu jalan mati",
        "Pejabatnya kebakaran jenggot waktu ditanya",
        "Bagaimana isi ulang alat pemadam kebakaran?",
        "Dinas pemadam kebakaran kantornya di mana",
        "mau ikut simulasi kebakaran",
        "Jalan berlubang, sering terjadi kecelakaan",
        "tikungan ini rawan kecelakaan",
        "tolong diperbaiki sebelum ada kecelakaan",
        "lubang itu bisa menyebabkan kecelakaan",
        "foto matahari tenggelam di tepi laut",
        "sampah hanyut sampai ke pelantar",
        "tarifnya dipukul rata saja",
        "petugas tidak sadar diri kalau salah",
        "antre di loket sampai hampir pingsan",
        "orang bakar sampah di belakang rumah",
        "Sate bakar dijual di trotoar",
        "surat kematian",
    ],
)
def test_no_false_alarm(text: str) -> None:
    assert danger(text, KEYWORDS) is None


def test_a_harmless_phrase_does_not_hide_another_one() -> None:
    text = "kebakaran jenggot kebakaran jenggot, lalu kebakaran"
    assert danger(text, KEYWORDS) == "fire"
    assert danger(text.removesuffix("kebakaran"), KEYWORDS) is None


def test_the_first_kind_wins() -> None:
    assert danger("kapal terbakar lalu tenggelam", {"drowning": ["tenggelam"], "fire": ["terbakar"]}) == "drowning"


def test_words_around_a_harmless_phrase_do_not_become_one() -> None:
    assert danger("api kebakaran jenggot besar", {"fire": ["api besar", "!kebakaran jenggot"]}) is None


def test_without_words_nothing_is_danger() -> None:
    assert danger("kebakaran", {}) is None
    assert danger("kebakaran", {"fire": ["", "!"]}) is None


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    assert danger(text, KEYWORDS) in {None, *KEYWORDS}
