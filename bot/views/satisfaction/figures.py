"""The survey's figures as words: an index, a mean, a grade, a sample, a change."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from bot.i18n import N_, Markup, _, label, say, show_number, show_places
from bot.reports.satisfaction import Results, Sample
from models.rules.skm import Element, Grade, Tally, element_grade, rounded
from models.rules.small_cells import SMALLEST

GRADES = {
    Grade.A: N_("sangat baik"),
    Grade.B: N_("baik"),
    Grade.C: N_("kurang baik"),
    Grade.D: N_("tidak baik"),
}
#: So many elements are called the weakest.
WEAKEST = 3


def decimal(value: Decimal | None, places: int = 2) -> str:
    """So many places with the reader's separator; a dash for no data."""
    if value is None:
        return "–"
    rounded_value = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return show_places(rounded_value, places)


def grade_words(grade: Grade | None) -> str:
    """ "A (sangat baik)"."""
    return "–" if grade is None else label("{grade} ({words})", grade=grade.value, words=_(GRADES[grade]))


def grade_of(tally: Tally, element: Element) -> str:
    """The letter of one element."""
    nrr = tally.nrr(element)
    return "–" if nrr is None else element_grade(nrr).value


def weakest(tally: Tally) -> list[Element]:
    """The elements to work on first: the lowest ones, less those that nobody can do better."""
    return [element for element in tally.ranked() if (tally.nrr(element) or 0) < 4][:WEAKEST]


def sample(found: Sample) -> Markup:
    """n of S, and whether that is enough; the IKM is shown all the same."""
    if found.needed is None:
        return say(
            "Sampel: {n} responden; yang diperlukan belum diketahui, karena jumlah pengguna masa sebelumnya "
            "belum dicatat ({unknown} layanan).",
            n=show_number(found.n),
            unknown=show_number(found.unknown),
        )
    if found.is_reached:
        return say(
            "Sampel: {n} dari {needed}, sudah memenuhi.", n=show_number(found.n), needed=show_number(found.needed)
        )
    return say(
        "Sampel: {n} dari {needed}: belum memenuhi sampel.", n=show_number(found.n), needed=show_number(found.needed)
    )


def change(now: Tally, before: Tally | None, name: str) -> Markup:
    """From the newest earlier period to this one."""
    if before is None or before.ikm is None or now.ikm is None:
        return Markup("")
    step = now.ikm - before.ikm
    values = {"period": name, "ikm": decimal(before.ikm), "step": decimal(abs(step))}
    if step > 0:
        return say("{period}: {ikm}, sekarang naik {step}.", **values)
    if step < 0:
        return say("{period}: {ikm}, sekarang turun {step}.", **values)
    return say("{period}: {ikm}, sekarang sama.", **values)


def notes(found: Results) -> list[Markup]:
    """What has to be known to read the figures."""
    lines = []
    if found.mixed:
        lines.append(mixed_note())
    if found.whole.grade is Grade.C and (found.whole.ikm or 0) >= 75:
        lines.append(say("Mutu C bukan salah hitung: bila semua menjawab “Baik” (3), IKM-nya 75,00, dan itu mutu C."))
    if found.whole.nrr(Element.U4) == 4:
        share = rounded(Decimal(25) / 9)
        lines.append(
            say(
                "Layanan gratis selalu bernilai 4 pada unsur biaya. Setiap angka di satu unsur menaikkan IKM {share}, "
                "jadi lihat juga nilai tiap unsur.",
                share=decimal(share),
            )
        )
    return lines


def mixed_note() -> Markup:
    """The statistical note that stands beside every figure while one-tap answers are counted in."""
    return say(
        "Catatan statistik: jawaban survei singkat ikut dihitung. Satu ketukan hanya menilai satu unsur, sehingga "
        "angka ini bukan IKM menurut PermenPANRB 14/2017 dan tidak dapat dibandingkan dengan survei lengkap."
    )


def too_few() -> Markup:
    """Nothing is published of so few."""
    return say("Belum dapat ditampilkan: jawabannya kurang dari {n} orang.", n=SMALLEST)
