"""Trainings for human resources: all courses, one of them with its numbers, its people, its announcement."""

from __future__ import annotations

from collections.abc import Sequence

from bot.callbacks import Deliver, Learn
from bot.config import LANGUAGES
from bot.i18n import Markup, _, label, say, say_many, show_moment, show_number, speaking
from bot.services.city import City
from bot.services.training.arranging import Arranged, Shelf
from bot.services.training.outcome.ratings import Figures
from bot.services.training.participants import ORDER, Participant, People
from bot.views.broadcasts.words import audience_lines
from bot.views.parts import cut, joined
from bot.views.screen import Button, Rows, Screen, button
from bot.views.training import effects, words
from bot.views.training.attendance import SESSIONS, manage_row
from bot.views.training.desk import facts
from bot.views.training.outcome import managing as outcome
from bot.views.training.quiz import results as quiz_results
from models.rules.audience import Audience
from models.training.course import NEXT_COURSE, Course, CourseSession, CourseStatus, Selection

MANAGE, HR, PEOPLE, MOVE, SURE, END_SELECTION = "manage", "hr", "people", "move", "sure", "endsel"
NEW, EDIT, COPY, SELECT = "new", "edit", "copy", "select"
#: A new one for a need of a unit.
NEW_FOR = "neednew"
QUIZ = "qz"
ANNOUNCE, BOOK, FORM, UPLOAD = "announce", "book", "xform", "xsend"


def shelf(found: Shelf) -> Screen:
    """All courses."""
    head = say("<b>Kelola pelatihan</b>")
    lines = [
        say(
            "<b>{title}</b>\n{state}, kursi {held} dari {all}",
            title=course.title,
            state=_(words.COURSE_STATES[course.status]),
            held=held,
            all=course.quota,
        )
        for course, held in found.lines
    ] or [say("Belum ada pelatihan.")]
    rows: Rows = tuple((button("🛠 " + cut(course.title, 50), Learn(HR, course.id)),) for course, _held in found.lines)
    new = (
        (button("➕ " + _("Buat pelatihan"), Learn(NEW, 0)),),
        (
            button("📄 " + _("Bentuk Excel"), Learn(FORM, 0)),
            button("📤 " + _("Kirim Excel"), Learn(UPLOAD, 0)),
        ),
    )
    foot = say("{page}", page=words.page_words(found.page, found.pages))
    text = joined([head, *lines, foot], "\n\n")
    return Screen(text, (*new, *rows, *words.page_row(MANAGE, found.page, found.pages), words.desk_row()))


def card(found: Arranged, city: City, figures: Figures) -> Screen:
    """One course with its numbers, and how it was rated."""
    course = found.course
    text = joined(
        [
            say("🛠 <b>{title}</b>\nKode: <code>{code}</code>", title=course.title, code=course.code),
            facts(course, max(course.quota - found.held, 0), 0),
            joined(words.meetings(found.sessions)),
            say("📍 {place}", place=course.place) if course.place else Markup(""),
            joined(audience_lines(Audience.read(course.audience), city, {})),
            _counts(found),
            outcome.figures(figures),
            quiz_results.outcome(found.quiz),
            effects.shares(found.effects),
        ],
        "\n\n",
    )
    return Screen(
        text,
        (
            *_deeds(found),
            *outcome.rows(course, figures),
            *effects.all_row(course.id, found.effects),
            *_moves(course),
            _shelf_row(),
        ),
    )


def _counts(found: Arranged) -> Markup:
    lines = [
        say("{state}: {n}", state=words.state(status), n=show_number(found.counts[status]))
        for status in ORDER
        if found.counts.get(status)
    ]
    return joined(lines) or say("Belum ada yang mendaftar.")


def _deeds(found: Arranged) -> Rows:
    course = found.course
    rows: list[tuple[Button, ...]] = [
        (
            button("👥 " + _("Peserta"), Learn(PEOPLE, 0, str(course.id))),
            button("📋 " + _("Kehadiran"), Learn(SESSIONS, course.id)),
        ),
        (
            button("🧩 " + _("Kuis"), Learn(QUIZ, 0, str(course.id))),
            button("⬇️ " + _("Daftar peserta (Excel)"), Learn(BOOK, course.id)),
        ),
    ]
    live = course.status in (CourseStatus.OPEN, CourseStatus.CLOSED)
    if course.selection is Selection.SELECTED and live:
        rows.append(
            (
                button("☑️ " + _("Pilih peserta"), Learn(SELECT, course.id)),
                button("🏁 " + _("Akhiri pemilihan"), Learn(END_SELECTION, course.id)),
            )
        )
    if course.status is CourseStatus.OPEN:
        rows.append((button("📣 " + _("Buat pengumuman"), Learn(ANNOUNCE, course.id)),))
    change = [button("📑 " + _("Salin"), Learn(COPY, course.id))]
    if course.status not in (CourseStatus.DONE, CourseStatus.CANCELLED):
        change.insert(0, button("✏️ " + _("Ubah"), Learn(EDIT, course.id)))
    return (*rows, tuple(change))


def _moves(course: Course) -> Rows:
    return tuple(
        (button(_move_label(status), Learn(SURE if _is_final(status) else MOVE, course.id, status.value)),)
        for status in NEXT_COURSE[course.status]
    )


