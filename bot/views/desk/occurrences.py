"""Occurrences (one thing that many reported): the list, one of them, the questions, and the one notice for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot.callbacks import Open, Ticket
from bot.i18n import N_, Markup, _, label, say, say_many, show_moment
from bot.services.desk.incidents import Page, Reach, Whole
from bot.services.desk.similar import Similar
from bot.views.desk.merging import reasons
from bot.views.desk.queue import STATUSES
from bot.views.parts import choices, cut, home_row, joined, moves, pager, quoted
from bot.views.screen import Button, Rows, Screen, button
from models.complaint import Complaint
from models.occurrence import Occurrence, UpdateKind
from models.rules.complaint_flow import Action
from models.rules.permissions import Desk

Values = dict[str, Any]

FLOW = "occur"
NEW, SEND = "new", "send"
#: Screens of one occurrence.
ONE, TELL, DONE, SIMILAR = "occurrence", "occurrence_tell", "occurrence_done", "occurrence_more"
LONGEST_TITLE, LONGEST_UPDATE, LONGEST_WORDS = 60, 200, 60

KINDS_OF_UPDATE = {UpdateKind.NEWS: N_("Kabar"), UpdateKind.DONE: N_("Diusulkan selesai")}
#: Step → its question in plain words.
QUESTIONS = {
    "which": N_("Laporan ini bagian dari kejadian mana?"),
    "title": N_("Apa nama kejadiannya?"),
    "text": N_("Apa yang ingin disampaikan kepada semua pelapor?"),
    "check": N_("Apakah tulisan untuk semua pelapor sudah benar?"),
}


def question(step: str) -> str:
    """The question of a step in plain words."""
    return _(QUESTIONS[step])


# --- the list and one of them ---


def listing(page: Page) -> Screen:
    """Occurrences with their counts; each opens with one press."""
    if not page.rows:
        text = say(
            "<b>Belum ada kejadian.</b>\n\nBila banyak orang melaporkan hal yang sama, buka salah satu laporannya lalu "
            "tekan <b>🧩 Kejadian</b>."
        )
        return Screen(text, (home_row(),))
    lines = [
        joined(
            [
                say("<b>{title}</b> (<code>{code}</code>)", title=row.occurrence.title, code=row.occurrence.code),
                say(
                    "{place} · {open} dari {reports} laporan masih terbuka",
                    place=row.occurrence.place or _("tempat tidak disebutkan"),
                    open=row.open,
                    reports=row.reports,
                ),
            ]
        )
        for row in page.rows
    ]
    text = joined([say("<b>Kejadian yang dilaporkan banyak orang</b>"), *lines], "\n\n")
    rows = tuple(
        (button("🧩 " + cut(row.occurrence.title, LONGEST_TITLE), Open(ONE, row.occurrence.id)),) for row in page.rows
    )
    return Screen(text, (*rows, *pager(Desk.OCCURRENCES.value, page.number, page.pages), home_row()))


def whole(what: Whole, city_unit: str | None, headline: Markup | None = None) -> Screen:
    """One occurrence: its reports, what was told, and what can be done for all of them at once."""
    occurrence = what.occurrence
    head = say(
        "🧩 <b>{title}</b>\n<code>{code}</code>, sejak {since}\n<b>Tempat:</b> {place}\n<b>Unit:</b> {unit}",
        title=occurrence.title,
        code=occurrence.code,
        since=show_moment(occurrence.opened_at),
        place=occurrence.place or _("tidak disebutkan"),
        unit=city_unit or _("belum ditentukan"),
    )
    counted = say("<b>{open} dari {reports} laporan</b> masih terbuka:", open=what.open, reports=what.reports)
    members = [_member(number, row) for number, row in enumerate(what.members, 1)]
    hidden = what.reports - len(what.members)
    if hidden > 0:
        members.append(say_many("… dan {n} laporan lagi.", "… dan {n} laporan lagi.", hidden))
    parts = [headline or Markup(""), head, joined([counted, *members])]
    if what.updates:
        parts.append(joined([say("<b>Yang sudah disampaikan</b>"), *(_update(row) for row in what.updates)]))
    return Screen(joined(parts, "\n\n"), tuple(_rows(what)))


def _member(number: int, complaint: Complaint) -> Markup:
    return say(
        "{number}. <code>{code}</code> · {status}\n<i>{text}</i>",
        number=number,
        code=complaint.code,
        status=_(STATUSES[complaint.status]),
        text=cut(complaint.text, LONGEST_WORDS),
    )


def _update(row: Any) -> Markup:
    return say(
        "• {at}, {kind} ({n} laporan): <i>{text}</i>",
        at=show_moment(row.at),
        kind=_(KINDS_OF_UPDATE[row.kind]),
        n=row.reports,
        text=cut(row.text, LONGEST_UPDATE),
    )


def _rows(what: Whole) -> list[tuple[Button, ...]]:
    number = what.occurrence.id
    rows: list[tuple[Button, ...]] = []
    if Action.INFORM in what.can:
        rows.append((button("📣 " + _("Kabari semua pelapor"), Open(TELL, number)),))
    if Action.PROPOSE_DONE in what.can:
        rows.append((button("🏁 " + _("Usulkan selesai semuanya"), Open(DONE, number)),))
    if Action.GROUP in what.can:
        rows.append((button("➕ " + _("Tambah laporan serupa"), Open(SIMILAR, number)),))
    numbers = [button(str(n), Ticket("view", row.id)) for n, row in enumerate(what.members, 1)]
    rows += [tuple(numbers[start : start + 6]) for start in range(0, len(numbers), 6)]
    rows.append((button("🧩 " + _("Semua kejadian"), Open(Desk.OCCURRENCES.value)), *home_row()))
    return rows


def more(occurrence: Occurrence, found: Sequence[Similar]) -> Screen:
    """Reports that perhaps belong to it, why, and a press for each."""
    back = (button("🧩 " + _("Kembali ke kejadian"), Open(ONE, occurrence.id)),)
    if not found:
        return Screen(say("Tidak ada laporan lain yang mirip dengan kejadian ini."), (back,))
    lines = [
        say(
            "<b>{number}.</b> <code>{code}</code>\n<i>{text}</i>\n↳ {reasons}",
            number=number,
            code=one.complaint.code,
            text=cut(one.complaint.text, LONGEST_UPDATE),
            reasons=reasons(one.likeness),
        )
        for number, one in enumerate(found, 1)
    ]
    rows = tuple(
        (
            button(
                label(N_("➕ Masukkan {number}"), number=number),
                Ticket(Action.GROUP.value, one.complaint.id, str(occurrence.id)),
            ),
        )
        for number, one in enumerate(found, 1)
    )
    head = say("<b>Laporan yang mirip dengan kejadian {title}</b>", title=occurrence.title)
    return Screen(joined([head, *lines], "\n\n"), (*rows, back))


# --- the questions ---


def ask_which(nonce: str, complaint: Complaint, found: Sequence[Occurrence], present: str | None) -> Screen:
    """An occurrence that exists, a new one, or out of the present one."""
    text = say(
        "<b>Laporan {code} bagian dari kejadian mana?</b>\n\nSatu kabar untuk sebuah kejadian sampai kepada semua "
        "pelapornya; setiap laporan tetap punya nomor dan penilaiannya sendiri.",
        code=complaint.code,
    )
    options = [
        (str(row.id), label(N_("🧩 {title} ({code})"), title=cut(row.title, 30), code=row.code)) for row in found
    ]
    options.append((NEW, "🆕 " + _("Kejadian baru")))
    leave: Rows = ()
    if present is not None:
        text = joined([text, say("Sekarang bagian dari <code>{code}</code>.", code=present)], "\n\n")
        leave = ((button("↩️ " + _("Keluarkan dari kejadian"), Ticket(Action.UNGROUP.value, complaint.id)),),)
    return Screen(text, (*choices(FLOW, "which", nonce, options), *leave, moves(nonce, back=False)))


def ask_title(nonce: str, suggestion: str) -> Screen:
    """What it is called: words, or the suggestion."""
    text = say(
        "<b>Apa nama kejadiannya?</b> Nama ini dibaca semua pelapor, jadi tulis singkat dan tanpa nama orang.\n\n"
        "Contoh: <i>Banjir di Jalan Merdeka</i>"
    )
    return Screen(text, (*choices(FLOW, "title", nonce, [(NEW, cut(suggestion, LONGEST_TITLE))]), moves(nonce)))


def suggested_title(service: str | None, place: str | None) -> str:
    """A name from what is known of the first report."""
    if place is None:
        return service or _("Kejadian")
    return label(N_("{what} di {place}"), what=service or _("Kejadian"), place=place)


def ask_text(nonce: str, title: str, *, done: bool) -> Screen:
    """The words for everybody."""
    if done:
        text = say(
            "<b>Apa yang sudah dikerjakan untuk {title}?</b>\n\nTulisan ini dikirim kepada pelapor semua laporan "
            "yang ada di unit Bapak/Ibu, dan setiap pelapor menilai laporannya sendiri.",
            title=title,
        )
    else:
        text = say(
            "<b>Apa kabar untuk semua pelapor {title}?</b>\n\nSetiap orang menerimanya satu kali, dan tercatat "
            "pada setiap laporan.",
            title=title,
        )
    return Screen(text, (moves(nonce, back=False),))


def check(nonce: str, title: str, text: str) -> Screen:
    """How it will arrive; nothing is sent yet."""
    words = say(
        "<b>Periksa sebelum dikirim kepada semua pelapor {title}.</b>\n\n<blockquote>{text}</blockquote>\n\n"
        "Tulis lagi untuk mengganti kalimatnya.",
        title=title,
        text=text,
    )
    return Screen(words, (*choices(FLOW, "check", nonce, [(SEND, "📨 " + _("Kirim ke semua pelapor"))]), moves(nonce)))


def sent(reach: Reach, *, done: bool) -> Markup:
    """How many it reached, and how many not."""
    what = (
        say_many("✅ {n} laporan diusulkan selesai.", "✅ {n} laporan diusulkan selesai.", reach.reached)
        if done
        else say_many(
            "✅ Kabar tercatat pada {n} laporan; pelapornya diberi tahu.",
            "✅ Kabar tercatat pada {n} laporan; pelapornya diberi tahu.",
            reach.reached,
        )
    )
    if not reach.left:
        return what
    left = say_many(
        "{n} laporan terbuka tidak ikut, karena tidak di unit Bapak/Ibu atau belum bisa.",
        "{n} laporan terbuka tidak ikut, karena tidak di unit Bapak/Ibu atau belum bisa.",
        reach.left,
    )
    return joined([what, left])


def grouped(occurrence: Occurrence) -> Markup:
    """A report was put into it."""
    return say("✅ Laporan dimasukkan ke kejadian <code>{code}</code>.", code=occurrence.code)


def too_short() -> Screen:
    """The words say too little."""
    return Screen(say("Mohon tulis sedikit lebih jelas, paling sedikit satu kalimat pendek."))


def cancelled() -> Screen:
    """Nothing was sent or changed."""
    rows = ((button("🧩 " + _("Semua kejadian"), Open(Desk.OCCURRENCES.value)), *home_row()),)
    return Screen(say("Baik, tidak ada yang dikirim dan tidak ada yang berubah."), rows)


def help_text() -> Screen:
    """How it works."""
    return Screen(
        say(
            "<b>Kejadian</b> mengumpulkan banyak laporan tentang satu hal, misalnya banjir. Satu kabar sampai kepada "
            "semua pelapornya satu kali. Laporan tidak digabungkan: masing-masing tetap punya nomor, batas waktu, dan "
            "penilaian."
        )
    )


# --- the notice ---


def occurrence_news(values: Values) -> Screen:
    """To everybody who reported or follows one of its reports: once."""
    head = say(
        "📣 Kabar tentang <b>{title}</b> (laporan <code>{code}</code>):", title=values["title"], code=values["code"]
    )
    text = joined([head, quoted(values["text"])], "\n\n")
    verb = "view" if values["relation"] == "own" else "followed"
    return Screen(text, ((button("📄 " + _("Lihat laporan"), Ticket(verb, values["complaint_id"])),),))


KINDS: dict[str, Callable[[Values], Screen]] = {"occurrence_news": occurrence_news}
