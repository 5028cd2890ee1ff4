"""The talk in which a host writes an event: its questions, and the summary with a change for each field."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import N_, Markup, _, say, show_moment
from bot.services.city import City
from bot.services.forums.forms import ForumForm
from bot.views.forums import words
from bot.views.parts import choices, cut, joined, moves
from bot.views.screen import Screen

FLOW = "forumnew"
SAVE, SKIP, READY = "save", "skip", "ready"
TO_PAGE = ">"
PAGE = 8

#: Step → its question in plain words.
QUESTIONS = {
    "title": N_("Apa nama acaranya?"),
    "about": N_("Tentang apa acaranya?"),
    "unit_id": N_("Unit mana penyelenggaranya?"),
    "times": N_("Kapan acaranya?"),
    "place": N_("Di mana tempatnya?"),
    "link": N_("Apa tautannya?"),
    "seats": N_("Berapa tempat yang tersedia?"),
    "closes_at": N_("Mendaftar paling lambat kapan?"),
    "poster": N_("Ada poster?"),
    "check": N_("Simpan acara ini?"),
}
#: Step → how a good answer looks.
HINTS = {
    "title": N_("Contoh: <i>Sembang Berbenah Kecamatan Bukit Bestari</i>."),
    "about": N_("Tulis singkat apa yang dibicarakan dan siapa yang diundang."),
    "times": N_("Contoh: <i>5 Desember 2026 09.00-12.00</i>."),
    "place": N_("Contoh: <i>Aula Kantor Camat Bukit Bestari</i>. Kalau daring, tulis <i>daring</i>."),
    "link": N_("Contoh: <i>https://contoh.go.id/rapat</i>. Lewati bila tidak daring."),
    "seats": N_("Tulis angkanya saja, contoh: <i>80</i>. Lewati bila tidak dibatasi."),
    "closes_at": N_("Contoh: <i>4 Desember 2026</i>. Lewati bila boleh sampai acara dimulai."),
    "poster": N_("Kirim gambarnya di sini. Lewati bila tidak ada."),
}
#: Fields that may stay empty.
OPTIONAL = ("about", "link", "seats", "closes_at", "poster")
#: What can be changed on the summary, by step.
FIELDS = {
    "title": N_("Nama"),
    "about": N_("Isi"),
    "unit_id": N_("Penyelenggara"),
    "times": N_("Waktu"),
    "place": N_("Tempat"),
    "link": N_("Tautan"),
    "seats": N_("Jumlah tempat"),
    "closes_at": N_("Batas daftar"),
    "poster": N_("Poster"),
}


def question(step: str) -> str:
    """The question of a step in plain words."""
    return _(QUESTIONS[step])


def ask_words(step: str, nonce: str, *, back: bool) -> Screen:
    """A question that is answered by words, or by a picture."""
    text = joined([say("<b>{question}</b>", question=_(QUESTIONS[step])), say(HINTS[step])], "\n\n")
    skip = choices(FLOW, step, nonce, [(SKIP, "⏭ " + _("Lewati"))]) if step in OPTIONAL else ()
    return Screen(text, (*skip, moves(nonce, back=back)))


def ask_unit(nonce: str, found: Sequence[tuple[int, str]], page: int) -> Screen:
    """Which unit invites."""
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 0), pages - 1)
    here = [(str(number), cut(name, 30)) for number, name in found[PAGE * page : PAGE * (page + 1)]]
    turns = [(f"{TO_PAGE}{page - 1}", "◀️ " + _("Sebelumnya"))] if page else []
    if page < pages - 1:
        turns.append((f"{TO_PAGE}{page + 1}", _("Berikutnya") + " ▶️"))
    text = say("<b>{question}</b>", question=_(QUESTIONS["unit_id"]))
    rows = (*choices(FLOW, "unit_id", nonce, here, 2), *choices(FLOW, "unit_id", nonce, turns, 2), moves(nonce))
    return Screen(text, rows)


def check(nonce: str, form: ForumForm, city: City) -> Screen:
    """Everything once more, before it is written down."""
    text = joined([say("<b>Simpan acara ini?</b>"), summary(form, city)], "\n\n")
    fields = [(step, "✏️ " + _(name)) for step, name in FIELDS.items()]
    save = choices(FLOW, "check", nonce, [(SAVE, "✅ " + _("Simpan"))])
    return Screen(text, (*save, *choices(FLOW, "check", nonce, fields, 3), moves(nonce)))


def summary(form: ForumForm, city: City) -> Markup:
    """An event as it is written."""
    seats = say("Tempat: {seats}", seats=form.seats) if form.seats else say("Tempat: tidak dibatasi")
    return joined(
        [
            say("🗣 <b>{title}</b>", title=form.title),
            say("{about}", about=cut(form.about, 600)) if form.about else Markup(""),
            say("📅 {begin} sampai {end}", begin=show_moment(form.starts_at), end=show_moment(form.ends_at)),
            say("📍 {place}", place=form.place) if form.place else Markup(""),
            say("🔗 {link}", link=form.link) if form.link else Markup(""),
            say("🏢 Penyelenggara: {unit}", unit=city.units[form.unit_id].name),
            seats,
            say("Mendaftar paling lambat: {when}", when=show_moment(form.closes_at or form.starts_at)),
            say("🖼 Poster tersimpan") if form.poster else Markup(""),
        ]
    )


def not_read(step: str) -> Screen:
    """An answer that could not be read."""
    return Screen(joined([say("Jawaban itu belum bisa kami baca."), say(HINTS[step])], "\n"))


def cancelled() -> Screen:
    """Nothing was changed."""
    return Screen(say("Baik, kita berhenti di sini. Yang belum disimpan dibuang."), (words.desk_row(),))


def help_text() -> Screen:
    """How an event comes about."""
    return Screen(
        say(
            "Jawab satu per satu. Di akhir semuanya ditampilkan dan bisa diubah. Acara yang disimpan belum terlihat "
            "oleh warga sampai dibuka."
        )
    )
