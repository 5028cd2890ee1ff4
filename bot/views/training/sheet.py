"""A workbook of courses in the chat: asked for, it has come, what it would write, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.callbacks import Learn
from bot.i18n import N_, _, label, say, say_many
from bot.services.training.forms import CourseForm
from bot.views.parts import cut, joined, moves
from bot.views.screen import Screen, button
from bot.views.training import words
from bot.views.training.managing import FORM, MANAGE
from bot.views.training.quiz import writing as quiz
from bot.views.training.writing import summary

FLOW = "trainxls"
USE, DROP = "xuse", "xdrop"
#: So many courses are shown whole; the rest by their titles.
WHOLE = 4
QUESTION = N_("Mohon kirim berkas Excel pelatihannya.")
FAULTS = {
    "sheet_unreadable": N_("Berkas itu tidak bisa dibaca sebagai Excel."),
    "sheet_no_heading": N_("Lembar {sheet}: kolom “{words}” tidak ada."),
    "sheet_empty": N_("Tidak ada satu pun pelatihan di dalamnya."),
    "sheet_too_many": N_("Pelatihannya terlalu banyak untuk satu berkas."),
    "sheet_bad_number": N_("{sheet} {cell}: “{words}” bukan bilangan yang bisa dipakai."),
    "sheet_unknown_word": N_("{sheet} {cell}: “{words}” tidak dikenal di kolom ini."),
    "sheet_unknown_unit": N_("{sheet} {cell}: ada unit yang tidak dikenal dalam “{words}”."),
    "sheet_bad_day": N_("{sheet} {cell}: “{words}” bukan tanggal, atau sudah lewat."),
    "sheet_bad_hour": N_("{sheet} {cell}: “{words}” bukan jam. Contoh: 08.00."),
    "sheet_ends_early": N_("{sheet} {cell}: selesainya harus sesudah mulainya."),
    "sheet_no_code": N_("{sheet} {cell}: kodenya kosong atau terlalu panjang."),
    "sheet_code_taken": N_("{sheet} {cell}: kode “{words}” sudah dipakai."),
    "sheet_unknown_code": N_("{sheet} {cell}: tidak ada pelatihan dengan kode “{words}”."),
    "sheet_no_title": N_("{sheet} {cell}: nama pelatihannya kosong."),
    "sheet_late_deadline": N_("{sheet} {cell}: batas daftar harus sebelum pertemuan pertama."),
    **quiz.FAULTS,
}


def ask(nonce: str, course_id: int | None = None) -> Screen:
    """Send the workbook of courses, or of this course's quiz."""
    if course_id is not None:
        return quiz.ask_sheet(nonce)
    text = say(
        "<b>Mohon kirim berkas Excel pelatihannya.</b>\n\nPakai bentuk yang bisa diunduh di sini: satu baris untuk "
        "setiap pelatihan, dan satu baris untuk setiap pertemuan. Isinya diperiksa dan ditunjukkan dulu."
    )
    return Screen(text, ((button("📄 " + _("Bentuk Excel"), Learn(FORM, 0)),), moves(nonce, back=False)))


def question(course_id: int | None = None) -> str:
    """The open question."""
    return label(QUESTION if course_id is None else quiz.SHEET_QUESTION)


def not_a_workbook() -> Screen:
    """Something else was sent."""
    return Screen(say("Itu bukan berkas Excel (.xlsx). Mohon kirim bentuk pelatihan yang sudah diisi."))


def received(course_id: int | None = None) -> Screen:
    """It is being checked."""
    text = say("Berkas pelatihan sudah diterima dan sedang diperiksa. Hasilnya menyusul sebentar lagi.")
    return Screen(text, (_manage_row(course_id),))


def _manage_row(course_id: int | None = None) -> tuple[Any, ...]:
    if course_id is not None:
        return quiz.home_row(course_id)
    return (button("⬅️ " + _("Kelola pelatihan"), Learn(MANAGE, 0)),)


def checked(values: Mapping[str, Any]) -> Screen:
    """To its sender: what would be written, or what is wrong."""
    if values["faults"]:
        return _faulty(values["faults"], values.get("course_id"))
    rows = (
        (button("✅ " + _("Simpan semuanya"), Learn(USE, values["sheet"])),),
        (button("✖️ " + _("Jangan dipakai"), Learn(DROP, values["sheet"])),),
    )
    if values.get("course_id") is not None:
        return Screen(joined(quiz.sheet_lines(values["courses"]), "\n\n"), rows)
    courses = [CourseForm.read(told) for told in values["courses"]]
    head = say_many(
        "<b>Beginilah {n} pelatihan dari Excel.</b> Belum ada yang disimpan.",
        "<b>Beginilah {n} pelatihan dari Excel.</b> Belum ada yang disimpan.",
        len(courses),
    )
    lines = [summary(one) for one in courses[:WHOLE]]
    rest = [say("• {title}", title=one.title) for one in courses[WHOLE:]]
    return Screen(joined([head, *lines, joined(rest)], "\n\n"), rows)


def _faulty(faults: Sequence[Mapping[str, Any]], course_id: int | None) -> Screen:
    head = say("<b>Berkas pelatihan belum bisa dipakai.</b> Tidak ada yang disimpan.")
    lines = [
        say(
            "• {fault}",
            fault=_(FAULTS[one["code"]]).format(sheet=one["sheet"], cell=one["cell"], words=cut(one["words"], 40)),
        )
        for one in faults
    ]
    hint = say("Mohon perbaiki di Excel, lalu kirim lagi lewat Kirim Excel.")
    return Screen(joined([head, joined(lines), hint], "\n\n"), (_manage_row(course_id),))


def applied(number: int, course_id: int | None) -> Screen:
    """They are there, not yet open."""
    if course_id is not None:
        return quiz.sheet_applied(number, course_id)
    text = say_many(
        "✅ {n} pelatihan disimpan sebagai rancangan. Buka pendaftarannya satu per satu.",
        "✅ {n} pelatihan disimpan sebagai rancangan. Buka pendaftarannya satu per satu.",
        number,
    )
    return Screen(text, (_manage_row(), words.desk_row()))


def discarded(course_id: int | None) -> Screen:
    """Nothing changed."""
    return Screen(say("Baik, isi Excel itu tidak dipakai."), (_manage_row(course_id),))


def cancelled() -> Screen:
    """Nothing was sent."""
    return Screen(say("Baik, kita berhenti di sini. Tidak ada yang diubah."), (words.desk_row(),))


def help_text() -> Screen:
    """What happens with the workbook."""
    return Screen(say("Unduh bentuknya, isi di Excel, simpan sebagai .xlsx, lalu kirim ke sini sebagai dokumen."))
