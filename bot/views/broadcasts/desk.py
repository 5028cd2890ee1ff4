"""The desk of broadcasts: the list, one of them, sure?, what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.callbacks import Deliver, Open
from bot.i18n import Markup, _, label, say, show_moment, show_number
from bot.services.broadcasts.composing import labels
from bot.services.broadcasts.desk import Card, Line, Page
from bot.services.city import City
from bot.views.broadcasts.words import REPEATS, STATES, audience_lines, kind_name
from bot.views.parts import cut, home_row, joined, pager, quoted
from bot.views.screen import Button, Rows, Screen, button
from models.broadcasts.broadcast import Broadcast, BroadcastStatus, Repeat
from models.outbox import OutboxStatus
from models.rules.audience import Audience
from models.rules.permissions import Desk

OPEN, NEW, WRITE, DISCARD, SURE_DISCARD = "open", "new", "write", "discard", "discard_yes"
PAUSE, RESUME, CANCEL, SURE_CANCEL = "pause", "resume", "cancel", "cancel_yes"
CHANGE, TAKE_BACK, SURE_TAKE_BACK = "change", "back", "back_yes"
RESULTS, REMIND, PREVIEW, APPROVE, RETURN = "results", "remind", "preview", "approve", "return"
LONGEST_LABEL = 46


def listed(page: Page) -> Screen:
    """The list, the newest first, with what became of each."""
    head = say("📣 <b>Pengumuman</b>")
    body = (
        joined([_line(line) for line in page.lines], "\n")
        if page.lines
        else say("Belum ada pengumuman. Silakan buat yang pertama.")
    )
    rows = tuple(
        (button(cut(line.row.title or kind_name(line.row.kind), LONGEST_LABEL), Deliver(OPEN, line.row.id)),)
        for line in page.lines
    )
    new = ((button("✍️ " + _("Buat pengumuman baru"), Deliver(NEW, 0)),),)
    return Screen(
        joined([head, body], "\n\n"), (*new, *rows, *pager(Desk.BROADCASTS.value, page.page, page.pages), home_row())
    )


def _line(line: Line) -> Markup:
    row = line.row
    moment = row.started_at or row.send_at or row.created_at
    return say(
        "• <b>{title}</b>\n   {state} · {moment} · sampai ke {sent} dari {people} orang",
        title=row.title or kind_name(row.kind),
        state=_(STATES[row.status]),
        moment=show_moment(moment),
        sent=show_number(line.sent),
        people=show_number(row.people or 0),
    )


def card(found: Card, city: City, courses: Mapping[int, str]) -> Screen:
    """One broadcast with its numbers, and what can be done with it now."""
    row = found.row
    lines = [
        say("📣 <b>{title}</b>", title=row.title or kind_name(row.kind)),
        say("{kind} · {state}", kind=kind_name(row.kind), state=_(STATES[row.status])),
        say("Ditulis oleh {author}", author=found.author),
    ]
    if found.approver is not None:
        lines.append(say("Disetujui oleh {approver}", approver=found.approver))
    if row.send_at is not None:
        lines.append(say("Waktu kirim: {moment}", moment=show_moment(row.send_at)))
    if row.repeat is not Repeat.NEVER:
        lines.append(say("Diulang {repeat}", repeat=_(REPEATS[row.repeat])))
    if found.returned:
        lines.append(joined([say("Dikembalikan dengan alasan:"), quoted(found.returned)]))
    lines += [Markup(""), *audience_lines(Audience.read(row.audience), city, courses)]
    if row.run:
        lines += [Markup(""), *_numbers(found)]
    return Screen("\n".join(lines), (*_rows(found), (button("⬅️ " + _("Daftar pengumuman"), _desk()),)))


def _numbers(found: Card) -> list[Markup]:
    count = found.progress.of
    lines = [
        say(
            "Terkirim {sent} dari {total} · tidak terjangkau {unreachable} · gagal {failed}",
            sent=show_number(count(OutboxStatus.SENT)),
            total=show_number(found.progress.total),
            unreachable=show_number(count(OutboxStatus.UNREACHABLE)),
            failed=show_number(count(OutboxStatus.REFUSED, OutboxStatus.UNKNOWN)),
        )
    ]
    said = labels(found.row)
    if said:
        lines.append(say("Tanggapan:"))
        lines += [
            say("• {answer}: {n}", answer=answer, n=show_number(found.answers.get(name, 0)))
            for name, answer in said.items()
        ]
    return lines


def _rows(found: Card) -> Rows:
    row, status = found.row, found.row.status

    def one(icon: str, words: str, verb: str) -> tuple[Button, ...]:
        return (button(f"{icon} {words}", Deliver(verb, row.id)),)

    if found.may_approve:
        return (
            one("👁", _("Lihat persis seperti diterima"), PREVIEW),
            one("✅", _("Setujui dan kirim"), APPROVE),
            one("↩️", _("Kembalikan"), RETURN),
        )
    if not found.may_steer:
        return ()
    if status is BroadcastStatus.DRAFT:
        return (one("✏️", _("Lanjutkan draf"), WRITE), one("🗑", _("Buang draf"), DISCARD))
    rows: list[tuple[Button, ...]] = [one("👁", _("Lihat persis seperti diterima"), PREVIEW)]
    rows += [one(*words) for words in _going(status)]
    if row.run:
        rows += [one("📄", _("Hasil per orang (Excel)"), RESULTS), one("✏️", _("Ubah yang sudah dikirim"), CHANGE)]
        rows.append(one("🧹", _("Tarik kembali dari semua penerima"), TAKE_BACK))
        if labels(row) and row.reminded_run < row.run:
            rows.append(one("🔔", _("Ingatkan yang belum menanggapi"), REMIND))
    return tuple(rows)


def _going(status: BroadcastStatus) -> list[tuple[str, str, str]]:
    """Hold, go on, call off."""
    off = ("⏹", _("Batalkan"), CANCEL)
    if status is BroadcastStatus.SENDING:
        return [("⏸", _("Hentikan sementara"), PAUSE), off]
    if status is BroadcastStatus.PAUSED:
        return [("▶️", _("Lanjutkan"), RESUME), off]
    return [off] if status in (BroadcastStatus.SCHEDULED, BroadcastStatus.WAITING) else []


def _desk() -> Open:
    return Open(Desk.BROADCASTS.value)


def waits(row: Broadcast) -> Screen:
    """It waits for a second person."""
    text = say(
        "⏳ <b>{title}</b> menunggu persetujuan, karena penerimanya {n} orang. Setelah disetujui, "
        "kemajuannya tampak di pesan ini.",
        title=row.title,
        n=show_number(row.people or 0),
    )
    return Screen(text, (_card_button(row),))


def is_scheduled(row: Broadcast) -> Screen:
    """It goes out later."""
    text = say(
        "🗓 <b>{title}</b> akan dikirim {moment}. Kemajuannya nanti tampak di pesan ini.",
        title=row.title,
        moment=show_moment(row.send_at or row.created_at),
    )
    return Screen(text, (_card_button(row),))


def _card_button(row: Broadcast) -> tuple[Button, ...]:
    return (button("🔍 " + _("Buka"), Deliver(OPEN, row.id)),)


def sure_to_discard(row: Broadcast) -> Screen:
    """Throw it away?"""
    text = say("🗑 Draf <b>{title}</b> akan dibuang. Yakin?", title=row.title or kind_name(row.kind))
    return _sure(text, _("Ya, buang"), Deliver(SURE_DISCARD, row.id), row)


def sure_to_cancel(row: Broadcast) -> Screen:
    """Call it off?"""
    text = say(
        "⏹ <b>{title}</b> tidak akan dikirim lagi kepada yang belum menerimanya. Yang sudah terkirim tetap ada. Yakin?",
        title=row.title,
    )
    return _sure(text, _("Ya, batalkan"), Deliver(SURE_CANCEL, row.id), row)


def sure_to_take_back(row: Broadcast) -> Screen:
    """Take it away in every chat?"""
    text = say(
        "🧹 <b>{title}</b> akan dihapus dari obrolan semua penerima, dan tidak dikirim lagi kepada yang belum "
        "menerimanya. Ini tidak bisa diurungkan. Yakin?",
        title=row.title,
    )
    return _sure(text, _("Ya, tarik kembali"), Deliver(SURE_TAKE_BACK, row.id), row)


def _sure(text: Markup, yes: str, payload: Deliver, row: Broadcast) -> Screen:
    return Screen(text, ((button(yes, payload),), (button("⬅️ " + _("Tidak jadi"), Deliver(OPEN, row.id)),)))


def taken_back(row: Broadcast, people: int) -> Screen:
    """It is being deleted."""
    text = say("🧹 <b>{title}</b> sedang dihapus dari {n} obrolan.", title=row.title, n=show_number(people))
    return Screen(text, (_card_button(row),))


def changed(row: Broadcast, people: int) -> Screen:
    """Other words take their place."""
    text = say("✏️ <b>{title}</b> sedang diubah di {n} obrolan.", title=row.title, n=show_number(people))
    return Screen(text, (_card_button(row),))


def reminded(row: Broadcast, people: int) -> Screen:
    """Whoever is silent is asked again."""
    text = say(
        "🔔 {n} orang yang belum menanggapi <b>{title}</b> sedang diingatkan.", title=row.title, n=show_number(people)
    )
    return Screen(text, (_card_button(row),))


def results_caption(row: Broadcast) -> str:
    """What the file is."""
    return label("Hasil pengiriman: {title}", title=row.title)
