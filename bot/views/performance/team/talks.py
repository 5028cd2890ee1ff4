"""The talks of the team desk: asking somebody, answering the superior, looking for a person; and their notices."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.callbacks import Team, Weekly
from bot.i18n import Markup, _, label, say
from bot.views.parts import choices, home_row, joined, moves
from bot.views.performance.team.lists import back_rows
from bot.views.performance.week_words import show_week
from bot.views.screen import Screen, button

ASK, ANSWER, FIND = "team_ask", "team_answer", "team_find"
#: Questions that are asked often, by the value of their button.
READY = ("help", "when", "why")
Values = dict[str, Any]


def ready_words(value: str) -> str | None:
    """One of the prepared questions, in the language spoken."""
    words = {
        "help": _("Apa yang bisa saya bantu supaya pekerjaan ini lancar?"),
        "when": _("Kapan kira-kira bisa tercapai?"),
        "why": _("Apa yang menjadi kendala?"),
    }
    return words.get(value)


def ask_question(nonce: str, name: str) -> Screen:
    """What to ask; prepared words, or the own."""
    text = say("💬 <b>Apa yang ingin Bapak/Ibu tanyakan kepada {name}?</b>\n\nPilih, atau tulis sendiri.", name=name)
    options = [(value, ready_words(value) or "") for value in READY]
    return Screen(text, (*choices(ASK, "words", nonce, options), moves(nonce, back=False)))


def question_words(name: str) -> str:
    """The open question in plain words."""
    return label("Pertanyaan untuk {name}", name=name)


def asked(name: str) -> Screen:
    """It is on its way."""
    return Screen(say("✅ Pertanyaan dikirim kepada {name}. Jawabannya akan sampai di sini.", name=name), back_rows())


def ask_answer(nonce: str, by: str, question: str) -> Screen:
    """The question again, and the room to answer."""
    text = say("💬 <b>{by} bertanya:</b> “{question}”\n\nSilakan tulis jawabannya.", by=by, question=question)
    return Screen(text, (moves(nonce, back=False),))


def answer_words(by: str) -> str:
    """The open question in plain words."""
    return label("Jawaban untuk {name}", name=by)


def answered(name: str) -> Screen:
    """It is on its way."""
    return Screen(say("✅ Jawaban dikirim kepada {name}.", name=name), (home_row(),))


def ask_name(nonce: str) -> Screen:
    """Whom to look for."""
    text = say("🔍 <b>Siapa yang dicari?</b>\n\nTulis namanya atau sebagian, contoh: <i>budi</i>.")
    return Screen(text, (moves(nonce, back=False),))


def name_words() -> str:
    """The open question in plain words."""
    return _("Nama yang dicari")


def cancelled() -> Screen:
    """Nothing was sent."""
    return Screen(say("Dibatalkan. Tidak ada yang dikirim."), back_rows())


def help_text() -> Screen:
    """What the words are for."""
    return Screen(say("Tulis satu pesan pendek. Yang tidak dikirim tidak disimpan."))


# --- what others are told ---


def reminder(values: Values) -> Screen:
    """A polite reminder by the superior, with the button that does it."""
    week = show_week(date.fromisoformat(values["week"]))
    text = say("🔔 {by} mengingatkan: laporan minggu {week} belum masuk. Mohon diisi, ya.", by=values["by"], week=week)
    return Screen(text, ((button("🗓 " + _("Isi laporan"), Weekly("fill", values["week"])),),))


def question(values: Values) -> Screen:
    """A question of the superior."""
    parts = [say("💬 <b>{by} bertanya</b>", by=values["by"]), _line(values), say("“{text}”", text=values["text"])]
    return Screen(joined(parts), ((button("✍️ " + _("Jawab"), Team("answer", values["number"])),),))


def answer(values: Values) -> Screen:
    """The answer to one's own question."""
    parts = [
        say("✍️ <b>{by} menjawab</b>", by=values["by"]),
        _line(values),
        say("Pertanyaan: “{question}”", question=values["question"]),
        say("Jawaban: “{text}”", text=values["text"]),
    ]
    return Screen(joined(parts), ((button("👤 " + _("Buka kartu"), Team("card", values["by_id"])),),))


def _line(values: Values) -> Markup:
    return say("Tentang: {line}", line=values["line"]) if values.get("line") else Markup("")


KINDS = {"team_reminder": reminder, "team_question": question, "team_answer": answer}
