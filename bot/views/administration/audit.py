"""The audit of one report: who, when, what, from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.callbacks import Ticket
from bot.i18n import N_, Markup, _, say, show_moment
from bot.services.audit import Act
from bot.views.desk.card import STEPS
from bot.views.desk.queue import STATUSES
from bot.views.parts import home_row, joined
from bot.views.screen import Button, Screen, button
from models.rules.complaint_flow import Action, Status

#: Who acts, where no name is shown.
ROLES = {"resident": N_("pelapor"), "system": N_("sistem")}
FACTS = {
    "unit": N_("unit"),
    "score": N_("nilai"),
    "reason": N_("alasan"),
    "level": N_("tingkat"),
    "anonymous": N_("anonim"),
    "confidential": N_("rahasia"),
    "conflict": N_("menyangkut unit"),
    "main": N_("laporan induk"),
    "needs_inspection": N_("perlu pemeriksaan"),
}


def trail(code: str, complaint_id: int, acts: Sequence[Act], page: int, pages: int) -> Screen:
    """One page, the newest act first."""
    lines = [_line(act) for act in acts] or [say("Belum ada catatan untuk laporan ini.")]
    text = joined([say("<b>Jejak audit {code}</b>", code=code), *lines], "\n\n")
    row: list[Button] = []
    if page > 0:
        row.append(button("◀️ " + _("Sebelumnya"), Ticket("audit", complaint_id, str(page - 1))))
    if page < pages - 1:
        row.append(button(_("Berikutnya") + " ▶️", Ticket("audit", complaint_id, str(page + 1))))
    return Screen(text, (*((tuple(row),) if row else ()), home_row()))


def _line(act: Act) -> Markup:
    before, after = act.row.old.get("status"), act.row.new.get("status")
    change = Markup("")
    if before and after and before != after:
        change = say("{old} → {new}", old=_status(before), new=_status(after))
    facts = [_fact(name, value) for name, value in act.row.new.items() if name in FACTS]
    who = act.name or _(ROLES.get(act.row.role, act.row.role))
    step = Action(act.row.action) if act.row.action in set(Action) else None
    what = _(STEPS[step]) if step in STEPS else act.row.action
    head = say("<b>{moment}</b>\n{who}: {what}", moment=show_moment(act.row.at), who=who, what=what)
    return joined([head, joined([change, *facts], " · ")])


def _fact(name: str, value: Any) -> Markup:
    words = (_("ya") if value else _("tidak")) if isinstance(value, bool) else value
    return say("{name}: {value}", name=_(FACTS[name]), value=words)


def _status(value: str) -> str:
    return _(STATUSES[Status(value)])


def how_to_ask() -> Screen:
    """The command without a number."""
    return Screen(say("Tulis nomor laporan sesudah perintah, contoh: <code>/riwayat TPI-261124-ABCD1</code>"))
