"""The talk in which a resident files a report: one question a screen, then the summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.callbacks import Open, Ticket
from bot.i18n import N_, Markup, _, say, say_many, show_moment
from bot.views.parts import CLASSES, choices, home_row, moves
from bot.views.screen import Button, Screen, button
from models.complaint import ReportClass

FLOW = "report"
SEND = "send"

#: Field of the summary → its change button.
FIELDS = {
    "class": N_("Ubah jenis"),
    "text": N_("Ubah isi"),
    "media": N_("Ubah foto/berkas"),
    "place": N_("Ubah lokasi"),
    "unit": N_("Ubah unit tujuan"),
    "visible": N_("Ubah kerahasiaan"),
    "about": N_("Ubah: tentang petugas"),
}

#: The open question of each step, in plain words.
QUESTIONS = {
    "which": N_("Laporan baru, atau tambahan?"),
    "class": N_("Apa yang ingin Bapak/Ibu sampaikan?"),
    "text": N_("Silakan ceritakan masalahnya"),
    "media": N_("Ada foto atau video?"),
    "place": N_("Di mana tempatnya?"),
    "area": N_("Di kelurahan mana tempat itu?"),
    "unit": N_("Ke mana laporan ini disampaikan?"),
    "visible": N_("Siapa yang boleh tahu?"),
    "about": N_("Apakah laporan ini tentang petugas atau kantor tertentu?"),
    "summary": N_("Periksa dahulu sebelum dikirim."),
}

VISIBILITIES = {
    "open": N_("Terbuka"),
    "anonymous": N_("Anonim"),
    "confidential": N_("Rahasia"),
    "both": N_("Anonim dan rahasia"),
}


@dataclass(frozen=True, slots=True)
class Summary:
    """What will be sent, ready to show."""

    report_class: ReportClass
    text: str
    files: int
    place: str
    unit: str
    visibility: str
    accusing: bool


NEW = "new"


def ask_which(nonce: str, offered: Sequence[tuple[str, str]]) -> Screen:
    """A new report, or more of an earlier one?"""
    text = say(
        "<b>Ini laporan baru, atau tambahan untuk laporan yang sudah ada?</b>\n\n"
        "Pesan Bapak/Ibu sudah kami terima dan baru dikirim setelah Bapak/Ibu memilih."
    )
    options = [(NEW, "🆕 " + _("Laporan baru")), *offered]
    return Screen(text, (*choices(FLOW, "which", nonce, options), moves(nonce, back=False)))


def voice_only() -> str:
    """The text of a report that is told by voice alone."""
    return _("(pesan suara)")


def some_authority() -> str:
    """Who is asked where the city's data names nobody."""
    return _("pemerintah daerah setempat")


def file_kept() -> Screen:
    """A file came while something else was asked."""
    return Screen(say("📎 Berkasnya sudah kami masukkan ke laporan."))


def words_kept() -> Screen:
    """Words came while a button was awaited."""
    return Screen(say("📝 Tulisannya sudah kami masukkan ke laporan. Silakan lanjutkan dengan tombol di bawah ini."))


def class_of(words: str) -> ReportClass | None:
    """The class whose name this is, in the language spoken."""
    return next((kind for kind, name in CLASSES.items() if words.casefold() == _(name).casefold()), None)


def ask_class(nonce: str, *, back: bool) -> Screen:
    """What kind of report it is."""
    options = [(kind.value, _(name)) for kind, name in CLASSES.items()]
    text = say(
        "<b>Apa yang ingin Bapak/Ibu sampaikan?</b>\n\n"
        "<b>Pengaduan</b>: ada yang rusak, lambat, atau tidak beres.\n"
        "<b>Usulan</b>: saran supaya layanan kota lebih baik.\n"
        "<b>Minta informasi</b>: bertanya tentang layanan kota."
    )
    return Screen(text, (*choices(FLOW, "class", nonce, options), moves(nonce, back=back)))


