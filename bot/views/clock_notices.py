"""What the passing of time tells people: a limit that comes near or is over, a report that ends in silence."""

from __future__ import annotations

from collections.abc import Callable

from bot.callbacks import Ticket
from bot.i18n import N_, Markup, _, say, say_many
from bot.views.parts import Values, about, home_row, joined, moment_of, to_reporter, to_staff
from bot.views.screen import Screen, button

#: Before the breach: the promise → what has to be done by when.
NEAR = {
    "verify": N_("⏳ Laporan <code>{code}</code> harus diperiksa paling lambat <b>{due}</b>."),
    "react": N_("⏳ Laporan <code>{code}</code> harus mulai ditanggapi paling lambat <b>{due}</b>."),
    "settle": N_("⏳ Laporan <code>{code}</code> harus selesai ditangani paling lambat <b>{due}</b>."),
    "statute": N_(
        "⏳ Laporan <code>{code}</code> masih menunggu jawaban pelapor, sedangkan batas undang-undang "
        "berakhir <b>{due}</b>."
    ),
}
#: After it: the promise → what should have been done.
OVER = {
    "verify": N_("⏰ Laporan <code>{code}</code> seharusnya sudah diperiksa pada <b>{due}</b>."),
    "react": N_("⏰ Laporan <code>{code}</code> seharusnya sudah mulai ditanggapi pada <b>{due}</b>."),
    "settle": N_("⏰ Laporan <code>{code}</code> seharusnya sudah selesai ditangani pada <b>{due}</b>."),
    "statute": N_("⏰ Batas undang-undang untuk laporan <code>{code}</code> sudah berakhir pada <b>{due}</b>."),
}


def deadline_warning(values: Values) -> Screen:
    """To whoever works on it: the limit comes near."""
    return to_staff(_limit(NEAR, values), values)


def deadline_worker(values: Values) -> Screen:
    """To whoever works on it: the limit is over."""
    request = say("Mohon segera ditangani.")
    return to_staff(joined([_limit(OVER, values), request], "\n\n"), values)


def deadline_head(values: Values) -> Screen:
    """To the head of the unit: still not done."""
    request = say("Laporan ini belum juga ditangani oleh {unit}. Mohon perhatian pimpinan unit.", unit=_unit(values))
    return to_staff(joined([_limit(OVER, values), request], "\n\n"), values)


def deadline_city(values: Values) -> Screen:
    """To the city's level (Sekda, Inspektorat): still not done."""
    request = say("Laporan ini belum juga ditangani oleh {unit}. Mohon perhatian pimpinan kota.", unit=_unit(values))
    return to_staff(joined([_limit(OVER, values), request], "\n\n"), values)


def report_delayed(values: Values) -> Screen:
    """To the reporter, once: it is late, and who else can be asked."""
    text = say(
        "🙏 Mohon maaf, laporan <code>{code}</code> belum selesai pada waktu yang dijanjikan. Petugas dan pimpinannya "
        "terus kami ingatkan.\n\nBapak/Ibu juga berhak mengadu ke {ombudsman}.",
        code=values["code"],
        ombudsman=values["ombudsman"],
    )
    return to_reporter(text, values)


def closed_without_confirmation(values: Values) -> Screen:
    """To the reporter: closed because nobody answered; it can be opened again."""
    text = say(
        "📁 Laporan <code>{code}</code> kami tutup karena sudah dikerjakan dan belum ada jawaban dari Bapak/Ibu. "
        "Bila masalahnya belum selesai, laporan bisa dibuka kembali sampai <b>{until}</b>.",
        code=values["code"],
        until=moment_of(values, "until"),
    )
    return Screen(text, ((button("🔁 " + _("Buka kembali"), Ticket("reopen", values["complaint_id"])),),))


