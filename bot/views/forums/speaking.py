"""The talk in which a host says something about an event: a heading, an answer, a reason, a count, the minutes."""

from __future__ import annotations

from bot.i18n import N_, Markup, _, say, say_many
from bot.services.forums import minutes, questions
from bot.views.forums import hosting, words
from bot.views.forums.questions import ANSWER, HEADING, HIDE, RENAME
from bot.views.parts import choices, cut, joined, moves, quoted
from bot.views.screen import File, Screen
from models.forum import Forum

FLOW = "forumsay"
SEND = "send"
#: What is said, by the verb of its button: the question.
QUESTIONS = {
    HEADING: N_("Apa judul kelompoknya?"),
    RENAME: N_("Apa judul barunya?"),
    ANSWER: N_("Apa jawabannya?"),
    HIDE: N_("Mengapa pertanyaan ini disembunyikan?"),
    hosting.CANCEL: N_("Mengapa acaranya dibatalkan?"),
    hosting.HELD: N_("Berapa orang yang hadir?"),
    hosting.WRITE_MINUTES: N_("Apa notulennya?"),
}
HINTS = {
    HEADING: N_("Contoh: <i>Parit dan banjir</i>."),
    RENAME: N_("Contoh: <i>Parit dan banjir</i>."),
    ANSWER: N_("Satu jawaban untuk semua pertanyaan di kelompok ini. Setiap penanya menerimanya."),
    HIDE: N_("Alasannya disampaikan kepada penanya. Contoh: <i>menyebut nama orang lain</i>."),
    hosting.CANCEL: N_("Alasannya disampaikan kepada semua yang mendaftar. Ini tidak bisa ditarik kembali."),
    hosting.HELD: N_("Tulis angkanya saja, contoh: <i>45</i>. Acara dinyatakan sudah berlangsung."),
    hosting.WRITE_MINUTES: N_(
        "Tulis ringkasannya, atau kirim dokumen atau fotonya dengan keterangan. Saat pertama kali terbit, semua yang "
        "mendaftar menerimanya. Jangan sebut nama warga."
    ),
}
#: What others will read is shown once more before it goes out.
CHECKED = (ANSWER, HIDE, hosting.CANCEL, hosting.WRITE_MINUTES)
LIMITS = {
    HEADING: questions.LONGEST_HEADING,
    RENAME: questions.LONGEST_HEADING,
    ANSWER: questions.LONGEST_ANSWER,
    HIDE: questions.LONGEST_REASON,
    hosting.CANCEL: questions.LONGEST_REASON,
    hosting.WRITE_MINUTES: minutes.LONGEST,
}


def question(verb: str) -> str:
    """The question in plain words."""
    return _(QUESTIONS[verb])


def ask(verb: str, nonce: str, about: str) -> Screen:
    """What is to be said, and about what."""
    text = joined(
        [say("<b>{question}</b>", question=_(QUESTIONS[verb])), say("{about}", about=cut(about, 600))], "\n\n"
    )
    return Screen(joined([text, say(HINTS[verb])], "\n\n"), (moves(nonce, back=False),))


def check(verb: str, nonce: str, about: str, text: str, file: list[str]) -> Screen:
    """The words once more, before others read them."""
    shown = joined(
        [
            say("<b>Sudah benar?</b>"),
            say("{about}", about=cut(about, 300)),
            quoted(text),
            say("📎 Ada berkasnya.") if file else Markup(""),
            say(HINTS[verb]),
        ],
        "\n\n",
    )
    return Screen(shown, (*choices(FLOW, "check", nonce, [(SEND, "✅ " + _("Ya, kirim"))]), moves(nonce)))


def check_question() -> str:
    """The open question at the end."""
    return _("Sudah benar?")


def not_a_number() -> Screen:
    """The count could not be read."""
    return Screen(say("Tulis angkanya saja, contoh: <i>45</i>."))


def told(people: int) -> Screen:
    """How many were told."""
    return Screen(say_many("📨 {n} orang diberi tahu.", "📨 {n} orang diberi tahu.", people))


def read_minutes(forum: Forum) -> Screen:
    """The minutes for everybody."""
    text = joined(
        [
            say("📄 <b>Notulen {title}</b>", title=forum.title),
            say("{minutes}", minutes=forum.minutes) if forum.minutes else Markup(""),
        ],
        "\n\n",
    )
    files = (File(*forum.minutes_file),) if forum.minutes_file else ()
    return Screen(text, (words.forum_row(forum.id), words.desk_row()), files)


def cancelled() -> Screen:
    """Nothing was changed."""
    return Screen(say("Baik, tidak ada yang berubah."), (words.desk_row(),))


def help_text() -> Screen:
    """What happens with the words."""
    return Screen(say("Tulis jawabannya di sini. Yang dibaca warga ditampilkan sekali lagi sebelum dikirim."))
