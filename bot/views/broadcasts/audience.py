"""Choosing for whom a broadcast is: what is asked for, how many that finds, one field's values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.i18n import Markup, _, say, show_number
from bot.services.broadcasts.audiences import Reach
from bot.services.city import City
from bot.views.broadcasts.composing import FLOW, READY
from bot.views.broadcasts.words import FIELDS, audience_lines, fields_of
from bot.views.parts import choices, joined, moves
from bot.views.screen import Button, Screen
from models.rules.audience import Audience, Circle

CLEAR, AGAIN = "clear", "again"
#: Before a page's number, and before a value that is added or taken out.
TO_PAGE, TOGGLE = ">", "+"
PAGE = 8
MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen of a field: (value, words, whether it is chosen), and which page of how many."""

    field: str
    shown: Sequence[tuple[str, str, bool]]
    page: int = 0
    pages: int = 1


def hub(nonce: str, audience: Audience, found: Reach, city: City, courses: Mapping[int, str]) -> Screen:
    """For whom it is now, how many that are and some names; what else can be asked for."""
    lines = [
        say("<b>Siapa saja penerimanya?</b>"),
        *audience_lines(audience, city, courses),
        Markup(""),
        *_count(found),
    ]
    fields = [(field, "🔎 " + _(FIELDS[field])) for field in fields_of(audience.circle)]
    rest = [(AGAIN, "🔄 " + _("Hitung lagi"))]
    if audience.circle is Circle.LISTED:
        rest.append(("list", "📋 " + _("Ganti daftar")))
    elif audience != Audience(audience.circle):
        rest.append((CLEAR, "🗑 " + _("Kosongkan saringan")))
    rows: tuple[tuple[Button, ...], ...] = (
        *choices(FLOW, "audience", nonce, fields, 2),
        *choices(FLOW, "audience", nonce, rest, 2),
        *choices(FLOW, "audience", nonce, [(READY, "▶️ " + _("Lanjut"))]),
        moves(nonce),
    )
    return Screen("\n".join(lines), rows)


def _count(found: Reach) -> list[Markup]:
    lines = [say("👥 <b>{n} orang</b> ditemukan.", n=show_number(found.people))]
    if found.unreachable:
        lines.append(say("{n} di antaranya memblokir bot.", n=show_number(found.unreachable)))
    if found.without_account:
        lines.append(
            say("{n} pegawai lain belum punya akun di bot dan tidak menerimanya.", n=show_number(found.without_account))
        )
    if found.names:
        lines.append(say("Contoh: {names}", names=", ".join(found.names[:MOST_NAMES])))
    return lines


def ask_values(nonce: str, options: Options) -> Screen:
    """Which values of one field."""
    hints = {
        "units": say("Tulis sebagian nama unit untuk mencarinya."),
        "positions": say("Tulis kata dari nama jabatan, misalnya <i>bendahara</i>. Boleh beberapa, dipisah koma."),
        "hours_below": say("Tulis angkanya, misalnya 20."),
    }
    text = joined(
        [
            say("<b>{field}</b>", field=_(FIELDS[options.field])),
            hints.get(options.field, say("Boleh lebih dari satu.")),
        ],
        "\n\n",
    )
    shown = [(TOGGLE + value, ("✅ " if held else "") + words) for value, words, held in options.shown]
    turns = [(TO_PAGE + str(options.page - 1), "◀️ " + _("Sebelumnya"))] if options.page else []
    if options.page < options.pages - 1:
        turns.append((TO_PAGE + str(options.page + 1), _("Berikutnya") + " ▶️"))
    rows: tuple[tuple[Button, ...], ...] = (
        *choices(FLOW, "pick", nonce, shown, 2),
        *choices(FLOW, "pick", nonce, turns, 2),
        *choices(FLOW, "pick", nonce, [(READY, "✔️ " + _("Pakai pilihan ini"))]),
        moves(nonce),
    )
    return Screen(text, rows)
