"""Why something cannot be done at the training desk, as polite sentences."""

from __future__ import annotations

from bot.i18n import N_
from bot.views.training.outcome import certificate

SENTENCES = {
    **certificate.SENTENCES,
    "no_such_course": N_("Pelatihan itu tidak ada."),
    "course_closed": N_("Pendaftaran pelatihan ini tidak dibuka atau sudah ditutup."),
    "course_not_for_you": N_("Pelatihan ini bukan untuk jabatan atau unit Bapak/Ibu."),
    "course_not_now": N_("Pelatihan ini sudah berada pada tahap lain, jadi hal itu tidak bisa dilakukan sekarang."),
    "course_without_sessions": N_("Belum bisa dibuka: jadwal pertemuannya belum ada."),
    "deadline_is_over": N_("Belum bisa dibuka: batas pendaftarannya sudah lewat. Mohon ubah dulu."),
    "deadline_after_start": N_("Batas pendaftaran harus sebelum pertemuan pertama."),
    "course_number": N_("Angkanya tidak bisa dipakai. Tulis bilangan bulat di atas nol yang wajar."),
    "too_many_sessions": N_("Pertemuannya terlalu banyak. Paling banyak {most}."),
    "session_was_attended": N_("Pertemuan yang sudah ada daftar hadirnya tidak bisa dihapus."),
    "course_has_seats": N_("Kursinya tidak bisa kurang dari yang sudah diberikan: {seats}."),
    "no_such_registration": N_("Pendaftaran itu tidak ada."),
    "registration_not_now": N_("Pendaftaran ini sudah diputuskan atau sudah berada pada tahap lain."),
    "offer_is_over": N_("Tawaran kursi itu sudah lewat atau sudah diberikan kepada orang berikutnya."),
    "no_such_session": N_("Pertemuan itu tidak ada."),
    "not_seated": N_("Kehadiran hanya untuk peserta yang sudah mendapat kursi pada pelatihan ini."),
    "doors_closed": N_("Kehadiran dicatat mulai 30 menit sebelum pertemuan sampai pertemuan selesai."),
    "code_is_old": N_("Kode itu salah atau sudah lewat. Mohon pindai atau ketik kode yang sedang tampil di ruangan."),
    "not_present": N_("Kehadiran Bapak/Ibu pada pertemuan ini belum tercatat."),
    "place_not_asked": N_("Lokasi tidak ditanyakan untuk pertemuan ini."),
    "place_too_late": N_(
        "Pertemuannya sudah selesai, jadi lokasi tidak bisa ditambahkan lagi. Kehadiran Bapak/Ibu tetap tercatat."
    ),
    "forwarded_pin": N_("Mohon kirim lokasi Bapak/Ibu sendiri, bukan yang diteruskan."),
    "no_point_in_words": N_("Titiknya tidak terbaca. Kirim lokasi, koordinat, atau tautan peta yang lengkap."),
    "no_such_effect": N_("Pertanyaan itu tidak ada."),
    "effect_answered": N_("Pertanyaan ini sudah dijawab. Jawabannya tidak bisa diganti."),
    "effect_noted": N_("Kalimat itu sudah ada, atau jawabannya dari atasan lain."),
    "sheet_is_over": N_("Berkas pelatihan itu sudah diputuskan sebelumnya atau bukan milik Bapak/Ibu."),
    "no_such_need": N_("Angka unit itu sekarang tidak lagi menunjukkan kebutuhan ini."),
    "need_is_decided": N_("Kebutuhan ini sudah diputuskan. Silakan lihat lagi kebutuhannya."),
    "need_until": N_("Tanggalnya harus sesudah hari ini dan paling lama satu tahun lagi."),
    "need_course_gone": N_("Pelatihan itu sudah penuh, ditutup, atau bukan untuk unit ini."),
    "no_such_quiz": N_("Kuis itu tidak ada."),
    "quiz_no_question": N_("Pertanyaan kuis itu tidak ada."),
    "quiz_begun": N_("Sudah ada yang mulai menjawab kuis ini, jadi pertanyaannya tidak bisa diubah lagi."),
    "quiz_too_many": N_("Paling banyak {most} pertanyaan untuk satu kuis."),
    "quiz_not_seated": N_("Kuis hanya untuk peserta yang mendapat kursi pada pelatihan ini."),
    "quiz_not_present": N_("Kuis sesudah pelatihan hanya untuk peserta yang tercatat hadir."),
    "quiz_closed": N_("Kuis ini belum dibuka atau waktunya sudah lewat."),
    "quiz_finished": N_("Kuis ini sudah selesai dijawab."),
    "quiz_no_review": N_("Jawaban yang benar ditunjukkan setelah kuis sesudah pelatihan selesai dijawab."),
    "nobody_chosen": N_("Belum ada yang dipilih, atau semuanya sudah tahu."),
    "announced_course": N_("Pengumuman pelatihan ini sudah dibuat."),
}
