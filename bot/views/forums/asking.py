"""The talk in which a resident sends a question ahead of an event."""

from __future__ import annotations

from bot.i18n import N_, _, say, say_many
from bot.services.forums.asking import LONGEST
from bot.views.forums import words
from bot.views.parts import choices, joined, moves, quoted
from bot.views.screen import Screen
from models.forum import Forum

FLOW = "forumask"
WITHOUT, WITH = "without", "with"
QUESTIONS = {
    "words": N_("Apa pertanyaan Bapak/Ibu?"),
    "check": N_("Kirim pertanyaan ini?"),
}


def question(step: str) -> str:
    """The question of a step in plain words."""
    return _(QUESTIONS[step])


def ask_words(nonce: str, forum: Forum, left: int) -> Screen:
    """The question."""
    head = say("<b>Apa pertanyaan Bapak/Ibu?</b>\n\n{title}", title=forum.title)
    hint = say(
        "Tulis satu pertanyaan, paling banyak {most} huruf. Contoh: <i>Kapan parit di Jalan Contoh dibersihkan?</i>",
        most=LONGEST,
    )
    more = say_many(
        "Bapak/Ibu masih bisa mengirim {n} pertanyaan.", "Bapak/Ibu masih bisa mengirim {n} pertanyaan.", left
    )
    return Screen(joined([head, hint, more], "\n\n"), (moves(nonce, back=False),))


def check(nonce: str, forum: Forum, text: str) -> Screen:
    """The words once more, and whether with the name."""
    shown = joined(
        [
            say("<b>Kirim pertanyaan ini?</b>\n\n{title}", title=forum.title),
            quoted(text),
            say(
                "Penyelenggara membaca pertanyaannya tanpa nama, kecuali Bapak/Ibu memilih menyebutkan nama. "
                "Jawabannya kami kirim ke sini."
            ),
        ],
        "\n\n",
    )
    options = [(WITHOUT, "📨 " + _("Kirim tanpa nama")), (WITH, "🙋 " + _("Kirim dengan nama saya"))]
    return Screen(shown, (*choices(FLOW, "check", nonce, options), moves(nonce)))


def sent(forum: Forum) -> Screen:
    """It reached the hosts."""
    text = say(
        "✅ <b>Pertanyaan Bapak/Ibu sudah kami terima.</b>\n\n{title}\n\nJawabannya kami kirim ke sini.",
        title=forum.title,
    )
    return Screen(text, (words.forum_row(forum.id), words.desk_row()))


def cancelled() -> Screen:
    """Nothing was sent."""
    return Screen(say("Baik, pertanyaan tidak dikirim."), (words.desk_row(),))


def help_text() -> Screen:
    """What happens to a question."""
    return Screen(
        say(
            "Pertanyaan dikumpulkan dan dijawab penyelenggara. Kalau ada masalah yang perlu segera ditangani, lebih "
            "baik dilaporkan dengan /lapor."
        )
    )
