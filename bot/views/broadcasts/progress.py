"""How far a broadcast is, as its author sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.callbacks import Deliver
from bot.i18n import N_, _, say, show_number
from bot.views.parts import home_row
from bot.views.screen import Button, Rows, Screen, button
from models.broadcasts.broadcast import BroadcastStatus

PARTS = 12
HEADS = {
    BroadcastStatus.SENDING: N_("📣 <b>{title}</b> sedang dikirim"),
    BroadcastStatus.PAUSED: N_("⏸ <b>{title}</b> dihentikan sementara"),
    BroadcastStatus.DONE: N_("✅ <b>{title}</b> selesai dikirim"),
    BroadcastStatus.CANCELLED: N_("⏹ <b>{title}</b> dibatalkan"),
    BroadcastStatus.SCHEDULED: N_("✅ <b>{title}</b> selesai dikirim, dan akan dikirim lagi"),
}


def progress(values: Mapping[str, Any]) -> Screen:
    """A bar, the numbers, and what can be done now."""
    status = BroadcastStatus(values["status"])
    total, left = values["total"], values["left"]
    ended = total - left
    full = PARTS * ended // total if total else PARTS
    lines = [
        say(HEADS[status], title=values["title"]),
        "▓" * full + "░" * (PARTS - full) + f" {100 * ended // total if total else 100} %",
        say(
            "Terkirim {sent} dari {total} · tidak terjangkau {unreachable} · gagal {failed}",
            **{name: show_number(values[name]) for name in ("sent", "total", "unreachable", "failed")},
        ),
    ]
    if status is BroadcastStatus.SENDING and values["seconds_left"]:
        minutes = max(1, round(values["seconds_left"] / 60))
        lines.append(say("Selesai kira-kira {minutes} menit lagi.", minutes=minutes))
    if values["cancelled"]:
        lines.append(say("Tidak jadi dikirim: {n}", n=show_number(values["cancelled"])))
    return Screen("\n".join(lines), _rows(status, values["broadcast_id"]))


def _rows(status: BroadcastStatus, broadcast_id: int) -> Rows:
    def one(label: str, verb: str) -> Button:
        return button(label, Deliver(verb, broadcast_id))

    if status is BroadcastStatus.SENDING:
        return ((one("⏸ " + _("Hentikan sementara"), "pause"), one("⏹ " + _("Batalkan"), "cancel")),)
    if status is BroadcastStatus.PAUSED:
        return ((one("▶️ " + _("Lanjutkan"), "resume"), one("⏹ " + _("Batalkan"), "cancel")),)
    return ((one("📄 " + _("Hasil per orang (Excel)"), "results"), one("🔍 " + _("Buka"), "open")), home_row())


KINDS = {"broadcast_progress": progress}
