"""The quiz to its participant: the notice, one question after another, the pause, the score, the right answers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bot.callbacks import Learn
from bot.i18n import N_, Markup, _, label, say, show_moment, show_number
from bot.services.training.quiz.results import Offer, Scores
from bot.services.training.quiz.taking import Sat
from bot.views.parts import cut, joined, moment_of
from bot.views.screen import Button, Rows, Screen, button
from bot.views.training import words
from models.training.quiz import Phase, QuizQuestion

GO, ANSWER, PAUSE, REVIEW = "quiz", "qans", "qstop", "qkey"
LETTERS = "ABCDEF"
#: So many questions are shown at once with their right answers.
PAGE = 8
PHASES = {Phase.BEFORE: N_("Kuis sebelum pelatihan"), Phase.AFTER: N_("Kuis sesudah pelatihan")}


def go_row(course_id: int, phase: Phase, *, is_begun: bool = False) -> tuple[Button, ...]:
    """Begin, or go on."""
    said = _("Lanjutkan kuis") if is_begun else _("Mulai kuis")
    return (button("▶️ " + said, Learn(GO, course_id, phase.value)),)


def invited(values: dict[str, Any]) -> Screen:
    """The notice to the participant."""
    phase = Phase(values["phase"])
    if phase is Phase.BEFORE:
        text = say(
            "🧩 Sebelum pelatihan <b>{title}</b>, mohon jawab kuis singkat ini. Hasilnya bukan ujian: kami hanya ingin "
            "tahu apa yang sudah dikenal. Boleh berhenti dan dilanjutkan kapan saja sampai {closes}.",
            title=values["title"],
            closes=moment_of(values, "closes"),
        )
    else:
        text = say(
            "🧩 Pelatihan <b>{title}</b> sudah selesai. Mohon jawab kuisnya sekali lagi, supaya terlihat apa yang "
            "bertambah. Boleh berhenti dan dilanjutkan kapan saja sampai {closes}.",
            title=values["title"],
            closes=moment_of(values, "closes"),
        )
    return Screen(text, (go_row(values["course_id"], phase), words.course_row(values["course_id"])))


def offer(course_id: int, found: Offer | None) -> Rows:
    """On the course's card; nothing where no quiz waits."""
    return (go_row(course_id, found.phase, is_begun=found.is_begun),) if found is not None else ()


def shown(sat: Sat) -> Screen:
    """The question at hand, or the score after the last one."""
    current = sat.current
    return _question(sat, current) if current is not None else _finished(sat)


def _question(sat: Sat, question: QuizQuestion) -> Screen:
    places = sat.shown(question)
    listed = [
        say("{letter}. {choice}", letter=letter, choice=question.choices[place])
        for letter, place in zip(LETTERS, places, strict=False)
    ]
    head = say(
        "🧩 <b>{phase}</b> ({number}/{total})\n<i>{title}</i>",
        phase=_(PHASES[sat.row.phase]),
        number=sat.number,
        total=len(sat.questions),
        title=sat.title,
    )
    late = say("Pertanyaan itu sudah dijawab. Jawaban yang pertama yang dipakai.") if sat.is_late else Markup("")
    text = joined([late, head, say("<b>{question}</b>", question=question.text), joined(listed)], "\n\n")
    answers: Rows = tuple(
        (
            button(
                f"{LETTERS[shown_at]}. {cut(question.choices[place], 40)}",
                Learn(ANSWER, sat.row.id, f"{question.id}.{shown_at}"),
            ),
        )
        for shown_at, place in enumerate(places)
    )
    return Screen(text, (*answers, (button("⏸ " + _("Lanjutkan nanti"), Learn(PAUSE, sat.row.id)),)))


def paused(sat: Sat) -> Screen:
    """What is kept, and until when one can go on."""
    text = say(
        "⏸ {done} dari {total} pertanyaan sudah dijawab dan tersimpan. Bapak/Ibu bisa melanjutkan sampai {closes}, "
        "dari sini atau dari /pelatihan.",
        done=len(sat.answers),
        total=len(sat.questions),
        closes=show_moment(sat.closes),
    )
    return Screen(text, (go_row(sat.course_id, sat.row.phase, is_begun=True), words.course_row(sat.course_id)))


def _finished(sat: Sat) -> Screen:
    head = say(
        "✅ <b>{phase} selesai</b>\n<i>{title}</i>\n\nBenar: {points} dari {total}.",
        phase=_(PHASES[sat.row.phase]),
        title=sat.title,
        points=sat.row.points,
        total=len(sat.questions),
    )
    if sat.row.phase is Phase.BEFORE:
        later = say("Terima kasih. Jawaban yang benar ditunjukkan setelah kuis sesudah pelatihan.")
        return Screen(joined([head, later], "\n\n"), (words.course_row(sat.course_id), words.desk_row()))
    rows = (
        (button("🔑 " + _("Lihat jawaban yang benar"), Learn(REVIEW, 0, str(sat.row.id))),),
        words.course_row(sat.course_id),
        words.desk_row(),
    )
    return Screen(joined([head, say("Terima kasih.")], "\n\n"), rows)


def review(sat: Sat, page: int) -> Screen:
    """The own answers beside the right ones, a page of them."""
    pages = max(1, -(-len(sat.questions) // PAGE))
    page = min(max(page, 0), pages - 1)
    start = PAGE * page
    lines = [_reviewed(sat, number, one) for number, one in enumerate(sat.questions, start=1)][start : start + PAGE]
    head = say("🔑 <b>Jawaban yang benar</b>\n<i>{title}</i>", title=sat.title)
    foot = Markup(words.page_words(page, pages))
    turn = words.page_row(REVIEW, page, pages, str(sat.row.id))
    return Screen(joined([head, *lines, foot], "\n\n"), (*turn, words.course_row(sat.course_id)))


def _reviewed(sat: Sat, number: int, question: QuizQuestion) -> Markup:
    given = sat.answers.get(question.id)
    right = question.choices[question.correct]
    head = say("{number}. {question}", number=number, question=cut(question.text, 200))
    if given is None or given.is_right:
        return joined([head, say("✅ {choice}", choice=right)])
    own = say("❌ Jawaban Bapak/Ibu: {choice}", choice=question.choices[given.choice])
    return joined([head, own, say("✅ Yang benar: {choice}", choice=right)])


def percent(value: Fraction) -> str:
    """A share from 0 to 100, to one place."""
    return show_number(Decimal(value.numerator * 10 / value.denominator).quantize(Decimal(1)) / 10)


def own_scores(scores: Scores | None) -> Markup:
    """In one's own history: before → after; "" where no quiz was finished."""
    if scores is None:
        return Markup("")
    said = [_percent_or_nothing(scores.percent(phase)) for phase in Phase]
    return say("🧩 Kuis: sebelum {before} → sesudah {after}", before=said[0], after=said[1])


def _percent_or_nothing(value: Fraction | None) -> str:
    return label("{share}%", share=percent(value)) if value is not None else "–"


KINDS: dict[str, Callable[[dict[str, Any]], Screen]] = {"quiz_open": invited}
