"""What happens with personal data: the notice, consent, the export, being forgotten.

Whoever changes what is promised here also changes `bot.services.privacy.NOTICE_VERSION`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.callbacks import Setting
from bot.i18n import N_, Markup, _, label, say
from bot.views.parts import home_row, joined
from bot.views.screen import Rows, Screen, button
from models.person import Purpose

EXPORT, ERASE, GIVE, TAKE = "export", "erase", "give", "take"
ASK, SURE = "ask", "yes"

PURPOSES = {
    Purpose.BROADCASTS: N_("pengumuman dari pemerintah kota"),
    Purpose.SURVEY_PROFILE: N_("data diri dalam survei (umur, pendidikan, pekerjaan)"),
}


@dataclass(frozen=True, slots=True)
class Contacts:
    """Whose notice it is, whom to ask, and the version shown."""

    controller: str
    officer: str
    version: str


def notice(contacts: Contacts, periods: Mapping[str, int], given: Collection[Purpose]) -> Screen:
    """The whole notice, with a switch for each consent; `periods` are days, as `bot.services.retention` names them."""
    text = say(
        "🔒 <b>Data pribadi Bapak/Ibu</b> (versi {version})\n\n"
        "<b>Pengendali data:</b> {controller}.\n\n"
        "<b>Yang disimpan:</b> nomor akun dan nama Telegram, bahasa, isi laporan beserta foto dan tempatnya, "
        "nilai layanan, jawaban survei, pendaftaran dan pertanyaan pada acara warga, serta tanggapan dan kelurahan "
        "untuk kabar kota. NIK, KK, dan nomor telepon tidak kami minta; nomor 16 angka kami "
        "sembunyikan. Mohon jangan kirim foto KTP atau KK.\n\n"
        "<b>Untuk apa:</b> menangani laporan dan menilai layanan adalah tugas pelayanan publik "
        "(UU 25/2009). Pengumuman dan data diri dalam survei hanya dengan persetujuan; "
        "tanpa persetujuan pun Bapak/Ibu tetap bisa melapor.\n\n"
        "<b>Telegram:</b> pesan lewat Telegram disimpan di luar Indonesia dan dapat dibaca oleh Telegram, "
        "karena obrolan dengan bot tidak terenkripsi dari ujung ke ujung.\n\n"
        "<b>Berapa lama:</b> isian yang belum dikirim {drafts} hari, foto {files} hari setelah laporan selesai, "
        "nomor akun sampai Bapak/Ibu minta dihapus, hubungan akun dengan laporan {reporters} hari setelah laporan "
        "ditutup, pemberitahuan {notices} hari, pesan yang gagal diolah {faults} hari, "
        "berkas isian dari pegawai {uploads} hari, hubungan akun dengan acara {forums} hari sesudahnya, "
        "jarak dari ruangan pelatihan yang ditambahkan sendiri {distances} hari sesudahnya; "
        "isi laporan menurut jadwal retensi arsip. Bila akun dihapus saat sedang dibatasi, "
        "sidik sandi nomor akun (bukan nomornya) disimpan "
        "sampai pembatasan itu berakhir.\n\n"
        "<b>Hak Bapak/Ibu:</b> /datasaya untuk mengunduh semua data, /tarik untuk menarik persetujuan, "
        "/hapus untuk dilupakan. Semuanya langsung dikerjakan. Untuk perbaikan data atau keberatan: {officer}.",
        version=contacts.version,
        controller=contacts.controller,
        officer=contacts.officer,
        **{what.removeprefix("keep_"): days for what, days in periods.items()},
    )
    rows = (
        *(_switch(purpose, purpose in given) for purpose in PURPOSES),
        (button("📄 " + _("Unduh data saya"), Setting(EXPORT, SURE)),),
        (button("🗑 " + _("Hapus data saya"), Setting(ERASE, ASK)),),
        home_row(),
    )
    return Screen(text, rows)


def _switch(purpose: Purpose, is_given: bool) -> tuple[Any, ...]:
    if is_given:
        text = label("✅ Tarik izin: {purpose}", purpose=_(PURPOSES[purpose]))
        return (button(text, Setting(TAKE, purpose.value)),)
    return (button(label("Beri izin: {purpose}", purpose=_(PURPOSES[purpose])), Setting(GIVE, purpose.value)),)


def exported(data: dict[str, Any], name: str) -> Screen:
    """All own data as a file."""
    content = json.dumps(data, ensure_ascii=False, indent=2)
    text = say("📄 Berikut semua data Bapak/Ibu yang kami simpan, dalam satu berkas JSON.")
    return Screen(text, (home_row(),), document=(name, content))


def withdrawn(purposes: Sequence[Purpose]) -> Screen:
    """What stops, from now on."""
    if not purposes:
        text = say("Tidak ada persetujuan yang perlu ditarik. Bapak/Ibu tidak menerima pengumuman.")
        return Screen(text, (home_row(),))
    lines = "\n".join(say("• {purpose}", purpose=_(PURPOSES[purpose])) for purpose in purposes)
    text = say(
        "Persetujuan ini sudah ditarik dan berlaku sekarang juga:\n{lines}\n\n"
        "Jawaban atas laporan Bapak/Ibu tetap kami kirim.",
        lines=Markup(lines),
    )
    profile = (
        say("Data diri dalam survei sudah dihapus; jawaban surveinya tetap dihitung.")
        if Purpose.SURVEY_PROFILE in purposes
        else Markup("")
    )
    return Screen(joined([text, profile], "\n\n"), (home_row(),))


def ask_erase(is_staff: bool) -> Screen:
    """What being forgotten means; sure?"""
    meaning = say(
        "🗑 <b>Hapus data Bapak/Ibu?</b>\n\n"
        "Nama, nomor akun Telegram, persetujuan, data diri dalam survei, dan isian yang belum selesai dihapus untuk "
        "selamanya. Isi laporan, nilai, dan jawaban survei tetap tersimpan tanpa nama sebagai arsip; jawaban "
        "petugas tidak bisa lagi kami kirim ke sini. Pembatasan yang sedang berjalan tetap berlaku sampai berakhir."
    )
    roster = say("Ikatan akun ini dengan data pegawai juga dilepas.") if is_staff else Markup("")
    return Screen(joined([meaning, roster], "\n\n"), _sure())


def _sure() -> Rows:
    return (
        (button(_("Ya, hapus semuanya"), Setting(ERASE, SURE)),),
        home_row(),
    )


def erased() -> Screen:
    """The last words to somebody we no longer know."""
    return Screen(
        say(
            "Data Bapak/Ibu sudah dihapus. Kami tidak lagi mengenal akun ini. "
            "Pesan di layar Telegram bisa Bapak/Ibu hapus sendiri. Kalau suatu saat menulis lagi, kita mulai dari awal."
        )
    )