def closed_for_good(values: Values) -> Screen:
    """To the reporter of a report that was reopened before: closed, with the Ombudsman's door."""
    text = say(
        "📁 Laporan <code>{code}</code> kami tutup karena sudah dikerjakan dan belum ada jawaban dari Bapak/Ibu. "
        "Laporan ini sudah pernah dibuka kembali. Bila masalahnya belum selesai, silakan buat laporan baru atau "
        "hubungi {ombudsman}.",
        code=values["code"],
        ombudsman=values["ombudsman"],
    )
    return to_reporter(text, values)


def report_lapsed(values: Values) -> Screen:
    """To the reporter: it was not completed in time and counts as withdrawn."""
    text = say(
        "Laporan <code>{code}</code> belum dilengkapi selama {days} hari, jadi menurut aturan kami anggap ditarik. "
        "Bapak/Ibu boleh melapor lagi kapan saja.",
        code=values["code"],
        days=values["days"],
    )
    return to_reporter(text, values)


#: Level → the heading of its lines in a digest, the most urgent first.
HEADINGS = {
    "city": N_("🔺 <b>Belum juga ditangani, mohon perhatian pimpinan kota</b>"),
    "head": N_("🔺 <b>Belum juga ditangani, mohon perhatian pimpinan unit</b>"),
    "worker": N_("⏰ <b>Sudah lewat waktu</b>"),
    "warning": N_("⏳ <b>Batasnya sudah dekat</b>"),
}
#: Promise → what a line of a digest is about.
ABOUT = {
    "verify": N_("harus diperiksa"),
    "react": N_("harus mulai ditanggapi"),
    "settle": N_("harus selesai ditangani"),
    "statute": N_("batas undang-undang"),
}
MOST_LINES, MOST_BUTTONS = 12, 6


def deadline_digest(values: Values) -> Screen:
    """What one sweep of the clock has to say to one person; about one report it is that report's own notice."""
    lines, more = values["lines"], values["more"]
    if len(lines) == 1 and not more:
        return SINGLE[lines[0]["level"]](lines[0])
    number = len(lines) + more
    parts = [say_many("<b>{n} laporan perlu perhatian.</b>", "<b>{n} laporan perlu perhatian.</b>", number)]
    shown = sorted(lines, key=lambda line: list(HEADINGS).index(line["level"]))[:MOST_LINES]
    for level, heading in HEADINGS.items():
        if under := [_line(line) for line in shown if line["level"] == level]:
            parts.append(joined([say(heading), *under]))
    if number > len(shown):
        parts.append(say_many("… dan {n} laporan lagi.", "… dan {n} laporan lagi.", number - len(shown)))
    tickets = list({line["complaint_id"]: line["code"] for line in shown}.items())[:MOST_BUTTONS]
    rows = tuple((button(f"📄 {code}", Ticket("view", number)),) for number, code in tickets)
    return Screen(joined(parts, "\n\n"), (*rows, home_row()))


def _line(line: Values) -> Markup:
    head = say(
        "• <code>{code}</code>: {what}, batas {due}",
        code=line["code"],
        what=_(ABOUT[line["promise"]]),
        due=moment_of(line, "due"),
    )
    return joined([head, about(line)])


def _limit(sentences: dict[str, str], values: Values) -> Markup:
    return say(sentences[values["promise"]], code=values["code"], due=moment_of(values, "due"))


def _unit(values: Values) -> str:
    return values["unit"] or _("petugas pemeriksa")


#: Level → the notice about a single report.
SINGLE: dict[str, Callable[[Values], Screen]] = {
    "warning": deadline_warning,
    "worker": deadline_worker,
    "head": deadline_head,
    "city": deadline_city,
}
KINDS: dict[str, Callable[[Values], Screen]] = {
    "deadline_digest": deadline_digest,
    **{f"deadline_{level}": notice for level, notice in SINGLE.items()},
    "report_delayed": report_delayed,
    "closed_without_confirmation": closed_without_confirmation,
    "closed_for_good": closed_for_good,
    "report_lapsed": report_lapsed,
}
