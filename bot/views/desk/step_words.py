"""Steps of the history that say more than their name: what the clock did and why, what was merged or grouped."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.i18n import N_, label, show_moment, show_number
from models.complaint import ComplaintEvent
from models.rules.complaint_flow import Action

#: Promise → what an automatic step is about.
PROMISES = {
    "verify": N_("pemeriksaan"),
    "react": N_("tanggapan pertama"),
    "settle": N_("penyelesaian"),
    "statute": N_("batas undang-undang"),
}
#: Level → whom the clock told, and why.
TOLD = {
    "warning": N_("Diingatkan otomatis kepada petugas: batas {promise} {due} sudah dekat ({share}% waktu terpakai)"),
    "worker": N_("Diingatkan otomatis kepada petugas: batas {promise} {due} sudah lewat"),
    "head": N_("Dinaikkan otomatis ke kepala unit: batas {promise} {due} lewat {days} hari kerja"),
    "city": N_("Dinaikkan otomatis ke tingkat kota: batas {promise} {due} lewat {days} hari kerja"),
}


#: What was merged, grouped or told together → its words, filled from the values of the step.
NAMED = {
    Action.MERGE: N_("Digabungkan ke laporan {main} karena sama"),
    Action.UNMERGE: N_("Penggabungan ke laporan {main} dibatalkan"),
    Action.ABSORB: N_("Laporan {code} digabungkan ke sini"),
    Action.GROUP: N_("Dimasukkan ke kejadian {occurrence}"),
    Action.UNGROUP: N_("Dikeluarkan dari kejadian {occurrence}"),
    Action.INFORM: N_("Kabar untuk semua pelapor kejadian {occurrence}"),
}


def in_words(event: ComplaintEvent) -> str | None:
    """The step in words with its reason; None where its name says enough."""
    values = event.values
    if event.action is Action.ESCALATE and "level" in values:
        return _told(values)
    if event.action is Action.AUTO_CLOSE and "since" in values:
        return _closed(values)
    if event.action is Action.WITHDRAW and values.get("reason") == "not_completed":
        days = show_number(values["days"])
        return label(N_("Dianggap ditarik otomatis: tidak dilengkapi pelapor selama {days} hari"), days=days)
    if event.action is Action.ABSORB and values.get("gone"):
        return label(N_("Laporan {code} dilepas lagi dari sini"), code=values["code"])
    return label(NAMED[event.action], **values) if event.action in NAMED else None


def _told(values: dict[str, Any]) -> str:
    due = show_moment(datetime.fromisoformat(values["due"]))
    return label(
        TOLD[values["level"]],
        promise=label(PROMISES[values["promise"]]),
        due=due,
        share=show_number(values.get("share", 0)),
        days=show_number(values.get("late_days", 0)),
    )


def _closed(values: dict[str, Any]) -> str:
    return label(
        N_("Ditutup otomatis: pelapor tidak menjawab selama {days} hari kerja sejak {since}"),
        days=show_number(values["days"]),
        since=show_moment(datetime.fromisoformat(values["since"])),
    )
