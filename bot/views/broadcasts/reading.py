"""What a reader is told after a press below a broadcast, and the city's news: agreeing, from where, stopping."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.callbacks import React, Setting
from bot.i18n import Markup, _, label, say
from bot.views.broadcasts.words import KINDS, kind_name
from bot.views.parts import home_row, joined
from bot.views.screen import Button, Screen, button
from models.broadcasts.broadcast import BroadcastKind

ON = "on"
NEWS, AREA, KIND = "news", "news_area", "news_kind"
YES, NO, CHOOSE = "yes", "no", "choose"
#: Kinds that residents get.
FOR_RESIDENTS = (BroadcastKind.NEWS, BroadcastKind.EVENT, BroadcastKind.TRAINING)


def recorded(answer: str) -> str:
    """Over the chat."""
    return label("Tercatat: {answer}", answer=answer)[:200]


def only_a_sample() -> str:
    """The author pressed a button of the preview."""
    return _("Ini contoh. Tombolnya bekerja setelah pengumuman dikirim.")


def opted_out(kind: BroadcastKind, broadcast_id: int) -> Screen:
    """No more of this kind, with a way back."""
    text = say("🔕 Baik. Pengumuman jenis <b>{kind}</b> tidak kami kirim lagi kepada Bapak/Ibu.", kind=kind_name(kind))
    return Screen(text, ((button("↩️ " + _("Tetap kirim"), React(broadcast_id, ON)),), home_row()))


def opted_in(kind: BroadcastKind) -> Screen:
    """Welcome again."""
    return Screen(say("🔔 Pengumuman jenis <b>{kind}</b> kami kirim lagi.", kind=kind_name(kind)), (home_row(),))


def ask_news(version: str) -> Screen:
    """Before any news: what for, how to stop."""
    text = say(
        "<b>Mau menerima kabar kota?</b>\n\nKami kirim kabar, acara, dan pelatihan dari Pemerintah Kota lewat obrolan "
        "ini. Yang dicatat: persetujuan ini, waktunya, dan kelurahan bila Bapak/Ibu memilihnya. Bisa dihentikan kapan "
        "saja dengan /tarik. Tanpa persetujuan ini pun Bapak/Ibu tetap bisa melapor. (versi {version})",
        version=version,
    )
    return Screen(
        text,
        (
            (button("✅ " + _("Ya, saya mau"), Setting(NEWS, YES)),),
            (button(_("Tidak, terima kasih"), Setting(NEWS, NO)),),
        ),
    )


def news(area: str | None, refused: Collection[BroadcastKind]) -> Screen:
    """What was agreed to, and how to change it."""
    text = joined(
        [
            say("📰 <b>Bapak/Ibu menerima kabar kota.</b>"),
            say("Dari: kelurahan {area} dan seluruh kota", area=area) if area else say("Dari: seluruh kota"),
        ],
        "\n\n",
    )
    kinds: tuple[tuple[Button, ...], ...] = tuple(
        (button(("🔕 " if kind in refused else "✅ ") + _(KINDS[kind]), Setting(KIND, kind.value)),)
        for kind in FOR_RESIDENTS
    )
    rows = (
        *kinds,
        (button("📍 " + _("Pilih kelurahan"), Setting(AREA, CHOOSE)),),
        (button("⏹ " + _("Berhenti menerima kabar"), Setting(NEWS, NO)),),
        home_row(),
    )
    return Screen(text, rows)


def ask_area(areas: Mapping[int, str]) -> Screen:
    """Which kelurahan."""
    buttons = [button(name, Setting(AREA, str(number))) for number, name in areas.items()]
    rows = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    every = ((button(_("Seluruh kota saja"), Setting(AREA, "0")),),)
    return Screen(say("<b>Kelurahan mana?</b>\n\nKabar khusus kelurahan itu ikut kami kirim."), (*rows, *every))


def no_news() -> Screen:
    """Nothing is sent."""
    text: Markup = say("Baik, kabar kota tidak kami kirim. Kalau berubah pikiran, tulis /kabar.")
    return Screen(text, (home_row(),))
