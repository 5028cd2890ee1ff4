"""Why a weekly report cannot be taken, checked or corrected, as polite sentences."""

from __future__ import annotations

from bot.i18n import N_

SENTENCES = {
    "no_plan_in_force": N_(
        "Belum ada rencana kerja (SKP) yang disetujui untuk tahun itu, jadi belum ada yang bisa dilaporkan."
    ),
    "week_closed": N_("Minggu itu belum mulai atau triwulannya sudah berakhir, jadi tidak bisa dilaporkan lagi."),
    "week_without_work": N_("Minggu itu tidak ada hari kerja, jadi tidak perlu dilaporkan."),
    "week_not_now": N_("Laporan minggu itu sudah berada pada tahap lain. Silakan buka lagi laporannya."),
    "no_such_week": N_("Laporan mingguan itu tidak ada."),
    "no_such_line": N_("Butir itu tidak ada dalam rencana kerja yang berlaku."),
    "nothing_to_report": N_("Belum ada angka yang diisi."),
    "value_negative": N_("Angkanya tidak boleh kurang dari nol."),
    "value_too_large": N_("Angkanya terlalu besar. Mohon periksa lagi penulisannya."),
    "value_yes_no": N_("Untuk butir ini jawabannya sudah (1) atau belum (0)."),
    "link_unreadable": N_("Tautannya tidak bisa dibaca. Contoh: https://contoh.go.id/dokumen"),
    "reason_needed": N_("Laporan ini sudah diterima atasan. Mohon tulis alasan perbaikannya."),
    "week_changed": N_("Laporan ini baru saja diperbaiki oleh pegawainya. Mohon lihat lagi sebelum memutuskan."),
    "week_decided": N_("Sudah diputuskan sebelumnya oleh {who}."),
}
