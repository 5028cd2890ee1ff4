"""What the pictures of a team show, and the same figures in words for whoever cannot see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.i18n import _, label, show_date, show_short_day
from bot.reports.charts import Chart, ChartKind
from bot.reports.performance.history import Course, Past
from bot.reports.performance.roster import Member
from bot.reports.performance.states import Digest, UnitRoll
from bot.views.parts import cut
from bot.views.performance.team.words import WEEKS, amount, percent, target

#: So many people or units in one picture; those that need a look come first.
MOST_ROWS = 14
#: What Telegram takes as a caption.
LONGEST_CAPTION = 1000
LONGEST_NAME = 40
_ORDER = (Past.REPORTED, Past.LATE, Past.MISSING, Past.NONE)


def heat(digest: Digest, weeks: Sequence[date], past: Mapping[int, Sequence[Past]]) -> Chart:
    """People by weeks; the title tells since when."""
    people = _shown(digest, past)
    return Chart(
        kind=ChartKind.HEAT,
        title=_("Laporan mingguan tim"),
        labels=tuple(cut(one.name, LONGEST_NAME) for one in people),
        values=(),
        shown=(),
        subtitle=label("Minggu {first} sampai {last}", first=short_day(weeks[0]), last=show_short_day(weeks[-1])),
        columns=tuple(short_day(week) for week in weeks),
        grid=tuple(tuple(_ORDER.index(state) for state in past[one.id]) for one in people),
        legend=tuple(_(WEEKS[state.value][1]) for state in _ORDER),
    )


def _shown(digest: Digest, past: Mapping[int, Sequence[Past]]) -> list[Member]:
    """As many as fit, whoever missed most weeks first."""
    people = [one.member for one in digest.people]
    return sorted(people, key=lambda one: (-past[one.id].count(Past.MISSING), one.name, one.id))[:MOST_ROWS]


def heat_words(digest: Digest, past: Mapping[int, Sequence[Past]]) -> str:
    """The same in words: of how many weeks that were owed how many came, and how many of them late."""
    lines = []
    for one in _shown(digest, past):
        states = past[one.id]
        came, late = sum(state in (Past.REPORTED, Past.LATE) for state in states), states.count(Past.LATE)
        owed = came + states.count(Past.MISSING)
        lines.append(
            label("{name}: {came} dari {owed} minggu, {late} terlambat", name=one.name, came=came, owed=owed, late=late)
        )
    return caption([_("Laporan mingguan tim"), *lines])


def units(found: Sequence[UnitRoll], names: Mapping[int, str]) -> Chart:
    """The share of lines that keep the pace, by unit; those with the least are pointed out."""
    shown = [one for one in found if one.share is not None][:MOST_ROWS]
    return Chart(
        kind=ChartKind.BARS,
        title=_("Indikator yang sesuai laju target, per unit"),
        labels=tuple(names[one.unit_id] for one in shown),
        values=tuple(one.share for one in shown),
        shown=tuple(percent(str(one.share)) for one in shown),
        subtitle=label(
            "{n} dari {all} unit, yang paling rendah di atas; jingga: ada indikator yang tertinggal",
            n=len(shown),
            all=len(found),
        ),
        low=0,
        high=100,
        weak=tuple(place for place, one in enumerate(shown) if one.behind),
    )


def units_words(found: Sequence[UnitRoll], names: Mapping[int, str]) -> str:
    """The same in words."""
    lines = [
        label(
            "{name}: {share} ({good} dari {all} indikator)",
            name=names[one.unit_id],
            share=percent(str(one.share)),
            good=one.on_track,
            all=one.measured,
        )
        for one in found
        if one.share is not None
    ]
    return caption([_("Indikator yang sesuai laju target, per unit"), *lines[:MOST_ROWS]])


def pace(name: str, found: Course) -> Chart:
    """A line beside its pace, week by week."""
    item = found.line.item
    due = found.due[-1]
    return Chart(
        kind=ChartKind.PACE,
        title=cut(f"{name}: {item.name}", 2 * LONGEST_NAME),
        labels=tuple(short_day(week) for week in found.weeks),
        values=tuple(float(value) if value is not None else None for value in found.values),
        shown=tuple(amount(value, item.measure_unit) if value is not None else "" for value in found.values),
        subtitle=label(
            "{value}; seharusnya kini {due}",
            value=amount(found.values[-1], item.measure_unit),
            due=target(due, item.measure_unit) if due is not None else _("belum waktunya"),
        ),
        target=tuple(float(one.low) if one is not None else None for one in found.due),
        legend=(_("tercapai"), _("seharusnya")),
    )


def pace_words(name: str, found: Course) -> str:
    """The newest weeks in words."""
    item = found.line.item
    rows = list(zip(found.weeks, found.values, found.due, strict=True))[-8:]
    lines = [
        label(
            "{day}: {value}, seharusnya {due}",
            day=short_day(week),
            value=amount(value, item.measure_unit),
            due=target(due, item.measure_unit) if due is not None else "–",
        )
        for week, value, due in rows
    ]
    return caption([f"{name}: {item.name}", *lines])


def short_day(day: date) -> str:
    """ "16 Nov"."""
    return show_date(day, "d MMM")


def caption(lines: Sequence[str]) -> str:
    """Lines as far as a caption has room."""
    found = ""
    for line in lines:
        if len(found) + len(line) + 1 > LONGEST_CAPTION:
            break
        found += ("\n" if found else "") + line
    return found
