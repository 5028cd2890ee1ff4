"""What a week, a value and a pace are called wherever weekly reports are shown."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from bot.i18n import N_, Markup, _, label, say, show_date, show_number, show_short_day
from bot.services.performance.own_week import Asked, OwnWeek
from bot.views.parts import cut
from models.performance.plan import PlanItem
from models.performance.progress import WeeklyEntry
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.pace import PaceStatus
from models.rules.performance.reporting import WeekStatus

LONGEST_NAME = 120
LONGEST_BUTTON = 40
_FRIDAY = timedelta(days=4)

PACES = {
    PaceStatus.ON_TRACK: N_("🟢 sesuai laju"),
    PaceStatus.AT_RISK: N_("🟡 perlu perhatian"),
    PaceStatus.BEHIND: N_("🔴 tertinggal"),
    PaceStatus.NO_DATA: N_("⚪ belum ada angka"),
    PaceStatus.NOT_DUE: N_("⚪ belum waktunya"),
}
STATUSES = {
    WeekStatus.REPORTED: N_("menunggu diperiksa atasan"),
    WeekStatus.VERIFIED: N_("diterima atasan"),
    WeekStatus.RETURNED: N_("dikembalikan, mohon diperbaiki"),
}
#: What is asked for a week's value, by how the weeks are put together.
ASKS = {
    Aggregation.SUM: N_("Berapa hasil minggu ini saja?"),
    Aggregation.LAST: N_("Berapa keadaannya pada akhir minggu ini?"),
    Aggregation.MEAN: N_("Berapa nilainya minggu ini?"),
}
YES_NO = N_("Apakah sudah tercapai?")
YES, NO = N_("Sudah"), N_("Belum")


def show_week(week: date) -> str:
    """ "23–27 November 2026", "30 November – 4 Desember 2026"."""
    last = week + _FRIDAY
    if week.month == last.month:
        return f"{week.day}–{show_short_day(last)}"
    form = "d MMMM" if week.year == last.year else "d MMMM y"
    return f"{show_date(week, form)} – {show_short_day(last)}"


def show_week_briefly(week: date) -> str:
    """ "23–27 Nov", for a button."""
    last = week + _FRIDAY
    first = str(week.day) if week.month == last.month else show_date(week, "d MMM")
    return f"{first}–{show_date(last, 'd MMM')}"


def amount(item: PlanItem, value: Decimal) -> str:
    """A value with its unit: "3 dokumen", "87,5%", "Sudah"."""
    if item.polarity is Polarity.YES_NO and value in (0, 1):
        return _(YES) if value else _(NO)
    return f"{show_number(value)}{'' if item.measure_unit == '%' else ' '}{item.measure_unit}"


def short(item: PlanItem, value: Decimal) -> str:
    """The same for a button, without the unit."""
    return amount(item, value) if item.polarity is Polarity.YES_NO else show_number(value)


def name_of(asked: Asked) -> str:
    """A line by its number and name."""
    return f"{asked.line.item.position}. {cut(asked.line.item.name, LONGEST_NAME)}"


def question_of(asked: Asked) -> str:
    """What is asked about a line, in plain words."""
    item = asked.line.item
    return _(YES_NO) if item.polarity is Polarity.YES_NO else _(ASKS[item.aggregation])


def standing(asked: Asked) -> Markup:
    """Where the line stands in the year, against the target and its pace."""
    item, stand = asked.line.item, asked.stand
    if stand.value is None:
        return say("Target setahun: {target}", target=target(item))
    if stand.due is None:
        return say(
            "Sampai sekarang: {value}, target setahun {target}",
            value=amount(item, _round(stand.value)),
            target=target(item),
        )
    return say(
        "Sampai sekarang: {value}, target setahun {target}, seharusnya kini {due}: {pace}",
        value=amount(item, _round(stand.value)),
        target=target(item),
        due=_range(item, stand.due.low, stand.due.high),
        pace=_(PACES[stand.status]),
    )


def target(item: PlanItem) -> str:
    """The year's target with its unit."""
    return _range(item, item.low, item.high)


def _range(item: PlanItem, low: Decimal, high: Decimal) -> str:
    whole = item.aggregation is Aggregation.SUM and item.low == item.low.to_integral_value()
    low, high = (Decimal(round(part)) if whole else _round(part) for part in (low, high))
    return amount(item, low) if low == high else f"{show_number(low)}–{amount(item, high)}"


def _round(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"))


def told(asked: Asked, entry: WeeklyEntry, own: OwnWeek) -> Markup:
    """A reported line: its value, what the records say, and what was added."""
    parts = [say("{name}: <b>{value}</b>", name=name_of(asked), value=amount(asked.line.item, entry.value))]
    if entry.system_value is not None and entry.system_value != entry.value:
        parts.append(say("📊 Menurut catatan sistem: {value}", value=amount(asked.line.item, entry.system_value)))
    if own.is_monotonous(entry.streak):
        parts.append(say("🔁 Sama dengan sebelumnya, {n} kali berturut-turut", n=entry.streak))
    if entry.obstacle:
        parts.append(say("⚠️ Kendala: {words}", words=entry.obstacle))
    if entry.note:
        parts.append(say("📝 {words}", words=entry.note))
    if entry.link:
        parts.append(say("🔗 {link}", link=entry.link))
    if asked.files:
        parts.append(say("📎 Berkas bukti: {n}", n=asked.files))
    return Markup("\n".join(parts))


def status_label(status: WeekStatus) -> str:
    """What a report's state is called."""
    return _(STATUSES[status])


def week_label(week: date) -> str:
    """A week on a button."""
    return label("Minggu {week}", week=show_week(week))
