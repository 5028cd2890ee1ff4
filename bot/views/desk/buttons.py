"""The buttons under a report's card, built in one place: what is possible now, then the ways on."""

from __future__ import annotations

from collections.abc import Sequence

from bot.callbacks import Open, Ticket
from bot.i18n import N_, _, label
from bot.views.parts import home_row, map_link
from bot.views.satisfaction.linking import link_button
from bot.views.screen import Button, Rows, button
from models.complaint import Complaint
from models.rules.complaint_flow import Action
from models.rules.permissions import Desk

#: Action → its button.
BUTTONS = {
    Action.VERIFY: N_("✅ Lengkap, terima"),
    Action.DISPOSE: N_("📤 Pilih unit lain"),
    Action.ASK_COMPLETION: N_("✏️ Minta dilengkapi"),
    Action.DECLARE_NOT_OURS: N_("🚫 Bukan wewenang"),
    Action.ARCHIVE: N_("🗄 Arsipkan"),
    Action.UNMERGE: N_("↩️ Batalkan penggabungan"),
    Action.RESTORE: N_("♻️ Kembalikan ke daftar"),
    Action.ABSORB: N_("🔗 Laporan serupa"),
    Action.GROUP: N_("🧩 Kejadian"),
    Action.TAKE: N_("🙋 Saya kerjakan"),
    Action.ASSIGN: N_("👤 Serahkan ke rekan"),
    Action.UNASSIGN: N_("📥 Lepaskan"),
    Action.REPLY: N_("💬 Jawab pelapor"),
    Action.ASK_RESIDENT: N_("❔ Tanya pelapor"),
    Action.PROPOSE_DONE: N_("🏁 Usulkan selesai"),
    Action.NOTE: N_("🗒 Catatan internal"),
    Action.TRANSFER: N_("↪️ Alihkan ke unit lain"),
    Action.ACCUSE: N_("⚖️ Sebut pegawainya"),
    Action.RELEASE: N_("✅ Bukti wajar, lepaskan"),
    Action.RETURN: N_("↩️ Kembalikan ke unit"),
}
#: What can be hidden → its button.
TIGHTER = {
    "anonymous": N_("🙈 Sembunyikan nama pelapor"),
    "confidential": N_("🔐 Jadikan rahasia"),
    "conflict": N_("⚖️ Ini tentang unit atau petugas"),
}
BACK = {
    Desk.VERIFIER_QUEUE: N_("🗂 Laporan masuk"),
    Desk.UNIT_QUEUE: N_("🧰 Laporan unit"),
    Desk.OVERSIGHT: N_("🔎 Laporan kota"),
}


def rows(
    complaint: Complaint,
    actions: Sequence[Action],
    desks: Sequence[Desk],
    suggestion: tuple[str, str] | None,
    *,
    linkable: bool = False,
) -> Rows:
    """`actions` are the possible ones, `desks` the person's own, `suggestion` (target, unit) for one press."""
    found: list[tuple[Button, ...]] = []
    if suggestion is not None:
        target, unit = suggestion
        text = label("✅ Terima & teruskan ke {unit}", unit=unit)
        found.append((button(text, Ticket(Action.DISPOSE.value, complaint.id, target)),))
    steps = [button(_(BUTTONS[action]), Ticket(action.value, complaint.id)) for action in actions if action in BUTTONS]
    if Action.TIGHTEN in actions:
        steps += [
            button(_(name), Ticket(Action.TIGHTEN.value, complaint.id, what))
            for what, name in TIGHTER.items()
            if not getattr(complaint, what)
        ]
    if linkable:
        steps.append(link_button(complaint.id))
    found += [tuple(steps[start : start + 2]) for start in range(0, len(steps), 2)]
    if Desk.VERIFIER_QUEUE in desks or Desk.OVERSIGHT in desks:
        found.append(
            (
                button("⛔ " + _("Batasi pengirim"), Ticket("ban", complaint.id)),
                button("🧾 " + _("Jejak audit"), Ticket("audit", complaint.id, "0")),
            )
        )
    found.append((button("🕘 " + _("Riwayat lengkap"), Ticket("history", complaint.id, "0")), *_on_the_map(complaint)))
    found.append((*(button(_(BACK[desk]), Open(desk.value)) for desk in desks if desk in BACK), *home_row()))
    return tuple(found)


def _on_the_map(complaint: Complaint) -> tuple[Button, ...]:
    """The point, where the reporter gave one."""
    if complaint.latitude is None or complaint.longitude is None:
        return ()
    return (Button("🗺 " + _("Buka peta"), url=map_link(complaint.latitude, complaint.longitude)),)
