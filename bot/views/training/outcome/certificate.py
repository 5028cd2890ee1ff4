"""A certificate: its words for the template, what its code tells anybody, how its owner learns that it is no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.i18n import N_, Markup, _, current_language, label, say, show_moment, show_short_day
from bot.services.training.outcome.certificates import Issued
from bot.views.parts import home_row, joined
from bot.views.screen import Screen
from bot.views.training import words as training

TEMPLATE = "certificate"
#: In which language the document is, whoever asks for it.
LANGUAGE = "id"
SENTENCES = {
    "no_certificate": N_("Sertifikat itu tidak ada. Sertifikat diberikan kepada peserta yang kehadirannya cukup."),
    "certificate_withdrawn": N_("Sertifikat ini sudah dicabut."),
    "certificate_unknown": N_("Sertifikat dengan kode itu tidak dikenal."),
    "too_many_certificate_codes": N_("Terlalu banyak kode yang tidak dikenal. Silakan coba lagi satu jam lagi."),
    "rating_not_attended": N_("Penilaian hanya untuk peserta yang kehadirannya cukup."),
    "rating_is_over": N_("Masa menilai pelatihan ini sudah lewat."),
}


def file_name(one: Issued) -> str:
    """What the file is called; no number of a person stands in it."""
    return f"sertifikat-{one.row.year}-{one.row.serial:04d}.pdf"


def caption(one: Issued) -> str:
    """Below the file."""
    return label("Sertifikat {title}", title=one.title)


def values(one: Issued, government: str, place: str, began: date, issued_on: date) -> dict[str, Any]:
    """What the template reads; the code of the certificate is its picture. Speak LANGUAGE."""
    first, last = show_short_day(began), show_short_day(one.ended_on)
    signer = one.row.signer
    unit = signer.get("unit") or ""
    title = signer.get("title") or (label("Kepala {unit}", unit=unit) if unit else government)
    return {
        "language": current_language(),
        "publisher": government,
        "title": _("Sertifikat pelatihan"),
        "number": label("Nomor {number}", number=one.row.number),
        "given": _("diberikan kepada"),
        "name": one.name,
        "under": label("NIP {nip}", nip=one.nip),
        "for": label("yang telah mengikuti pelatihan “{title}”", title=one.title),
        "facts": [
            label("Lama: {hours} JP (jam pelajaran)", hours=one.hours),
            first if first == last else label("{first} sampai {last}", first=first, last=last),
        ],
        "dated": label("{place}, {day}", place=place, day=show_short_day(issued_on)),
        "signer": {"title": title, "name": signer.get("name") or ""},
        "check": _("Pindai kode ini untuk memeriksa keaslian sertifikat melalui bot."),
    }


def checked(one: Issued) -> Screen:
    """To anybody with the code: genuine, or withdrawn."""
    row = one.row
    head = say("✅ <b>Sertifikat asli</b>")
    if row.withdrawn_at is not None:
        head = say(
            "🚫 <b>Sertifikat ini sudah dicabut</b> pada {day} dan tidak berlaku lagi.",
            day=show_moment(row.withdrawn_at),
        )
    return Screen(joined([head, told(one)], "\n\n"), (home_row(),))


def told(one: Issued) -> Markup:
    """Number, name, course, hours and day."""
    return joined(
        [
            say("Nomor: {number}", number=one.row.number),
            say("Nama: {name}", name=one.name),
            say("Pelatihan: {title}", title=one.title),
            say("Lama: {hours} JP (jam pelajaran)", hours=one.hours),
            say("Selesai: {day}", day=show_short_day(one.ended_on)),
        ]
    )


def unknown(code: str) -> Screen:
    """To anybody: no certificate has it, or no answer for now."""
    return Screen(say("❓ {words}", words=_(SENTENCES[code])), (home_row(),))


def certificate_withdrawn(values_: dict[str, Any]) -> Screen:
    """To its owner: it counts no more, and why."""
    text = say(
        "🚫 Sertifikat <b>{title}</b> (nomor {number}) dicabut oleh pengelola kepegawaian.\n\nAlasan: {reason}",
        title=values_["title"],
        number=values_["number"],
        reason=values_["reason"],
    )
    return Screen(text, (training.desk_row(),))


KINDS: dict[str, Callable[[dict[str, Any]], Screen]] = {"certificate_withdrawn": certificate_withdrawn}
