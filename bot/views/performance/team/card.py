"""One civil servant as the superior sees it: lines with target and pace, the weeks as a strip, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.callbacks import Review, Team, Weekly, YearPlan
from bot.i18n import Markup, _, say, show_short_day
from bot.reports.performance.roster import Member
from bot.reports.performance.standing import Standing
from bot.reports.performance.states import PersonState
from bot.views.parts import cut, joined
from bot.views.performance.team.lists import back_rows, state_of
from bot.views.performance.team.words import WEEKS, amount, pace, percent, target
from bot.views.screen import Button, Rows, Screen, button

LONGEST_BUTTON = 40
LONGEST_LINE = 120


@dataclass(frozen=True, slots=True)
class Shown:
    """A card: the person, the unit's name, the weeks, the newest report, and whether the reader is the superior."""

    person: PersonState
    unit: str
    weeks: Mapping[date, str]
    report_id: int | None
    leads: bool


def card(shown: Shown, note: Markup | None = None) -> Screen:
    """The whole card."""
    person = shown.person
    member = person.member
    head = _head(member, shown.unit)
    parts = [note or Markup(""), head, say("Keadaan: {state}", state=state_of(person))]
    parts.append(joined([_line(one) for one in sorted(person.standings, key=lambda one: one.position)], "\n"))
    parts.append(joined([say("🚧 “{words}”", words=one.words) for one in person.obstacles]))
    parts.append(strip(shown.weeks))
    return Screen(joined(parts, "\n\n"), (*_acts(shown), *back_rows()))


def _head(member: Member, unit: str) -> Markup:
    if member.position:
        return say("👤 <b>{name}</b>\n{position}, {unit}", name=member.name, position=member.position, unit=unit)
    return say("👤 <b>{name}</b>\n{unit}", name=member.name, unit=unit)


def _line(one: Standing) -> Markup:
    if one.due is None:
        return say(
            "{n}. {name}: {value}, target {target} ({pace})",
            n=one.position,
            name=cut(one.name, LONGEST_LINE),
            value=amount(one.value, one.measure_unit),
            target=target(one.target, one.measure_unit),
            pace=pace(one),
        )
    return say(
        "{n}. {name}: <b>{value}</b>, seharusnya kini {due}, target setahun {target} ({pace}, {percent})",
        n=one.position,
        name=cut(one.name, LONGEST_LINE),
        value=amount(one.value, one.measure_unit),
        due=target(one.due, one.measure_unit),
        target=target(one.target, one.measure_unit),
        pace=pace(one),
        percent=percent(one.pace),
    )


def strip(weeks: Mapping[date, str]) -> Markup:
    """A square a week, the oldest first, with the counts in words."""
    if not weeks:
        return Markup("")
    squares = "".join(WEEKS[state][0] for state in weeks.values())
    counts = {state: sum(found == state for found in weeks.values()) for state in WEEKS}
    words = ", ".join(f"{counts[state]} {_(WEEKS[state][1])}" for state in WEEKS if counts[state])
    return say("Sejak {day}: {squares}\n{words}", day=show_short_day(min(weeks)), squares=squares, words=words)


def _acts(shown: Shown) -> Rows:
    person, number = shown.person, shown.person.member.id
    rows: list[tuple[Button, ...]] = []
    if shown.leads:
        rows.append(
            (
                button("👏 " + _("Puji atau sarankan"), Review("note", number)),
                button("💬 " + _("Tanya"), Team("ask", number)),
            )
        )
        if person.missing:
            rows.append((button("🔔 " + _("Ingatkan"), Team("nudge", number)),))
        if shown.report_id is not None:
            rows.append((button("📄 " + _("Laporan minggu terakhir"), Weekly("card", str(shown.report_id))),))
    rows += [
        (button(cut(f"📈 {one.position}. {one.name}", LONGEST_BUTTON), Team("line", number, str(one.line_id))),)
        for one in person.standings[:4]
        if one.value is not None
    ]
    rows.append((button("🎯 " + _("Rencana kerja"), YearPlan("staff", number)),))
    return tuple(rows)


def reminded_note(names: tuple[str, ...], already: int, out_of_reach: int) -> Markup:
    """What came of reminding."""
    parts = []
    if names:
        parts.append(say("🔔 Sudah diingatkan dengan sopan: {names}.", names=", ".join(names)))
    if already:
        parts.append(say("{n} orang sudah diingatkan hari ini; pengingat dikirim sekali sehari.", n=already))
    if out_of_reach:
        parts.append(say("{n} orang sedang cuti atau belum memakai bot ini.", n=out_of_reach))
    return joined(parts or [say("Semua yang wajib sudah melapor; tidak ada yang perlu diingatkan.")])


def reminded(names: tuple[str, ...], already: int, out_of_reach: int) -> Screen:
    """The same as a screen."""
    return Screen(reminded_note(names, already, out_of_reach), back_rows())
