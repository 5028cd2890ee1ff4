"""The screens of the needs: the units, one unit, one need with the courses for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.callbacks import Deliver, Learn
from bot.i18n import Markup, _, label, say, say_many, show_moment
from bot.reports.training.need_courses import Fitting, Owned
from bot.reports.training.needs import Found, UnitNeeds
from bot.services.training.needs.sight import Sight
from bot.views.parts import cut, joined
from bot.views.screen import Button, Rows, Screen, button
from bot.views.training import managing
from bot.views.training import words as course_words
from bot.views.training.needs import words
from models.training.course import Course, CourseStatus

LIST, UNIT, NEED = "needs", "needu", "need"
ANNOUNCE, SUGGEST = "needann", "needsug"
HANDLED, PUT_OFF, REOPEN = "needdone", "needwait", "needback"
PAGE = 6
LONGEST_NAME = 120


def listed(found: Sequence[UnitNeeds], page: int) -> Screen:
    """The units by the number of their needs."""
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 0), pages - 1)
    here = found[PAGE * page : PAGE * (page + 1)]
    head = say(
        "<b>Kebutuhan pelatihan</b>\n\nDihitung sendiri dari nilai survei petugas (U6, U7), indikator unit, dan "
        "laporan warga. Laporan tertutup tidak ikut dihitung."
    )
    lines = [
        say_many(
            "🏢 <b>{unit}</b>: {n} kebutuhan", "🏢 <b>{unit}</b>: {n} kebutuhan", len(one.needs), unit=one.unit.name
        )
        for one in here
    ] or [say("Belum ada unit yang angkanya menunjukkan kebutuhan.")]
    rows: Rows = tuple((button("🏢 " + cut(one.unit.short_name, 50), Learn(UNIT, one.unit.id, "0")),) for one in here)
    foot = Markup(course_words.page_words(page, pages))
    pager = course_words.page_row(LIST, page, pages)
    return Screen(joined([head, joined(lines), foot], "\n\n"), (*rows, *pager, course_words.desk_row()))


def unit(found: UnitNeeds, at_work: Mapping[str, Owned], sight: Sight, days: int, page: int) -> Screen:
    """One unit: each need with its reason, then what is out of the way."""
    needs = [*found.needs, *found.quiet]
    pages = max(1, -(-len(needs) // PAGE))
    page = min(max(page, 0), pages - 1)
    here = needs[PAGE * page : PAGE * (page + 1)]
    head = say("<b>Kebutuhan pelatihan: {unit}</b>", unit=found.unit.name)
    lines = [words.whole(one, at_work.get(one.need.what), days) for one in here]
    if not needs:
        lines = [say("Angka unit ini sekarang tidak menunjukkan kebutuhan pelatihan.")]
    rows: list[tuple[Button, ...]] = [
        (button(cut(words.short(words.values_of(one, days)), 50), Learn(NEED, found.unit.id, one.token)),)
        for one in here
    ]
    foot = Markup(course_words.page_words(page, pages))
    return Screen(joined([head, *lines, foot], "\n\n"), (*rows, *_pager(found.unit.id, page, pages), _up_row(sight)))


def _pager(unit_id: int, page: int, pages: int) -> Rows:
    row: list[Button] = []
    if page > 0:
        row.append(button("◀️ " + _("Sebelumnya"), Learn(UNIT, unit_id, f"{page - 1}")))
    if page < pages - 1:
        row.append(button(_("Berikutnya") + " ▶️", Learn(UNIT, unit_id, f"{page + 1}")))
    return (tuple(row),) if row else ()


def need(found: Found, owned: Owned | None, courses: Sequence[Fitting], sight: Sight, days: int) -> Screen:
    """One need, the courses for it, and what can be done about it."""
    head = say("<b>Kebutuhan pelatihan: {unit}</b>", unit=found.unit.name)
    lines = [_course(number, one) for number, one in enumerate(courses, start=1)]
    offered = joined([say("<b>Pelatihan yang cocok</b>"), *lines])
    if not courses:
        offered = say("Belum ada pelatihan untuk kebutuhan ini yang masih ada kursinya.")
    text = joined([head, words.whole(found, owned, days), offered], "\n\n")
    rows = [row for number, one in enumerate(courses, 1) for row in _course_rows(number, one.course, found, sight)]
    here = (button("⬅️ " + _("Kebutuhan unit ini"), Learn(UNIT, found.unit.id, "0")),)
    return Screen(text, (*rows, *_deeds(found, sight), here, _up_row(sight)))


def _course(number: int, one: Fitting) -> Markup:
    when = show_moment(one.starts_at) if one.starts_at is not None else _("jadwal menyusul")
    state = _(course_words.COURSE_STATES[one.course.status])
    return say_many(
        "{place}. <b>{title}</b>\n{when}, {state}, {n} kursi untuk unit ini",
        "{place}. <b>{title}</b>\n{when}, {state}, {n} kursi untuk unit ini",
        one.left,
        place=number,
        title=cut(one.course.title, LONGEST_NAME),
        when=when,
        state=state,
    )


def _course_rows(number: int, course: Course, found: Found, sight: Sight) -> Rows:
    back = f"{found.unit.id}.{found.token}"
    verb = managing.HR if sight.arranges else "open"
    rows: list[tuple[Button, ...]] = [(button(f"🎓 {number}. {cut(course.title, 44)}", Learn(verb, course.id)),)]
    deeds: list[Button] = []
    if course.status is CourseStatus.OPEN and sight.arranges:
        deeds.append(button("📣 " + label("{number}. Umumkan", number=number), Learn(ANNOUNCE, course.id, back)))
    if course.status is CourseStatus.OPEN and found.unit.id in sight.led:
        deeds.append(
            button("👥 " + label("{number}. Usulkan ke pegawai", number=number), Learn(SUGGEST, course.id, back))
        )
    if deeds:
        rows.append(tuple(deeds))
    return tuple(rows)


def _deeds(found: Found, sight: Sight) -> Rows:
    """What human resources can do besides."""
    if not sight.arranges:
        return ()
    number, token = found.unit.id, found.token
    new = (button("➕ " + _("Buat pelatihan untuk ini"), Learn(managing.NEW_FOR, number, token)),)
    if found.quiet:
        return (new, (button("🔁 " + _("Hitung lagi"), Learn(REOPEN, number, token)),))
    return (
        new,
        (
            button("✅ " + _("Sudah ditangani"), Learn(HANDLED, number, token)),
            button("⏸ " + _("Tunda"), Learn(PUT_OFF, number, token)),
        ),
    )


def _up_row(sight: Sight) -> tuple[Button, ...]:
    """The way back: to the units, or to the desk for whoever sees one unit only."""
    return list_row() if sight.arranges or len(sight.led) > 1 else course_words.desk_row()


def list_row() -> tuple[Button, ...]:
    """The way back to the units."""
    return (button("⬅️ " + _("Kebutuhan pelatihan"), Learn(LIST, 0)),)


def need_row(unit_id: int, token: str) -> tuple[Button, ...]:
    """The way back to the need."""
    return (button("⬅️ " + _("Kebutuhan ini"), Learn(NEED, unit_id, token)),)


def announced(course: Course, unit_name: str, broadcast_id: int, back: tuple[Button, ...]) -> Screen:
    """It lies at the desk of broadcasts, for the unit alone."""
    text = say(
        "📣 Rancangan pengumuman <b>{title}</b> sudah dibuat, untuk pegawai {unit} saja. Periksa dan kirim dari meja "
        "pengumuman.",
        title=course.title,
        unit=unit_name,
    )
    return Screen(text, ((button("📣 " + _("Buka pengumumannya"), Deliver("open", broadcast_id)),), back))
