"""A weekly report as its owner sees it: received, complete or not, late, corrected; what the bot reminds of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from bot.callbacks import Weekly
from bot.i18n import Markup, _, say, show_moment
from bot.services.performance.own_week import OwnWeek
from bot.views.parts import home_row, joined
from bot.views.performance.week_words import name_of, show_week, status_label, told
from bot.views.screen import Rows, Screen, button
from models.performance.progress import WeeklyEvent, WeeklyReport


def received(own: OwnWeek, missing_weeks: Sequence[date], *, corrected: bool, unchanged: bool) -> Screen:
    """Stored: late or in time, complete or not."""
    if unchanged:
        head = say("Tidak ada yang berubah pada laporan minggu {week}.", week=show_week(own.week))
    elif corrected:
        head = say(
            "✅ <b>Perbaikan laporan minggu {week} sudah kami terima.</b> Angka yang lama tersimpan dalam riwayat.",
            week=show_week(own.week),
        )
    else:
        head = say("✅ <b>Laporan minggu {week} sudah kami terima.</b>", week=show_week(own.week))
    return Screen(joined([head, *_body(own)], "\n\n"), _rows(own, missing_weeks))


def shown(own: OwnWeek, missing_weeks: Sequence[date]) -> Screen:
    """The own report as it stands."""
    head = say("<b>Laporan minggu {week}</b>", week=show_week(own.week))
    return Screen(joined([head, *_body(own)], "\n\n"), _rows(own, missing_weeks))


def _body(own: OwnWeek) -> list[Markup]:
    report = own.report
    if report is None:
        return []
    parts = [marks(report), joined([told(one, one.entry, own) for one in own.asked if one.entry is not None])]
    if own.missing:
        names = "; ".join(name_of(one) for one in own.missing)
        parts.append(say("▫️ Belum dilaporkan: {names}", names=names))
    return [part for part in parts if part]


def marks(report: WeeklyReport) -> Markup:
    """When it came, whether it was late or corrected, and where it is now."""
    lines = [say("Status: {status}", status=status_label(report.status))]
    if report.late:
        lines.append(
            say(
                "⏰ Terlambat: masuk {at}, batasnya {due}",
                at=show_moment(report.reported_at),
                due=show_moment(report.due_at),
            )
        )
    else:
        lines.append(say("Masuk {at}", at=show_moment(report.reported_at)))
    if report.corrected_at is not None:
        lines.append(say("✏️ Diperbaiki {at}", at=show_moment(report.corrected_at)))
    return joined(lines)


def _rows(own: OwnWeek, missing_weeks: Sequence[date]) -> Rows:
    week = own.week.isoformat()
    rows: list[Any] = []
    if own.missing:
        rows.append((button("➕ " + _("Lengkapi"), Weekly("fill", week)),))
    if own.report is not None:
        rows.append(
            (
                button("✏️ " + _("Perbaiki"), Weekly("fill", week)),
                button("🕘 " + _("Riwayat"), Weekly("history", str(own.report.id))),
            )
        )
    if missing_weeks:
        rows.append((button("📅 " + _("Minggu yang belum dilaporkan"), Weekly("weeks")),))
    return (*rows, home_row())


def history(report: WeeklyReport, own: OwnWeek, events: Sequence[WeeklyEvent], back: Rows) -> Screen:
    """Every step: when, what stood before, what stands now, and the words."""
    head = say("<b>Riwayat laporan minggu {week}</b>", week=show_week(report.week))
    return Screen(joined([head, *[_event(event, own) for event in events]], "\n\n"), back)


def _event(event: WeeklyEvent, own: OwnWeek) -> Markup:
    lines = [say("<b>{at}</b>: {status}", at=show_moment(event.at), status=status_label(event.status_after))]
    for line_id, change in event.values.items():
        asked = own.of(int(line_id))
        name = name_of(asked) if asked is not None else line_id
        lines.append(_change(name, change))
    if event.text:
        lines.append(say("💬 {words}", words=event.text))
    return joined(lines)


def _change(name: str, change: dict[str, Any]) -> Markup:
    old, new = change["old"], change["new"]
    if old is None:
        return say("{name}: {new}", name=name, new=new["value"].replace(".", ","))
    if old["value"] == new["value"]:
        return say("{name}: keterangannya diubah", name=name)
    return say(
        "{name}: {old} menjadi <b>{new}</b>",
        name=name,
        old=old["value"].replace(".", ","),
        new=new["value"].replace(".", ","),
    )


def history_back(own: OwnWeek) -> Rows:
    """Back to the own report."""
    return ((button("⬅️ " + _("Laporan mingguan"), Weekly("own", own.week.isoformat())),), home_row())


# --- what the bot says by itself ---


def _fill_row(values: dict[str, Any]) -> Rows:
    return ((button("🗓 " + _("Isi laporan"), Weekly("fill", values["week"])),),)


def pushed(values: dict[str, Any]) -> Screen:
    """The week's report is asked for."""
    text = say(
        "🗓 <b>Laporan minggu {week}</b>\n\nMohon diisi sebelum {due}. "
        "Kalau semua sama seperti terakhir, cukup dua ketukan.",
        week=show_week(date.fromisoformat(values["week"])),
        due=show_moment(datetime.fromisoformat(values["due"])),
    )
    return Screen(text, _fill_row(values))


def reminded(values: dict[str, Any]) -> Screen:
    """It is nearly due, or was due on an earlier day."""
    week, due = show_week(date.fromisoformat(values["week"])), show_moment(datetime.fromisoformat(values["due"]))
    if values["stage"] <= 0:
        text = say("⏰ Laporan minggu {week} belum kami terima. Batasnya {due}.", week=week, due=due)
    else:
        text = say(
            "🗓 Laporan minggu {week} belum kami terima; batasnya {due}. Masih bisa diisi, dengan tanda terlambat.",
            week=week,
            due=due,
        )
    return Screen(text, _fill_row(values))


def returned(values: dict[str, Any]) -> Screen:
    """The superior gave it back."""
    text = say(
        "↩️ <b>Laporan minggu {week} dikembalikan oleh {by}.</b>\n\n💬 {text}\n\nMohon diperbaiki.",
        week=show_week(date.fromisoformat(values["week"])),
        by=values["by"],
        text=values["text"],
    )
    return Screen(text, ((button("✏️ " + _("Perbaiki"), Weekly("fill", values["week"])),),))


KINDS = {"week_push": pushed, "week_reminder": reminded, "week_returned": returned}
