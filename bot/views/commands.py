"""The commands a chat offers and how the bot introduces itself, in the language spoken."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import N_, _, label
from models.rules.permissions import Desk

Commands = list[tuple[str, str]]

EVERYBODY = {
    "start": N_("Mulai"),
    "menu": N_("Menu utama"),
    "lapor": N_("Lapor, usul, atau bertanya"),
    "nilai": N_("Nilai layanan"),
    "skm": N_("Isi survei kepuasan"),
    "laporan": N_("Laporan saya"),
    "mutu": N_("Mutu layanan kota"),
    "acara": N_("Acara warga"),
    "kabar": N_("Terima kabar kota"),
    "bantuan": N_("Bantuan dan alamat kantor"),
    "bahasa": N_("Ganti bahasa"),
    "batal": N_("Berhenti mengisi"),
    "privasi": N_("Tentang data pribadi"),
    "datasaya": N_("Unduh data saya"),
    "hapus": N_("Hapus data saya"),
    "tarik": N_("Tarik persetujuan saya"),
}
GROUP = {"start": N_("Buka obrolan pribadi")}
#: What the administrators of a group see beside it.
GROUP_ADMIN = {"ikat": N_("Jadikan grup kerja unit"), "lepas": N_("Lepaskan grup dari unit")}

#: Desk → its command and what it opens.
DESK_COMMANDS = {
    Desk.VERIFIER_QUEUE: ("verifikasi", N_("Periksa laporan masuk")),
    Desk.UNIT_QUEUE: ("unit", N_("Kerjakan laporan unit")),
    Desk.OVERSIGHT: ("awasi", N_("Awasi laporan")),
    Desk.WEEKLY: ("minggu", N_("Laporan mingguan")),
    Desk.TEAM: ("tim", N_("Tim saya")),
    Desk.WEEKLY_CHECK: ("periksa", N_("Periksa laporan mingguan")),
    Desk.SEARCH: ("cari", N_("Cari laporan")),
    Desk.OCCURRENCES: ("kejadian", N_("Kejadian yang dilaporkan banyak orang")),
    Desk.SHARING: ("bagi", N_("Bagi laporan kepada petugas")),
    Desk.INVITE: ("undang", N_("Undang pegawai")),
    Desk.BANS: ("blokir", N_("Pengirim yang sedang dibatasi")),
    Desk.AUDIT: ("riwayat", N_("Jejak audit satu laporan")),
    Desk.ON_BEHALF: ("catat", N_("Catat laporan warga lain")),
    Desk.CITY_DATA: ("kelola", N_("Ubah data kota lewat Excel")),
    Desk.FIGURES: ("kinerja", N_("Angka kinerja laporan")),
    Desk.SATISFACTION: ("ikm", N_("Hasil survei kepuasan")),
    Desk.IMPROVEMENTS: ("perbaikan", N_("Perbaikan layanan")),
    Desk.WORK_PLAN: ("rencana", N_("Rencana kerja (SKP)")),
    Desk.INDICATORS: ("indikator", N_("Indikator kinerja")),
    Desk.SERVICE_RECORDS: ("permohonan", N_("Catat permohonan layanan")),
    Desk.EVALUATIONS: ("penilaian", N_("Penilaian kinerja")),
    Desk.RECOGNITIONS: ("penghargaan", N_("Penghargaan kinerja")),
    Desk.BROADCASTS: ("siarkan", N_("Siarkan pengumuman")),
    Desk.TRAINING: ("pelatihan", N_("Pelatihan")),
    Desk.HOURS: ("jp", N_("Jam pelajaran saya (JP)")),
}


def of(desks: Sequence[Desk]) -> Commands:
    """The commands of somebody who may open these desks, the desks first."""
    own = [DESK_COMMANDS[desk] for desk in DESK_COMMANDS if desk in desks]
    return [(name, _(text)) for name, text in (*own, *EVERYBODY.items())]


def of_groups() -> Commands:
    """What a group offers: the way to a private chat."""
    return [(name, _(text)) for name, text in GROUP.items()]


def of_group_admins() -> Commands:
    """What a group offers those who look after it."""
    return [(name, _(text)) for name, text in (*GROUP_ADMIN.items(), *GROUP.items())]


def description() -> str:
    """What an empty chat shows, at most 512 characters."""
    return _(
        "Layanan warga: laporkan masalah, sampaikan usul, tanyakan informasi, dan nilai layanan kota.\n\n"
        "Tekan Mulai, lalu ceritakan saja masalahnya. Boleh dengan foto, pesan suara, atau lokasi."
    )


def short_description(emergency: str) -> str:
    """What the profile shows, at most 120 characters, with the city's number for emergencies if it has one."""
    if not emergency:
        return _("Laporan warga dan penilaian layanan kota.")
    return label("Laporan warga dan penilaian layanan kota. Dalam keadaan darurat, telepon {number}.", number=emergency)
