"""Rating a service: find it, four buttons, thanks, and what may be added."""

from __future__ import annotations

from dataclasses import dataclass

from bot.callbacks import Open, Rate
from bot.i18n import N_, Markup, _, label, say, say_many
from bot.services.surveys import LOW
from bot.views.parts import SCORES, choices, home_row
from bot.views.satisfaction.survey import offer
from bot.views.screen import Rows, Screen, button

FLOW = "rate"
#: The open question in plain words.
WHICH_SCORE = N_("Bagaimana pelayanan yang Bapak/Ibu terima?")
FACES = ("😞", "🙁", "🙂", "😄")


@dataclass(frozen=True, slots=True)
class Rated:
    """A stored rating, ready to show."""

    pulse_id: int
    service: str
    score: int
    files: int = 0
    reported: bool = False
    service_id: int = 0
    channel: str = "menu"
    survey_offered: bool = False


def ask_score(service_id: int, service: str, channel: str, last: Rows) -> Screen:
    """The four standard labels; `last` is the row of a talk or the way home."""
    text = say(
        "<b>{service}</b>\n\nBagaimana pelayanan yang Bapak/Ibu terima?",
        service=service,
    )
    scores = tuple(
        (button(f"{face} {_(name)}", Rate(service_id, score, channel)),)
        for score, (face, name) in enumerate(zip(FACES, SCORES, strict=True), start=1)
    )
    return Screen(text, (*scores, *last))


def ask_replace(service_id: int, service: str, old: int, new: int, channel: str) -> Screen:
    """Rated today already: replace it?"""
    text = say(
        "Hari ini Bapak/Ibu sudah menilai <b>{service}</b>: {old}.\n\nGanti menjadi <b>{new}</b>?",
        service=service,
        old=_(SCORES[old - 1]),
        new=_(SCORES[new - 1]),
    )
    rows = (
        (button(_("Ya, ganti"), Rate(service_id, new, channel, 1)),),
        (button(_("Tidak, biarkan"), Rate(service_id, old, channel)),),
    )
    return Screen(text, rows)


def thanks(rated: Rated) -> Screen:
    """Stored; what happens with it; a low score can become a report."""
    return Screen(_thanks(rated), (*_report_row(rated), *_survey_row(rated), home_row()))


def ask_comment(nonce: str, rated: Rated) -> Screen:
    """Stored, and is there anything to add?"""
    text = say("{thanks}\n\n{more}", thanks=_thanks(rated), more=_more(rated))
    done = choices(FLOW, "comment", nonce, [("done", _("Selesai"))])
    return Screen(text, (*_report_row(rated), *_survey_row(rated), *done))


def _thanks(rated: Rated) -> Markup:
    return say(
        "✅ <b>Terima kasih, nilai Bapak/Ibu untuk {service}: {score}.</b>\n\n"
        "Nilai ini kami kumpulkan tanpa nama dan disampaikan ke kantor yang melayani, untuk memperbaiki layanannya.",
        service=rated.service,
        score=_(SCORES[rated.score - 1]),
    )


def _more(rated: Rated) -> Markup:
    if rated.files:
        return say_many(
            "{n} berkas sudah kami simpan. Boleh ditambah, atau tulis komentar.",
            "{n} berkas sudah kami simpan. Boleh ditambah, atau tulis komentar.",
            rated.files,
        )
    if rated.score in LOW and not rated.reported:
        return say("Apa yang kurang? Tulis komentar, kirim foto atau pesan suara, atau jadikan laporan supaya dijawab.")
    return say("Ada yang ingin ditambahkan? Tulis komentar, atau kirim foto atau pesan suara. Boleh juga tidak.")


def _report_row(rated: Rated) -> Rows:
    if rated.score not in LOW or rated.reported:
        return ()
    return ((button("📝 " + _("Jadikan laporan"), Open("file_rating", rated.pulse_id)),),)


def _survey_row(rated: Rated) -> Rows:
    return (offer(rated.service_id, rated.channel),) if rated.survey_offered else ()


def commented(rated: Rated) -> Screen:
    """The words are stored with the rating."""
    text = say("Komentar Bapak/Ibu untuk {service} sudah kami simpan. Terima kasih.", service=rated.service)
    return Screen(text, (*_report_row(rated), *_survey_row(rated), home_row()))


def cancelled() -> Screen:
    """Left: a score that was tapped is stored with its tap, nothing else is."""
    text = say(
        "Baik, kita berhenti di sini. Kalau Bapak/Ibu sudah memilih nilai, nilai itu tetap tersimpan; "
        "selain itu tidak ada yang disimpan."
    )
    return Screen(text, (home_row(),))


def help_text() -> Screen:
    """How rating works."""
    return Screen(
        say(
            "Cari layanannya, lalu pilih satu dari empat nilai. Satu nilai untuk satu layanan setiap hari; "
            "nilai kedua mengganti yang pertama. Nama Bapak/Ibu tidak ditampilkan."
        )
    )


def question(service: str) -> str:
    """The open question after a rating, in plain words."""
    return label("Ada komentar untuk {service}?", service=service)