def _move_label(status: CourseStatus) -> str:
    sign, text = {
        CourseStatus.OPEN: ("🟢", _("Buka pendaftaran")),
        CourseStatus.CLOSED: ("🔒", _("Tutup pendaftaran")),
        CourseStatus.DONE: ("🏁", _("Nyatakan selesai")),
        CourseStatus.CANCELLED: ("🚫", _("Batalkan pelatihan")),
    }[status]
    return f"{sign} {text}"


def _is_final(status: CourseStatus) -> bool:
    return status in (CourseStatus.DONE, CourseStatus.CANCELLED)


def _shelf_row() -> tuple[Button, ...]:
    return (button("⬅️ " + _("Kelola pelatihan"), Learn(MANAGE, 0)),)


def sure(course: Course, status: CourseStatus) -> Screen:
    """Something that cannot be undone."""
    if status is CourseStatus.CANCELLED:
        text = say(
            "<b>Batalkan pelatihan ini?</b>\n\n{title}\n\nSemua yang mendaftar diberi tahu. Ini tidak bisa ditarik "
            "kembali.",
            title=course.title,
        )
    else:
        text = say(
            "<b>Nyatakan pelatihan ini selesai?</b>\n\n{title}\n\nDaftar hadir tidak bisa diubah lagi. Yang masih "
            "menunggu diberi tahu bahwa belum terpilih.",
            title=course.title,
        )
    rows = (
        (button("✔️ " + _("Ya, lanjutkan"), Learn(MOVE, course.id, status.value)),),
        (button("⬅️ " + _("Tidak jadi"), Learn(HR, course.id)),),
    )
    return Screen(text, rows)


def selection_ended(course: Course, told: int) -> Screen:
    """Whoever got no seat was told."""
    text = say_many(
        "🏁 {n} orang diberi tahu bahwa belum terpilih untuk <b>{title}</b>.",
        "🏁 {n} orang diberi tahu bahwa belum terpilih untuk <b>{title}</b>.",
        told,
        title=course.title,
    )
    return Screen(text, (manage_row(course.id),))


def people(course: Course, found: People) -> Screen:
    """Who registered, and where each stands."""
    head = say_many(
        "<b>Peserta {title}</b>\n\n{n} pendaftaran.",
        "<b>Peserta {title}</b>\n\n{n} pendaftaran.",
        found.total,
        title=course.title,
    )
    start = 10 * found.page + 1
    lines = [_participant(number, one) for number, one in enumerate(found.lines, start=start)]
    foot = say("{page}", page=words.page_words(found.page, found.pages))
    pages = words.page_row(PEOPLE, found.page, found.pages, str(course.id))
    return Screen(joined([head, joined(lines), foot], "\n\n"), (*pages, manage_row(course.id)))


def _participant(number: int, one: Participant) -> Markup:
    line = say("{n}. {name}, {unit}: {state}", n=number, name=one.name, unit=one.unit, state=words.state(one.status))
    if not one.present:
        return line
    return joined([line, say("hadir {n} kali", n=one.present)], ", ")


# --- announcement ---


def announcement(course: Course, sessions: Sequence[CourseSession]) -> tuple[dict[str, str], dict[str, str]]:
    """The words by language, and those of the button."""
    contents, labels = {}, {}
    for language in LANGUAGES:
        with speaking(language):
            contents[language] = str(_announced(course, sessions))
            labels[language] = "📝 " + _("Lihat dan daftar")
    return contents, labels


def _announced(course: Course, sessions: Sequence[CourseSession]) -> Markup:
    place = say("📍 {place}", place=course.place) if course.place else Markup("")
    return joined(
        [
            say("🎓 <b>{title}</b>", title=course.title),
            say("{words}", words=cut(course.description, 300)) if course.description else Markup(""),
            joined([*words.meetings(sessions[:3]), place]),
            say(
                "Lama: {hours} JP. Kursi: {quota}. Mendaftar paling lambat {when}.",
                hours=course.hours,
                quota=course.quota,
                when=show_moment(course.closes_at),
            ),
        ],
        "\n\n",
    )


def announced(course: Course, broadcast_id: int) -> Screen:
    """It lies at the desk of broadcasts."""
    text = say(
        "📣 Rancangan pengumuman <b>{title}</b> sudah dibuat, untuk sasaran pelatihannya. Periksa dan kirim dari meja "
        "pengumuman.",
        title=course.title,
    )
    rows = ((button("📣 " + _("Buka pengumumannya"), Deliver("open", broadcast_id)),), manage_row(course.id))
    return Screen(text, rows)


# --- workbooks ---


def book_columns() -> list[str]:
    """Of the list of participants."""
    return [_("No."), _("Nama"), _("NIP"), _("Unit"), _("Jabatan"), _("Keadaan"), _("Mendaftar pada"), _("Hadir")]


def book_row(number: int, one: Participant) -> list[object]:
    """One line of it; of the NIP only the last three digits."""
    state = _(words.STATES[one.status][1])
    nip = "…" + one.nip[-3:]
    return [number, one.name, nip, one.unit, one.position, state, show_moment(one.queued_at), one.present]


def book_title(course: Course) -> str:
    """The first line of the workbook."""
    return label("Peserta {title}", title=course.title)


def book_caption(course: Course) -> str:
    """Below the file."""
    return label("Daftar peserta {title}. NIP hanya tiga angka terakhir.", title=course.title)


def form_caption() -> str:
    """Below the empty form."""
    return _(
        "Isi satu baris untuk setiap pelatihan dan satu baris untuk setiap pertemuan, lalu kirim lewat Kirim Excel."
    )
