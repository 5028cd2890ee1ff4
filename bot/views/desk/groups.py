"""What a unit's group sees: cards without anything about a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.callbacks import GroupDeed
from bot.i18n import Markup, _, say, show_moment
from bot.views.parts import CLASSES, joined
from bot.views.screen import Button, Screen, button
from models.complaint import ReportClass


def card(values: dict[str, Any], taken_by: str | None = None) -> Screen:
    """One report for the group; once somebody took it the button goes."""
    head = say("📥 Laporan <b>{code}</b> · {kind}", code=values["code"], kind=_(CLASSES[ReportClass(values["class"])]))
    lines = [head]
    if values["service"]:
        lines.append(say("Layanan: {service}", service=values["service"]))
    if values["kelurahan"]:
        lines.append(say("Kelurahan {kelurahan}", kelurahan=values["kelurahan"]))
    lines.append(say("Batas: {moment}", moment=show_moment(datetime.fromisoformat(values["due_at"]))))
    lines.append(say("🙋 Dikerjakan oleh {name}", name=taken_by) if taken_by else Markup(""))
    private = Button(_("Buka di obrolan pribadi"), url=f"https://t.me/{values['bot']}?start=t_{values['code']}")
    take = button("🙋 " + _("Saya kerjakan"), GroupDeed("take", values["complaint_id"]))
    return Screen(joined(lines), ((private,),) if taken_by else ((take,), (private,)))


def bound(unit: str) -> Screen:
    """The group is the unit's now."""
    text = say(
        "Grup ini sekarang grup kerja <b>{unit}</b>. Laporan baru muncul di sini tanpa isi dan tanpa nama pelapor. "
        "Tombolnya hanya bekerja untuk petugas yang berwenang.",
        unit=unit,
    )
    return Screen(text)


def let_go() -> Screen:
    """It is no more."""
    return Screen(say("Grup ini tidak lagi menerima laporan."))


def how_to_bind() -> Screen:
    """The command without a unit."""
    return Screen(say("Tulis nama singkat unitnya sesudah perintah, contoh: <code>/ikat Dishub</code>"))


def show_yourself() -> Screen:
    """An administrator of the group who hides behind it: nobody knows who presses."""
    return Screen(say("Untuk mengikat grup, matikan dulu mode admin anonim di pengaturan grup, lalu ulangi."))


def only_private() -> str:
    """A button that belongs into a private chat."""
    return _("Tombol ini hanya bisa dipakai di obrolan pribadi dengan bot.")


KINDS = {"group_card": card}
