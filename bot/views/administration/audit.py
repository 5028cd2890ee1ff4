"""The audit of one report: who, when, what, from what to what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.callbacks import Ticket
from bot.i18n import N_, Markup, _, say, show_moment
from bot.services.audit import Act, Trail
from bot.services.desk.sharing import BY_HAND, LIGHTEST_LOAD, SHARED_EVENLY
from bot.views.desk.card import STEPS
from bot.views.desk.queue import STATUSES
from bot.views.desk.step_words import PROMISES
from bot.views.desk.talks import REASONS as ARCHIVE_REASONS
from bot.views.parts import CLASSES, home_row, joined
from bot.views.screen import Button, Screen, button
from bot.views.staff import ROLES
from models.complaint import ReportClass
from models.rules.complaint_flow import Action

#: Role → who acts.
WHO = {
    "resident": N_("pelapor"),
    "system": N_("sistem"),
    "console": N_("server"),
    **{role.value: words for role, words in ROLES.items()},
}
VIEWED = N_("Melihat laporan yang dibatasi")
#: Fact → what it is called.
FACTS = {
    "status": N_("status"),
    "unit": N_("unit"),
    "officer": N_("petugas"),
    "class": N_("jenis"),
    "score": N_("nilai"),
    "reason": N_("alasan"),
    "level": N_("tingkat"),
    "promise": N_("batas"),
    "due": N_("jatuh tempo"),
    "days": N_("hari"),
    "addressee": N_("instansi"),
    "anonymous": N_("anonim"),
    "confidential": N_("rahasia"),
    "conflict": N_("menyangkut unit atau pegawai"),
    "accused": N_("pegawai yang dilaporkan"),
    "main": N_("laporan utama"),
    "code": N_("laporan"),
    "occurrence": N_("kejadian"),
    "needs_inspection": N_("perlu pemeriksaan"),
    "files": N_("berkas"),
    "edited": N_("pesan diubah"),
    "gone": N_("dilepas"),
    "what": N_("bagian"),
}
#: Fact → its values in words.
WORDS: dict[str, dict[str, str]] = {
    "status": {status.value: words for status, words in STATUSES.items()},
    "class": {kind.value: CLASSES[kind] for kind in ReportClass},
    "promise": dict(PROMISES),
    "level": {
        "warning": N_("peringatan"),
        "worker": N_("petugas"),
        "head": N_("kepala unit"),
        "city": N_("tingkat kota"),
    },
    "reason": {
        **{reason.value: words for reason, words in ARCHIVE_REASONS.items()},
        "silence": N_("pelapor tidak menjawab"),
        "not_completed": N_("tidak dilengkapi pelapor"),
        "conflict": N_("menyangkut unit atau pegawai"),
        BY_HAND: N_("diserahkan"),
        LIGHTEST_LOAD: N_("beban paling ringan"),
        SHARED_EVENLY: N_("dibagi rata"),
    },
    "what": {"card": N_("kartu"), "history": N_("riwayat"), "files": N_("berkas")},
}


def trail(code: str, complaint_id: int, found: Trail) -> Screen:
    """One page, the newest act first."""
    lines = [_line(act, found) for act in found.acts] or [say("Belum ada catatan untuk laporan ini.")]
    text = joined([say("<b>Jejak audit {code}</b>", code=code), *lines], "\n\n")
    row: list[Button] = []
    if found.page > 0:
        row.append(button("◀️ " + _("Sebelumnya"), Ticket("audit", complaint_id, str(found.page - 1))))
    if found.page < found.pages - 1:
        row.append(button(_("Berikutnya") + " ▶️", Ticket("audit", complaint_id, str(found.page + 1))))
    return Screen(text, (*((tuple(row),) if row else ()), home_row()))


def _line(act: Act, found: Trail) -> Markup:
    """When; who did what; the facts from old to new."""
    old, new = act.row.old, act.row.new
    facts = [_change(name, old.get(name), new.get(name), found) for name in FACTS if old.get(name) != new.get(name)]
    head = say("<b>{moment}</b>\n{who}: {what}", moment=show_moment(act.row.at), who=_who(act), what=_what(act))
    return joined([head, joined(facts, " · ")])


def _who(act: Act) -> str:
    role = act.row.role.partition(":")[0]
    words = _(WHO[role]) if role in WHO else role
    return f"{act.name} ({words})" if act.name else words


def _what(act: Act) -> str:
    words = {**STEPS, Action.VIEW: VIEWED}.get(Action(act.row.action))
    return _(words) if words is not None else act.row.action


def _change(name: str, old: Any, new: Any, found: Trail) -> Markup:
    if old is None:
        return say("{name}: {value}", name=_(FACTS[name]), value=_value(name, new, found))
    return say("{name}: {old} → {new}", name=_(FACTS[name]), old=_value(name, old, found), new=_value(name, new, found))


def _value(name: str, value: Any, found: Trail) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if name in ("officer", "accused"):
        return found.officers.get(value, str(value))
    if name == "due":
        return show_moment(datetime.fromisoformat(value))
    words = WORDS.get(name, {}).get(str(value))
    return _(words) if words is not None else str(value)


def how_to_ask() -> Screen:
    """The command without a number."""
    text = say("Tulis nomor laporan sesudah perintah, contoh: <code>/riwayat TPI-261124-ABCD1</code>")
    return Screen(text, (home_row(),))
