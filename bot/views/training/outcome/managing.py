"""What comes after a course for human resources: how it was rated, its certificates, taking one back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.callbacks import Learn
from bot.i18n import N_, Markup, _, say, say_many, show_moment, show_places
from bot.services.training.outcome.certificates import Issued, Issues
from bot.services.training.outcome.ratings import Comments, Figures
from bot.views.parts import cut, joined, moves, quoted
from bot.views.screen import Button, Rows, Screen, button
from bot.views.training import words as training
from bot.views.training.attendance import manage_row
from bot.views.training.outcome import certificate, words
from models.rules.small_cells import SMALLEST
from models.training.course import Course, CourseStatus

FLOW = "trainwithdraw"
REASON = N_("Mengapa sertifikat ini dicabut?")


def figures(found: Figures) -> Markup:
    """How it was rated: lines for the card; of too few people only how many."""
    if not found.n:
        return Markup("")
    head = say_many("⭐ Penilaian dari {n} peserta", "⭐ Penilaian dari {n} peserta", found.n)
    if found.means is None:
        few = say("Nilainya ditampilkan mulai {n} penilaian, supaya tidak ada yang dikenali.", n=SMALLEST)
        return joined([head, few])
    return joined([head, *_means(found)])


def _means(found: Figures) -> list[Markup]:
    means = found.means or {}
    return [
        say("{part}: {mean} dari 4", part=_(words.PARTS[part]), mean=show_places(mean, 2))
        for part, mean in means.items()
    ]


def rows(course: Course, found: Figures) -> Rows:
    """The ways to the comments and the certificates of a course that is over."""
    if course.status is not CourseStatus.DONE:
        return ()
    row: list[Button] = [button("📜 " + _("Sertifikat"), Learn(words.PAPERS, 0, str(course.id)))]
    if found.comments:
        said = say_many("Saran ({n})", "Saran ({n})", found.comments)
        row.append(button(f"💬 {said}", Learn(words.COMMENTS, 0, str(course.id))))
    return (tuple(row),)


def comments(course: Course, found: Figures, page: Comments) -> Screen:
    """What participants wrote, without names."""
    head = say("💬 <b>Saran peserta {title}</b>", title=course.title)
    nothing = say("Belum ada yang bisa ditampilkan.")
    foot = say("{page}", page=training.page_words(page.page, page.pages))
    text = joined([head, figures(found), *([quoted(line) for line in page.lines] or [nothing]), foot], "\n\n")
    pages = training.page_row(words.COMMENTS, page.page, page.pages, str(course.id))
    return Screen(text, (*pages, manage_row(course.id)))


def papers(course: Course, found: Issues) -> Screen:
    """The certificates of a course by their numbers."""
    head = say_many(
        "📜 <b>Sertifikat {title}</b>\n\n{n} sertifikat sudah terbit.",
        "📜 <b>Sertifikat {title}</b>\n\n{n} sertifikat sudah terbit.",
        found.total,
        title=course.title,
    )
    foot = say("{page}", page=training.page_words(found.page, found.pages))
    listed: Rows = tuple(
        (
            button(
                ("🚫 " if one.row.withdrawn_at is not None else "📜 ")
                + cut(f"{one.row.serial:04d}/{one.row.year} {one.name}", 50),
                Learn(words.SEE, one.row.id),
            ),
        )
        for one in found.lines
    )
    pages = training.page_row(words.PAPERS, found.page, found.pages, str(course.id))
    return Screen(joined([head, foot], "\n\n"), (*listed, *pages, manage_row(course.id)))


def paper(one: Issued) -> Screen:
    """One certificate."""
    row = one.row
    state = say("Terbit: {day}", day=show_moment(row.issued_at))
    if row.withdrawn_at is not None:
        gone = say("🚫 Dicabut: {day}", day=show_moment(row.withdrawn_at))
        state = joined([state, gone, say("Alasan: {reason}", reason=row.reason)])
    text = joined([say("📜 <b>Sertifikat</b>"), joined([certificate.told(one), state])], "\n\n")
    deeds: list[tuple[Button, ...]] = []
    if row.withdrawn_at is None:
        deeds.append((button("⬇️ " + _("Unduh"), Learn(words.PRINT, row.id)),))
        deeds.append((button("🚫 " + _("Cabut sertifikat"), Learn(words.WITHDRAW, row.id)),))
    back = (button("⬅️ " + _("Sertifikat lainnya"), Learn(words.PAPERS, 0, str(one.course_id))),)
    return Screen(text, (*deeds, back, manage_row(one.course_id)))


def ask_reason(nonce: str, one: Issued) -> Screen:
    """Why it is taken back."""
    text = joined(
        [
            say("<b>{question}</b>", question=_(REASON)),
            say("{name}: {title}", name=one.name, title=one.title),
            say("Pemiliknya diberi tahu alasannya. Ini tidak bisa ditarik kembali; JP yang sudah dihitung tetap."),
        ],
        "\n\n",
    )
    return Screen(text, (moves(nonce, back=False),))


def reason_question() -> str:
    """The open question in plain words."""
    return _(REASON)


def not_withdrawn() -> Screen:
    """Nothing was done."""
    return Screen(say("Baik, sertifikat itu tetap berlaku."), (training.desk_row(),))


def reason_help() -> Screen:
    """Who reads the reason."""
    return Screen(say("Tulis alasan singkat. Alasan ini dibaca pemilik sertifikat, tidak oleh yang memeriksa kodenya."))


# --- the workbook ---


def sheet_title() -> str:
    """What the sheet of ratings is called."""
    return _("Penilaian")


def sheet_rows(found: Figures, said: Sequence[str]) -> list[list[Any]]:
    """The lines of the sheet: how many, the means, the comments without names."""
    lines: list[list[Any]] = [[_("Jumlah penilaian"), found.n]]
    if found.means is None:
        return [*lines, [figures_hidden()]]
    lines += [[_(words.PARTS[part]), float(mean)] for part, mean in found.means.items()]
    return [*lines, [], [_("Saran peserta, tanpa nama")], *([one] for one in said)]


def figures_hidden() -> str:
    """Why there are no means."""
    return str(say("Nilainya ditampilkan mulai {n} penilaian, supaya tidak ada yang dikenali.", n=SMALLEST))
