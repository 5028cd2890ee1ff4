"""The talk in which human resources write a course: its questions, and the summary with a change for each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.i18n import N_, Markup, _, label, say, say_many, show_moment, show_number
from bot.services.city import City
from bot.services.training.forms import CourseForm, Meeting
from bot.views.broadcasts.words import EMPLOYED, audience_lines
from bot.views.parts import choices, cut, joined, moves
from bot.views.screen import Rows, Screen
from bot.views.training import words
from models.rules.audience import Audience
from models.training.course import CourseKind, CoursePath, Selection

FLOW = "trainnew"
SAVE, READY, CLEAR, SKIP, UNITS = "save", "ready", "clear", "skip", "units"
YES, NO = "yes", "no"
TOGGLE, TO_PAGE = "+", ">"
PAGE = 8
#: Beginnings of grades that are offered; PPPK have their own numbers.
GRADES = ("II", "III", "IV", "V", "VII", "IX")

#: Step → its question in plain words.
QUESTIONS = {
    "title": N_("Apa nama pelatihannya?"),
    "kind": N_("Apa jenis kompetensinya?"),
    "path": N_("Klasikal atau nonklasikal?"),
    "form": N_("Apa bentuknya?"),
    "description": N_("Apa isinya?"),
    "hours": N_("Berapa jam pelajaran (JP)?"),
    "sessions": N_("Kapan pertemuannya?"),
    "place": N_("Di mana tempatnya?"),
    "link": N_("Apa tautannya?"),
    "quota": N_("Berapa kursinya?"),
    "unit_quota": N_("Paling banyak berapa orang dari setiap unit?"),
    "closes_at": N_("Mendaftar paling lambat kapan?"),
    "selection": N_("Siapa yang mendapat kursi?"),
    "needs_approval": N_("Perlu persetujuan atasan?"),
    "audience": N_("Untuk siapa pelatihannya?"),
    "units": N_("Untuk unit yang mana?"),
    "topics": N_("Apa topiknya?"),
    "files": N_("Ada poster atau bahan?"),
    "check": N_("Simpan pelatihan ini?"),
}
#: Step → how a good answer looks.
HINTS = {
    "title": N_("Contoh: <i>Pelayanan Prima untuk Petugas Loket</i>."),
    "form": N_("Contoh: <i>bimtek</i>, <i>kursus</i>, <i>lokakarya</i>, <i>magang</i>, <i>e-learning</i>."),
    "description": N_("Tulis singkat apa yang dipelajari dan siapa yang sebaiknya ikut."),
    "hours": N_("Tulis angkanya saja, contoh: <i>8</i>."),
    "sessions": N_(
        "Tulis satu baris untuk setiap pertemuan, contoh: <i>1 Desember 2026 08.00-12.00</i>. Kalau tempatnya lain, "
        "tambahkan sesudah koma."
    ),
    "place": N_("Contoh: <i>Aula lantai 2, Kantor Wali Kota</i>. Kalau daring, tulis <i>daring</i>."),
    "link": N_("Contoh: <i>https://contoh.go.id/kelas</i>."),
    "quota": N_("Tulis angkanya saja, contoh: <i>30</i>."),
    "unit_quota": N_("Tulis angkanya saja, contoh: <i>2</i>. Lewati bila tidak dibatasi."),
    "closes_at": N_("Contoh: <i>28 November 2026</i> atau <i>28 November 2026 pukul 12.00</i>."),
    "topics": N_(
        "Kata yang menghubungkan pelatihan dengan kebutuhan unit, dipisah koma. Contoh: <i>layanan, arsip</i>."
    ),
    "files": N_("Kirim foto atau dokumennya di sini, satu per satu. Poster dikirim paling dulu."),
}
#: Fields that may stay empty.
OPTIONAL = ("form", "description", "place", "link", "unit_quota", "topics")
#: What can be changed on the summary, by step.
FIELDS = {
    "title": N_("Nama"),
    "kind": N_("Jenis"),
    "path": N_("Jalur"),
    "form": N_("Bentuk"),
    "hours": N_("JP"),
    "sessions": N_("Jadwal"),
    "place": N_("Tempat"),
    "link": N_("Tautan"),
    "quota": N_("Kursi"),
    "unit_quota": N_("Batas per unit"),
    "closes_at": N_("Batas daftar"),
    "selection": N_("Cara memilih"),
    "needs_approval": N_("Persetujuan"),
    "audience": N_("Sasaran"),
    "description": N_("Isi"),
    "topics": N_("Topik"),
    "files": N_("Poster dan bahan"),
}


def question(step: str) -> str:
    """The question of a step in plain words."""
    return _(QUESTIONS[step])


def ask_words(step: str, nonce: str, *, back: bool) -> Screen:
    """A question that is answered by words."""
    text = joined([say("<b>{question}</b>", question=_(QUESTIONS[step])), say(HINTS[step])], "\n\n")
    skip = choices(FLOW, step, nonce, [(SKIP, "⏭ " + _("Lewati"))]) if step in OPTIONAL else ()
    return Screen(text, (*skip, moves(nonce, back=back)))


def ask_one_of(step: str, nonce: str) -> Screen:
    """A question that is answered by a button."""
    text = say("<b>{question}</b>", question=_(QUESTIONS[step]))
    return Screen(text, (*choices(FLOW, step, nonce, options(step)), moves(nonce)))


def options(step: str) -> list[tuple[str, str]]:
    """The answers of a step with buttons: (value, words)."""
    if step == "kind":
        return [(kind.value, _(words.KINDS[kind]).capitalize()) for kind in CourseKind]
    if step == "path":
        return [(path.value, _(words.PATHS[path]).capitalize()) for path in CoursePath]
    if step == "selection":
        return [(one.value, _(words.SELECTIONS[one]).capitalize()) for one in Selection]
    return [(YES, "✅ " + _("Ya, atasan menyetujui dulu")), (NO, "➡️ " + _("Tidak perlu"))]


def ask_sessions(nonce: str, present: Sequence[Meeting]) -> Screen:
    """The meetings, a line each; those written so far."""
    lines = [_meeting(one) for one in present]
    head = say("<b>{question}</b>", question=_(QUESTIONS["sessions"]))
    text = joined([head, say(HINTS["sessions"]), joined(lines)], "\n\n")
    on = [(READY, "▶️ " + _("Lanjut")), (CLEAR, "🗑 " + _("Kosongkan"))] if present else []
    return Screen(text, (*choices(FLOW, "sessions", nonce, on, 2), moves(nonce)))


def _meeting(one: Meeting) -> Markup:
    place = f", {one.place}" if one.place else ""
    end = show_moment(one.ends_at).rsplit(" ", 2)[-2]
    return say("📅 {begin} sampai {end}{place}", begin=show_moment(one.starts_at), end=end, place=place)


def ask_files(nonce: str, number: int) -> Screen:
    """The poster and documents."""
    held = say_many("{n} berkas tersimpan.", "{n} berkas tersimpan.", number) if number else Markup("")
    text = joined([say("<b>{question}</b>", question=_(QUESTIONS["files"])), say(HINTS["files"]), held], "\n\n")
    on = [(READY, "▶️ " + _("Selesai"))] + ([(CLEAR, "🗑 " + _("Kosongkan"))] if number else [])
    return Screen(text, (*choices(FLOW, "files", nonce, on, 2), moves(nonce)))


def ask_audience(nonce: str, audience: Audience, city: City, people: int) -> Screen:
    """For whom it is now, and how many that are."""
    text = joined(
        [
            say("<b>{question}</b>", question=_(QUESTIONS["audience"])),
            joined(audience_lines(audience, city, {})),
            say_many("👥 {n} pegawai", "👥 {n} pegawai", people),
            say("Tekan untuk mempersempit, atau tulis kata dari nama jabatan, contoh: <i>bendahara</i>."),
        ],
        "\n\n",
    )
    kinds = [(f"kinds{TOGGLE}{value}", _tick(value in audience.kinds) + said) for value, said in EMPLOYED.items()]
    grades = [
        (f"grades{TOGGLE}{grade}", _tick(grade in audience.grades) + label("Gol. {grade}", grade=grade))
        for grade in GRADES
    ]
    rest = [(UNITS, "🏢 " + _("Pilih unit")), (CLEAR, "🗑 " + _("Semua pegawai"))]
    rows: Rows = (
        *choices(FLOW, "audience", nonce, kinds, 2),
        *choices(FLOW, "audience", nonce, grades, 3),
        *choices(FLOW, "audience", nonce, rest, 2),
        *choices(FLOW, "audience", nonce, [(READY, "▶️ " + _("Lanjut"))]),
        moves(nonce),
    )
    return Screen(text, rows)


def _tick(held: bool) -> str:
    return "✅ " if held else ""


def ask_units(nonce: str, found: Sequence[tuple[int, str]], chosen: Sequence[int], page: int) -> Screen:
    """Which units, with everything below them."""
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 0), pages - 1)
    here = [
        (f"{TOGGLE}{number}", _tick(number in chosen) + cut(name, 30))
        for number, name in found[PAGE * page : PAGE * (page + 1)]
    ]
    turns = [(f"{TO_PAGE}{page - 1}", "◀️ " + _("Sebelumnya"))] if page else []
    if page < pages - 1:
        turns.append((f"{TO_PAGE}{page + 1}", _("Berikutnya") + " ▶️"))
    text = say("<b>{question}</b>\n\nUnit di bawahnya ikut serta.", question=_(QUESTIONS["units"]))
    rows: Rows = (
        *choices(FLOW, "units", nonce, here, 2),
        *choices(FLOW, "units", nonce, turns, 2),
        *choices(FLOW, "units", nonce, [(READY, "▶️ " + _("Lanjut"))]),
        moves(nonce),
    )
    return Screen(text, rows)


def check(nonce: str, form: CourseForm, city: City) -> Screen:
    """Everything once more, before it is written down."""
    text = joined(
        [say("<b>Simpan pelatihan ini?</b>"), summary(form), joined(audience_lines(form.audience, city, {}))], "\n\n"
    )
    fields = [(step, "✏️ " + _(name)) for step, name in FIELDS.items()]
    save = choices(FLOW, "check", nonce, [(SAVE, "✅ " + _("Simpan"))])
    return Screen(text, (*save, *choices(FLOW, "check", nonce, fields, 3), moves(nonce)))


def summary(form: CourseForm) -> Markup:
    """A course as it is written."""
    kind = f"{_(words.KINDS[form.kind])}, {_(words.PATHS[form.path])}" + (f", {form.form}" if form.form else "")
    share = show_number(form.unit_quota) if form.unit_quota is not None else _("tidak dibatasi")
    return joined(
        [
            say("<b>{title}</b>", title=form.title),
            say("{words}", words=cut(form.description, 400)) if form.description else Markup(""),
            say("Jenis: {kind}", kind=kind),
            say("Lama: {hours} JP (jam pelajaran)", hours=form.hours),
            *[_meeting(one) for one in form.sessions],
            say("📍 {place}", place=form.place) if form.place else Markup(""),
            say("🔗 {link}", link=form.link) if form.link else Markup(""),
            say("Kursi: {quota}; per unit: {share}", quota=form.quota, share=share),
            say("Peserta: {how}", how=_(words.SELECTIONS[form.selection])),
            say("Persetujuan atasan: {answer}", answer=_("perlu") if form.needs_approval else _("tidak perlu")),
            say("Mendaftar paling lambat: {when}", when=show_moment(form.closes_at)),
            say("Topik: {topics}", topics=", ".join(form.topics)) if form.topics else Markup(""),
            _files(form),
        ]
    )


def _files(form: CourseForm) -> Markup:
    n = len(form.files)
    return say_many("📎 {n} poster atau bahan", "📎 {n} poster atau bahan", n) if n else Markup("")


def not_read(step: str) -> Screen:
    """An answer that could not be read."""
    return Screen(joined([say("Jawaban itu belum bisa kami baca."), say(HINTS[step])], "\n"))


def is_answer(step: str, value: str) -> bool:
    """Whether a button of that step has this value."""
    return value in {one for one, _said in options(step)}


def cancelled() -> Screen:
    """Nothing was changed."""
    return Screen(say("Baik, kita berhenti di sini. Yang belum disimpan dibuang."), (words.desk_row(),))


def help_text() -> Screen:
    """How a course comes about."""
    return Screen(
        say(
            "Jawab satu per satu. Di akhir semuanya ditampilkan dan bisa diubah. Pelatihan yang disimpan belum "
            "terlihat oleh pegawai sampai pendaftarannya dibuka."
        )
    )


def values_of(told: Mapping[str, Any]) -> CourseForm:
    """The draft of the talk as a form."""
    return CourseForm.read({**told, "sessions": told.get("sessions", [])})
