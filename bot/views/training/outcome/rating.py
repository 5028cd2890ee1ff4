"""Rating a course: the notice with the first question, the other three on the same message, a comment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.callbacks import Learn
from bot.i18n import N_, Markup, _, say, show_moment
from bot.services.training.outcome.ratings import Attended
from bot.views.parts import SCORES, choices, joined, moves, quoted
from bot.views.screen import Rows, Screen, button
from bot.views.training import words as training
from bot.views.training.outcome import words
from models.training.rating import RatedPart

FLOW = "trainrate"
COMMENT = "comment"
READY, DROP = "done", "drop"
ADVICE = N_("Ada saran untuk penyelenggara?")


def course_rating_asked(values: dict[str, Any]) -> Screen:
    """To whoever was there: the first question at once."""
    first = RatedPart.MATERIAL
    text = say(
        "⭐ Terima kasih sudah mengikuti pelatihan <b>{title}</b>. Mohon empat penilaian singkat; nama Bapak/Ibu tidak "
        "ditampilkan.\n\n<b>{question}</b>",
        title=values["title"],
        question=_(words.QUESTIONS[first]),
    )
    rows: Rows = tuple((button(name, Learn(words.TAP, values["course_id"], value)),) for value, name in _options(None))
    return Screen(text, rows)


def _options(marked: int | None) -> list[tuple[str, str]]:
    return [
        (str(score), f"{'✔️ ' if score == marked else ''}{face} {_(name)}")
        for score, (face, name) in enumerate(zip(words.FACES, SCORES, strict=True), start=1)
    ]


def ask(nonce: str, found: Attended, part: RatedPart, scores: Mapping[str, int]) -> Screen:
    """One part; what was tapped already stands above it."""
    number = list(RatedPart).index(part)
    text = joined(
        [
            say("⭐ <b>{title}</b>, {n} dari {all}", title=found.title, n=number + 1, all=len(RatedPart)),
            _tapped(scores, list(RatedPart)[:number]),
            say("<b>{question}</b>", question=_(words.QUESTIONS[part])),
        ],
        "\n\n",
    )
    marked = scores.get(part) or (found.rating.scores[part] if found.rating is not None else None)
    rows = choices(FLOW, part.value, nonce, _options(marked))
    return Screen(text, (*rows, moves(nonce, back=number > 0)))


def question(part: RatedPart) -> str:
    """The open question in plain words."""
    return _(words.QUESTIONS[part])


def _tapped(scores: Mapping[str, int], parts: list[RatedPart]) -> Markup:
    lines = [
        say("✅ {part}: {score}", part=_(words.PARTS[part]), score=_(SCORES[scores[part] - 1]))
        for part in parts
        if part in scores
    ]
    return joined(lines)


def ask_comment(nonce: str, found: Attended, scores: Mapping[str, int]) -> Screen:
    """Stored, and is there anything to say?"""
    before = found.rating.comment if found.rating is not None else None
    now = joined([say("Saran Bapak/Ibu sekarang:"), quoted(before)]) if before else Markup("")
    text = joined(
        [
            say("⭐ <b>{title}</b>\nPenilaian Bapak/Ibu sudah tersimpan.", title=found.title),
            _tapped(scores, list(RatedPart)),
            now,
            say("<b>{question}</b>\nTulis di sini. Boleh juga tidak.", question=_(ADVICE)),
        ],
        "\n\n",
    )
    options = [(READY, _("Biarkan seperti ini") if before else _("Selesai tanpa saran"))]
    if before:
        options.append((DROP, _("Hapus saran ini")))
    return Screen(text, (*choices(FLOW, COMMENT, nonce, options), moves(nonce)))


def comment_question() -> str:
    """The open question in plain words."""
    return _(ADVICE)


def thanks(found: Attended) -> Screen:
    """All is stored; until when it can be changed."""
    rating = found.rating
    scores: Mapping[str, int] = {part.value: score for part, score in rating.scores.items()} if rating else {}
    text = joined(
        [
            say("✅ <b>Terima kasih atas penilaian Bapak/Ibu untuk {title}.</b>", title=found.title),
            _tapped(scores, list(RatedPart)),
            quoted(rating.comment if rating is not None else None),
            say("Penilaian ini bisa diubah sampai {until}.", until=show_moment(found.until)),
        ],
        "\n\n",
    )
    rows = ((words.paper_button(found.course_id),), training.course_row(found.course_id))
    return Screen(text, (*rows, training.desk_row()))


def cancelled() -> Screen:
    """Left: four scores that were given are stored, fewer are not."""
    text = say(
        "Baik, kita berhenti di sini. Kalau keempat penilaian sudah dipilih, penilaian itu tersimpan; kalau belum, "
        "tidak ada yang disimpan."
    )
    return Screen(text, (training.desk_row(),))


def help_text() -> Screen:
    """How it works."""
    return Screen(
        say(
            "Pilih satu dari empat jawaban untuk setiap pertanyaan, lalu tulis saran bila ada. Penyelenggara hanya "
            "melihat jumlah, rata-rata, dan saran tanpa nama."
        )
    )


def rate_row(found: Attended) -> Rows:
    """On the course's card, while it can be rated."""
    if not found.is_open:
        return ()
    said = _("Nilai pelatihan ini") if found.rating is None else _("Ubah penilaian saya")
    return ((button("⭐ " + said, Learn(words.RATE, found.course_id)),),)


KINDS = {"course_rating_asked": course_rating_asked}
