"""One indicator with everything about it."""

from __future__ import annotations

from bot.callbacks import Gauge
from bot.i18n import Markup, _, label, say, show_number, show_short_day
from bot.services.performance.indicator_cards import Card, Standing
from bot.views.parts import cut, home_row, joined
from bot.views.performance.indicators.tree import BELOW, CITY
from bot.views.performance.indicators.words import BANDS, LEVELS, SOURCES, amount, goal_of
from bot.views.performance.plans.words import AGGREGATIONS, POLARITIES
from bot.views.performance.week_words import PACES
from bot.views.screen import Button, Rows, Screen, button
from models.performance.indicator import Source
from models.rules.performance.achievement import band, shown

_ROMAN = ("I", "II", "III", "IV")
LONGEST = 50


def card(found: Card, unit: str, service: str, *, may_edit: bool) -> Screen:
    """What it means, what it is to reach, where it stands, and whose it is."""
    parts = [_head(found, unit, service), _now(found.standing), _typed(found.standing), _targets(found), _about(found)]
    return Screen(joined(parts, "\n\n"), (*_buttons(found, may_edit=may_edit), home_row()))


def _head(found: Card, unit: str, service: str) -> Markup:
    row = found.standing.row
    whose = " · ".join(part for part in (_(LEVELS[row.level]), unit, service, found.owner) if part)
    return say("<b>{name}</b>\n{whose} (<code>{code}</code>)", name=row.name, whose=whose, code=row.code)


def _now(standing: Standing) -> Markup:
    """The value now against the year's target and the pace."""
    row, fact = standing.row, standing.beside.fact
    if standing.hidden:
        return say("Nilainya hanya dilihat pemiliknya, atasannya, dan pengelola kepegawaian.")
    if standing.value is None:
        return say("Nilai sekarang: <b>belum ada data</b>")
    lines = [say("Nilai sekarang: <b>{value}</b>", value=amount(row, standing.value))]
    if row.source is not Source.MANUAL and fact is not None:
        of = {"day": show_short_day(fact.as_of), "n": show_number(fact.n)}
        if fact.denominator and fact.numerator is not None:
            of |= {"part": show_number(fact.numerator)}
            lines.append(say("{part} dari {n} data, sampai {day}", **of))
        else:
            lines.append(say("dari {n} data, sampai {day}", **of))
    if standing.reached is not None:
        lines.append(
            say(
                "Capaian target setahun: <b>{reached}%</b> ({band})",
                reached=show_number(shown(standing.reached)),
                band=_(BANDS[band(standing.reached)]),
            )
        )
    if standing.due is not None:
        due = standing.due
        lines.append(say("Seharusnya kini {due}: {pace}", due=goal_of(row, due), pace=_(PACES[standing.status])))
    return joined(lines)


def _typed(standing: Standing) -> Markup:
    """Typed value and fact side by side where they differ."""
    beside, row = standing.beside, standing.row
    if standing.hidden or not beside.typed:
        return Markup("")
    lines = [say("• {name}: {value}", name=one.name, value=amount(row, one.value)) for one in beside.typed[:5]]
    if row.source is Source.MANUAL:
        return joined([say("Dilaporkan:"), *lines]) if len(lines) > 1 else Markup("")
    if not beside.differs:
        return say("Nilai yang dilaporkan sama dengan data.")
    return joined([say("⚠️ <b>Yang dilaporkan berbeda dengan data:</b>"), *lines])


def _targets(found: Card) -> Markup:
    """The year and its quarters, with what each quarter gave."""
    row, standing = found.standing.row, found.standing
    lines = [] if standing.goal is None else [say("Setahun: {goal}", goal=goal_of(row, standing.goal))]
    for number, roman in enumerate(_ROMAN, start=1):
        target, fact = standing.targets.get(number), found.quarters.get(number)
        if target is None and fact is None:
            continue
        goal = goal_of(row, target) if target is not None else "–"
        if fact is None or fact.value is None:
            lines.append(say("Triwulan {number}: {goal}", number=roman, goal=goal))
        else:
            value = amount(row, fact.value)
            lines.append(say("Triwulan {number}: {goal}, nyatanya {value}", number=roman, goal=goal, value=value))
    return joined([say("<b>Target</b>"), *lines]) if lines else say("Targetnya belum ditetapkan.")


def _about(found: Card) -> Markup:
    row = found.standing.row
    lines = [
        say("Pengertian: {words}", words=row.definition) if row.definition else Markup(""),
        say("Rumus: {words}", words=row.formula) if row.formula else Markup(""),
        say("Satuan: {unit} · {direction}", unit=row.measure_unit, direction=_(POLARITIES[row.polarity])),
        say("Cara menjumlah: {words}", words=_(AGGREGATIONS[row.aggregation])),
        say("Sumber data: {words}", words=_(SOURCES[row.source])),
        say("Nilai awal: {value}", value=amount(row, row.baseline)) if row.baseline is not None else Markup(""),
    ]
    return joined(lines)


def _buttons(found: Card, *, may_edit: bool) -> Rows:
    row, standing = found.standing.row, found.standing
    rows: list[tuple[Button, ...]] = []
    if row.source is not Source.MANUAL and not standing.hidden:
        rows.append(
            (
                button("📈 " + _("Grafik"), Gauge("chart", row.id)),
                button("🔎 " + _("Lihat baris datanya"), Gauge("rows", row.id)),
            )
        )
    if found.below:
        words = label("⬇️ {n} indikator di bawahnya", n=len(found.below))
        rows.append((button(words, Gauge(BELOW, row.id, "0")),))
    if may_edit:
        rows.append(
            (
                button("✏️ " + _("Nama"), Gauge("name", row.id)),
                button("🎯 " + _("Target"), Gauge("target", row.id)),
                button("👤 " + _("Pemilik"), Gauge("owner", row.id)),
            )
        )
    if found.parent is not None:
        rows.append((button("⬆️ " + cut(found.parent.name, LONGEST), Gauge("card", found.parent.id)),))
    return (*rows, (button("📐 " + _("Indikator kota"), Gauge(CITY, 0, "0")),))