def ask_text(nonce: str, report_class: ReportClass) -> Screen:
    """What happened, with an example of a good answer."""
    examples = {
        ReportClass.COMPLAINT: say(
            "<b>Silakan ceritakan masalahnya</b> dalam satu pesan: apa yang terjadi, sejak kapan, dan siapa yang "
            "terganggu.\n\n"
            "Contoh: <i>Lampu jalan di depan SD mati sejak hari Senin, anak-anak pulang mengaji dalam gelap.</i>\n\n"
            "Boleh juga mengirim foto, video, atau pesan suara. Mohon jangan kirim foto KTP atau KK."
        ),
        ReportClass.ASPIRATION: say(
            "<b>Silakan tulis usulan Bapak/Ibu</b> dalam satu pesan.\n\n"
            "Contoh: <i>Tolong sediakan bangku di halte dekat pasar, banyak orang tua menunggu sambil berdiri.</i>"
        ),
        ReportClass.INFORMATION: say(
            "<b>Silakan tulis pertanyaan Bapak/Ibu</b> dalam satu pesan.\n\n"
            "Contoh: <i>Apa saja syarat mengurus akta kelahiran anak?</i>"
        ),
    }
    return Screen(examples[report_class], (moves(nonce),))


def ask_media(nonce: str, count: int) -> Screen:
    """Whether there is a picture; how many came so far."""
    if count:
        text = say_many(
            "<b>{n} berkas sudah kami terima.</b> Kirim lagi bila ada, atau tekan Lanjut.",
            "<b>{n} berkas sudah kami terima.</b> Kirim lagi bila ada, atau tekan Lanjut.",
            count,
        )
        options = [("next", _("Lanjut")), ("clear", _("Hapus semua berkas"))]
    else:
        text = say(
            "<b>Ada foto atau video?</b>\n\n"
            "Foto membantu petugas menemukan masalahnya lebih cepat. Kalau tidak ada, tekan Lewati."
        )
        options = [("next", _("Lewati"))]
    return Screen(text, (*choices(FLOW, "media", nonce, options), moves(nonce)))


def ask_unit(nonce: str, suggestions: Sequence[tuple[str, str]]) -> Screen:
    """Who should answer: suggestions from the words (value, label), or leave it to the verifier."""
    text = say(
        "<b>Ke mana laporan ini sebaiknya disampaikan?</b>\n\n"
        "Pilih salah satu, atau tulis nama layanan atau kantornya. "
        "Kalau ragu, petugas kami yang akan menentukan."
    )
    options = [*suggestions, ("-", _("Belum tahu, biar petugas yang menentukan"))]
    return Screen(text, (*choices(FLOW, "unit", nonce, options), moves(nonce)))


def ask_visibility(nonce: str) -> Screen:
    """Open, anonymous, confidential: each in one sentence."""
    text = say(
        "<b>Siapa yang boleh tahu?</b>\n\n"
        "<b>Terbuka</b>: petugas tahu nama Bapak/Ibu, isi laporan boleh dilihat umum tanpa nama.\n"
        "<b>Anonim</b>: petugas tidak tahu siapa yang melapor; bot tetap mengirim jawabannya ke sini.\n"
        "<b>Rahasia</b>: isi laporan hanya untuk Inspektorat dan petugas yang ditunjuknya, tidak pernah untuk umum."
    )
    options = [(value, _(name)) for value, name in VISIBILITIES.items()]
    return Screen(text, (*choices(FLOW, "visible", nonce, options, per_row=2), moves(nonce)))


def summary(nonce: str, what: Summary) -> Screen:
    """Everything before it is sent, with a change button for each field."""
    text = say(
        "<b>Periksa dahulu sebelum dikirim.</b>\n\n"
        "<b>Jenis:</b> {kind}\n<b>Isi:</b> {text}\n<b>Foto/berkas:</b> {files}\n"
        "<b>Tempat:</b> {place}\n<b>Tujuan:</b> {unit}\n<b>Kerahasiaan:</b> {visibility}\n\n{preview}",
        kind=_(CLASSES[what.report_class]),
        text=what.text,
        files=what.files or _("tidak ada"),
        place=what.place or _("tidak disebutkan"),
        unit=what.unit or _("petugas yang menentukan"),
        visibility=_(VISIBILITIES[what.visibility]),
        preview=_preview(what),
    )
    change = [(field, _(name)) for field, name in FIELDS.items()]
    send = choices(FLOW, "summary", nonce, [(SEND, "✅ " + _("Kirim laporan"))])
    return Screen(text, (*send, *choices(FLOW, "summary", nonce, change, per_row=2), moves(nonce)))


