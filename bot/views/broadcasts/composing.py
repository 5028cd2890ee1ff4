"""The questions of the talk in which a broadcast is written."""

from __future__ import annotations

from collections.abc import Mapping

from bot.callbacks import Deliver
from bot.i18n import SOURCE_LANGUAGE, Markup, _, label, say, show_moment, show_number
from bot.services.broadcasts.audiences import Reach
from bot.services.broadcasts.composing import LONGEST_CAPTION, LONGEST_TEXT, MOST_BUTTONS, asks
from bot.services.city import City
from bot.views.broadcasts.desk import OPEN
from bot.views.broadcasts.words import CIRCLES, KINDS, REPEATS, audience_lines, kind_name
from bot.views.home import LANGUAGE_NAMES
from bot.views.parts import choices, home_row, joined, moves
from bot.views.screen import Button, Rows, Screen, button
from models.broadcasts.broadcast import Broadcast, BroadcastKind, Repeat
from models.rules.audience import Audience, Circle

FLOW = "cast"
READY, NONE, NOW, DONE = "ok", "none", "now", "done"
#: Answers that are often wanted, offered with one press.
USUAL_ANSWERS = {"come": ("✅ Saya hadir", "❌ Berhalangan"), "read": ("👍 Sudah saya baca",)}
REMIND_DAYS = (1, 2, 3, 7)
#: What the summary lets one change: step → its button.
CHANGES = ("text", "extra", "keys", "circle", "when", "remind")


def _rows(state: str, nonce: str, options: list[tuple[str, str]], per_row: int = 1, *, back: bool = True) -> Rows:
    return (*choices(FLOW, state, nonce, options, per_row), moves(nonce, back=back))


def ask_kind(nonce: str) -> Screen:
    """What is it about?"""
    text = say(
        "<b>Pengumuman tentang apa?</b>\n\nPerintah kedinasan tidak bisa dimatikan penerimanya; jenis lain bisa. "
        "Isian ini tersimpan sebagai draf sampai dikirim."
    )
    return Screen(text, _rows("kind", nonce, [(kind.value, _(words)) for kind, words in KINDS.items()], back=False))


def ask_text(nonce: str) -> Screen:
    """The words, with a file or without."""
    text = say(
        "<b>Tulis pengumumannya.</b>\n\nBoleh tebal, miring, tautan, kode, dan kutipan. Boleh juga satu foto, video, "
        "atau dokumen dengan tulisan di bawahnya.\nPaling banyak {text} huruf; di bawah berkas {caption} huruf.\n\n"
        "Contoh: <i>Apel gabungan Senin, pukul 07.30 WIB di halaman kantor.</i>",
        text=show_number(LONGEST_TEXT),
        caption=show_number(LONGEST_CAPTION),
    )
    return Screen(text, (moves(nonce),))


def ask_extra(nonce: str, row: Broadcast) -> Screen:
    """In other languages, too?"""
    text = say(
        "<b>Perlu dalam bahasa lain juga?</b>\n\nPenerima membaca dalam bahasanya; yang bahasanya tidak ada membaca "
        "bahasa Indonesia."
    )
    options = [
        (code, ("✅ " if code in row.contents else "➕ ") + name)
        for code, name in LANGUAGE_NAMES.items()
        if code != SOURCE_LANGUAGE
    ]
    return Screen(text, _rows("extra", nonce, [*options, (READY, "▶️ " + _("Lanjut"))]))


def ask_translation(nonce: str, language: str) -> Screen:
    """The words in that language."""
    text = say("<b>Tulis pengumumannya dalam bahasa {language}.</b>", language=LANGUAGE_NAMES.get(language, language))
    return Screen(text, (moves(nonce),))


def ask_keys(nonce: str, row: Broadcast) -> Screen:
    """Buttons below it?"""
    text = say(
        "<b>Perlu tombol di bawahnya?</b>\n\nTulis satu tombol per baris, paling banyak {most}. Tombol jawaban: "
        "<code>✅ Saya hadir</code>. Tombol tautan: <code>Lihat jadwal | https://contoh.go.id</code>\n\n{held}",
        most=MOST_BUTTONS,
        held="\n".join("🔘 " + one["label"] for line in row.buttons for one in line) or _("Belum ada tombol."),
    )
    usual = [] if row.buttons else [(name, " · ".join(words)) for name, words in USUAL_ANSWERS.items()]
    clear = [(NONE, "🗑 " + _("Hapus semua tombol"))] if row.buttons else []
    return Screen(text, _rows("keys", nonce, [*usual, *clear, (READY, "▶️ " + _("Lanjut"))]))


def ask_circle(nonce: str, kind: BroadcastKind) -> Screen:
    """Staff, residents, or a list?"""
    text = say(
        "<b>Untuk siapa?</b>\n\nWarga hanya menerima kalau mereka sendiri sudah setuju menerima kabar kota (/kabar)."
    )
    circles = [
        (circle.value, _(words))
        for circle, words in CIRCLES.items()
        if not (kind is BroadcastKind.ORDER and circle is Circle.RESIDENTS)
    ]
    return Screen(text, _rows("circle", nonce, circles))


def ask_list(nonce: str, result: str | None) -> Screen:
    """The list of NIPs."""
    text = say(
        "<b>Kirim daftar NIP.</b>\n\nBerkas Excel atau CSV dengan kolom <code>nip</code>, atau tulis NIP di sini, "
        "satu per baris.\n\n{result}",
        result=result or "",
    )
    return Screen(text, _rows("list", nonce, [(READY, "▶️ " + _("Lanjut"))]))


def preview_question(nonce: str) -> Screen:
    """Is it right so?"""
    text = say("⬆️ <b>Persis seperti itu penerima melihatnya.</b> Sudah benar?")
    return Screen(text, _rows("preview", nonce, [(READY, "▶️ " + _("Sudah, lanjut")), ("text", "✏️ " + _("Ubah"))]))


