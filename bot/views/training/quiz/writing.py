"""The quiz of a course for human resources: its questions, one of them, the talk in which it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.callbacks import Learn
from bot.i18n import N_, Markup, _, label, say, say_many
from bot.services.training.quiz.writing import MOST_QUESTIONS, Quiz, Written
from bot.views.parts import choices, cut, joined, moves
from bot.views.screen import Button, Rows, Screen, button
from bot.views.training import words
from bot.views.training.attendance import manage_row
from models.rules.training.quiz import LONGEST_CHOICE, LONGEST_QUESTION, MOST_CHOICES
from models.training.quiz import QuizQuestion

FLOW = "trainqz"
HOME, SEE, NEW, EDIT, SURE, REMOVE, FORM, UPLOAD = "qz", "qsee", "qnew", "qedit", "qdel", "qdel2", "qform", "qxls"
NEXT, SAVE = "next", "save"
PAGE = 8
QUESTIONS = {
    "text": N_("Apa pertanyaannya?"),
    "choices": N_("Apa saja pilihan jawabannya?"),
    "check": N_("Simpan pertanyaan ini?"),
}


def home_row(course_id: int) -> tuple[Button, ...]:
    """The way to the quiz of a course."""
    return (button("🧩 " + _("Kuis"), Learn(HOME, 0, str(course_id))),)


def home(found: Quiz, page: int) -> Screen:
    """Its questions."""
    course, total = found.course, len(found.questions)
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 0), pages - 1)
    start = PAGE * page
    head = say_many(
        "🧩 <b>Kuis {title}</b>\n\n{n} pertanyaan. Peserta menjawabnya sebelum dan sesudah pelatihan.",
        "🧩 <b>Kuis {title}</b>\n\n{n} pertanyaan. Peserta menjawabnya sebelum dan sesudah pelatihan.",
        total,
        title=course.title,
    )
    state = Markup("")
    if found.is_fixed:
        state = say("🔒 Sudah ada yang mulai menjawab, jadi pertanyaannya tidak bisa diubah lagi.")
    lines: Rows = tuple(
        (button(f"{number}. {cut(one.text, 50)}", Learn(SEE, one.id)),)
        for number, one in enumerate(found.questions[start : start + PAGE], start=start + 1)
    )
    pages_row = words.page_row(HOME, page, pages, str(course.id))
    foot = Markup(words.page_words(page, pages))
    return Screen(joined([head, state, foot], "\n\n"), (*_deeds(found), *lines, *pages_row, manage_row(course.id)))


def _deeds(found: Quiz) -> Rows:
    if not found.may_change:
        return ()
    sheets = (
        button("📄 " + _("Bentuk Excel"), Learn(FORM, 0)),
        button("📤 " + _("Kirim Excel"), Learn(UPLOAD, found.course.id)),
    )
    return ((button("➕ " + _("Tambah pertanyaan"), Learn(NEW, found.course.id)),), sheets)


def question_card(row: QuizQuestion, *, may_change: bool) -> Screen:
    """One question with its right answer."""
    deeds: Rows = ()
    if may_change:
        deeds = (
            (
                button("✏️ " + _("Ubah"), Learn(EDIT, row.id)),
                button("🗑 " + _("Hapus"), Learn(SURE, row.id)),
            ),
        )
    written = Written(row.text, tuple(row.choices), row.correct)
    return Screen(_whole(written), (*deeds, home_row(row.course_id)))


def _whole(written: Written) -> Markup:
    lines = [
        say("{sign} {choice}", sign="✅" if place == written.correct else "▫️", choice=choice)
        for place, choice in enumerate(written.choices)
    ]
    return joined([say("<b>{question}</b>", question=written.text), joined(lines)], "\n\n")


def sure(row: QuizQuestion) -> Screen:
    """Take it away?"""
    text = say("<b>Hapus pertanyaan ini?</b>\n\n{question}", question=row.text)
    rows = (
        (button("✔️ " + _("Ya, hapus"), Learn(REMOVE, row.id)),),
        (button("⬅️ " + _("Tidak jadi"), Learn(SEE, row.id)),),
    )
    return Screen(text, rows)


# --- the talk ---


def ask_text(nonce: str, *, saved: int, back: bool) -> Screen:
    """The question."""
    done = Markup("")
    if saved:
        done = say_many("✅ {n} pertanyaan tersimpan.", "✅ {n} pertanyaan tersimpan.", saved)
    text = say(
        "<b>Apa pertanyaannya?</b>\n\nSatu pertanyaan, paling banyak {most} huruf. Contoh: <i>Berapa lama pengaduan "
        "biasa dijawab paling lambat?</i>",
        most=LONGEST_QUESTION,
    )
    return Screen(joined([done, text], "\n\n"), (moves(nonce, back=back),))


def ask_choices(nonce: str, text: str) -> Screen:
    """What can be chosen."""
    said = say(
        "<b>Apa saja pilihan jawabannya?</b>\n\n{question}\n\nTulis satu pilihan per baris, 2 sampai {most} pilihan, "
        "dan beri tanda bintang (*) di depan yang benar. Contoh:\n<i>1 hari kerja\n*5 hari kerja\n30 hari kerja</i>",
        question=text,
        most=MOST_CHOICES,
    )
    return Screen(said, (moves(nonce),))


def not_read(step: str) -> Screen:
    """It could not be read."""
    if step == "text":
        return Screen(
            say("Pertanyaannya kosong atau terlalu panjang, paling banyak {most} huruf.", most=LONGEST_QUESTION)
        )
    return Screen(
        say(
            "Belum bisa dibaca. Perlu 2 sampai {most} pilihan yang berbeda, satu per baris, masing-masing paling "
            "banyak {longest} huruf, dan tepat satu yang bertanda bintang (*).",
            most=MOST_CHOICES,
            longest=LONGEST_CHOICE,
        )
    )


def check(nonce: str, written: Written, *, is_new: bool) -> Screen:
    """Is it right so?"""
    options = [(SAVE, "✅ " + _("Simpan"))]
    if is_new:
        options = [
            (NEXT, "➕ " + _("Simpan, lalu pertanyaan berikutnya")),
            (SAVE, "✅ " + _("Simpan, selesai")),
        ]
    change = [("text", "✏️ " + _("Ubah pertanyaan")), ("choices", "✏️ " + _("Ubah pilihan"))]
    rows = (*choices(FLOW, "check", nonce, options), *choices(FLOW, "check", nonce, change, 2), moves(nonce))
    return Screen(joined([say("<b>Sudah benar?</b>"), _whole(written)], "\n\n"), rows)


def question(step: str) -> str:
    """The open question."""
    return label(QUESTIONS[step])


def cancelled() -> Screen:
    """Only the one being written is lost."""
    text = say("Baik, pertanyaan yang sedang ditulis dibuang. Yang sudah disimpan tetap ada.")
    return Screen(text, (words.desk_row(),))


def help_text() -> Screen:
    """How a quiz is written."""
    return Screen(
        say(
            "Tulis pertanyaan, lalu pilihannya satu per baris dengan bintang di depan yang benar. Peserta melihat "
            "pilihan dalam urutan acak. Setelah ada yang mulai menjawab, pertanyaan tidak bisa diubah."
        )
    )


# --- the workbook ---

SHEET_QUESTION = N_("Mohon kirim berkas Excel kuisnya.")
FAULTS = {
    "quiz_sheet_empty": N_("Tidak ada satu pun pertanyaan di dalamnya."),
    "quiz_sheet_long": N_("Pertanyaannya terlalu banyak untuk satu kuis."),
    "quiz_sheet_question": N_("{sheet} {cell}: pertanyaannya kosong atau terlalu panjang."),
    "quiz_sheet_choice": N_("{sheet} {cell}: pilihan ini kosong, terlalu panjang, atau sama dengan yang lain."),
    "quiz_sheet_right": N_("{sheet} {cell}: “{words}” bukan huruf salah satu pilihannya."),
}


def ask_sheet(nonce: str) -> Screen:
    """Send the workbook."""
    text = say(
        "<b>Mohon kirim berkas Excel kuisnya.</b>\n\nPakai bentuk yang bisa diunduh di sini: satu baris untuk setiap "
        "pertanyaan, pilihan A sampai F, dan huruf yang benar. Isinya diperiksa dan ditunjukkan dulu; paling banyak "
        "{most} pertanyaan.",
        most=MOST_QUESTIONS,
    )
    return Screen(text, ((button("📄 " + _("Bentuk Excel"), Learn(FORM, 0)),), moves(nonce, back=False)))


def sheet_lines(stored: Sequence[Mapping[str, Any]]) -> list[Markup]:
    """What a workbook would write, the first questions whole."""
    written = [Written.read(dict(told)) for told in stored]
    head = say_many(
        "<b>Beginilah {n} pertanyaan dari Excel.</b> Belum ada yang disimpan.",
        "<b>Beginilah {n} pertanyaan dari Excel.</b> Belum ada yang disimpan.",
        len(written),
    )
    rest = [say("• {question}", question=cut(one.text, 60)) for one in written[3:]]
    return [head, *(_whole(one) for one in written[:3]), joined(rest)]


def sheet_applied(number: int, course_id: int) -> Screen:
    """They are there."""
    text = say_many("✅ {n} pertanyaan dari Excel disimpan.", "✅ {n} pertanyaan dari Excel disimpan.", number)
    return Screen(text, (home_row(course_id), manage_row(course_id)))


def form_caption() -> str:
    """Below the empty form."""
    return _("Isi satu baris untuk setiap pertanyaan dan tulis huruf pilihan yang benar, lalu kirim lewat Kirim Excel.")