def _preview(what: Summary) -> Markup:
    if what.accusing:
        return say("Laporan ini langsung ke Inspektorat. Kantor dan petugas yang dilaporkan tidak menerimanya.")
    if what.visibility in ("confidential", "both"):
        return say("Laporan ini tidak akan ditampilkan kepada umum.")
    return say("Yang terlihat umum: jenis, isi, tempat, dan tanggapan petugas. Nama Bapak/Ibu tidak ditampilkan.")


def filed(code: str, complaint_id: int, verify_by: datetime, settle_by: datetime) -> Screen:
    """Received, with its number and the promised dates in words."""
    text = say(
        "✅ <b>Terima kasih, laporan Bapak/Ibu sudah kami terima.</b>\n\n"
        "Nomor laporan: <code>{code}</code>\n\n"
        "Paling lambat <b>{verify}</b> laporan ini diperiksa dan diteruskan, "
        "dan paling lambat <b>{settle}</b> Bapak/Ibu menerima jawabannya. Setiap perkembangan kami kabari di sini.",
        code=code,
        verify=show_moment(verify_by),
        settle=show_moment(settle_by),
    )
    rows = (
        (button(_("Lihat laporan ini"), Ticket("view", complaint_id)),),
        (Button(_("Salin nomor laporan"), copies=code),),
        home_row(),
    )
    return Screen(text, rows)


def danger_first(numbers: Sequence[tuple[str, str]]) -> Screen:
    """Emergency numbers before anything else: (label, number)."""
    lines = "\n".join(say("<b>{number}</b> {name}", number=number, name=name) for name, number in numbers)
    text = say(
        "🚨 <b>Kalau ada bahaya sekarang juga, telepon dahulu:</b>\n\n{lines}\n\n"
        "Setelah aman, silakan lanjutkan laporan di bawah ini.",
        lines=Markup(lines),
    )
    return Screen(text)


def masked() -> Screen:
    """A 16-digit number was hidden before it was stored."""
    return Screen(
        say(
            "🔒 Pesan Bapak/Ibu memuat nomor 16 angka seperti NIK atau nomor KK. "
            "Demi keamanan, nomor itu kami sembunyikan dan tidak kami simpan."
        )
    )


def cancelled() -> Screen:
    """The draft is thrown away."""
    return Screen(
        say("Baik, laporan yang belum dikirim sudah dihapus. Tidak ada yang tersimpan."),
        ((button("📝 " + _("Lapor lagi"), Open("file")),), home_row()),
    )


def help_text() -> Screen:
    """How this talk works."""
    return Screen(
        say(
            "Jawab satu pertanyaan setiap kali. <b>Kembali</b> untuk pertanyaan sebelumnya, <b>Batal</b> untuk "
            "berhenti; laporan baru terkirim setelah Bapak/Ibu menekan <b>Kirim laporan</b>. "
            "Butuh bantuan petugas? Ketik /bantuan untuk alamat dan jam layanan."
        )
    )


def too_short() -> Screen:
    """The text says too little."""
    return Screen(say("Mohon ceritakan sedikit lebih lengkap, paling sedikit beberapa kata."))


def late_picture(code: str) -> Screen:
    """A picture that came after the report was sent joined it."""
    return Screen(say("Foto tambahan sudah kami masukkan ke laporan <code>{code}</code>.", code=code))


def question(step: str) -> str:
    """The open question of a step, in plain words."""
    return _(QUESTIONS[step])
