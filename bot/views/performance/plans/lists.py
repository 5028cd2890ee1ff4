"""Lists of work plans: of those one leads, and of every unit for human resources."""

from __future__ import annotations

from collections.abc import Sequence

from bot.callbacks import YearPlan
from bot.i18n import Markup, _, label, say, say_many, show_number
from bot.services.performance.plans.team import Member, UnitCount
from bot.views.parts import cut, home_row, joined
from bot.views.performance.plans.words import LONGEST_BUTTON, SIGNS, STATUSES
from bot.views.screen import Rows, Screen, button
from models.rules.performance.plan_rules import PlanStatus


def team(year: int, members: Sequence[Member], page: int, pages: int, total: int) -> Screen:
    """Those one leads, with the state of their plans."""
    head = say_many(
        "<b>Rencana kerja bawahan {year}</b> · {n} pegawai",
        "<b>Rencana kerja bawahan {year}</b> · {n} pegawai",
        total,
        year=str(year),
    )
    return _people(head, members, _pager("team", 0, page, pages))


def unit(name: str, unit_id: int, year: int, members: Sequence[Member], page: int, pages: int) -> Screen:
    """The people of a unit, for human resources."""
    head = say("<b>Rencana kerja {year}: {unit}</b>", year=str(year), unit=name)
    back = ((button("⬅️ " + _("Semua unit"), YearPlan("units", 0)),),)
    return _people(head, members, (*_pager("unit", unit_id, page, pages), *back))


def _people(head: Markup, members: Sequence[Member], last: Rows) -> Screen:
    lines = [say("{sign} {name}: {status}", sign=_sign(one), name=one.name, status=_state(one)) for one in members]
    rows = tuple(
        (button(cut(f"{_sign(one)} {one.name}", LONGEST_BUTTON), YearPlan("staff", one.employee_id)),)
        for one in members
    )
    if not members:
        lines = [say("Belum ada pegawai di sini.")]
    return Screen(joined([head, joined(lines)], "\n\n"), (*rows, *last, home_row()))


def _sign(one: Member) -> str:
    return SIGNS[one.status] if one.status is not None else "▫️"


def _state(one: Member) -> str:
    if one.status is None:
        return _("belum menyusun")
    if one.in_force and one.status is not PlanStatus.APPROVED:
        return label("{status} (versi sebelumnya masih berlaku)", status=_(STATUSES[one.status]))
    return _(STATUSES[one.status])


def units(year: int, found: Sequence[UnitCount], names: dict[int, str], page: int, pages: int) -> Screen:
    """Every unit with how many plans stand where, for human resources."""
    head = say(
        "<b>Rencana kerja {year} semua unit</b>\n✅ berlaku · ⏳ menunggu · 📝 disusun · ▫️ belum", year=str(year)
    )
    lines = [
        say(
            "<b>{unit}</b>: ✅ {approved} · ⏳ {submitted} · 📝 {open} · ▫️ {none}",
            unit=names[one.unit_id],
            approved=show_number(one.statuses.get(PlanStatus.APPROVED, 0)),
            submitted=show_number(one.statuses.get(PlanStatus.SUBMITTED, 0)),
            open=show_number(one.statuses.get(PlanStatus.DRAFT, 0) + one.statuses.get(PlanStatus.RETURNED, 0)),
            none=show_number(one.statuses.get(None, 0)),
        )
        for one in found
    ]
    rows = tuple(
        (button(cut(names[one.unit_id], LONGEST_BUTTON), YearPlan("unit", one.unit_id, "0")),) for one in found
    )
    return Screen(joined([head, joined(lines)], "\n\n"), (*rows, *_pager("units", 0, page, pages), home_row()))


def _pager(verb: str, which: int, page: int, pages: int) -> Rows:
    """Earlier and later pages."""
    row = []
    if page > 0:
        row.append(button("◀️ " + _("Sebelumnya"), YearPlan(verb, which, str(page - 1))))
    if page < pages - 1:
        row.append(button(_("Berikutnya") + " ▶️", YearPlan(verb, which, str(page + 1))))
    return (tuple(row),) if row else ()


def none_of(name: str, year: int) -> Screen:
    """Somebody else's plan that is not there."""
    text = say("{name} belum menyusun rencana kerja {year}.", name=name, year=str(year))
    return Screen(text, ((button("👥 " + _("Rencana bawahan"), YearPlan("team", 0)),), home_row()))
