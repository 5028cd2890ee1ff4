"""The questionnaire's words (PermenPANRB 14/2017): the nine elements, their questions, their four answers each."""

from __future__ import annotations

from dataclasses import dataclass

from bot.i18n import N_, _
from models.rules.skm import Element


@dataclass(frozen=True, slots=True)
class Wording:
    """An element's name, its question, and its four answers, score 1 first; all msgids."""

    name: str
    question: str
    answers: tuple[str, str, str, str]


WORDS = {
    Element.U1: Wording(
        N_("Persyaratan"),
        N_("Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?"),
        (N_("Tidak sesuai"), N_("Kurang sesuai"), N_("Sesuai"), N_("Sangat sesuai")),
    ),
    Element.U2: Wording(
        N_("Sistem, Mekanisme, dan Prosedur"),
        N_("Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?"),
        (N_("Tidak mudah"), N_("Kurang mudah"), N_("Mudah"), N_("Sangat mudah")),
    ),
    Element.U3: Wording(
        N_("Waktu Penyelesaian"),
        N_("Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?"),
        (N_("Tidak cepat"), N_("Kurang cepat"), N_("Cepat"), N_("Sangat cepat")),
    ),
    Element.U4: Wording(
        N_("Biaya/Tarif"),
        N_("Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?"),
        (N_("Sangat mahal"), N_("Cukup mahal"), N_("Murah"), N_("Gratis")),
    ),
    Element.U5: Wording(
        N_("Produk Spesifikasi Jenis Pelayanan"),
        N_(
            "Bagaimana pendapat Saudara tentang kesesuaian produk antara standar pelayanan dengan hasil yang diberikan?"
        ),
        (N_("Tidak sesuai"), N_("Kurang sesuai"), N_("Sesuai"), N_("Sangat sesuai")),
    ),
    Element.U6: Wording(
        N_("Kompetensi Pelaksana"),
        N_("Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas?"),
        (N_("Tidak kompeten"), N_("Kurang kompeten"), N_("Kompeten"), N_("Sangat kompeten")),
    ),
    Element.U7: Wording(
        N_("Perilaku Pelaksana"),
        N_("Bagaimana pendapat Saudara tentang perilaku petugas terkait kesopanan dan keramahan?"),
        (
            N_("Tidak sopan dan ramah"),
            N_("Kurang sopan dan ramah"),
            N_("Sopan dan ramah"),
            N_("Sangat sopan dan ramah"),
        ),
    ),
    Element.U8: Wording(
        N_("Sarana dan Prasarana"),
        N_("Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?"),
        (N_("Buruk"), N_("Cukup"), N_("Baik"), N_("Sangat baik")),
    ),
    Element.U9: Wording(
        N_("Penanganan Pengaduan, Saran, dan Masukan"),
        N_("Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan?"),
        (
            N_("Tidak ada"),
            N_("Ada tetapi tidak berfungsi"),
            N_("Berfungsi kurang maksimal"),
            N_("Dikelola dengan baik"),
        ),
    ),
}


def name_of(element: Element) -> str:
    """The element's name in the language spoken."""
    return _(WORDS[element].name)


def question_of(element: Element) -> str:
    """The element's question in the language spoken."""
    return _(WORDS[element].question)


def answers_of(element: Element) -> list[str]:
    """The four answers in the language spoken, score 1 first."""
    return [_(answer) for answer in WORDS[element].answers]


def score_said(element: Element, said: str) -> int | None:
    """The score of a typed answer: its words or its number; None for anything else."""
    words = said.strip().strip(".!").casefold()
    for score, (answer, translated) in enumerate(
        zip(WORDS[element].answers, answers_of(element), strict=True), start=1
    ):
        if words in (str(score), answer.casefold(), translated.casefold()):
            return score
    return None
