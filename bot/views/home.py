"""The first words, the menu of each role, help, and where a lost person is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.callbacks import Open, Resume
from bot.i18n import N_, _, say
from bot.views.parts import home_row
from bot.views.screen import Button, Rows, Screen, button
from models.rules.permissions import Desk

#: Verbs of the menu: desk → label. The first ones that somebody may open are shown at once, so those come first that
#: are used most: a person's own lists of work, then what is looked up, then what everybody may do.
VERBS = {
    Desk.VERIFIER_QUEUE: N_("🗂 Periksa laporan masuk"),
    Desk.UNIT_QUEUE: N_("🧰 Kerjakan laporan unit"),
    Desk.SERVICE_RECORDS: N_("🧾 Catat permohonan layanan"),
    Desk.OVERSIGHT: N_("🔎 Awasi laporan"),
    Desk.WEEKLY: N_("🗓 Laporan mingguan"),
    Desk.TEAM: N_("👥 Tim saya"),
    Desk.WEEKLY_CHECK: N_("✅ Periksa laporan mingguan"),
    Desk.BROADCASTS: N_("📣 Siarkan pengumuman"),
    Desk.CITY_DATA: N_("🗃 Data kota (Excel)"),
    Desk.INVITE: N_("✉️ Undang pegawai"),
    Desk.INCIDENTS: N_("🛠 Lihat gangguan"),
    Desk.SHARING: N_("👥 Bagi laporan kepada petugas"),
    Desk.SEARCH: N_("🔍 Cari laporan"),
    Desk.FIGURES: N_("📊 Angka kinerja laporan"),
    Desk.SATISFACTION: N_("😊 Hasil survei kepuasan"),
    Desk.ON_BEHALF: N_("🖊 Catat laporan warga"),
    Desk.OCCURRENCES: N_("🧩 Kejadian bersama"),
    Desk.AUDIT: N_("📜 Jejak audit laporan"),
    Desk.IMPROVEMENTS: N_("🔧 Perbaikan layanan"),
    Desk.BANS: N_("🚫 Pengirim yang dibatasi"),
    Desk.WORK_PLAN: N_("🎯 Rencana kerja (SKP)"),
    Desk.INDICATORS: N_("📐 Indikator kinerja"),
    Desk.EVALUATIONS: N_("🧭 Penilaian kinerja"),
    Desk.RECOGNITIONS: N_("🏆 Penghargaan kinerja"),
    Desk.TRAINING: N_("🎓 Pelatihan"),
    Desk.HOURS: N_("📚 Jam pelajaran saya (JP)"),
    Desk.FILE: N_("📝 Lapor atau usul"),
    Desk.RATE: N_("⭐ Nilai layanan"),
    Desk.MY_REPORTS: N_("📋 Laporan saya"),
    Desk.SURVEY: N_("🗒 Isi survei kepuasan"),
    Desk.QUALITY: N_("🏅 Mutu layanan kota"),
    Desk.PRIVACY: N_("🔒 Data saya"),
    Desk.FORUMS: N_("🗣 Acara warga"),
}
#: Desks without a verb: the menu itself, and what happens inside groups.
WITHOUT_VERB = {Desk.HOME, Desk.GROUPS}
MOST_VERBS = 6
REST = "more"
#: Short enough for three in a row.
LANGUAGE_NAMES = {"id": "Indonesia", "ms": "Melayu", "en": "English"}


def welcome(city: str, desks: Sequence[Desk]) -> Screen:
    """The first greeting: it already offers the work."""
    text = say(
        "<b>Selamat datang di layanan warga {city}.</b>\n\n"
        "Ceritakan saja masalah Bapak/Ibu di sini, boleh dengan foto atau pesan suara. "
        "Laporan kami teruskan ke kantor yang tepat, dan Bapak/Ibu sendiri yang menentukan apakah sudah selesai.",
        city=city,
    )
    language = tuple(button(name, Open("language_" + code)) for code, name in LANGUAGE_NAMES.items())
    return Screen(text, (*_verbs(desks), *_rest_row(desks), language))


def menu(desks: Sequence[Desk]) -> Screen:
    """What this person can do."""
    text = say("<b>Menu utama</b>\n\nSilakan pilih, atau langsung tulis pesan untuk melapor.")
    return Screen(text, (*_verbs(desks), (*_rest_button(desks), button("❓ " + _("Bantuan"), Open("help")))))


def rest(desks: Sequence[Desk]) -> Screen:
    """What the menu has no room for at once."""
    text = say("<b>Menu lainnya</b>\n\nSilakan pilih.")
    return Screen(text, (*_rows(_ordered(desks)[MOST_VERBS:]), home_row()))


def _verbs(desks: Sequence[Desk]) -> Rows:
    return _rows(_ordered(desks)[:MOST_VERBS])


def _rest_row(desks: Sequence[Desk]) -> Rows:
    found = _rest_button(desks)
    return (found,) if found else ()


def _rest_button(desks: Sequence[Desk]) -> tuple[Button, ...]:
    return (button("➕ " + _("Lainnya…"), Open(REST)),) if len(_ordered(desks)) > MOST_VERBS else ()


def _ordered(desks: Sequence[Desk]) -> list[Desk]:
    return [desk for desk in VERBS if desk in desks]


def _rows(desks: Sequence[Desk]) -> Rows:
    return tuple((button(_(VERBS[desk]), Open(desk.value)),) for desk in desks)


def help_screen(office: str, hours: str, emergency: str, ombudsman: str) -> Screen:
    """What the bot does, where the office is, when it works, whom else to ask."""
    text = say(
        "<b>Bantuan</b>\n\n"
        "Tulis saja masalah, usul, atau pertanyaan Bapak/Ibu; bot menanyakan yang kurang.\n"
        "/lapor untuk melapor · /nilai untuk menilai layanan · /laporan untuk melihat laporan sendiri\n"
        "/bahasa untuk ganti bahasa · /privasi tentang data Bapak/Ibu · /batal untuk berhenti\n\n"
        "<b>Ingin bicara dengan petugas?</b>\n{office}\n{hours}\n\n"
        "<b>Keadaan darurat:</b> {emergency}\n<b>Tidak puas dengan jawaban kami?</b> {ombudsman}",
        office=office,
        hours=hours,
        emergency=emergency,
        ombudsman=ombudsman,
    )
    return Screen(text, (home_row(),))


def choose_language() -> Screen:
    """Three languages, each in its own words."""
    rows = tuple((button(name, Open("language_" + code)),) for code, name in LANGUAGE_NAMES.items())
    return Screen(say("<b>Bahasa apa yang Bapak/Ibu pilih?</b>"), rows)


def language_chosen() -> Screen:
    """Said in the language just chosen."""
    return Screen(say("Baik, mulai sekarang kita berbahasa Indonesia."), (home_row(),))


def unfinished(question: str | None, wanted: str) -> Screen:
    """A draft is open: continue it, or start anew?"""
    text = say(
        "<b>Masih ada isian yang belum selesai.</b>\n\nPertanyaan terakhir: <i>{question}</i>\n\n"
        "Mau dilanjutkan, atau mulai baru? Kalau mulai baru, isian yang lama dihapus.",
        question=question or "-",
    )
    rows = (
        (button("▶️ " + _("Lanjutkan"), Resume("continue", wanted)),),
        (button("🗑 " + _("Mulai baru"), Resume("anew", wanted)),),
    )
    return Screen(text, rows)


def nothing_to_cancel() -> Screen:
    """Cancel without an open talk."""
    return Screen(say("Tidak ada isian yang sedang berjalan."), (home_row(),))


def not_understood() -> Screen:
    """A sticker, a poll, something we cannot use."""
    text = say(
        "Maaf, kiriman seperti itu belum bisa kami baca. Silakan tulis pesan, atau kirim foto, video, "
        "pesan suara, dokumen, atau lokasi."
    )
    return Screen(text, (home_row(),))


def a_button_please() -> Screen:
    """Words where one of the buttons is awaited."""
    return Screen(say("Untuk pertanyaan ini, silakan tekan salah satu tombol di bawahnya."))


def old_button() -> Screen:
    """A button of a finished step or an earlier release."""
    return Screen(say("Tombol itu sudah tidak berlaku. Silakan lanjut dari sini."), (home_row(),))


def old_button_toast() -> str:
    """The same over a talk whose question is shown again."""
    return _("Tombol itu sudah tidak berlaku. Pertanyaannya ada di bawah.")


def only_private(link: str) -> Screen:
    """In a group nothing personal is asked."""
    text = say("Untuk melapor atau menilai layanan, silakan buka obrolan pribadi dengan bot ini.")
    return Screen(text, ((Button(_("Buka obrolan pribadi"), url=link),),))
