"""A need in one plain sentence with its figures; built from plain values, so that a notice can carry them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.i18n import N_, Markup, _, label, say, show_number, show_places, show_short_day
from bot.reports.training.need_courses import Owned
from bot.reports.training.needs import Found
from bot.views.parts import CLASSES, joined
from bot.views.performance.indicators.words import amount
from bot.views.satisfaction.elements import WORDS
from bot.views.satisfaction.periods import name_of
from models.complaint import ReportClass
from models.rules.skm import Element, rounded
from models.rules.training.needs import NeedKind, Why
from models.training.need import NeedOutcome

SIGNS = {NeedKind.ELEMENT: "⭐", NeedKind.INDICATOR: "🎯", NeedKind.REPORTS: "📨"}
PACES = {
    Why.PACE_AT_RISK: N_("🎯 {name}: {value}, seharusnya sekarang {due}. Agak tertinggal dari laju target."),
    Why.PACE_BEHIND: N_("🎯 {name}: {value}, seharusnya sekarang {due}. Jauh tertinggal dari laju target."),
}


def values_of(found: Found, days: int) -> dict[str, Any]:
    """Everything that the sentence needs; `days`: over so many days reports are counted."""
    need, row = found.need, found.indicator
    values = {
        "kind": need.kind.value,
        "what": need.what,
        "value": str(need.value),
        "compare": str(need.compare),
        "why": need.why.value,
        "n": need.n,
        "total": need.total,
        "period": found.period,
        "days": days,
        "unit": found.unit.short_name,
    }
    if row is not None:
        values |= {
            "name": row.name,
            "value": amount(row, need.value),
            "compare": amount(row, need.compare),
        }
    return values


def reason(values: Mapping[str, Any]) -> Markup:
    """Why it is a need."""
    kind = NeedKind(values["kind"])
    if kind is NeedKind.INDICATOR:
        words = PACES[Why(values["why"])]
        return say(words, name=values["name"], value=values["value"], due=values["compare"])
    value, compare = Decimal(values["value"]), Decimal(values["compare"])
    if kind is NeedKind.ELEMENT:
        return say(
            "⭐ Nilai {code} {name} {value} dari 4 (n={n}), di bawah {limit}. Survei {period}.",
            code=values["what"],
            name=_(WORDS[Element[values["what"]]].name),
            value=show_places(value, 2),
            n=show_number(values["n"]),
            limit=show_places(rounded(compare), 2),
            period=name_of(values["period"]),
        )
    return say(
        "📨 {name}: {n} dari {total} laporan dalam {days} hari terakhir ({share}%), biasanya di kota ini {usual}%.",
        name=_(CLASSES[ReportClass(values["what"])]),
        n=show_number(values["n"]),
        total=show_number(values["total"]),
        days=show_number(values["days"]),
        share=show_places(value, 0),
        usual=show_places(compare, 0),
    )


def short(values: Mapping[str, Any]) -> str:
    """Its name on a button."""
    kind = NeedKind(values["kind"])
    if kind is NeedKind.INDICATOR:
        return f"{SIGNS[kind]} {values['name']}"
    if kind is NeedKind.ELEMENT:
        return f"{SIGNS[kind]} {values['what']} {_(WORDS[Element[values['what']]].name)}"
    return f"{SIGNS[kind]} {_(CLASSES[ReportClass(values['what'])])}"


def improving(owned: Owned | None) -> Markup:
    """Who is at work on it already."""
    if owned is None:
        return Markup("")
    return say(
        "🔧 Perbaikan sedang berjalan: {title}, oleh {owner}, sampai {due}.",
        title=owned.row.title,
        owner=owned.owner,
        due=show_short_day(owned.row.due_on),
    )


def decided(found: Found) -> Markup:
    """What human resources decided, where it holds."""
    row = found.decision
    if row is None or not found.quiet:
        return Markup("")
    if row.outcome is NeedOutcome.PUT_OFF and row.until is not None:
        return say("⏸ Ditunda sampai {until}. Alasan: {reason}", until=show_short_day(row.until), reason=row.reason)
    return say("✅ Dianggap sudah ditangani untuk masa ini. Alasan: {reason}", reason=row.reason)


def whole(found: Found, owned: Owned | None, days: int) -> Markup:
    """The sentence, who is at work on it, and what was decided."""
    return joined([reason(values_of(found, days)), improving(owned), decided(found)])


def course_title(found: Found, topic: str) -> str:
    """How a new course for the need could be called."""
    return label("Pelatihan {topic} untuk {unit}", topic=topic, unit=found.unit.short_name)
