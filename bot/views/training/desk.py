"""Trainings for those who take part: the desk, the lists, the card of a course."""

from __future__ import annotations

from collections.abc import Mapping

from bot.callbacks import Learn
from bot.i18n import Markup, _, say, say_many, show_moment
from bot.services.training.browsing import Card, Line, Page
from bot.services.training.outcome.ratings import Attended
from bot.services.training.quiz.results import Offer, Scores
from bot.views.parts import cut, home_row, joined
from bot.views.screen import Button, File, Rows, Screen, button
from bot.views.training import words
from bot.views.training.outcome import words as outcome
from bot.views.training.outcome.rating import rate_row
from bot.views.training.quiz import taking as quiz
from models.training.course import Course, CourseStatus
from models.training.registration import RegistrationStatus

#: Verbs of the buttons.
UPCOMING, OWN, PAST, OPEN, FILES, CALENDAR = "up", "mine", "past", "open", "files", "ics"
JOIN, ASK_LEAVE, LEAVE, TAKE, PASS = "join", "leave", "leave2", "take", "pass"
#: The first words of the links into this desk.
COURSE_LINK, ROOM_LINK = "pelatihan_", "hadir_"
MANAGE, ASKED, ROOM, NEEDS, EFFECTS = "manage", "asked", "code", "needs", "effs"
#: From these one can go; an offer is declined by a button of its own.
LEAVABLE = (
    RegistrationStatus.INTERESTED,
    RegistrationStatus.APPROVED,
    RegistrationStatus.WAITING,
    RegistrationStatus.SEATED,
)


def desk(*, asked: int, arranges: bool, leads: bool = False, effects: int = 0) -> Screen:
    """What one can do here; `asked`: so many requests wait for the reader's word, `effects`: so many answers."""
    text = say("<b>Pelatihan</b>\n\nDaftar, ikuti, dan lihat kembali pelatihan Bapak/Ibu. Apa yang ingin dilihat?")
    rows: list[tuple[Button, ...]] = [
        (button("📅 " + _("Pelatihan yang akan datang"), Learn(UPCOMING, 0)),),
        (button("🎓 " + _("Pelatihan saya"), Learn(OWN, 0)),),
        (button("🗃 " + _("Riwayat pelatihan"), Learn(PAST, 0)),),
    ]
    if asked:
        words_ = say_many("Permohonan bawahan ({n})", "Permohonan bawahan ({n})", asked)
        rows.insert(0, (button(f"📨 {words_}", Learn(ASKED, 0)),))
    if effects:
        words_ = say_many("Penerapan hasil pelatihan ({n})", "Penerapan hasil pelatihan ({n})", effects)
        rows.append((button(f"🌱 {words_}", Learn(EFFECTS, 0)),))
    if arranges or leads:
        rows.append((button("🧭 " + _("Kebutuhan pelatihan"), Learn(NEEDS, 0)),))
    if arranges:
        rows.append((button("🛠 " + _("Kelola pelatihan"), Learn(MANAGE, 0)),))
    return Screen(text, (*rows, home_row()))


def upcoming(found: Page, scores: Mapping[int, Scores]) -> Screen:
    """The coming ones."""
    nothing = say("Sekarang belum ada pelatihan untuk Bapak/Ibu. Yang baru akan kami beri tahukan di sini.")
    return _listed(say("<b>Pelatihan yang akan datang</b>"), found, scores, nothing, UPCOMING)


def own(found: Page, scores: Mapping[int, Scores]) -> Screen:
    """The own ones."""
    nothing = say("Bapak/Ibu belum terdaftar pada pelatihan apa pun.")
    return _listed(say("<b>Pelatihan saya</b>"), found, scores, nothing, OWN)


def past(found: Page, scores: Mapping[int, Scores]) -> Screen:
    """Those that are over."""
    return _listed(say("<b>Riwayat pelatihan</b>"), found, scores, say("Belum ada riwayat pelatihan."), PAST)


