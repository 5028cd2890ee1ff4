"""How long the services take, in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.callbacks import Gauge
from bot.i18n import Markup, _, label, say, show_number
from bot.reports.performance.service_times import ServiceTimes
from bot.views.parts import home_row, joined
from bot.views.satisfaction.periods import name_of, short_name_of
from bot.views.screen import Button, Screen, button
from models.organisation import Service
from models.rules.skm import rounded

_HOUR = 60


def listed(found: Sequence[tuple[Service, ServiceTimes]], period: str, periods: Sequence[str]) -> Screen:
    """Every service with records in a line or two."""
    head = say("<b>Lama layanan, {period}</b>", period=name_of(period))
    others = tuple(button(short_name_of(other), Gauge("times", 0, other)) for other in periods if other != period)
    rows = ((others,) if others else ()) + (_back(), home_row())
    if not found:
        return Screen(joined([head, say("Belum ada catatan permohonan.")], "\n\n"), rows)
    text = joined([head, *(_lines(service, times) for service, times in found)], "\n\n")
    return Screen(text, rows)


def _lines(service: Service, times: ServiceTimes) -> Markup:
    figures = times.figures
    lines = [say("<b>{name}</b>", name=service.name)]
    if figures.n and figures.median is not None and figures.p90 is not None:
        lines.append(
            say(
                "{n} selesai · nilai tengah {median} · sembilan dari sepuluh paling lama {p90} jam kerja",
                n=show_number(figures.n),
                median=_hours(figures.median),
                p90=_hours(Decimal(figures.p90)),
            )
        )
    if figures.on_time_share is not None:
        lines.append(
            say(
                "Sesuai standar: <b>{share}%</b> ({kept} dari {n}){standard}",
                share=show_number(rounded(figures.on_time_share)),
                kept=show_number(figures.on_time),
                n=show_number(figures.measured),
                standard=_standard(service),
            )
        )
    young, middle, old = times.ages
    if young or middle or old or times.incomplete:
        lines.append(
            say(
                "Belum selesai: {young} sampai 1 hari kerja, {middle} sampai 3, {old} lebih lama; "
                "{incomplete} berkas belum lengkap",
                young=young,
                middle=middle,
                old=old,
                incomplete=times.incomplete,
            )
        )
    return joined(lines)


def _standard(service: Service) -> str:
    if service.standard_value is None:
        return ""
    if service.standard_unit == "hours":
        return label(", standar {n} jam kerja", n=service.standard_value)
    return label(", standar {n} hari kerja", n=service.standard_value)


def _hours(minutes: Decimal) -> str:
    return show_number(rounded(minutes / _HOUR))


def _back() -> tuple[Button, ...]:
    return (button("🧾 " + _("Catat permohonan"), Gauge("begin", 0)),)
