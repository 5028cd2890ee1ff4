"""The questions of the desk's talks: class, addressee, reason, unit, the words, and how they will arrive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.callbacks import Ticket
from bot.i18n import N_, SOURCE_LANGUAGE, Markup, _, label, say, say_many, show_short_day, speaking
from bot.services.desk.mentions import Mentioned
from bot.views.parts import choices, cut, home_row, joined, moves
from bot.views.screen import Button, Screen, button
from models.complaint import Complaint
from models.rules.complaint_flow import Action, ArchiveReason
from models.rules.desk import placeholders
from models.rules.working_time import WorkCalendar

FLOW = "desk"
SEND = "send"
MENTION = "mention"
#: Telegram copies no longer text by a button.
LONGEST_COPY = 256
#: So many colleagues are offered.
MOST_COLLEAGUES = 20
UNKNOWN_MAIN = "-"

#: Class of the report, with or without inspection → its button.
CLASS_CHOICES = {
    "complaint": N_("Pengaduan biasa"),
    "complaint_inspection": N_("Perlu pemeriksaan lapangan"),
    "aspiration": N_("Usulan"),
    "information": N_("Permintaan informasi"),
}
REASONS = {
    ArchiveReason.DUPLICATE: N_("Sudah pernah dilaporkan"),
    ArchiveReason.SPAM: N_("Bukan laporan (iklan, kosong)"),
}

#: Action → what to write, and who reads it.
ASKS = {
    Action.ASK_COMPLETION: N_("<b>Apa yang harus dilengkapi pelapor pada {code}?</b> Tulisan ini dikirim ke pelapor."),
    Action.DECLARE_NOT_OURS: N_("<b>Mengapa {code} bukan wewenang kota?</b> Tulisan ini dikirim ke pelapor."),
    Action.ARCHIVE: N_("<b>Mengapa {code} diarsipkan?</b> Tulisan ini dikirim ke pelapor."),
    Action.ASK_RESIDENT: N_(
        "<b>Apa yang ingin ditanyakan tentang {code}?</b> Pertanyaan ini dikirim ke pelapor, "
        "dan waktu berhenti sampai dijawab."
    ),
    Action.NOTE: N_("<b>Apa catatan internal untuk {code}?</b> Hanya petugas yang membacanya, pelapor tidak."),
    Action.REPLY: N_(
        "<b>Apa jawaban untuk pelapor {code}?</b> Boleh disertai foto bukti. Tulisan ini dikirim ke pelapor."
    ),
    Action.PROPOSE_DONE: N_(
        "<b>Apa yang sudah dikerjakan pada {code}?</b> Sertakan foto bukti bila ada. "
        "Tulisan ini dikirim ke pelapor, dan pelapor diminta menilai."
    ),
    Action.RELEASE: N_(
        "<b>Mengapa bukti pada {code} wajar?</b> Alasan ini hanya untuk petugas. "
        "Setelah disimpan, penutupan dilanjutkan dan pelapor diminta menilai."
    ),
    Action.RETURN: N_(
        "<b>Mengapa {code} dikembalikan ke unit?</b> Alasan ini hanya untuk petugas; "
        "pelapor diberi tahu bahwa laporannya dikerjakan lagi."
    ),
    Action.TRANSFER: N_("<b>Mengapa {code} dialihkan?</b> Alasan ini hanya untuk petugas, pelapor tidak membacanya."),
}
INTERNAL = frozenset({Action.RELEASE, Action.RETURN, Action.NOTE, Action.TRANSFER})


#: Step → its question in plain words, shown again when something comes in between.
QUESTIONS = {
    "class": N_("Jenis apa laporan {code} ini sebenarnya?"),
    "addressee": N_("Siapa yang berwenang atas {code}?"),
    "reason": N_("Mengapa {code} tidak dilanjutkan?"),
    "main": N_("Laporan mana yang sama dengan {code}?"),
    "unit": N_("Ke unit mana {code} diteruskan?"),
    "text": N_("Apa yang ingin ditulis tentang {code}?"),
    "check": N_("Apakah tulisan untuk {code} sudah benar?"),
    "mention": N_("Siapa yang perlu tahu catatan {code}?"),
}


def question(step: str, code: str) -> str:
    """The question of a step in plain words."""
    return label(QUESTIONS[step], code=code)


def ask_class(nonce: str, code: str, present: str, days: Mapping[str, int]) -> Screen:
    """Which class it really is, with the working days that it allows; the present one is marked."""
    options = [
        (value, ("✔️ " if value == present else "") + _class_label(_(name), days.get(value)))
        for value, name in CLASS_CHOICES.items()
    ]
    text = say("<b>Jenis apa laporan {code} ini sebenarnya?</b> Batas waktunya dihitung menurut jenis.", code=code)
    return Screen(text, (*choices(FLOW, "class", nonce, options), moves(nonce)))


def _class_label(name: str, days: int | None) -> str:
    return name if days is None else label("{name} ({n} hari kerja)", name=name, n=days)


def ask_addressee(nonce: str, code: str, addressees: Sequence[tuple[str, str]]) -> Screen:
    """Who is competent: (value, name), the likely ones first."""
    text = say("<b>Siapa yang berwenang atas {code}?</b> Nama dan kontaknya disampaikan kepada pelapor.", code=code)
    return Screen(text, (*choices(FLOW, "addressee", nonce, addressees), moves(nonce)))


def ask_reason(nonce: str, code: str) -> Screen:
    """Why it is put away."""
    options = [(reason.value, _(name)) for reason, name in REASONS.items()]
    text = say("<b>Mengapa {code} tidak dilanjutkan?</b>", code=code)
    return Screen(text, (*choices(FLOW, "reason", nonce, options), moves(nonce)))


def ask_main(nonce: str, code: str, mains: Sequence[tuple[str, str]]) -> Screen:
    """Which report it repeats: (value, label), or its number typed, or unknown."""
    text = say(
        "<b>Laporan mana yang sama dengan {code}?</b>\n\nPilih, atau tulis nomornya. "
        "Pelapornya ikut dikabari setiap perkembangan laporan itu.",
        code=code,
    )
    options = [*mains, (UNKNOWN_MAIN, _("Nomornya tidak diketahui"))]
    return Screen(text, (*choices(FLOW, "main", nonce, options), moves(nonce)))


def main_unknown() -> Screen:
    """The words name no report."""
    return Screen(say("Nomor laporan itu tidak ada."))


def main_label(code: str, text: str) -> str:
    """The button of a report that may be the same."""
    return label("{code} · {text}", code=code, text=cut(text, 30))


def ask_unit(nonce: str, code: str, suggestions: Sequence[tuple[str, str]]) -> Screen:
    """Which unit: suggestions, or words to search by."""
    if suggestions:
        text = say("<b>Ke unit mana {code} diteruskan?</b>\n\nPilih, atau tulis nama unit atau layanannya.", code=code)
    else:
        text = say("Tidak ada unit yang cocok. <b>Ke unit mana {code} diteruskan?</b> Tulis nama lain.", code=code)
    return Screen(text, (*choices(FLOW, "unit", nonce, suggestions), moves(nonce)))


def ask_text(nonce: str, code: str, action: Action, templates: Sequence[tuple[str, str]], files: int) -> Screen:
    """What to write; templates fill the draft."""
    parts = [say(ASKS[action], code=code)]
    if files:
        parts.append(say_many("📎 {n} berkas sudah diterima.", "📎 {n} berkas sudah diterima.", files))
    if templates:
        parts.append(say("Atau pilih kalimat siap pakai:"))
    return Screen(joined(parts, "\n\n"), (*choices(FLOW, "text", nonce, templates, per_row=2), moves(nonce)))


def check(nonce: str, code: str, action: Action, text: str, files: int, named: Mentioned | None = None) -> Screen:
    """How it will arrive, and where; nothing is sent yet. `named`: whom an internal note names."""
    if action in INTERNAL:
        head = say("<b>Periksa catatan untuk {code}.</b> Hanya petugas yang membacanya.", code=code)
        send = _("💾 Simpan")
    else:
        head = say("<b>Periksa sebelum dikirim ke pelapor {code}.</b>", code=code)
        send = _("📨 Kirim ke pelapor")
    parts = [head, say("<blockquote>{text}</blockquote>", text=text)]
    if files:
        parts.append(say_many("📎 {n} berkas ikut dikirim.", "📎 {n} berkas ikut dikirim.", files))
    elif action is Action.PROPOSE_DONE:
        parts.append(say("Belum ada foto bukti. Kirim fotonya sekarang bila ada."))
    if named is not None:
        parts.append(_mentioned(named))
    parts.append(say("Tulis lagi untuk mengganti kalimatnya."))
    rows: list[tuple[Button, ...]] = list(choices(FLOW, "check", nonce, [(SEND, send)]))
    if named is not None:
        rows += choices(FLOW, "check", nonce, [(MENTION, "👤 " + _("Beri tahu rekan"))])
    if len(text) <= LONGEST_COPY:
        rows.append((Button("📋 " + _("Salin untuk diubah"), copies=text),))
    return Screen(joined(parts, "\n\n"), (*rows, moves(nonce)))


def _mentioned(named: Mentioned) -> Markup:
    """Who is told of the note, and whose name led nowhere."""
    told = ", ".join(one.name for one in named.found if one.works)
    away = ", ".join(one.name for one in named.found if not one.works)
    lines = [
        say("👤 Diberi tahu: {names}.", names=told) if told else Markup(""),
        say("Tidak diberi tahu karena cuti atau belum punya akun: {names}.", names=away) if away else Markup(""),
        say("⚠️ {names} tidak berhak melihat laporan ini, jadi tidak diberi tahu.", names=", ".join(named.blind))
        if named.blind
        else Markup(""),
        say(
            "⚠️ Lebih dari satu rekan bernama {names}. Pilih dengan tombol <b>Beri tahu rekan</b>.",
            names=", ".join("@" + word for word in named.several),
        )
        if named.several
        else Markup(""),
        say("⚠️ {names} tidak dikenal.", names=", ".join("@" + word for word in named.unknown))
        if named.unknown
        else Markup(""),
    ]
    return joined(lines)


def ask_mention(nonce: str, code: str, colleagues: Sequence[tuple[int, str]], picked: Sequence[int]) -> Screen:
    """Which colleagues are told: (id, name) of those who may see the report, with a box each."""
    done = choices(FLOW, "mention", nonce, [(SEND, "👌 " + _("Sudah, kembali ke catatan"))])
    if not colleagues:
        return Screen(say("Belum ada rekan lain yang berhak melihat laporan ini."), (*done, moves(nonce)))
    text = say(
        "<b>Siapa yang perlu tahu catatan {code}?</b>\n\nHanya yang berhak melihat laporan ini yang bisa dipilih. "
        "Boleh juga ditulis di dalam catatan, contoh: <i>@dewi</i>.",
        code=code,
    )
    options = [(str(number), ("☑ " if number in picked else "☐ ") + name) for number, name in colleagues]
    return Screen(text, (*choices(FLOW, "mention", nonce, options[:MOST_COLLEAGUES], per_row=2), *done, moves(nonce)))


def prepared(text: str, complaint: Complaint, calendar: WorkCalendar) -> str:
    """A prepared text with its places filled; it is in the city's own language, and so is the date."""
    with speaking(SOURCE_LANGUAGE):
        promised = show_short_day(calendar.local_day(complaint.due_at)) if complaint.due_at is not None else ""
    unit = complaint.unit.name if complaint.unit is not None else ""
    values = {placeholders.CODE: complaint.code, placeholders.UNIT: unit, placeholders.PROMISED_DAY: promised}
    return placeholders.fill(text, values)


def late_picture(code: str) -> Screen:
    """A picture that came after the answer was sent joined it."""
    return Screen(say("📎 Foto tambahan sudah kami masukkan ke jawaban untuk <code>{code}</code>.", code=code))


def cancelled(complaint_id: int) -> Screen:
    """The draft is thrown away, the report is as it was."""
    rows = ((button("📄 " + _("Kembali ke laporan"), Ticket("view", complaint_id)),), home_row())
    return Screen(say("Baik, tulisan yang belum dikirim sudah dihapus. Laporan tidak berubah."), rows)


def help_text() -> Screen:
    """How this talk works."""
    return Screen(
        say(
            "<b>Jawab pelapor</b> dan <b>Tanya pelapor</b> sampai ke pelapor; <b>Catatan internal</b> tidak pernah. "
            "Tidak ada yang terkirim sebelum Bapak/Ibu menekan tombol kirim atau simpan."
        )
    )


def too_short() -> Screen:
    """The text says too little."""
    return Screen(say("Mohon tulis sedikit lebih jelas, paling sedikit satu kalimat pendek."))


def only_words() -> Screen:
    """No files at this step."""
    return Screen(say("Di langkah ini hanya tulisan yang bisa dikirim."))
