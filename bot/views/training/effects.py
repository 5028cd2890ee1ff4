"""What became of a course at work: the question to the superior, the answer, one sentence, and the shares for HR."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.callbacks import Learn
from bot.i18n import N_, Markup, _, label, say, show_day, show_number
from bot.services.training.effects import LONGEST, Answers, Asked
from bot.views.parts import cut, joined, moves
from bot.views.screen import Button, Rows, Screen, button
from bot.views.training import words
from bot.views.training.attendance import manage_row
from models.training.effect import Effect

FLOW = "traineff"
LIST, SEE, ANSWER, NOTE, ALL = "effs", "effsee", "eff", "effnote", "effall"
PAGE = 8
QUESTION = N_("Apa yang berubah di pekerjaannya?")
#: Sign and words of each answer.
ANSWERS = {
    Effect.APPLIED: ("✅", N_("Sudah diterapkan")),
    Effect.PARTLY: ("🌓", N_("Sebagian")),
    Effect.NOT_YET: ("⏳", N_("Belum")),
}


def _answers(check_id: int) -> Rows:
    return tuple(
        (button(f"{sign} {_(said)}", Learn(ANSWER, check_id, effect.value)),)
        for effect, (sign, said) in ANSWERS.items()
    )


def asked(values: dict[str, Any]) -> Screen:
    """The notice to the superior and whoever acts."""
    text = say(
        "🌱 {name} pernah mengikuti pelatihan <b>{title}</b>. Apakah yang dipelajari sudah diterapkan di pekerjaannya?",
        name=values["name"],
        title=values["title"],
    )
    return Screen(text, _answers(values["check"]))


def waiting(found: Sequence[Asked], page: int) -> Screen:
    """Those that are not answered."""
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 0), pages - 1)
    here = found[PAGE * page : PAGE * (page + 1)]
    text = say("<b>Penerapan hasil pelatihan</b>\n\nPilih pegawainya untuk menjawab.")
    if not found:
        text = say("<b>Penerapan hasil pelatihan</b>\n\nSemuanya sudah dijawab.")
    rows: Rows = tuple(
        (button(f"👤 {cut(one.name, 24)}: {cut(one.course.title, 30)}", Learn(SEE, one.row.id)),) for one in here
    )
    return Screen(text, (*rows, *words.page_row(LIST, page, pages), words.desk_row()))


def card(found: Asked) -> Screen:
    """One question, and how it was answered."""
    head = say(
        "🌱 <b>{name}</b>\n{title}\nSelesai: {day}",
        name=found.name,
        title=found.course.title,
        day=show_day(found.ended_on),
    )
    if found.row.effect is None:
        ask = say("Apakah yang dipelajari sudah diterapkan di pekerjaannya?")
        return Screen(joined([head, ask], "\n\n"), (*_answers(found.row.id), words.desk_row()))
    sign, said = ANSWERS[found.row.effect]
    answer = say("Jawaban: {answer}", answer=f"{sign} {_(said)}")
    note = say("💬 <i>{text}</i>", text=found.row.note) if found.row.note else Markup("")
    add: tuple[tuple[Button, ...], ...] = ()
    if found.row.note is None:
        add = ((button("✍️ " + _("Tambah satu kalimat"), Learn(NOTE, found.row.id)),),)
    rows = (*add, (button("🌱 " + _("Pegawai lain"), Learn(LIST, 0)),), words.desk_row())
    return Screen(joined([head, joined([answer, note])], "\n\n"), rows)


def ask_note(nonce: str, found: Asked) -> Screen:
    """One sentence."""
    text = say(
        "<b>Apa yang berubah di pekerjaannya?</b>\n\n{name}: {title}\n\nSatu kalimat, paling banyak {most} huruf. "
        "Dibaca oleh pengelola kepegawaian. Contoh: <i>Sekarang ia menjawab warga pada hari yang sama</i>.",
        name=found.name,
        title=found.course.title,
        most=LONGEST,
    )
    return Screen(text, (moves(nonce, back=False),))


def question() -> str:
    """The open question."""
    return label(QUESTION)


def cancelled() -> Screen:
    """Only the answer stands."""
    return Screen(say("Baik, tanpa tambahan. Jawabannya tetap tersimpan."), (words.desk_row(),))


def help_text() -> Screen:
    """What it is for."""
    return Screen(say("Kalimat ini membantu pengelola kepegawaian memilih pelatihan berikutnya. Boleh dilewati."))


def shares(found: Mapping[Effect | None, int]) -> Markup:
    """On the course's card for human resources; "" before anybody was asked."""
    asked_, answered = sum(found.values()), sum(count for effect, count in found.items() if effect is not None)
    if not asked_:
        return Markup("")
    head = say(
        "🌱 <b>Penerapan di pekerjaan</b>: {n} dari {total} dijawab atasan",
        n=show_number(answered),
        total=show_number(asked_),
    )
    lines = [
        say(
            "{sign} {answer}: {n} ({share}%)",
            sign=sign,
            answer=_(said),
            n=show_number(found.get(effect, 0)),
            share=show_number(round(100 * found.get(effect, 0) / answered)),
        )
        for effect, (sign, said) in ANSWERS.items()
        if answered
    ]
    return joined([head, *lines])


def all_row(course_id: int, found: Mapping[Effect | None, int]) -> Rows:
    """The way to what superiors said; nothing before anybody did."""
    if not any(effect is not None for effect in found):
        return ()
    return ((button("🌱 " + _("Jawaban atasan"), Learn(ALL, 0, str(course_id))),),)


def answers(found: Answers) -> Screen:
    """What superiors said of a course, for human resources."""
    head = say("<b>Jawaban atasan</b>\n\n{title}", title=found.course.title)
    lines = [_answered(one) for one in found.lines] or [say("Belum ada jawaban.")]
    foot = say("{page}", page=words.page_words(found.page, found.pages))
    pages = words.page_row(ALL, found.page, found.pages, str(found.course.id))
    return Screen(joined([head, joined(lines), foot], "\n\n"), (*pages, manage_row(found.course.id)))


def _answered(one: Asked) -> Markup:
    sign, said = ANSWERS[one.row.effect or Effect.NOT_YET]
    line = say("👤 {name}: {answer}", name=one.name, answer=f"{sign} {_(said)}")
    return joined([line, say("💬 <i>{text}</i>", text=one.row.note) if one.row.note else Markup("")])


KINDS: dict[str, Callable[[dict[str, Any]], Screen]] = {"effect_asked": asked}
