"""Notices about public events: to those who registered or asked, and to human resources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.callbacks import Meet
from bot.i18n import Markup, _, say
from bot.views.forums import words
from bot.views.forums.desk import MINUTES, calendar_of
from bot.views.parts import cut, joined, moment_of, quoted
from bot.views.screen import File, Screen, button

Values = dict[str, Any]
LONGEST_ANSWER, LONGEST_MINUTES = 3000, 2500


def reminder(values: Values) -> Screen:
    """To whoever registered: it is soon."""
    if values["days"] == 0:
        head = say("⏰ <b>Hari ini</b> ada acara {title}.", title=values["title"])
    else:
        head = say("⏰ <b>Besok</b> ada acara {title}.", title=values["title"])
    lines = [
        say("📅 {when}", when=moment_of(values, "starts_at")),
        say("📍 {place}", place=values["place"]) if values["place"] else Markup(""),
        say("🔗 {link}", link=values["link"]) if values["link"] else Markup(""),
    ]
    rows = (words.forum_row(values["forum_id"]),)
    return Screen(joined([head, joined(lines)], "\n\n"), rows, document=calendar_of(values["calendar"]))


def changed(values: Values) -> Screen:
    """To whoever registered: another time or place."""
    text = say(
        "✏️ Waktu atau tempat acara <b>{title}</b> berubah. Mohon lihat lagi dan simpan jadwal yang baru.",
        title=values["title"],
    )
    return Screen(text, (words.forum_row(values["forum_id"]),), document=calendar_of(values["calendar"]))


def cancelled(values: Values) -> Screen:
    """To whoever registered: it does not take place, and why."""
    text = say(
        "🚫 Acara <b>{title}</b> dibatalkan.\n\nAlasan: {reason}", title=values["title"], reason=values["reason"]
    )
    return Screen(text, (words.desk_row(),))


def announcement_asked(values: Values) -> Screen:
    """To human resources: a unit wants its event to be announced."""
    text = say(
        "📣 {unit} meminta acara <b>{title}</b> diumumkan kepada warga yang setuju menerima kabar.",
        unit=values["unit"],
        title=values["title"],
    )
    return Screen(text, (words.host_row(values["forum_id"]),))


def answered(values: Values) -> Screen:
    """To whoever asked: the answer to the group of the question."""
    text = joined(
        [
            say("💬 <b>Pertanyaan Bapak/Ibu dijawab</b>\n{title}", title=values["title"]),
            quoted(values["question"]),
            say("<b>{heading}</b>\n{answer}", heading=values["heading"], answer=cut(values["answer"], LONGEST_ANSWER)),
        ],
        "\n\n",
    )
    return Screen(text, (words.forum_row(values["forum_id"]),))


def hidden(values: Values) -> Screen:
    """To whoever asked: it is not shown, and why."""
    text = joined(
        [
            say("🚫 <b>Pertanyaan Bapak/Ibu tidak ditampilkan</b>\n{title}", title=values["title"]),
            quoted(values["question"]),
            say("Alasan: {reason}", reason=values["reason"]),
        ],
        "\n\n",
    )
    return Screen(text, (words.forum_row(values["forum_id"]),))


def minutes(values: Values) -> Screen:
    """To whoever registered: what came of it."""
    text = joined(
        [
            say("📄 <b>Notulen {title}</b>", title=values["title"]),
            say("{minutes}", minutes=cut(values["minutes"], LONGEST_MINUTES)) if values["minutes"] else Markup(""),
            say("Terima kasih sudah ikut. Kelanjutan laporan dari acara ini bisa dilihat pada acaranya."),
        ],
        "\n\n",
    )
    files = (File(*values["file"]),) if values["file"] else ()
    number = values["forum_id"]
    rows = ((button("📄 " + _("Notulen"), Meet(MINUTES, number)),), words.forum_row(number))
    return Screen(text, rows, files)


KINDS: dict[str, Callable[[Values], Screen]] = {
    "forum_reminder": reminder,
    "forum_changed": changed,
    "forum_cancelled": cancelled,
    "forum_announcement_asked": announcement_asked,
    "forum_answered": answered,
    "forum_question_hidden": hidden,
    "forum_minutes": minutes,
}
