"""Who answered, without saying who: the question of consent, and four questions that may be skipped."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import N_, _, say
from bot.views.parts import choices, home_row, moves
from bot.views.satisfaction.survey import FLOW, NO, YES
from bot.views.screen import Screen
from models.rules.respondents import AgeBand, Sex

SKIP = "skip"
QUESTIONS = {
    "sex": N_("Apa jenis kelamin Bapak/Ibu?"),
    "age_band": N_("Berapa umur Bapak/Ibu?"),
    "education": N_("Apa pendidikan terakhir Bapak/Ibu?"),
    "occupation": N_("Apa pekerjaan Bapak/Ibu?"),
}
#: The words of fixed answers; the city's own lists are shown as they are, translated where we know them.
LABELS = {
    Sex.MALE.value: N_("Laki-laki"),
    Sex.FEMALE.value: N_("Perempuan"),
    AgeBand.FROM_18.value: N_("18–25 tahun"),
    AgeBand.FROM_26.value: N_("26–35 tahun"),
    AgeBand.FROM_36.value: N_("36–45 tahun"),
    AgeBand.FROM_46.value: N_("46–55 tahun"),
    AgeBand.FROM_56.value: N_("56–65 tahun"),
    AgeBand.OVER_65.value: N_("Di atas 65 tahun"),
    "Swasta": N_("Swasta"),
    "Wirausaha": N_("Wirausaha"),
    "Lainnya": N_("Lainnya"),
}


def ask_consent(nonce: str, version: str) -> Screen:
    """The answers are stored; may we ask a little about the person?"""
    text = say(
        "✅ <b>Sembilan jawaban Bapak/Ibu sudah kami simpan.</b>\n\n"
        "<b>Boleh kami bertanya sedikit tentang Bapak/Ibu?</b> Jenis kelamin, kelompok umur, pendidikan, dan "
        "pekerjaan; jam pengisian ikut dicatat. Gunanya: melihat apakah semua kelompok warga dilayani sama baik. "
        "Nama, NIK, dan nomor telepon tidak ditanyakan.\n\n"
        "Bagian ini untuk usia 18 tahun ke atas. Boleh ditolak; jawaban survei tetap dihitung. "
        "Izin dicatat (pemberitahuan versi {version}) dan bisa ditarik kapan saja dengan /tarik.",
        version=version,
    )
    options = [(YES, _("Ya, boleh")), (NO, _("Tidak, cukup sampai di sini"))]
    return Screen(text, (*choices(FLOW, "consent", nonce, options), moves(nonce, back=False)))


def consent() -> str:
    """The same question in plain words."""
    return _("Boleh kami bertanya sedikit tentang Bapak/Ibu?")


def ask(nonce: str, field: str, values: Sequence[str], *, back: bool) -> Screen:
    """One field of the profile."""
    text = say("<b>{question}</b>\n\nBoleh dilewati.", question=question(field))
    options = [(value, name_of(value)) for value in values]
    rows = (
        *choices(FLOW, field, nonce, options, per_row=2),
        *choices(FLOW, field, nonce, [(SKIP, _("Lewati"))]),
        moves(nonce, back=back),
    )
    return Screen(text, rows)


def question(field: str) -> str:
    """A field's question in plain words."""
    return _(QUESTIONS[field])


def name_of(value: str) -> str:
    """An answer in the language spoken."""
    return _(LABELS.get(value, value))


def left() -> Screen:
    """Left in the middle of the profile: the answers are stored."""
    text = say("Baik, kita berhenti di sini. Sembilan jawaban Bapak/Ibu sudah tersimpan. Terima kasih.")
    return Screen(text, (home_row(),))


def help_text() -> Screen:
    """Why we ask, and that it may be left out."""
    return Screen(
        say(
            "Pertanyaan ini dipakai untuk melihat apakah semua kelompok warga dilayani sama baik. Setiap pertanyaan "
            "boleh dilewati, dan <b>Batal</b> mengakhiri tanpa membuang jawaban survei."
        )
    )
