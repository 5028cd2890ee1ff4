"""The digest and the team desk's first screen: one line a thing to know, one button a line to act."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.callbacks import Open, Payload, Queue, Review, Team, YearPlan
from bot.i18n import Markup, _, label, say, say_many, show_day, show_number, show_short_day
from bot.services.desk.queues import Filter
from bot.views.parts import home_row, joined
from bot.views.performance.team.words import amount, percent
from bot.views.performance.week_words import show_week
from bot.views.screen import Button, Rows, Screen, button
from models.rules.permissions import Desk

Values = dict[str, Any]


def notice(values: Values) -> Screen:
    """The digest as it is sent."""
    day = show_day(date.fromisoformat(values["day"]))
    head = say("📬 <b>Ringkasan tim, {day}</b>", day=day)
    if values["weekly"]:
        head = say("📬 <b>Ringkasan mingguan tim, {day}</b>", day=day)
    return Screen(joined([head, *_body(values)]), (*_acts(values), *_ways(values)))


def desk(values: Values) -> Screen:
    """/tim: the same at any time."""
    text = say("👥 <b>Tim saya</b>: {n} orang", n=values["people"])
    body = joined([text, *(_body(values) or [_nothing()])])
    return Screen(body, (*_acts(values), *_ways(values), home_row()))


def _nothing() -> Markup:
    return say("Belum ada yang perlu disampaikan: belum ada rencana kerja yang disetujui atau laporan yang ditunggu.")


def _body(values: Values) -> list[Markup]:
    parts = [
        *_week(values),
        *_paces(values),
        *_obstacles(values),
        *_waiting(values),
        *_residents(values),
        *_deadlines(values),
        *_differing(values),
        *_units(values),
    ]
    return [part for part in parts if part]


def _week(values: Values) -> list[Markup]:
    if not values["owing"]:
        return []
    missing, week = values["missing"], show_week(date.fromisoformat(values["week"]))
    there = values["owing"] - missing["n"]
    lines = [say("📝 Laporan {week}: {there} dari {all}", week=week, there=there, all=values["owing"])]
    if values["late"]:
        lines = [
            say(
                "📝 Laporan {week}: {there} dari {all}, {late} di antaranya terlambat",
                week=week,
                there=there,
                all=values["owing"],
                late=values["late"],
            )
        ]
    if missing["n"]:
        lines.append(say("⏳ Belum lapor: {names}", names=_names(missing)))
    return lines


def _names(few: Values) -> str:
    """ "Ani, Budi, dan 3 lagi"."""
    names = ", ".join(few["first"])
    more = few["n"] - len(few["first"])
    return label("{names}, dan {n} lagi", names=names, n=more) if more > 0 else names


def _paces(values: Values) -> list[Markup]:
    paces = values["paces"]
    if not sum(paces.values()):
        return []
    lines = [
        say(
            "🎯 Indikator: 🟢 {good} sesuai, 🟡 {risk} perlu perhatian, 🔴 {behind} tertinggal, ⚪ {none} tanpa angka",
            good=paces["on_track"],
            risk=paces["at_risk"],
            behind=paces["behind"],
            none=paces["no_data"],
        )
    ]
    for name, line, value, unit, pace in values["worst"]["first"]:
        lines.append(
            say(
                "↘️ {name}: {line}, {value} ({pace} dari seharusnya)",
                name=name,
                line=line,
                value=amount(value, unit),
                pace=percent(pace),
            )
        )
    return lines


def _obstacles(values: Values) -> list[Markup]:
    return [say("🚧 {name}: “{words}”", name=name, words=words) for name, words in values["obstacles"]["first"]]


def _waiting(values: Values) -> list[Markup]:
    parts = [
        (values["waiting"], label("{n} laporan mingguan", n=show_number(values["waiting"]))),
        (values["plans"], label("{n} rencana kerja", n=show_number(values["plans"]))),
        (values["evaluations"], label("{n} penilaian", n=show_number(values["evaluations"]))),
    ]
    named = [words for number, words in parts if number]
    return [say("📌 Menunggu Bapak/Ibu: {what}", what=", ".join(named))] if named else []


def _residents(values: Values) -> list[Markup]:
    overdue, lines = values["overdue"], []
    if overdue["n"]:
        lines.append(say("⏰ Laporan warga terlambat: {n} ({codes})", n=overdue["n"], codes=_names(overdue)))
    if values["low"]:
        since = show_short_day(date.fromisoformat(values["low_since"]))
        lines.append(say("⭐ Penilaian rendah dari warga sejak {since}: {n}", since=since, n=values["low"]))
    return lines


def _deadlines(values: Values) -> list[Markup]:
    lines = [_deadline(*one) for one in values["deadlines"]["first"]]
    more = values["deadlines"]["n"] - len(lines)
    return [*lines, say_many("📅 dan {n} tenggat lagi", "📅 dan {n} tenggat lagi", more)] if more > 0 else lines


def _deadline(kind: str, day: str, count: int, what: str) -> Markup:
    when = show_short_day(date.fromisoformat(day))
    if kind == "tickets":
        return say("📅 {day}: {n} laporan warga jatuh tempo ({code})", day=when, n=count, code=what)
    if kind == "improvement":
        return say("📅 {day}: perbaikan “{what}”", day=when, what=what)
    if kind == "plans":
        return say("📅 {day}: batas rencana kerja; {n} orang belum punya yang disetujui", day=when, n=count)
    return say("📅 {day}: batas {n} penilaian kinerja", day=when, n=count)


def _differing(values: Values) -> list[Markup]:
    found, lines = values["differing"], []
    for name, line, value, unit, fact in found["first"]:
        lines.append(
            say(
                "≠ {name}: {line}, ditulis {value}, menurut catatan {fact}",
                name=name,
                line=line,
                value=amount(value, unit),
                fact=amount(fact, unit),
            )
        )
    return lines


def _units(values: Values) -> list[Markup]:
    found = values["units"]
    if not found["n"]:
        return []
    lines = [
        say_many(
            "🏢 <b>{n} unit</b>, yang paling perlu perhatian:",
            "🏢 <b>{n} unit</b>, yang paling perlu perhatian:",
            found["n"],
        )
    ]
    for name, share, missing, behind, overdue in found["first"]:
        lines.append(
            say(
                "▫️ {name}: {share} sesuai, {behind} tertinggal, {missing} belum lapor, {overdue} laporan terlambat",
                name=name,
                share=percent(str(share) if share is not None else None),
                behind=behind,
                missing=missing,
                overdue=overdue,
            )
        )
    return lines


def _acts(values: Values) -> Rows:
    """A button for each line that can be acted upon, two in a row."""
    paces, overdue = values["paces"], Queue(Desk.UNIT_QUEUE.value, Filter.OVERDUE.value)
    acts: tuple[tuple[int, str, Payload], ...] = (
        (values["missing"]["n"], _("🔔 Ingatkan yang belum"), Team("remind", 0, values["week"])),
        (paces["behind"] + paces["at_risk"], _("🔴 Perlu perhatian"), Team("attention", 0)),
        (values["obstacles"]["n"], _("🚧 Kendala"), Team("obstacles", 0)),
        (values["good"], _("👏 Sesuai target"), Team("good", 0)),
        (values["waiting"], _("✅ Periksa laporan"), Open(Desk.WEEKLY_CHECK.value)),
        (values["plans"], _("🎯 Periksa rencana"), YearPlan("team", 0)),
        (values["evaluations"], _("⚖️ Menilai"), Review("team", 0)),
        (values["overdue"]["n"], _("⏰ Laporan terlambat"), overdue),
        (values["low"], _("⭐ Hasil survei"), Open(Desk.SATISFACTION.value)),
        (values["deadlines"]["n"], _("📅 Tenggat"), Team("deadlines", 0)),
        (values["differing"]["n"], _("≠ Beda dengan catatan"), Team("differing", 0)),
    )
    found = [button(f"{words} ({show_number(number)})", payload) for number, words, payload in acts if number]
    return tuple(tuple(found[start : start + 2]) for start in range(0, len(found), 2))


def _ways(values: Values) -> Rows:
    row = [button("👥 " + _("Semua orang"), Team("people", 0)), button("📊 " + _("Grafik"), Team("chart", 0))]
    if values["leads_leaders"]:
        row.append(button("🏢 " + _("Per unit"), Team("units", 0)))
    return (tuple(row), (button("🔍 " + _("Cari orang"), Team("find", 0)), _settings()))


def _settings() -> Button:
    return button("⚙️ " + _("Atur ringkasan"), Team("settings", 0))


KINDS = {"team_digest": notice}
