"""The point of a room, and the place that a participant may add: never demanded, seen only by human resources."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bot.callbacks import Learn
from bot.i18n import N_, Markup, _, label, say, say_many, show_moment, show_number
from bot.services.training.attending import Roll
from bot.services.training.nearness import Room, Seen, Spot
from bot.views import places
from bot.views.parts import choices, cut, joined, moves
from bot.views.screen import Button, Screen, button
from models.rules.coordinates import Point
from models.rules.training.nearness import is_far
from models.training.registration import AttendanceWay

#: The talk of the participant, and that of human resources.
SPOT_FLOW, POINT_FLOW = "trainspot", "trainpoint"
SPOT, POINT = "spot", "point"
SKIP, DONE, DROP, ALL, ONE = "skip", "done", "drop", "all", "one"
SPOT_QUESTION = N_("Mau menambahkan lokasi? Tidak wajib.")
POINT_QUESTION = N_("Di mana titik ruangannya?")
REACH_QUESTION = N_("Titik ini untuk pertemuan yang mana?")
WAYS = {AttendanceWay.CODE: N_("kode hadir"), AttendanceWay.LIST: N_("daftar hadir")}
NONE = "—"
KILOMETRE = 1000


def distance(metres: int) -> str:
    """Metres, and kilometres where it is more than one."""
    if metres < KILOMETRE:
        return label("± {n} m", n=metres)
    return label("± {n} km", n=show_number(round(Decimal(metres) / KILOMETRE, 1)))


def from_room(metres: int | None, limit: int) -> str:
    """How far from the room, marked where it is far; a dash where nothing was said."""
    if metres is None:
        return NONE
    return ("⚠ " if is_far(metres, limit) else "") + label("{distance} dari ruangan", distance=distance(metres))


# --- participants ---


def spot_rows(session_id: int, *, given: bool) -> tuple[tuple[Button, ...], ...]:
    """Below a counted attendance: to add the place, or to see what was `given`."""
    text = _("Ubah atau hapus lokasi") if given else _("Tambahkan lokasi (tidak wajib)")
    return ((button("📍 " + text, Learn(SPOT, session_id)),),)


def ask_spot(nonce: str, found: Spot, days: int) -> Screen:
    """The place, or how far it is by what was sent last."""
    session, metres = found.meeting.session, found.row.distance_m
    head = say("{title}\n{when}", title=found.meeting.course.title, when=show_moment(session.starts_at))
    if metres is not None:
        text = say(
            "📍 <b>Tercatat: {distance} dari ruangan.</b>\n\n{head}\n\nDi dalam gedung lokasi bisa meleset. Kalau "
            "belum tepat, kirim sekali lagi sampai pertemuan selesai; yang terakhir yang dipakai.",
            distance=distance(metres),
            head=head,
        )
        options = [(DONE, _("Selesai")), (DROP, "🗑 " + _("Hapus jaraknya"))]
    else:
        text = say(
            "📍 <b>Mau menambahkan lokasi?</b>\n\n{head}\n\nTidak wajib: kehadiran Bapak/Ibu sudah tercatat. Lokasi "
            "hanya dipakai menghitung kira-kira jarak dari ruangan; yang melihat hanya pengelola kepegawaian, dan "
            "jaraknya dihapus {days} hari sesudah pertemuan. Titiknya tidak kami simpan.\n\n"
            "Tekan 📎, pilih Lokasi, lalu kirim lokasi Bapak/Ibu sekarang.",
            head=head,
            days=days,
        )
        options = [(SKIP, _("Lewati"))]
    return Screen(text, (*choices(SPOT_FLOW, SPOT, nonce, options), moves(nonce, back=False)))


def spot_question() -> str:
    """The open question."""
    return label(SPOT_QUESTION)


def spot_left() -> Screen:
    """Nothing more is asked."""
    return Screen(say("Baik. Kehadiran Bapak/Ibu tetap tercatat."))


def spot_help() -> Screen:
    """How a phone sends where it is."""
    return Screen(
        say(
            "Di ponsel: tekan 📎 di samping kolom pesan, pilih Lokasi, lalu Kirim lokasi saya. Tidak bisa atau tidak "
            "mau? Tekan Lewati; kehadiran Bapak/Ibu tetap tercatat."
        )
    )


# --- human resources ---


def point_row(found: Roll) -> tuple[Button, ...]:
    """On the list of a meeting: whether its room has a point."""
    session = found.meeting.session
    text = _("Titik ruangan: ada") if session.point is not None else _("Titik ruangan: belum ada")
    return (button("📍 " + text, Learn(POINT, session.id)),)


def distances(found: Roll) -> Markup:
    """How far those of the page said to be, where that was offered or said; else nothing."""
    there = [one for one in found.lines if one.was_there]
    if not there or (found.meeting.session.point is None and all(one.metres is None for one in there)):
        return Markup("")
    lines = [
        say("{name} ({unit}): {distance}", name=one.name, unit=one.unit, distance=from_room(one.metres, found.limit))
        for one in there
    ]
    return joined([joined([say("📍 <b>Jarak yang ditambahkan peserta</b>"), *lines]), _far(found)], "\n\n")


def _far(found: Roll) -> Markup:
    if not found.far:
        return Markup("")
    return say_many(
        "⚠ {n} peserta lebih dari {limit} m dari ruangan. Di dalam gedung lokasi bisa meleset, jadi kehadirannya "
        "tetap sah; periksa bila perlu.",
        "⚠ {n} peserta lebih dari {limit} m dari ruangan. Di dalam gedung lokasi bisa meleset, jadi kehadirannya "
        "tetap sah; periksa bila perlu.",
        found.far,
        limit=found.limit,
    )


def ask_point(nonce: str, found: Room) -> Screen:
    """Where the room is."""
    session = found.meeting.session
    text = say(
        "📍 <b>Di mana titik ruangannya?</b>\n\n{title}\n{when}\n\nKirim lokasi lewat tombol 📎, atau tulis "
        "koordinatnya, atau tempel tautan peta. Contoh: <i>0.917, 104.447</i>.\n\nDengan titik ini peserta yang "
        "hadir boleh menambahkan jaraknya dari ruangan. Tanpa titik, lokasi tidak ditanyakan.",
        title=found.meeting.course.title,
        when=show_moment(session.starts_at),
    )
    known = session.point
    if known is None:
        return Screen(text, (moves(nonce, back=False),))
    now = say("Sekarang: {point}", point=places.point(known.latitude, known.longitude))
    options = [(DROP, "🗑 " + _("Hapus titik pertemuan ini"))]
    rows = (*choices(POINT_FLOW, POINT, nonce, options), moves(nonce, back=False))
    return Screen(joined([text, now], "\n\n"), rows)


def point_question() -> str:
    """The open question."""
    return label(POINT_QUESTION)


def ask_reach(nonce: str, found: Room) -> Screen:
    """For this meeting or for all of them."""
    text = say("<b>Titik ini untuk pertemuan yang mana?</b>\n\n{title}", title=found.meeting.course.title)
    options = [
        (ALL, label("Semua pertemuan ({n})", n=found.meetings)),
        (ONE, label("Hanya {day}", day=show_moment(found.meeting.session.starts_at))),
    ]
    return Screen(text, (*choices(POINT_FLOW, "reach", nonce, options), moves(nonce)))


def reach_question() -> str:
    """The open question."""
    return label(REACH_QUESTION)


def point_put(found: Room, point: Point | None, meetings: int) -> Screen:
    """It is kept, or forgotten; where to look whether it is right."""
    session, course = found.meeting.session, found.meeting.course
    if point is None:
        text = say(
            "🗑 Titik ruangan pertemuan {when} sudah dihapus. Lokasi tidak ditanyakan lagi.",
            when=show_moment(session.starts_at),
        )
    else:
        text = say_many(
            "📍 Titik ruangan <b>{title}</b> tersimpan untuk {n} pertemuan.\n\n{point}",
            "📍 Titik ruangan <b>{title}</b> tersimpan untuk {n} pertemuan.\n\n{point}",
            meetings,
            title=cut(course.title, 150),
            point=places.point(point.latitude, point.longitude),
        )
    roll = (button("📋 " + _("Daftar hadir"), Learn("roll", 0, str(session.id))),)
    return Screen(text, (roll, (button("🛠 " + _("Kelola pelatihan ini"), Learn("hr", course.id)),)))


def point_left() -> Screen:
    """Nothing was changed."""
    return Screen(say("Baik, titik ruangan tidak diubah."))


def point_help() -> Screen:
    """What is taken."""
    return Screen(
        say(
            "Di ponsel: tekan 📎, pilih Lokasi, geser peta ke gedungnya, lalu kirim. Di komputer: salin koordinat atau "
            "tautan lengkap dari aplikasi peta. Tautan pendek tidak memuat koordinat."
        )
    )


# --- workbook ---


def sheet_title() -> str:
    """Of the attendance, one line for each."""
    return _("Kehadiran")


def sheet_rows(found: Sequence[Seen], limit: int) -> list[list[Any]]:
    """The head and the lines of the sheet."""
    head = [_("Nama"), _("Unit"), _("Pertemuan"), _("Dicatat pada"), _("Cara"), _("Jarak dari ruangan")]
    lines = [
        [
            one.name,
            one.unit,
            show_moment(one.starts_at),
            show_moment(one.at),
            _(WAYS[one.way]),
            from_room(one.metres, limit),
        ]
        for one in found
    ]
    return [head, *lines]
