"""What an indicator's value, target, level and source are called."""

from __future__ import annotations

from decimal import Decimal

from bot.i18n import N_, Markup, _, say, show_number
from bot.services.performance.indicator_cards import Standing
from bot.views.performance.plans.words import show_target
from models.performance.indicator import Indicator, Level, Source
from models.rules.performance.achievement import AchievementBand, Polarity, Target
from models.rules.performance.pace import PaceStatus
from models.rules.skm import rounded

LEVELS = {
    Level.CITY: N_("Indikator kota"),
    Level.UNIT: N_("Indikator unit"),
    Level.INDIVIDUAL: N_("Indikator perorangan"),
}
SOURCES = {
    Source.MANUAL: N_("diisi dalam laporan mingguan"),
    Source.SATISFACTION_INDEX: N_("dihitung dari jawaban survei kepuasan (IKM)"),
    Source.SETTLED_IN_TIME: N_("dihitung dari laporan warga: selesai dalam batas waktu"),
    Source.CONFIRMED_SHARE: N_("dihitung dari laporan warga: dinyatakan selesai oleh pelapor"),
    Source.CLOSING_TIME: N_("dihitung dari laporan warga: lamanya sampai ditutup"),
    Source.COMPLETION_TIME: N_("dihitung dari catatan permohonan: lamanya sampai selesai"),
    Source.COMPLETED_ON_TIME: N_("dihitung dari catatan permohonan: selesai sesuai standar"),
    Source.IMPROVEMENTS_DONE: N_("dihitung dari perbaikan layanan yang selesai pada waktunya"),
}
BANDS = {
    AchievementBand.VERY_HIGH: N_("sangat tinggi"),
    AchievementBand.HIGH: N_("tinggi"),
    AchievementBand.MEDIUM: N_("sedang"),
    AchievementBand.LOW: N_("rendah"),
    AchievementBand.VERY_LOW: N_("sangat rendah"),
}
SIGNS = {
    PaceStatus.ON_TRACK: "🟢",
    PaceStatus.AT_RISK: "🟡",
    PaceStatus.BEHIND: "🔴",
    PaceStatus.NO_DATA: "⚪",
    PaceStatus.NOT_DUE: "⚪",
}


def amount(row: Indicator, value: Decimal) -> str:
    """A value with its unit: "86,25%", "4,5 jam kerja", "ya"."""
    if row.polarity is Polarity.YES_NO:
        return _("ya") if value else _("tidak")
    return f"{show_number(rounded(value))}{'' if row.measure_unit == '%' else ' '}{row.measure_unit}"


def goal_of(row: Indicator, target: Target) -> str:
    """A target with its unit, to the hundredth."""
    return show_target(row.polarity, rounded(target.low), rounded(target.high), row.measure_unit)


def line(standing: Standing) -> Markup:
    """One indicator in a list: where it stands, what it has reached of what."""
    row, goal = standing.row, standing.goal
    sign = SIGNS[standing.status]
    if standing.value is None:
        if goal is None:
            return say("{sign} <b>{name}</b>: belum ada nilai", sign=sign, name=row.name)
        return say(
            "{sign} <b>{name}</b>: belum ada nilai, target {goal}", sign=sign, name=row.name, goal=goal_of(row, goal)
        )
    value = amount(row, standing.value)
    if goal is None:
        return say("{sign} <b>{name}</b>: {value}", sign=sign, name=row.name, value=value)
    return say(
        "{sign} <b>{name}</b>: {value}, target {goal}",
        sign=sign,
        name=row.name,
        value=value,
        goal=goal_of(row, goal),
    )
