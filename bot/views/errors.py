"""Every named refusal as one polite sentence."""

from __future__ import annotations

from bot.i18n import N_, label, say
from bot.views.administration import bans
from bot.views.forums import refusals as forum_refusals
from bot.views.parts import cut, home_row, joined
from bot.views.performance import week_refusals
from bot.views.screen import Screen
from bot.views.training import ledger as training_ledger
from bot.views.training import refusals as training_refusals
from models.errors import Refusal

SENTENCES = {
    "not_your_role": N_("Maaf, bagian ini hanya untuk petugas yang berwenang."),
    "not_your_record": N_("Maaf, laporan ini bukan milik atau bukan tugas Bapak/Ibu."),
    "inspectorate_only": N_("Maaf, laporan ini bersifat tertutup dan hanya ditangani oleh Inspektorat."),
    "unit_is_involved": N_("Laporan ini menyangkut unit itu sendiri, jadi tidak bisa diteruskan ke sana."),
    "accused_already": N_("Pegawai yang dilaporkan sudah disebut dan tidak bisa diganti."),
    "closing_held": N_(
        "Maaf, penutupan laporan ini sedang diperiksa Inspektorat. Setelah pemeriksaan selesai, "
        "hal ini bisa dilanjutkan."
    ),
    "not_your_unit": N_("Maaf, unit itu bukan tugas Bapak/Ibu."),
    "no_such_period": N_("Masa survei itu tidak ada."),
    "too_many_rows": N_(
        "Jawabannya lebih dari {most} baris, tidak muat dalam satu berkas. Pilih satu unit atau masa yang lebih pendek."
    ),
    "target_order": N_("Batas bawah target harus tidak lebih besar daripada batas atasnya."),
    "target_negative": N_("Target tidak boleh kurang dari nol."),
    "target_zero": N_("Target nol tidak bisa diukur bila makin banyak makin baik. Isi angka di atas nol."),
    "target_yes_no": N_("Untuk jawaban ya atau tidak, targetnya 1 (ya) atau 0 (tidak)."),
    "plan_not_now": N_("Rencana kerja ini sudah berada pada tahap lain, jadi hal itu tidak bisa dilakukan sekarang."),
    "no_such_plan": N_("Rencana kerja itu tidak ada."),
    "no_such_plan_part": N_("Bagian rencana itu sudah tidak ada. Silakan lihat lagi rencananya."),
    "plan_year": N_("Rencana kerja tahun itu belum atau sudah tidak bisa disusun."),
    "plan_not_empty": N_("Rencana ini sudah berisi. Menyalin hanya bisa ke rencana yang masih kosong."),
    "no_plan_before": N_("Tahun sebelumnya belum ada rencana yang disetujui, jadi tidak ada yang bisa disalin."),
    "plan_full": N_("Rencana ini sudah memuat {most}, itu paling banyak. Gabungkan atau hapus yang kurang penting."),
    "plan_has_gaps": N_("Rencana ini belum lengkap, jadi belum bisa diteruskan."),
    "plan_links_missing": N_(
        "Belum bisa disetujui: ada hasil kerja utama yang belum dikaitkan dengan hasil kerja atasan."
    ),
    "plan_without_superior": N_(
        "Dalam data kepegawaian belum tercatat siapa atasan Bapak/Ibu. Mohon hubungi pengelola kepegawaian."
    ),
    "no_such_sheet": N_("Berkas rencana itu sudah diputuskan sebelumnya atau bukan milik Bapak/Ibu."),
    "no_such_evaluation": N_("Penilaian itu tidak ada."),
    "not_your_service": N_("Layanan itu bukan layanan unit Bapak/Ibu."),
    "no_such_record": N_("Permohonan itu tidak ada dalam catatan unit Bapak/Ibu."),
    "number_is_personal": N_("Jangan menulis NIK atau nomor KK. Tulis nomor permohonan dari buku register."),
    "no_record_number": N_("Itu bukan nomor permohonan. Contoh: 470/0123/2026, paling banyak {most} huruf."),
    "number_is_taken": N_("Nomor itu sudah dicatat untuk layanan ini."),
    "moment_not_past": N_("Waktunya harus sudah lewat, dan tidak lebih dari satu tahun yang lalu."),
    "moments_disordered": N_("Waktunya lebih awal daripada langkah sebelumnya."),
    "record_incomplete": N_("Berkasnya belum lengkap, jadi belum bisa diselesaikan. Tandai dulu berkas lengkap."),
    "undo_is_late": N_("Hanya yang dicatat hari ini yang bisa dibatalkan."),
    "record_file_is_over": N_("Berkas itu sudah diputuskan sebelumnya atau bukan milik Bapak/Ibu."),
    "no_such_indicator": N_("Indikator itu tidak ada."),
    "no_such_nomination": N_("Penghargaan itu tidak ada, atau bukan untuk Bapak/Ibu."),
    "nomination_not_now": N_(
        "Penghargaan ini sudah berada pada tahap lain, jadi hal itu tidak bisa dilakukan sekarang."
    ),
    "announced_already": N_("Penghargaan ini untuk masa itu sudah diumumkan. Pengumuman hanya satu kali."),
    "nobody_consented": N_("Belum ada penerima yang setuju namanya diumumkan."),
    "no_such_certificate": N_("Piagam dengan kode itu tidak ada dalam data kami."),
    "nobody_above": N_(
        "Dalam data kepegawaian tidak ada atasan di atas penilai Bapak/Ibu. Mohon hubungi pengelola kepegawaian."
    ),
    "no_such_broadcast": N_("Pengumuman itu tidak ada, atau bukan tugas Bapak/Ibu."),
    "not_your_broadcast": N_("Tombol itu sudah tidak berlaku untuk Bapak/Ibu."),
    "broadcast_not_now": N_("Pengumuman ini sudah berada pada tahap lain, jadi hal itu tidak bisa dilakukan sekarang."),
    "not_your_own_broadcast": N_("Maaf, pengumuman sendiri harus disetujui orang lain."),
    "audience_unknown": N_("Saringan penerima itu tidak dikenal."),
    "nobody_in_audience": N_("Belum ada penerima yang cocok. Silakan ubah saringannya."),
    "nobody_approves": N_(
        "Penerimanya banyak sehingga perlu persetujuan, tetapi belum ada orang lain yang berwenang menyetujui."
    ),
    "orders_are_for_staff": N_("Perintah kedinasan hanya untuk pegawai."),
    "orders_cannot_stop": N_("Perintah kedinasan tidak bisa dimatikan."),
    "too_old_to_delete": N_("Sudah lebih dari 48 jam, jadi Telegram tidak mengizinkan pesan itu dihapus lagi."),
    "too_many_buttons": N_("Tombolnya terlalu banyak, paling banyak {most}."),
    "button_label": N_("Tulisan pada tombol paling banyak {most} huruf, dan tidak boleh kosong."),
    "button_link": N_("Tautannya harus diawali https:// atau http://."),
    "moment_is_over": N_("Waktu kirimnya sudah lewat. Silakan pilih waktu lain."),
    "reminded_already": N_("Mereka sudah diingatkan satu kali. Pengingat hanya sekali untuk setiap pengiriman."),
    "asks_nothing": N_("Pengumuman ini tidak punya tombol jawaban, jadi tidak ada yang bisa diingatkan."),
    "not_a_list": N_("Daftarnya harus berkas Excel atau CSV."),
    "list_not_read_yet": N_("Daftarnya masih dibaca. Mohon tunggu sebentar, lalu tekan lagi."),
    "one_file_only": N_(
        "Yang bisa dipakai: tulisan, atau satu foto, video, atau dokumen dengan tulisan di bawahnya. "
        "Beberapa foto sekaligus tidak bisa."
    ),
    "no_such_question": N_("Pertanyaan itu tidak ada lagi, atau bukan untuk Bapak/Ibu."),
    "no_account": N_("{name} belum memakai bot ini, jadi belum bisa dikirimi pesan."),
    "nobody_below": N_("Hari ini tidak ada bawahan Bapak/Ibu dalam data kepegawaian."),
    "evaluation_not_now": N_("Evaluasi ini sudah berada pada tahap lain, jadi hal itu tidak bisa dilakukan sekarang."),
    "not_your_own_work": N_("Maaf, hal ini tidak bisa dilakukan untuk diri sendiri. Ini tugas atasan Bapak/Ibu."),
    "not_your_subordinate": N_("Maaf, pegawai ini bukan bawahan Bapak/Ibu pada hari ini."),
    "reason_missing": N_("Alasannya belum ditulis."),
    "rule_fixed_late": N_("Aturan penghargaan harus ditetapkan sebelum masa penilaiannya dimulai."),
    "objection_is_late": N_("Maaf, masa untuk mengajukan keberatan sudah lewat."),
    "no_such_improvement": N_("Perbaikan itu tidak ada."),
    "improvement_is_over": N_("Perbaikan ini sudah selesai atau sudah dibatalkan."),
    "no_such_number": N_("Angkanya harus lebih dari nol dan masuk akal."),
    "no_answers": N_("Belum ada jawaban survei pada masa ini."),
    "date_is_over": N_("Tanggalnya harus sesudah hari ini."),
    "no_words": N_("Tulisannya masih kosong."),
    "no_such_language": N_("Bahasa itu belum ada di sini."),
    "no_such_report": N_("Laporan itu tidak ada."),
    "no_such_unit": N_("Unit itu tidak ada atau sudah tidak aktif."),
    "never_merged": N_(
        "Kedua laporan ini tidak bisa digabungkan: salah satunya tertutup, atau keduanya dari pelapor yang sama."
    ),
    "main_is_over": N_("Laporan utamanya sudah selesai, jadi penggabungan tidak bisa diubah lagi."),
    "not_followable": N_("Laporan itu sudah selesai atau tidak terbuka untuk umum, jadi tidak bisa diikuti."),
    "no_such_occurrence": N_("Kejadian itu tidak ada."),
    "nothing_to_tell": N_("Tidak ada laporan dalam kejadian ini yang bisa Bapak/Ibu kabari sekarang."),
    "same_report": N_("Itu nomor laporan ini sendiri. Pilih laporan yang lain."),
    "no_such_addressee": N_("Lembaga itu tidak ada dalam daftar."),
    "only_tighter": N_("Kerahasiaan hanya bisa diperketat, tidak bisa dilonggarkan."),
    "somebody_was_faster": N_("Orang lain baru saja mengubah laporan ini. Silakan buka lagi untuk melihatnya."),
    "no_such_colleague": N_("Rekan itu tidak ada di unit ini atau tidak berhak atas laporan ini."),
    "colleague_is_away": N_("{name} sedang cuti atau belum punya akun di bot. Silakan pilih rekan lain."),
    "not_assigned": N_("Laporan ini memang belum dipegang siapa pun."),
    "nobody_at_work": N_("Hari ini tidak ada petugas {unit} yang bekerja dan punya akun di bot."),
    "shared_meanwhile": N_("Laporan {report} baru saja diserahkan orang lain. Tidak ada yang dibagi; silakan ulangi."),
    "no_such_service": N_("Layanan itu tidak ada atau sudah tidak dibuka."),
    "not_in_this_state": N_("Langkah itu tidak bisa dilakukan pada keadaan laporan sekarang."),
    "reopening_is_over": N_("Laporan ini sudah tidak bisa dibuka kembali. Silakan buat laporan baru."),
    "restoring_is_over": N_(
        "Laporan ini sudah lebih dari {days} hari di arsip sampah, jadi tidak bisa dikembalikan lagi. "
        "Kalau warganya masih membutuhkan, mohon minta ia melapor sekali lagi."
    ),
    "score_out_of_range": N_("Nilainya harus 1 sampai 4."),
    "survey_incomplete": N_("Survei baru bisa dikirim setelah kesembilan pertanyaannya dijawab."),
    "survey_answered": N_("Survei layanan ini sudah Bapak/Ibu isi pada masa ini."),
    "profile_needs_consent": N_("Data diri dalam survei hanya disimpan dengan persetujuan Bapak/Ibu."),
    "no_such_choice": N_("Pilihan itu tidak ada dalam daftar."),
    "file_too_big": N_(
        "Berkas itu lebih besar dari 20 MB sehingga tidak bisa kami ambil. Laporan tetap aman; "
        "silakan kirim berkas yang lebih kecil."
    ),
    "too_many_reports": N_(
        "Dalam 24 jam terakhir Bapak/Ibu sudah mengirim {most} laporan. Itu batasnya, supaya semua warga terlayani. "
        "Isian ini tetap kami simpan; silakan kirim besok."
    ),
    "too_many_files": N_("Sudah cukup banyak berkas, paling banyak {most} untuk satu laporan."),
    "text_too_long": N_("Tulisannya terlalu panjang, paling banyak {most} huruf."),
    "banned": N_("Untuk sementara Bapak/Ibu tidak bisa mengirim laporan atau penilaian."),
    "nobody_to_ban": N_("Pengirim laporan ini sudah tidak diketahui."),
    "already_banned": N_("Pengirim laporan ini sedang dibatasi (nomor pembatasan {number})."),
    "no_such_ban": N_("Pembatasan itu sudah berakhir."),
    "group_not_bound": N_("Grup ini belum diikat dengan satu unit."),
    "claim_unknown": N_("Tautan laporan itu tidak dikenal. Mohon minta tautannya sekali lagi kepada petugas."),
    "claim_used": N_("Laporan itu sudah diikuti orang lain lewat tautan yang sama."),
    "claim_expired": N_("Tautan laporan itu sudah tidak berlaku."),
    "revision_is_over": N_("Perubahan itu sudah diputuskan sebelumnya."),
    "data_changed": N_("Datanya sudah berubah sejak itu, jadi tidak ada yang diubah. Silakan unduh lagi dan ulangi."),
    "not_the_newest": N_("Hanya perubahan yang paling baru yang bisa dibatalkan."),
    "no_such_employee": N_("Pegawai itu tidak ada dalam data kepegawaian."),
    "employee_left": N_("Pegawai itu sudah tidak aktif dalam data kepegawaian."),
    "employee_not_bound": N_("Pegawai ini belum punya akun di bot."),
    "own_account": N_("Akun sendiri tidak bisa dilepas. Mohon minta kepada pengelola lain."),
    "employee_already_bound": N_("Pegawai itu sudah terikat dengan satu akun Telegram."),
    "account_already_bound": N_("Akun Telegram ini sudah terikat dengan data seorang pegawai."),
    "code_unknown": N_("Kode undangan itu tidak dikenal. Mohon periksa lagi penulisannya."),
    "code_used": N_("Kode undangan itu sudah dipakai. Silakan minta kode baru kepada pengelola kepegawaian."),
    "code_expired": N_("Kode undangan itu sudah tidak berlaku. Silakan minta kode baru kepada pengelola kepegawaian."),
    "too_many_codes": N_("Terlalu banyak kode yang salah. Silakan coba lagi satu jam kemudian."),
    **week_refusals.SENTENCES,
    **training_refusals.SENTENCES,
    **training_ledger.SENTENCES,
    **forum_refusals.SENTENCES,
}
#: For a code without a sentence, which the tests do not let happen.
UNKNOWN = N_("Maaf, permintaan itu tidak bisa dilakukan.")


def refusal(error: Refusal) -> Screen:
    """Why not, and a way on."""
    if error.code == "banned":
        return bans.banned(error.values)
    why = say(SENTENCES.get(error.code, UNKNOWN), **error.values)
    if number := error.values.get("emergency"):
        why = joined([why, say("Keadaan darurat? Telepon {number}.", number=number)])
    return Screen(why, (home_row(),))


def too_fast() -> Screen:
    """Somebody sends without end."""
    return Screen(
        say("Bapak/Ibu mengirim terlalu cepat. Mohon tunggu satu menit, lalu lanjutkan. Isian tetap kami simpan.")
    )


def in_short(error: Refusal) -> str:
    """Why not, over the chat: at most 200 characters."""
    return cut(label(SENTENCES.get(error.code, UNKNOWN), **error.values), 200)


def failed(incident: str) -> Screen:
    """Something broke on our side; nothing of the draft is lost."""
    text = say(
        "Maaf, ada gangguan di pihak kami. Pesan terakhir Bapak/Ibu belum bisa diproses, tetapi sudah kami simpan "
        "dan petugas sudah diberi tahu. Nomor gangguan: <code>{incident}</code>",
        incident=incident,
    )
    return Screen(text, (home_row(),))
