"""What others are told about a broadcast: the approver, the author, a reader who did not answer yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.callbacks import Deliver, React
from bot.i18n import N_, Markup, _, say, show_number
from bot.views.broadcasts.desk import APPROVE, OPEN, PREVIEW, RETURN
from bot.views.broadcasts.message import button_of
from bot.views.broadcasts.words import kind_name
from bot.views.parts import joined, quoted
from bot.views.screen import Screen, button
from models.broadcasts.broadcast import BroadcastKind

FAULTS = {
    "nip": N_("Baris {line}: bukan NIP yang benar"),
    "twice": N_("Baris {line}: sudah ada di atas"),
    "unknown": N_("Baris {line}: tidak ada dalam data kepegawaian"),
}


def waits(values: Mapping[str, Any]) -> Screen:
    """To whoever approves: please look, then decide."""
    text = say(
        "⏳ {author} ingin menyiarkan <b>{title}</b> ({kind}) kepada {n} orang. Mohon diperiksa dahulu.",
        author=values["author"],
        title=values["title"],
        kind=kind_name(BroadcastKind(values["kind"])),
        n=show_number(values["people"]),
    )
    number = values["waiting_id"]
    return Screen(
        text,
        (
            (button("👁 " + _("Lihat persis seperti diterima"), Deliver(PREVIEW, number)),),
            (button("✅ " + _("Setujui dan kirim"), Deliver(APPROVE, number)),),
            (button("↩️ " + _("Kembalikan"), Deliver(RETURN, number)),),
        ),
    )


def approved(values: Mapping[str, Any]) -> Screen:
    """To the author: yes."""
    return _told(say("✅ <b>{title}</b> sudah disetujui.", title=values["title"]), values)


def returned(values: Mapping[str, Any]) -> Screen:
    """To the author: not so."""
    text = say("↩️ <b>{title}</b> dikembalikan kepada Bapak/Ibu sebagai draf:", title=values["title"])
    return _told(joined([text, quoted(values["reason"])]), values)


def list_read(values: Mapping[str, Any]) -> Screen:
    """To the author: what came of the uploaded list."""
    if not values["readable"]:
        return _told(say("Berkas daftar itu tidak bisa dibaca. Mohon kirim berkas Excel atau CSV."), values)
    return _told(list_words(values), values)


def list_words(values: Mapping[str, Any]) -> Markup:
    """How many were found, and what is wrong with which line."""
    lines = [say("📋 {n} pegawai dari daftar itu dicatat.", n=show_number(values["people"]))]
    lines += [say(FAULTS[fault], line=line) for line, fault in values["faults"]]
    more = values["wrong"] - len(values["faults"])
    if more > 0:
        lines.append(say("… dan {n} baris lain yang keliru.", n=show_number(more)))
    return joined(lines)


def _told(text: Markup, values: Mapping[str, Any]) -> Screen:
    return Screen(text, ((button("🔍 " + _("Buka"), Deliver(OPEN, values["told_id"])),),))


def reminder(values: Mapping[str, Any]) -> Screen:
    """To a reader who pressed none of the answers."""
    text = say("🔔 Bapak/Ibu belum menanggapi <b>{title}</b>. Silakan pilih salah satu:", title=values["title"])
    rows = tuple(
        tuple(button_of(one) for one in row if React.decode(one.get("data") or "") is not None)
        for row in values["buttons"]
    )
    return Screen(text, tuple(row for row in rows if row))


KINDS = {
    "broadcast_waits": waits,
    "broadcast_approved": approved,
    "broadcast_returned": returned,
    "broadcast_list": list_read,
    "broadcast_reminder": reminder,
}