def _listed(head: Markup, found: Page, scores: Mapping[int, Scores], nothing: Markup, verb: str) -> Screen:
    lines = [_line(line, scores.get(line.course.id)) for line in found.lines] or [nothing]
    rows: Rows = tuple(
        (
            button("🎓 " + cut(line.course.title, 50), Learn(OPEN, line.course.id)),
            *([outcome.paper_button(line.course.id)] if line.counted else []),
        )
        for line in found.lines
    )
    foot = Markup(words.page_words(found.page, found.pages))
    pages = words.page_row(verb, found.page, found.pages)
    return Screen(joined([head, *lines, foot], "\n\n"), (*rows, *pages, words.desk_row()))


def _line(line: Line, scores: Scores | None) -> Markup:
    when = show_moment(line.starts_at) if line.starts_at is not None else _("jadwal menyusul")
    head = say("<b>{title}</b>\n{when}, {hours} JP", title=line.course.title, when=when, hours=line.course.hours)
    status = Markup("")
    if line.course.status is CourseStatus.CANCELLED:
        status = say("🚫 pelatihan dibatalkan")
    elif line.status is not None:
        status = say("{state}", state=words.state(line.status))
    return joined([head, status, quiz.own_scores(scores)])


def card(
    found: Card,
    attended: Attended | None = None,
    offer: Offer | None = None,
    scores: Scores | None = None,
    *,
    at_doors: bool = False,
) -> Screen:
    """One course, where the reader stands, and what can be done.

    `attended`: it counted for the reader; `offer`: a quiz that waits; `scores`: those that were finished; `at_doors`:
    one can be present now.
    """
    course = found.course
    text = joined(
        [
            say("<b>{title}</b>", title=course.title),
            say("{words}", words=course.description) if course.description else Markup(""),
            facts(course, found.left, found.waiting),
            joined(words.meetings(found.sessions)),
            _place(course),
            joined([_standing(found), quiz.own_scores(scores)]),
        ],
        "\n\n",
    )
    after: Rows = ((outcome.paper_button(course.id),), *rate_row(attended)) if attended is not None else ()
    return Screen(
        text, (*_deeds(found, at_doors), *quiz.offer(course.id, offer), *after, *_more(found), words.desk_row())
    )


def facts(course: Course, left: int, waiting: int) -> Markup:
    """What kind, how long, how many seats, until when."""
    kind = f"{_(words.KINDS[course.kind])}, {_(words.PATHS[course.path])}"
    if course.form:
        kind = f"{kind}, {course.form}"
    seats = say_many("Kursi: {all}, masih kosong {n}", "Kursi: {all}, masih kosong {n}", left, all=course.quota)
    share = Markup("")
    if course.unit_quota is not None:
        share = say_many(
            "Paling banyak {n} orang dari setiap unit", "Paling banyak {n} orang dari setiap unit", course.unit_quota
        )
    queue = say_many("Daftar tunggu: {n} orang", "Daftar tunggu: {n} orang", waiting) if waiting else Markup("")
    return joined(
        [
            say("Jenis: {kind}", kind=kind),
            say("Lama: {hours} JP (jam pelajaran)", hours=course.hours),
            seats,
            share,
            queue,
            say("Peserta: {how}", how=_(words.SELECTIONS[course.selection])),
            say("Mendaftar paling lambat: {when}", when=show_moment(course.closes_at)),
            say("Keadaan: {state}", state=_(words.COURSE_STATES[course.status])),
        ]
    )


def _place(course: Course) -> Markup:
    return joined(
        [
            say("📍 {place}", place=course.place) if course.place else Markup(""),
            say("🔗 {link}", link=course.link) if course.link else Markup(""),
        ]
    )


