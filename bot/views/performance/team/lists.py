"""Lists of the team desk: people, lines that need a look, obstacles, deadlines, differing values, units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.callbacks import Plan, Queue, Team
from bot.i18n import Markup, _, label, say, say_many, show_short_day
from bot.reports.performance.standing import Standing
from bot.reports.performance.states import Deadline, Differing, Digest, PersonState, UnitRoll
from bot.services.desk.queues import Filter
from bot.views.parts import cut, home_row, joined
from bot.views.performance.team.words import SIGNS, amount, percent
from bot.views.performance.week_words import show_week
from bot.views.screen import Button, Rows, Screen, button
from models.rules.performance.pace import PaceStatus
from models.rules.permissions import Desk

PAGE = 8
#: A unit takes three lines.
UNITS_PAGE = 5
Title = Markup
LONGEST_BUTTON = 40
LONGEST_LINE = 90


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is shown: its verb and its number; `own`: whose list, where the button names that."""

    verb: str
    number: int
    own: int | None = None
    size: int = PAGE

    def button(self, number: int) -> Team:
        """What opens another part."""
        return Team(self.verb, number) if self.own is None else Team(self.verb, self.own, str(number))

    def bounds(self, total: int) -> tuple[int, int, int]:
        """From where to where, and how many pages."""
        pages = max(1, -(-total // self.size))
        page = max(0, min(self.number, pages - 1))
        return page * self.size, (page + 1) * self.size, pages

    def pager(self, total: int) -> Rows:
        """Earlier and later pages."""
        begin, _end, pages = self.bounds(total)
        page, row = begin // self.size, []
        if page > 0:
            row.append(button("◀️ " + _("Sebelumnya"), self.button(page - 1)))
        if page < pages - 1:
            row.append(button(_("Berikutnya") + " ▶️", self.button(page + 1)))
        return (tuple(row),) if row else ()


def back_rows() -> Rows:
    """Back to the desk, and home."""
    return ((back_button(),), home_row())


def back_button() -> Button:
    """Back to the desk."""
    return button("⬅️ " + _("Tim saya"), Team("desk", 0))


def person_button(person: PersonState) -> Button:
    """Back to somebody's card."""
    return button("⬅️ " + cut(person.member.name, LONGEST_BUTTON), Team("card", person.member.id))


def people(found: Sequence[PersonState], page: Page, title: Markup) -> Screen:
    """People with their state, each behind a button; those who need a look are told by words, too."""
    begin, end, _pages = page.bounds(len(found))
    shown = found[begin:end]
    lines = [_person(one) for one in shown] or [say("Tidak ada orang di sini.")]
    return Screen(joined([title, *lines]), (*_cards(shown), *page.pager(len(found)), *back_rows()))


def _person(one: PersonState) -> Markup:
    return say("{sign} <b>{name}</b>: {state}", sign=sign_of(one), name=one.member.name, state=state_of(one))


def sign_of(one: PersonState) -> str:
    """The colour of somebody's worst line."""
    return SIGNS[one.status]


def state_of(one: PersonState) -> str:
    """ "tertinggal 1, belum lapor, 2 kendala"."""
    parts = []
    for status, words in (
        (PaceStatus.BEHIND, _("{n} tertinggal")),
        (PaceStatus.AT_RISK, _("{n} perlu perhatian")),
        (PaceStatus.ON_TRACK, _("{n} sesuai")),
    ):
        if number_of := len(one.having(status)):
            parts.append(words.format(n=number_of))
    if not one.standings:
        parts.append(_("belum ada rencana kerja"))
    parts += [_("belum lapor")] if one.missing else [_("lapor terlambat")] if one.late else []
    if one.obstacles:
        parts.append(label("{n} kendala", n=len(one.obstacles)))
    return ", ".join([*parts, _("sedang cuti")] if one.away else parts) or _("belum ada yang jatuh tempo")


def _cards(shown: Sequence[PersonState]) -> Rows:
    return tuple(
        (button(cut(f"{sign_of(one)} {one.member.name}", LONGEST_BUTTON), Team("card", one.member.id)),)
        for one in shown
    )


def team_title(digest: Digest) -> Markup:
    """Over the list of the own people."""
    return say("👥 <b>Tim saya</b>: {n} orang, yang perlu perhatian di atas", n=len(digest.people))


def good_title(found: Sequence[PersonState]) -> Markup:
    """Over the list of those who keep the pace."""
    return say_many(
        "👏 <b>{n} orang sesuai target.</b> Buka kartunya untuk memberi pujian.",
        "👏 <b>{n} orang sesuai target.</b> Buka kartunya untuk memberi pujian.",
        len(found),
    )


def unit_title(name: str, count: int) -> Markup:
    """Over the people of a unit."""
    return say("🏢 <b>{name}</b>: {n} orang", name=name, n=count)


def found_title(words: str, count: int) -> Markup:
    """Over what a search found."""
    return say("🔍 “{words}”: {n} orang", words=words, n=count)


def attention(digest: Digest, page: Page) -> Screen:
    """Lines behind or at risk, the worst first, each with its person behind a button."""
    lines = [*digest.having(PaceStatus.BEHIND), *digest.having(PaceStatus.AT_RISK)]
    begin, end, _pages = page.bounds(len(lines))
    shown = lines[begin:end]
    text = [say("🔴 <b>Perlu perhatian</b>, yang paling tertinggal di atas"), *(_line(digest, one) for one in shown)]
    rows = _about(digest, [one.employee_id for one in shown])
    return Screen(joined(text, "\n\n"), (*rows, *page.pager(len(lines)), *back_rows()))


def _line(digest: Digest, one: Standing) -> Markup:
    return say(
        "{sign} <b>{name}</b>: {line}\n{value} sampai sekarang, seharusnya {due} ({pace})",
        sign=SIGNS[one.status],
        name=digest.name_of(one.employee_id),
        line=cut(one.name, LONGEST_LINE),
        value=amount(one.value, one.measure_unit),
        due=amount(one.due.low, one.measure_unit) if one.due is not None else "–",
        pace=percent(one.pace),
    )


def _about(digest: Digest, employee_ids: Sequence[int]) -> Rows:
    """For each person once: ask, and open the card."""
    return tuple(
        (
            button(cut("💬 " + label("Tanya {name}", name=digest.name_of(one)), LONGEST_BUTTON), Team("ask", one)),
            button("👤 " + _("Buka kartu"), Team("card", one)),
        )
        for one in dict.fromkeys(employee_ids)
    )


def obstacles(digest: Digest, page: Page) -> Screen:
    """What stands in the way, in the words of who told it."""
    found = digest.obstacles
    begin, end, _pages = page.bounds(len(found))
    shown = found[begin:end]
    text = [say("🚧 <b>Kendala yang disampaikan</b>")]
    text += [say("<b>{name}</b>: “{words}”", name=digest.name_of(one.employee_id), words=one.words) for one in shown]
    rows = _about(digest, [one.employee_id for one in shown])
    return Screen(joined(text, "\n\n"), (*rows, *page.pager(len(found)), *back_rows()))


def deadlines(digest: Digest) -> Screen:
    """What is due soon, the nearest first."""
    lines = [say("📅 <b>Tenggat terdekat</b>"), *(_deadline(one) for one in digest.deadlines)]
    rows = [
        (button(cut(f"🔧 {one.what}", LONGEST_BUTTON), Plan("open", str(one.id))),)
        for one in digest.deadlines
        if one.kind == "improvement"
    ]
    if any(one.kind == "tickets" for one in digest.deadlines):
        rows.append((button("📥 " + _("Laporan warga"), Queue(Desk.UNIT_QUEUE.value, Filter.SOON.value)),))
    return Screen(joined(lines if digest.deadlines else [*lines, say("Tidak ada.")]), (*rows[:PAGE], *back_rows()))


def _deadline(one: Deadline) -> Markup:
    words = {
        "tickets": _("laporan warga jatuh tempo"),
        "plans": _("orang belum punya rencana kerja yang disetujui"),
        "evaluations": _("penilaian kinerja"),
    }
    day = show_short_day(one.day)
    if one.kind == "improvement":
        return say("{day}: perbaikan “{what}”", day=day, what=one.what)
    return say("{day}: {n} {what}", day=day, n=one.count, what=words[one.kind])


def differing(digest: Digest, page: Page) -> Screen:
    """Typed values beside those of the records."""
    begin, end, _pages = page.bounds(len(digest.differing))
    shown = digest.differing[begin:end]
    text = [say("≠ <b>Angka yang ditulis berbeda dengan catatan kota</b>"), *(_differs(digest, one) for one in shown)]
    rows = _about(digest, [one.standing.employee_id for one in shown])
    return Screen(joined(text, "\n\n"), (*rows, *page.pager(len(digest.differing)), *back_rows()))


def _differs(digest: Digest, one: Differing) -> Markup:
    return say(
        "<b>{name}</b>: {line}\nditulis {value}, menurut catatan {fact} ({n} data, per {day})",
        name=digest.name_of(one.standing.employee_id),
        line=cut(one.standing.name, LONGEST_LINE),
        value=amount(one.standing.value, one.standing.measure_unit),
        fact=amount(one.fact.value, one.standing.measure_unit),
        n=one.fact.n,
        day=show_short_day(one.fact.as_of),
    )


def units(week: date, found: Sequence[UnitRoll], names: dict[int, str], page: Page) -> Screen:
    """Units, those that keep the pace least first."""
    begin, end, _pages = page.bounds(len(found))
    shown = found[begin:end]
    head = say("🏢 <b>Per unit</b>, laporan {week}; yang paling perlu perhatian di atas", week=show_week(week))
    lines = [head, *(_unit(one, names[one.unit_id]) for one in shown)]
    rows = tuple((button(cut("🏢 " + names[one.unit_id], LONGEST_BUTTON), Team("unit", one.unit_id)),) for one in shown)
    return Screen(joined(lines, "\n\n"), (*rows, *page.pager(len(found)), *back_rows()))


def _unit(one: UnitRoll, name: str) -> Markup:
    return say(
        "<b>{name}</b>, {people} orang: {reported} dari {owed} sudah lapor\n"
        "🟢 {good} sesuai, 🟡 {risk} perlu perhatian, 🔴 {behind} tertinggal ({share} sesuai)\n"
        "🚧 {obstacles} kendala · ⏰ {overdue} laporan warga terlambat · ⭐ {low} penilaian rendah",
        name=name,
        people=one.people,
        reported=one.reported,
        owed=one.owed,
        good=one.on_track,
        risk=one.at_risk,
        behind=one.behind,
        share=percent(number_or_none(one.share)),
        obstacles=one.obstacles,
        overdue=one.overdue,
        low=one.low,
    )


def number_or_none(value: float | None) -> str | None:
    """A share for `percent`."""
    return None if value is None else str(value)
