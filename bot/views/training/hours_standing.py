"""Who lacks training hours: the list, the choice of a unit, the reminder; and the notices of September."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from bot.callbacks import Learn
from bot.i18n import N_, Markup, _, label, say, say_many
from bot.reports.training.hours_standing import Asked, Line, Side, Standing, UnitCount, Whom
from bot.views.parts import cut, home_row, joined
from bot.views.screen import Button, Rows, Screen, button
from bot.views.training import ledger, words
from bot.views.training.desk import UPCOMING
from models.errors import Refusal

#: Verbs of the buttons.
LIST, UNITS, ASK, REMIND, BOOK = "lack", "lacku", "lackask", "lackyes", "lackxls"
#: So many people, units to choose from, and units with their counts stand on a screen.
PAGE, UNIT_PAGE, COUNTED = 10, 12, 8
_ASKED = re.compile(r"([ctb])\.([uo])\.(\d{1,9})")
HEADS = {
    Whom.CITY: N_("Jam pelajaran (JP) pegawai kota, {year}"),
    Whom.TEAM: N_("Jam pelajaran (JP) bawahan langsung, {year}"),
    Whom.BELOW: N_("Jam pelajaran (JP) semua pegawai di bawah Bapak/Ibu, {year}"),
}


def packed(asked: Asked) -> str:
    """What is asked for, as a button carries it."""
    return f"{asked.whom.value}.{asked.side.value}.{asked.unit_id}"


def unpacked(text: str) -> Asked:
    """The same back; refused with `no_such_choice`."""
    found = _ASKED.fullmatch(text)
    if found is None:
        raise Refusal("no_such_choice")
    return Asked(Whom(found[1]), Side(found[2]), int(found[3]))


def entry_rows(*, arranges: bool, leads: bool) -> Rows:
    """The ways to the list from the own ledger."""
    rows: list[tuple[Button, ...]] = []
    if arranges:
        rows.append((button("📉 " + _("JP pegawai kota"), Learn(LIST, 0, packed(Asked(Whom.CITY)))),))
    if leads:
        rows.append((button("👥 " + _("JP bawahan"), Learn(LIST, 0, packed(Asked(Whom.TEAM)))),))
    return tuple(rows)


# --- the list ---


def listed(found: Standing, page: int) -> Screen:
    """A page of it: the headline with the counts of the units, then the people."""
    pages = max(1, -(-len(found.lines) // PAGE))
    page = min(max(page, 0), pages - 1)
    here = found.lines[PAGE * page : PAGE * (page + 1)]
    lines = [_line(number, one, found) for number, one in enumerate(here, start=PAGE * page + 1)]
    text = joined(
        [
            joined([_head(found), _headline(found)], "\n\n"),
            _unit_lines(found) if page == 0 else Markup(""),
            joined(lines),
            Markup(words.page_words(page, pages)),
        ],
        "\n\n",
    )
    pager = words.page_row(LIST, page, pages, packed(found.asked))
    return Screen(text, (*pager, *_ways(found), *_deeds(found), ledger.back_row(), home_row()))


def _head(found: Standing) -> Markup:
    return say("<b>{head}</b>", head=label(HEADS[found.asked.whom], year=found.year))


def _headline(found: Standing) -> Markup:
    n = len(found.lines)
    if not found.of:
        return say("Tidak ada pegawai jenis ini.")
    if found.asked.side is Side.FULL:
        return say_many(
            "<b>{n}</b> dari {of} PPPK sudah sampai batas {limit} JP setahun atau lebih.",
            "<b>{n}</b> dari {of} PPPK sudah sampai batas {limit} JP setahun atau lebih.",
            n,
            of=found.of,
            limit=found.target.maximum,
        )
    if not n:
        return say("✅ Semua PNS sudah mencapai {limit} JP.", limit=found.target.minimum)
    return say_many(
        "<b>{n}</b> dari {of} PNS belum mencapai {limit} JP.",
        "<b>{n}</b> dari {of} PNS belum mencapai {limit} JP.",
        n,
        of=found.of,
        limit=found.target.minimum,
    )


def _unit_lines(found: Standing) -> Markup:
    """The units with the most, or the one alone that is shown; nothing where there is only one."""
    asked = found.asked
    some = [one for one in found.units if (one.unit_id == asked.unit_id if asked.unit_id else one.found)]
    if len(found.units) < 2 and not asked.unit_id:
        return Markup("")
    lines = [say("🏢 {unit}: {n} dari {of}", unit=one.name, n=one.found, of=one.of) for one in some[:COUNTED]]
    more = len(some) - COUNTED
    if more > 0:
        lines.append(say_many("… dan {n} unit lagi.", "… dan {n} unit lagi.", more))
    return joined(lines)


def _line(number: int, one: Line, found: Standing) -> Markup:
    """ "7 dari 20 JP"."""
    return say(
        "{n}. {name}, {unit}: <b>{hours} dari {limit} JP</b>",
        n=number,
        name=one.name,
        unit=next(unit.name for unit in found.units if unit.unit_id == one.unit_id),
        hours=one.hours,
        limit=found.target.limit(one.kind),
    )


def _ways(found: Standing) -> Rows:
    """Other units, the other side, the other circle of people."""
    asked = found.asked
    rows: list[tuple[Button, ...]] = []
    if asked.unit_id:
        every = Asked(asked.whom, asked.side)
        rows.append((button("🏢 " + _("Semua unit"), Learn(LIST, 0, packed(every))),))
    elif len(found.units) > 1:
        rows.append((button("🏢 " + _("Pilih satu unit"), Learn(UNITS, 0, packed(asked))),))
    if asked.side is Side.SHORT:
        said, other = label("PPPK sampai {limit} JP", limit=found.target.maximum), Side.FULL
    else:
        said, other = label("PNS di bawah {limit} JP", limit=found.target.minimum), Side.SHORT
    rows.append((button("🔁 " + said, Learn(LIST, 0, packed(Asked(asked.whom, other, asked.unit_id)))),))
    if asked.whom is not Whom.CITY:
        whom = Whom.BELOW if asked.whom is Whom.TEAM else Whom.TEAM
        words_ = _("Semua di bawah saya") if whom is Whom.BELOW else _("Bawahan langsung")
        rows.append((button("👥 " + words_, Learn(LIST, 0, packed(Asked(whom, asked.side)))),))
    return tuple(rows)


def _deeds(found: Standing) -> Rows:
    """What human resources can do besides."""
    if found.asked.whom is not Whom.CITY:
        return ()
    books = tuple(
        button("⬇️ " + label("Rekap {year} (Excel)", year=year), Learn(BOOK, year))
        for year in (found.year, found.year - 1)
    )
    if found.asked.side is Side.FULL or not found.lines:
        return (books,)
    said = label("Ingatkan mereka ({n})", n=len(found.lines))
    return ((button("🔔 " + said, Learn(ASK, 0, packed(found.asked))),), books)


def units(found: Standing, page: int) -> Screen:
    """The units to choose from, those with the most first."""
    pages = max(1, -(-len(found.units) // UNIT_PAGE))
    page = min(max(page, 0), pages - 1)
    here: Sequence[UnitCount] = found.units[UNIT_PAGE * page : UNIT_PAGE * (page + 1)]
    asked = found.asked
    rows: Rows = tuple(
        (
            button(
                "🏢 " + label("{unit}: {n} dari {of}", unit=cut(one.name, 40), n=one.found, of=one.of),
                Learn(LIST, 0, packed(Asked(asked.whom, asked.side, one.unit_id))),
            ),
        )
        for one in here
    )
    text = joined([_head(found), say("Unit mana yang ingin dilihat?"), Markup(words.page_words(page, pages))], "\n\n")
    pager = words.page_row(UNITS, page, pages, packed(asked))
    back = (button("⬅️ " + _("Kembali ke daftar"), Learn(LIST, 0, packed(Asked(asked.whom, asked.side)))),)
    return Screen(text, (*rows, *pager, back, home_row()))


# --- the reminder ---


def ask_reminder(found: Standing) -> Screen:
    """Sure to remind them?"""
    text = say_many(
        "<b>Kirim pengingat kepada {n} pegawai?</b>\n\nSetiap orang menerima satu kalimat: berapa JP-nya dan berapa "
        "yang kurang. Setiap orang diingatkan paling banyak satu kali sebulan; yang sedang cuti dan yang belum punya "
        "akun dilewati.",
        "<b>Kirim pengingat kepada {n} pegawai?</b>\n\nSetiap orang menerima satu kalimat: berapa JP-nya dan berapa "
        "yang kurang. Setiap orang diingatkan paling banyak satu kali sebulan; yang sedang cuti dan yang belum punya "
        "akun dilewati.",
        len(found.lines),
    )
    extra = packed(found.asked)
    rows = (
        (button("🔔 " + _("Ya, ingatkan"), Learn(REMIND, 0, extra)),),
        (button("⬅️ " + _("Tidak, kembali ke daftar"), Learn(LIST, 0, extra)),),
    )
    return Screen(text, rows)


def reminded(found: Standing, told: int) -> Screen:
    """How many were told now, how many were left out."""
    left = len(found.lines) - told
    head = say_many("🔔 {n} pegawai diingatkan.", "🔔 {n} pegawai diingatkan.", told)
    rest = say_many(
        "{n} orang dilewati: sudah diingatkan bulan ini, sedang cuti, atau belum punya akun.",
        "{n} orang dilewati: sudah diingatkan bulan ini, sedang cuti, atau belum punya akun.",
        left,
    )
    back = (button("⬅️ " + _("Kembali ke daftar"), Learn(LIST, 0, packed(found.asked))),)
    return Screen(joined([head, rest if left else Markup("")]), (back, home_row()))


# --- notices ---


def hours_short(values: dict[str, Any]) -> Screen:
    """To whoever lacks hours: one plain sentence."""
    text = say(
        "🎓 Jam pelajaran (JP) Bapak/Ibu tahun {year} baru {hours} dari {limit} JP, kurang {n} JP lagi sampai akhir "
        "tahun.",
        year=str(values["year"]),
        hours=values["hours"],
        limit=values["limit"],
        n=values["limit"] - values["hours"],
    )
    return Screen(text, ((button("📅 " + _("Pelatihan yang akan datang"), Learn(UPCOMING, 0)),), ledger.back_row()))


def hours_short_team(values: dict[str, Any]) -> Screen:
    """To a superior: how many below, and of them how many directly."""
    text = say_many(
        "📉 Di bawah Bapak/Ibu ada {n} PNS yang belum mencapai {limit} JP tahun {year}; bawahan langsung: {direct}.",
        "📉 Di bawah Bapak/Ibu ada {n} PNS yang belum mencapai {limit} JP tahun {year}; bawahan langsung: {direct}.",
        values["below"],
        limit=values["limit"],
        year=str(values["year"]),
        direct=values["direct"],
    )
    whom = Whom.TEAM if values["direct"] else Whom.BELOW
    return Screen(text, (_open_row(whom),))


def hours_short_city(values: dict[str, Any]) -> Screen:
    """To human resources: how many in the city."""
    text = say_many(
        "📉 Di kota ini ada {n} dari {of} PNS yang belum mencapai {limit} JP tahun {year}. Pegawai dan atasannya sudah "
        "diberi tahu.",
        "📉 Di kota ini ada {n} dari {of} PNS yang belum mencapai {limit} JP tahun {year}. Pegawai dan atasannya sudah "
        "diberi tahu.",
        values["count"],
        of=values["of"],
        limit=values["limit"],
        year=str(values["year"]),
    )
    return Screen(text, (_open_row(Whom.CITY),))


def _open_row(whom: Whom) -> tuple[Button, ...]:
    return (button("📉 " + _("Buka daftarnya"), Learn(LIST, 0, packed(Asked(whom)))),)


KINDS: dict[str, Callable[[dict[str, Any]], Screen]] = {
    "hours_short": hours_short,
    "hours_short_again": hours_short,
    "hours_short_team": hours_short_team,
    "hours_short_city": hours_short_city,
}
