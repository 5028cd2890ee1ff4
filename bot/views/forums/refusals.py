"""Why something cannot be done about a public event, as polite sentences."""

from __future__ import annotations

from bot.i18n import N_

SENTENCES = {
    "no_such_forum": N_("Acara itu tidak ada."),
    "not_your_forum": N_("Maaf, acara ini bukan tugas Bapak/Ibu."),
    "forum_closed": N_("Pendaftaran acara ini belum dibuka atau sudah ditutup."),
    "forum_full": N_("Maaf, tempat pada acara ini sudah penuh. Pertanyaan masih bisa dikirim sebelum acara dimulai."),
    "forum_not_now": N_("Acara ini sudah berada pada tahap lain, jadi hal itu tidak bisa dilakukan sekarang."),
    "forum_not_begun": N_("Acara ini belum dimulai."),
    "forum_is_past": N_("Belum bisa dibuka: waktu mendaftarnya sudah lewat. Mohon ubah dulu."),
    "forum_closes_late": N_("Batas pendaftaran harus sebelum acara dimulai."),
    "forum_number": N_("Angkanya tidak bisa dipakai. Tulis bilangan bulat yang wajar."),
    "forum_has_visitors": N_("Tempatnya tidak bisa kurang dari yang sudah mendaftar: {seats}."),
    "announced_forum": N_("Pengumuman acara ini sudah dibuat."),
    "questions_closed": N_("Pertanyaan hanya bisa dikirim sebelum acara dimulai."),
    "too_many_questions": N_("Satu orang bisa mengirim paling banyak {most} pertanyaan untuk satu acara."),
    "question_length": N_("Pertanyaannya paling sedikit {least} dan paling banyak {most} huruf. Mohon tulis lagi."),
    "no_such_forum_question": N_("Pertanyaan itu tidak ada."),
    "too_many_groups": N_("Kelompoknya sudah {most}, itu paling banyak. Masukkan ke kelompok yang ada."),
    "no_such_group": N_("Kelompok pertanyaan itu tidak ada."),
    "group_is_empty": N_("Kelompok ini belum berisi pertanyaan."),
    "words_do_not_fit": N_("Isinya kosong atau terlalu panjang. Mohon tulis paling banyak {most} huruf."),
}
