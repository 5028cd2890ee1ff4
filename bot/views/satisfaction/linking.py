"""A report and the improvements of its unit: tick what it raised, or begin a new one with it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.callbacks import Plan, Ticket
from bot.i18n import N_, _, say, show_short_day
from bot.views.parts import cut, home_row, joined
from bot.views.satisfaction.plans import LONGEST_BUTTON
from bot.views.screen import Button, Screen, button
from models.improvement import Improvement

#: The button of a report's card, and what it asks for.
LINK = N_("🛠 Kaitkan ke perbaikan")
SHOW, TICK, BEGIN = "of", "join", "ticket"


def link_button(complaint_id: int) -> Button:
    """On the card of a report, for whoever plans for its unit."""
    return button(_(LINK), Plan(SHOW, str(complaint_id), "0"))


def improvements(
    code: str, complaint_id: int, found: Sequence[tuple[Improvement, bool]], page: int, pages: int
) -> Screen:
    """What is being improved at the unit, each a box to tick."""
    head = say(
        "<b>Laporan {code}: kaitkan ke perbaikan</b>\n\nSesudah perbaikan selesai, pelapornya mendapat satu pesan: "
        "Anda melapor, kami perbaiki.",
        code=code,
    )
    lines = [
        say("{title} · paling lambat {due}", title=row.title, due=show_short_day(row.due_on)) for row, _on in found
    ]
    if not found:
        lines = [say("Belum ada perbaikan yang cocok dengan laporan ini.")]
    rows: list[tuple[Button, ...]] = [
        (
            button(
                cut(("☑ " if on else "☐ ") + row.title, LONGEST_BUTTON),
                Plan(TICK, str(row.id), f"{complaint_id}.{page}"),
            ),
        )
        for row, on in found
    ]
    turning = []
    if page > 0:
        turning.append(button("◀️ " + _("Sebelumnya"), Plan(SHOW, str(complaint_id), str(page - 1))))
    if page < pages - 1:
        turning.append(button(_("Berikutnya") + " ▶️", Plan(SHOW, str(complaint_id), str(page + 1))))
    if turning:
        rows.append(tuple(turning))
    rows.append((button("➕ " + _("Perbaikan baru dari laporan ini"), Plan(BEGIN, str(complaint_id))),))
    back = (button("📄 " + _("Kembali ke laporan"), Ticket("view", complaint_id)),)
    return Screen(joined([head, *lines], "\n\n"), (*rows, back, home_row()))
