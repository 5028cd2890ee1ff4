"""The questions about the place of a report: where is it, and is it really this kelurahan."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import _, label, say
from bot.views.filing import FLOW
from bot.views.parts import choices, map_link, moves
from bot.views.screen import Screen


def ask_place(nonce: str) -> Screen:
    """Where it is: a pin, coordinates, a link, or words."""
    text = say(
        "<b>Di mana tempatnya?</b>\n\n"
        "Tulis kelurahan dan patokannya, contoh: <i>Sei Jang, depan masjid Al-Falah</i>.\n"
        "Atau kirim lokasi lewat tombol 📎, atau tempel tautan peta.\n\n"
        "Kami bertanya supaya petugas datang ke tempat yang tepat."
    )
    options = [("list", _("Pilih kelurahan dari daftar")), ("skip", _("Lewati (tidak ada tempat tertentu)"))]
    return Screen(text, (*choices(FLOW, "place", nonce, options), moves(nonce)))


def confirm_area(nonce: str, kelurahan: str, kecamatan: str) -> Screen:
    """The kelurahan that a pin or some words point at: right?"""
    text = say(
        "<b>Tempat ini di Kelurahan {kelurahan}, Kecamatan {kecamatan}. Benar?</b>",
        kelurahan=kelurahan,
        kecamatan=kecamatan,
    )
    options = [("yes", _("Ya, benar")), ("other", _("Bukan, pilih kelurahan lain"))]
    return Screen(text, (*choices(FLOW, "area", nonce, options), moves(nonce)))


def ask_area(nonce: str, areas: Sequence[tuple[int, str, str]]) -> Screen:
    """Choose among areas: (id, kelurahan, kecamatan), named with their kecamatan."""
    text = say("<b>Pilih kelurahannya.</b>\n\nNama kecamatan ada di dalam kurung.")
    options = [
        (str(area_id), label("{kelurahan} ({kecamatan})", kelurahan=kelurahan, kecamatan=kecamatan))
        for area_id, kelurahan, kecamatan in areas
    ]
    return Screen(text, (*choices(FLOW, "area", nonce, options, per_row=2), moves(nonce)))


def outside(authority: str) -> Screen:
    """The pin lies outside the city."""
    return Screen(
        say(
            "Titik itu di luar wilayah kota. Untuk tempat tersebut silakan hubungi {authority}, "
            "atau kirim titik lain yang di dalam kota.",
            authority=authority,
        )
    )


def place_unknown(nonce: str, areas: Sequence[tuple[int, str, str]]) -> Screen:
    """The words name no kelurahan we know: keep them as a landmark and choose from the list."""
    chosen = ask_area(nonce, areas)
    text = say("Patokannya sudah kami catat. <b>Di kelurahan mana tempat itu?</b>")
    return Screen(text, chosen.rows)


def point(latitude: float, longitude: float) -> str:
    """A point among somebody's words: what it is, and where to look at it."""
    return label("📍 titik di peta: {link}", link=map_link(latitude, longitude))
