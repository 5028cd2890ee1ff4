"""Notices about recognitions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.callbacks import Award
from bot.i18n import Markup, _, say, say_many
from bot.views.parts import joined
from bot.views.performance.recognition.desk import GROUPS, NO, OPEN, PAST, YES
from bot.views.satisfaction.periods import name_of
from bot.views.screen import Screen, button

Values = dict[str, Any]
MOST_NAMES = 30


def nominations_made(values: Values) -> Screen:
    """To human resources: somebody fulfils a rule."""
    text = say_many(
        "🏅 {n} calon penerima penghargaan sudah dihitung dan menunggu diajukan.",
        "🏅 {n} calon penerima penghargaan sudah dihitung dan menunggu diajukan.",
        values["count"],
    )
    return Screen(text, ((button("🗂 " + _("Calon penerima"), Award(GROUPS, 0)),),))


def nominations_proposed(values: Values) -> Screen:
    """To the leader: decide."""
    text = say(
        "🏅 Pengelola kepegawaian mengajukan {n} calon untuk {title}, {period}. Mohon diputuskan.",
        n=values["count"],
        title=values["title"],
        period=name_of(values["period"]),
    )
    return Screen(text, ((button("🗂 " + _("Calon penerima"), Award(GROUPS, 0)),),))


def consent_asked(values: Values) -> Screen:
    """To the person, or the head of the unit: may the name be shown?"""
    whom = (
        say("Unit Bapak/Ibu, {unit}, terpilih", unit=values["unit"]) if "unit" in values else say("Bapak/Ibu terpilih")
    )
    text = say(
        "🎉 <b>Selamat!</b> {whom} untuk penghargaan {title}, {period}.\n\nBolehkah nama ini diumumkan kepada pegawai? "
        "Yang terlihat hanya nama, judul penghargaan, dan masanya. Penghargaannya tetap berlaku apa pun jawabannya.",
        whom=whom,
        title=values["title"],
        period=name_of(values["period"]),
    )
    number = values["nomination_id"]
    rows = (
        (button("✅ " + _("Ya, boleh diumumkan"), Award(YES, number)),),
        (button("🤐 " + _("Tidak, jangan diumumkan"), Award(NO, number)),),
        (button("🏅 " + _("Lihat buktinya"), Award(OPEN, number)),),
    )
    return Screen(text, rows)


def consent_given(values: Values) -> Screen:
    """To human resources: it can be announced."""
    text = say(
        "✅ Seorang penerima {title}, {period}, setuju namanya diumumkan.",
        title=values["title"],
        period=name_of(values["period"]),
    )
    return Screen(text, ((button("🗂 " + _("Calon penerima"), Award(GROUPS, 0)),),))


def award_announced(values: Values) -> Screen:
    """To the staff: who is recognised."""
    names = [say("🏅 {name}", name=name) for name in values["names"][:MOST_NAMES]]
    more = len(values["names"]) - MOST_NAMES
    rest = say("… dan {n} lagi.", n=more) if more > 0 else Markup("")
    head = say(
        "📣 <b>Penghargaan {title}, {period}</b>\n\nSelamat dan terima kasih kepada:",
        title=values["title"],
        period=name_of(values["period"]),
    )
    return Screen(joined([head, *names, rest]), ((button("📣 " + _("Yang sudah diumumkan"), Award(PAST, 0)),),))


KINDS: dict[str, Callable[[Values], Screen]] = {
    "nominations_made": nominations_made,
    "nominations_proposed": nominations_proposed,
    "consent_asked": consent_asked,
    "consent_given": consent_given,
    "award_announced": award_announced,
}