def ask_when(nonce: str) -> Screen:
    """When?"""
    text = say("<b>Kapan dikirim?</b>")
    options = [
        (NOW, _("Sekarang")),
        (Repeat.NEVER.value, _("Pada waktu tertentu")),
        (Repeat.WEEKLY.value, _("Setiap minggu")),
        (Repeat.MONTHLY.value, _("Setiap bulan")),
    ]
    return Screen(text, _rows("when", nonce, options))


def ask_moment(nonce: str, repeat: Repeat, *, again: bool) -> Screen:
    """The day and the hour."""
    text = (
        say(
            "<b>Tanggal dan jam berapa dikirim?</b>\n\nContoh: <i>besok 08.00</i>, <i>Senin pukul 9</i>, "
            "<i>25 November 2026 14.30</i>."
        )
        if repeat is Repeat.NEVER
        else say(
            "<b>Pertama kali dikirim kapan?</b> Selanjutnya pada jam yang sama.\n\nContoh: <i>besok 08.00</i>, "
            "<i>Senin pukul 9</i>, <i>25 November 2026 14.30</i>."
        )
    )
    sorry = say("Maaf, waktunya belum kami pahami.") if again else Markup("")
    return Screen(joined([sorry, text], "\n\n"), (moves(nonce),))


def ask_remind(nonce: str) -> Screen:
    """Ask again whoever stays silent?"""
    text = say("<b>Ingatkan yang belum menekan tombol jawaban?</b>\n\nSekali saja, pada jam kerja.")
    days = [(str(days), label("Setelah {n} hari", n=days)) for days in REMIND_DAYS]
    return Screen(text, _rows("remind", nonce, [(NONE, _("Tidak perlu")), *days], 2))


def summary(nonce: str, row: Broadcast, found: Reach, city: City, courses: Mapping[int, str], above: int) -> Screen:
    """Everything once more; nothing goes out before "send"."""
    audience = Audience.read(row.audience)
    lines = [
        say("<b>Periksa dahulu, lalu kirim.</b>"),
        "",
        say("<b>{title}</b> · {kind}", title=row.title, kind=kind_name(row.kind)),
        say(
            "Bahasa: {languages}",
            languages=", ".join(name for code, name in LANGUAGE_NAMES.items() if code in row.contents),
        ),
        say("Tombol: {n}", n=show_number(len(row.buttons))),
        *audience_lines(audience, city, courses),
        say("Penerima: {n} orang", n=show_number(found.people)),
        say("Waktu: {when}", when=show_moment(row.send_at) if row.send_at else _("sekarang")),
        say("Diulang: {repeat}", repeat=_(REPEATS[row.repeat])),
    ]
    if row.remind_after_days and asks(row):
        lines.append(say("Diingatkan setelah {n} hari", n=row.remind_after_days))
    if found.people > above:
        lines.append(
            say("⏳ Penerimanya lebih dari {n} orang, jadi harus disetujui orang kedua.", n=show_number(above))
        )
    changes = {
        "text": _("Tulisan"),
        "extra": _("Bahasa"),
        "keys": _("Tombol"),
        "circle": _("Penerima"),
        "when": _("Waktu"),
        "remind": _("Pengingat"),
    }
    options = [("send", "📣 " + _("Kirim")), ("preview", "👁 " + _("Lihat persis seperti diterima"))]
    parts = [(name, "✏️ " + changes[name]) for name in CHANGES if name != "remind" or asks(row)]
    rows: tuple[tuple[Button, ...], ...] = (
        *choices(FLOW, "summary", nonce, options),
        *choices(FLOW, "summary", nonce, parts, 3),
        *choices(FLOW, "summary", nonce, [("keep", "💾 " + _("Simpan sebagai draf"))]),
        moves(nonce),
    )
    return Screen("\n".join(lines), rows)


def kept(row: Broadcast) -> Screen:
    """The draft waits."""
    text = say("💾 Draf <b>{title}</b> tersimpan. Lanjutkan kapan saja dari /siarkan.", title=row.title)
    return Screen(text, ((button("🔍 " + _("Buka"), Deliver(OPEN, row.id)),), home_row()))


def cancelled() -> Screen:
    """The talk ends; what was written stays a draft."""
    return Screen(
        say("Isian dihentikan; tidak ada yang dikirim. Drafnya tersimpan di /siarkan, dan bisa dibuang di sana."),
        (home_row(),),
    )


def help_text() -> Screen:
    """What the talk is for."""
    return Screen(
        say(
            "Bot bertanya satu per satu: jenis, tulisan, bahasa, tombol, penerima, waktu. Tidak ada yang terkirim "
            "sebelum Bapak/Ibu menekan Kirim. Draf tersimpan sendiri."
        )
    )


def questions(state: str) -> str:
    """The open question in plain words."""
    return {
        "kind": _("Pengumuman tentang apa?"),
        "text": _("Tulis pengumumannya."),
        "extra": _("Perlu dalam bahasa lain juga?"),
        "translation": _("Tulis pengumumannya dalam bahasa lain."),
        "keys": _("Perlu tombol di bawahnya?"),
        "circle": _("Untuk siapa?"),
        "audience": _("Siapa saja penerimanya?"),
        "pick": _("Siapa saja penerimanya?"),
        "list": _("Kirim daftar NIP."),
        "preview": _("Sudah benar?"),
        "when": _("Kapan dikirim?"),
        "moment": _("Tanggal dan jam berapa dikirim?"),
        "remind": _("Ingatkan yang belum menekan tombol jawaban?"),
        "summary": _("Periksa dahulu, lalu kirim."),
    }[state]
