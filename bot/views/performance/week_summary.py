"""The last questions about a week: the summary, why something changes, and what one line of words was taken for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.callbacks import Open
from bot.i18n import N_, Markup, _, say
from bot.services.performance.own_week import Asked
from bot.views.parts import choices, cut, joined, moves
from bot.views.performance.week_talk import FLOW, OTHER, Filled, line_rows
from bot.views.performance.week_words import LONGEST_BUTTON, amount, name_of, show_week, week_label
from bot.views.screen import Button, Rows, Screen, button
from models.rules.performance.one_line import LineFault
from models.rules.permissions import Desk

SEND, SAVE, EDIT = "send", "save", "edit"
FAULTS = {
    LineFault.EMPTY: N_("Belum ada angkanya."),
    LineFault.NO_NUMBER: N_("Angkanya belum terbaca pada “{part}”."),
    LineFault.BAD_NUMBER: N_("Angka pada “{part}” bisa berarti dua hal. Tulis misalnya 87,5 atau 1.250."),
    LineFault.UNKNOWN_CODE: N_("Butir “{part}” tidak ada dalam rencana kerja."),
    LineFault.CODE_MISSING: N_("“{part}” untuk butir yang mana? Tulis nomornya, misalnya 1: 3; 2: 87,5"),
    LineFault.CODE_TWICE: N_("Butir “{part}” disebut dua kali."),
}


def check(nonce: str, filled: Filled) -> Screen:
    """All of it before it is sent; what stays missing is named."""
    own = filled.own
    lines = [_checked(one, filled) for one in own.asked if one not in filled.open]
    parts = [say("<b>Periksa laporan minggu {week}</b>", week=show_week(own.week)), joined(lines, "\n")]
    if filled.open:
        names = "; ".join(name_of(one) for one in filled.open)
        parts.append(say("▫️ Belum diisi dan tetap tercatat belum dilaporkan: {names}", names=names))
    rows: Rows = choices(FLOW, "check", nonce, [(SEND, "📨 " + _("Kirim laporan"))]) if filled.given else ()
    more = line_rows("check", nonce, own) or choices(
        FLOW, "check", nonce, [(f"l{own.asked[0].line.id}", "✏️ " + _("Ubah"))]
    )
    return Screen(joined(parts, "\n\n"), (*rows, *more, moves(nonce)))


def _checked(one: Asked, filled: Filled) -> Markup:
    item, given = one.line.item, filled.given.get(one.line.id)
    if given is None:
        value = amount(item, one.entry.value) if one.entry is not None else "–"
        return say("✔️ {name}: {value} (sudah dilaporkan)", name=name_of(one), value=value)
    parts = [say("✏️ {name}: <b>{value}</b>", name=name_of(one), value=amount(item, given.value))]
    if given.same and filled.own.is_monotonous(one.streak + 1):
        parts.append(say("🔁 Sama dengan sebelumnya, {n} kali berturut-turut", n=one.streak + 1))
    if one.entry is not None and one.entry.value != given.value:
        parts.append(say("↩️ Sebelumnya: {value}", value=amount(item, one.entry.value)))
    if given.obstacle:
        parts.append(say("⚠️ {words}", words=cut(given.obstacle, 200)))
    if given.note:
        parts.append(say("📝 {words}", words=cut(given.note, 200)))
    if given.link:
        parts.append(say("🔗 {link}", link=given.link))
    if given.files:
        parts.append(say("📎 Berkas bukti: {n}", n=len(given.files)))
    return joined(parts)


def ask_reason(nonce: str) -> Screen:
    """Why what was accepted changes."""
    text = say(
        "<b>Mengapa diperbaiki?</b>\n\nLaporan ini sudah diterima atasan. Tulis alasannya, misalnya "
        "<i>dua dokumen baru selesai hari ini</i>. Atasan akan memeriksanya lagi."
    )
    return Screen(text, (moves(nonce),))


def confirm(nonce: str, filled: Filled, other: date | None) -> Screen:
    """What was understood from one line, before it is stored."""
    own = filled.own
    lines = [_checked(one, filled) for one in own.asked if one.line.id in filled.given]
    text = say(
        "<b>Laporan mingguan?</b>\n\nBegini yang kami pahami untuk minggu {week}:\n\n{lines}",
        week=show_week(own.week),
        lines=joined(lines),
    )
    options = [(SAVE, "✅ " + _("Benar, simpan")), (EDIT, "✏️ " + _("Ubah atau lengkapi"))]
    if other is not None:
        options.append((OTHER, "📅 " + week_label(other)))
    return Screen(text, (*choices(FLOW, "confirm", nonce, options), (_complaint(),), moves(nonce, back=False)))


def ask_which(nonce: str, value: str, among: Sequence[Asked]) -> Screen:
    """A number alone: for which line?"""
    options = [(f"l{one.line.id}", cut(name_of(one), LONGEST_BUTTON)) for one in among]
    text = say("<b>Laporan mingguan?</b>\n\nAngka <b>{value}</b> itu untuk butir yang mana?", value=value)
    return Screen(text, (*choices(FLOW, "which", nonce, options), (_complaint(),), moves(nonce, back=False)))


def _complaint() -> Button:
    return button("📝 " + _("Bukan, ini laporan warga"), Open(Desk.FILE.value))


def not_read(fault: LineFault, part: str) -> Screen:
    """What could not be understood of what was typed."""
    return Screen(say(FAULTS[fault], part=cut(part, 60)))