def _standing(found: Card) -> Markup:
    own_row = found.own
    if own_row is None:
        return Markup("") if found.meant else say("Pelatihan ini bukan untuk jabatan atau unit Bapak/Ibu.")
    lines = [say("Pendaftaran Bapak/Ibu: <b>{state}</b>", state=words.state(own_row.status))]
    if found.place is not None:
        lines.append(say("Tempat dalam daftar tunggu: nomor {n}", n=found.place))
    if own_row.status is RegistrationStatus.OFFERED and own_row.offered_until is not None:
        lines.append(say("Mohon dijawab paling lambat {until}.", until=show_moment(own_row.offered_until)))
    if own_row.status is RegistrationStatus.REFUSED and own_row.reason:
        lines.append(say("Alasan atasan: {reason}", reason=own_row.reason))
    if found.present:
        n = len(found.present)
        lines.append(say("Tercatat hadir: {n} dari {all} pertemuan", n=n, all=len(found.sessions)))
    return joined(lines)


def _deeds(found: Card, at_doors: bool) -> Rows:
    own_row, course = found.own, found.course
    status = own_row.status if own_row is not None else None
    rows: list[tuple[Button, ...]] = []
    if status is RegistrationStatus.OFFERED and own_row is not None:
        rows.append((button("✅ " + _("Ambil kursi ini"), Learn(TAKE, own_row.id)),))
        rows.append((button("✖️ " + _("Tidak jadi, berikan kepada yang lain"), Learn(PASS, own_row.id)),))
    can_ask = status in (None, RegistrationStatus.CANCELLED, RegistrationStatus.REFUSED)
    if can_ask and found.taking and found.meant:
        full = found.left == 0 or found.waiting > 0
        said = _("Masuk daftar tunggu") if full else _("Daftar pelatihan ini")
        rows.append((button("📝 " + said, Learn(JOIN, course.id)),))
    if status is RegistrationStatus.SEATED and at_doors and own_row is not None:
        rows.append((button("🙋 " + _("Ketik kode hadir"), Learn(ROOM, course.id)),))
    if own_row is not None and status in LEAVABLE and course.status in (CourseStatus.OPEN, CourseStatus.CLOSED):
        rows.append((button("↩️ " + _("Batalkan pendaftaran saya"), Learn(ASK_LEAVE, own_row.id)),))
    return tuple(rows)


def _more(found: Card) -> Rows:
    row: list[Button] = []
    if found.sessions and found.course.status is not CourseStatus.CANCELLED:
        row.append(button("📆 " + _("Simpan ke kalender"), Learn(CALENDAR, found.course.id)))
    if found.course.files:
        row.append(button("📎 " + _("Poster dan bahan"), Learn(FILES, found.course.id)))
    rows: Rows = (tuple(row),) if row else ()
    if found.arranges:
        rows = (*rows, (button("🛠 " + _("Kelola pelatihan ini"), Learn("hr", found.course.id)),))
    return rows


def ask_leave(title: str, registration_id: int, course_id: int) -> Screen:
    """Sure to give it up?"""
    text = say(
        "<b>Batalkan pendaftaran ini?</b>\n\n{title}\n\nKursi atau tempat Bapak/Ibu diberikan kepada orang berikutnya. "
        "Kalau nanti mendaftar lagi, urutannya dari belakang.",
        title=title,
    )
    rows = (
        (button("✔️ " + _("Ya, batalkan"), Learn(LEAVE, registration_id)),),
        (button("⬅️ " + _("Tidak, tetap ikut"), Learn(OPEN, course_id)),),
    )
    return Screen(text, rows)


def calendar(course: Course, document: tuple[str, str]) -> Screen:
    """The meetings as a file for a calendar."""
    text = say("📆 Buka berkas ini untuk menyimpan jadwal <b>{title}</b> di kalender ponsel.", title=course.title)
    return Screen(text, (words.course_row(course.id),), document=document)


def files(course: Course) -> Screen:
    """The poster and the documents."""
    kept = tuple(File(kind, file_id) for kind, file_id in course.files)
    return Screen(say("📎 Poster dan bahan <b>{title}</b>", title=course.title), (words.course_row(course.id),), kept)
