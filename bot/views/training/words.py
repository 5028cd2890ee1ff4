"""What is said of a course in many places: its kind, its path, where a registration stands, its meetings."""

from __future__ import annotations

from collections.abc import Sequence

from bot.callbacks import Learn, Open
from bot.i18n import N_, Markup, _, label, say, show_moment
from bot.views.screen import Button, Screen, button
from models.rules.permissions import Desk
from models.training.course import CourseKind, CoursePath, CourseSession, CourseStatus, Selection
from models.training.registration import RegistrationStatus

KINDS = {
    CourseKind.TECHNICAL: N_("teknis"),
    CourseKind.MANAGERIAL: N_("manajerial"),
    CourseKind.SOCIOCULTURAL: N_("sosial kultural"),
    CourseKind.FUNCTIONAL: N_("fungsional"),
}
PATHS = {CoursePath.CLASSROOM: N_("klasikal (tatap muka)"), CoursePath.OTHER: N_("nonklasikal")}
SELECTIONS = {
    Selection.FIRST_COME: N_("siapa cepat dia dapat"),
    Selection.SELECTED: N_("dipilih pengelola kepegawaian"),
}
COURSE_STATES = {
    CourseStatus.DRAFT: N_("rancangan, belum dibuka"),
    CourseStatus.OPEN: N_("pendaftaran dibuka"),
    CourseStatus.CLOSED: N_("pendaftaran ditutup"),
    CourseStatus.DONE: N_("sudah selesai"),
    CourseStatus.CANCELLED: N_("dibatalkan"),
}
#: Sign and words of where a registration stands, to its owner.
STATES = {
    RegistrationStatus.INTERESTED: ("⏳", N_("menunggu persetujuan atasan")),
    RegistrationStatus.APPROVED: ("👍", N_("disetujui, menunggu pemilihan peserta")),
    RegistrationStatus.REFUSED: ("🚫", N_("tidak disetujui atasan")),
    RegistrationStatus.WAITING: ("🕒", N_("dalam daftar tunggu")),
    RegistrationStatus.OFFERED: ("🎁", N_("ditawari kursi, menunggu jawaban")),
    RegistrationStatus.SEATED: ("✅", N_("sudah mendapat kursi")),
    RegistrationStatus.CANCELLED: ("↩️", N_("dibatalkan")),
    RegistrationStatus.NOT_SELECTED: ("➖", N_("tidak terpilih")),
}


def state(status: RegistrationStatus) -> str:
    """Where a registration stands: sign and words."""
    sign, words = STATES[status]
    return f"{sign} {_(words)}"


def meeting(session: CourseSession) -> Markup:
    """One meeting with its hours and its own place."""
    return say(
        "📅 {begin} sampai {end}{place}",
        begin=show_moment(session.starts_at),
        end=show_moment(session.ends_at).rsplit(" ", 2)[-2],
        place=f", {session.place}" if session.place else "",
    )


def meetings(sessions: Sequence[CourseSession]) -> list[Markup]:
    """All of them."""
    return [meeting(one) for one in sessions] or [say("📅 Jadwalnya belum ditetapkan.")]


def desk_row() -> tuple[Button, ...]:
    """The way back to the desk."""
    return (button("⬅️ " + _("Pelatihan"), Open(Desk.TRAINING.value)),)


def course_row(course_id: int) -> tuple[Button, ...]:
    """The way to a course."""
    return (button("🎓 " + _("Lihat pelatihannya"), Learn("open", course_id)),)


def page_row(verb: str, page: int, pages: int, extra: str = "") -> tuple[tuple[Button, ...], ...]:
    """Earlier and later pages of a list whose page is the payload's number."""
    if pages <= 1:
        return ()
    row: list[Button] = []
    if page > 0:
        row.append(button("◀️ " + _("Sebelumnya"), Learn(verb, page - 1, extra)))
    if page < pages - 1:
        row.append(button(_("Berikutnya") + " ▶️", Learn(verb, page + 1, extra)))
    return (tuple(row),)


def page_words(page: int, pages: int) -> str:
    """Which page of how many; "" where there is only one."""
    return label("Halaman {page} dari {pages}", page=page + 1, pages=pages) if pages > 1 else ""


def done(text: Markup, *rows: tuple[Button, ...]) -> Screen:
    """A short answer with ways on."""
    return Screen(text, (*rows, desk_row()))
