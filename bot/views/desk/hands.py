"""What colleagues are told privately: work that comes, goes, or is talked about, with what the report is about."""

from __future__ import annotations

from collections.abc import Callable

from bot.callbacks import Open
from bot.i18n import Markup, _, fill, say, say_many
from bot.views.parts import Values, about, cut, joined, quoted, to_staff
from bot.views.screen import Screen, button
from models.rules.permissions import Desk

LONGEST_NOTE = 300
MOST_NAMED = 10


def report_for_unit(values: Values) -> Screen:
    """To a unit's officers: something to do."""
    return to_staff(say("📥 Laporan <code>{code}</code> diteruskan ke unit Bapak/Ibu.", code=values["code"]), values)


def report_shared(values: Values) -> Screen:
    """To one officer: it came to the unit and was shared out."""
    text = say(
        "📥 Laporan <code>{code}</code> diteruskan ke unit Bapak/Ibu dan dibagikan kepada Bapak/Ibu, "
        "karena beban Bapak/Ibu sekarang paling ringan.",
        code=values["code"],
    )
    return to_staff(text, values)


def report_assigned(values: Values) -> Screen:
    """To the colleague who has it from now on."""
    return to_staff(say("👤 Laporan <code>{code}</code> diserahkan kepada Bapak/Ibu.", code=values["code"]), values)


def report_reassigned(values: Values) -> Screen:
    """To whoever had it before."""
    text = say(
        "👤 Laporan <code>{code}</code> sekarang dipegang {officer}; Bapak/Ibu tidak perlu mengerjakannya lagi.",
        code=values["code"],
        officer=values["officer"],
    )
    return to_staff(text, values)


def report_taken_over(values: Values) -> Screen:
    """To whoever had it before a colleague took it."""
    text = say("🙋 Laporan <code>{code}</code> sudah diambil rekan lain untuk dikerjakan.", code=values["code"])
    return to_staff(text, values)


def report_released(values: Values) -> Screen:
    """To the head, and to whoever had it: nobody has it now."""
    text = say(
        "📥 Laporan <code>{code}</code> tidak lagi dipegang {officer} dan belum ada yang memegang.",
        code=values["code"],
        officer=values["officer"],
    )
    return to_staff(text, values)


def reports_shared(values: Values) -> Screen:
    """To one officer: several at once."""
    head = say_many(
        "👥 Kepala unit membagikan {n} laporan kepada Bapak/Ibu:",
        "👥 Kepala unit membagikan {n} laporan kepada Bapak/Ibu:",
        values["number"],
    )
    lines = [
        joined([Markup(fill("• <code>{code}</code>", code=one["code"])), about(one)], " ")
        for one in values["reports"][:MOST_NAMED]
    ]
    return Screen(joined([head, *lines]), ((button("🧰 " + _("Laporan unit"), Open(Desk.UNIT_QUEUE.value)),),))


def mentioned(values: Values) -> Screen:
    """To a colleague who is named in an internal note."""
    text = say(
        "🗒 {by} menyebut Bapak/Ibu dalam catatan internal laporan <code>{code}</code>.",
        by=values["by"] or _("Seorang rekan"),
        code=values["code"],
    )
    words = values.get("text")
    if words:
        text = joined([text, quoted(cut(words, LONGEST_NOTE))])
    return to_staff(text, values)


def report_moved_on(values: Values) -> Screen:
    """To whoever worked on it: another unit has it now, and only that one sees it."""
    text = say("↪️ Laporan <code>{code}</code> dialihkan ke unit lain.", code=values["code"])
    return Screen(joined([text, about(values)]))


KINDS: dict[str, Callable[[Values], Screen]] = {
    "report_for_unit": report_for_unit,
    "report_shared": report_shared,
    "report_assigned": report_assigned,
    "report_reassigned": report_reassigned,
    "report_taken_over": report_taken_over,
    "report_released": report_released,
    "reports_shared": reports_shared,
    "mentioned": mentioned,
    "report_moved_on": report_moved_on,
}
