"""The counter: which service, taken in two taps, what is open, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.callbacks import Gauge
from bot.i18n import N_, Markup, _, label, say, say_many, show_moment, show_number
from bot.services.performance.records.counter import PAGE
from bot.views.parts import choices, cut, home_row, joined, moves
from bot.views.screen import Button, Rows, Screen, button
from models.organisation import Service
from models.performance.service_record import RecordSource, ServiceRecord
from models.rules.skm import rounded

FLOW = "records"
SERVICES = 6
LONGEST = 48
NOW, LATER, NUMBER, WHEN = "now", "later", "number", "when"
#: Step → its question in plain words.
QUESTIONS = {
    "service": N_("Permohonan layanan yang mana?"),
    "take": N_("Apakah berkasnya lengkap?"),
    "number": N_("Berapa nomor permohonannya?"),
    "when": N_("Kapan itu terjadi?"),
}


def question(step: str) -> str:
    """The question of a step in plain words."""
    return _(QUESTIONS[step])


def ask_service(nonce: str, services: Sequence[Service], page: int, waiting: int) -> Screen:
    """Which service: the last used first."""
    text = say(
        "<b>Catat permohonan layanan</b>\n\nPilih layanannya, lalu tekan “Berkas lengkap”. Nama dan NIK pemohon tidak "
        "pernah dicatat.\n\nPunya berkas dari aplikasi layanan (Excel atau CSV)? Kirim saja ke sini."
    )
    shown = services[page * SERVICES : (page + 1) * SERVICES]
    options = [(str(one.id), cut(one.name, LONGEST)) for one in shown]
    turning = [(f"p{page - 1}", "◀️ " + _("Sebelumnya"))] if page > 0 else []
    turning += [(f"p{page + 1}", _("Berikutnya") + " ▶️")] if (page + 1) * SERVICES < len(services) else []
    others = (
        button(label("📋 Belum selesai ({n})", n=waiting), Gauge("open", 0, "0")),
        button("⏱ " + _("Lama layanan"), Gauge("times", 0)),
    )
    rows = (
        *choices(FLOW, "service", nonce, options),
        *choices(FLOW, "service", nonce, turning, per_row=2),
        others,
        moves(nonce, back=False),
    )
    return Screen(text, rows)


def ask_take(nonce: str, service: str, number: str | None, at: datetime | None, *, back: bool) -> Screen:
    """Complete or not; the number and the moment can be another."""
    text = joined(
        [
            say("<b>{service}</b>", service=service),
            say(
                "Nomor: {number}\nDiterima: {at}",
                number=number or _("diberi otomatis"),
                at=show_moment(at) if at is not None else _("sekarang"),
            ),
            say("Apakah berkasnya lengkap? Waktu layanan dihitung sejak berkas lengkap."),
        ],
        "\n\n",
    )
    first = [
        (NOW, "✅ " + _("Berkas lengkap, diterima sekarang")) if at is None else (NOW, "✅ " + _("Berkas lengkap")),
        (LATER, "📄 " + _("Berkas belum lengkap")),
    ]
    second = [(NUMBER, "🔢 " + _("Tulis nomornya")), (WHEN, "🕗 " + _("Waktu lain"))]
    rows = (
        *choices(FLOW, "take", nonce, first),
        *choices(FLOW, "take", nonce, second, per_row=2),
        moves(nonce, back=back),
    )
    return Screen(text, rows)


def ask_number(nonce: str) -> Screen:
    """The number of the register."""
    text = say(
        "<b>Berapa nomor permohonannya?</b>\n\nTulis nomor dari buku register atau aplikasi layanan. "
        "Contoh: <i>470/0123/2026</i>. Jangan menulis NIK, nomor KK, atau nama."
    )
    return Screen(text, (moves(nonce),))


def ask_when(nonce: str, *, back: bool) -> Screen:
    """A moment that is over."""
    text = say(
        "<b>Kapan itu terjadi?</b>\n\nTulis jamnya untuk hari ini, atau tanggal dan jamnya. "
        "Contoh: <i>08.30</i>, <i>kemarin 14.15</i>, <i>23-11-2026 09.00</i>"
    )
    return Screen(text, (moves(nonce, back=back),))


def no_moment() -> Screen:
    """Words that are no moment."""
    return Screen(say("Mohon tulis seperti <i>08.30</i> atau <i>23-11-2026 09.00</i>."))


def card(row: ServiceRecord, service: str, standard: int | None, *, may_undo: bool, head: str = "") -> Screen:
    """One record: its moments, how long it took, what can be done with it."""
    lines = [say("<b>{number}</b> · {service}", number=row.number, service=service)]
    lines.append(say("Diterima: {at}", at=show_moment(row.received_at)))
    if row.complete_at is None:
        lines.append(say("Berkas: <b>belum lengkap</b>"))
    elif row.complete_at != row.received_at:
        lines.append(say("Berkas lengkap: {at}", at=show_moment(row.complete_at)))
    if row.finished_at is not None:
        lines.append(say("Selesai: {at}", at=show_moment(row.finished_at)))
        lines.append(_took(row, standard))
    text = joined([say("{head}", head=head) if head else Markup(""), joined(lines)], "\n\n")
    return Screen(text, (*_steps(row, may_undo=may_undo), home_row()))


def _took(row: ServiceRecord, standard: int | None) -> Markup:
    hours = show_number(rounded(row.hours))
    if row.on_time is None or standard is None:
        return say("Lamanya: <b>{hours} jam kerja</b>", hours=hours)
    kept = _("sesuai standar") if row.on_time else _("melewati standar")
    return say("Lamanya: <b>{hours} jam kerja</b>, {kept}", hours=hours, kept=kept)


def _steps(row: ServiceRecord, *, may_undo: bool) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if row.finished_at is None:
        verb, words = ("complete", "✅ " + _("Berkas lengkap sekarang"))
        if row.complete_at is not None:
            verb, words = ("finish", "🏁 " + _("Selesai sekarang"))
        rows.append((button(words, Gauge(verb, row.id)),))
        rows.append((button("🕗 " + _("Waktu lain"), Gauge("when", row.id)),))
    if may_undo and row.source is RecordSource.COUNTER:
        rows.append((button("↩️ " + _("Batalkan yang terakhir"), Gauge("undo", row.id)),))
    rows.append((button("➕ " + _("Catat lagi untuk layanan ini"), Gauge("again", row.service_id)),))
    rows.append((button("📋 " + _("Belum selesai"), Gauge("open", 0, "0")),))
    return tuple(rows)


def unfinished(rows: Sequence[tuple[ServiceRecord, str, int]], page: int, total: int) -> Screen:
    """What is open, the oldest first: record, service, working days since it came."""
    if not rows:
        return Screen(say("Tidak ada permohonan yang belum selesai."), (_back(), home_row()))
    head = say_many("<b>{n} permohonan belum selesai</b>", "<b>{n} permohonan belum selesai</b>", total)
    lines = [
        say("• <b>{number}</b> · {service} · {age}", number=row.number, service=service, age=_age(row, days))
        for row, service, days in rows
    ]
    keys = tuple(_one(row, page) for row, _service, _days in rows)
    return Screen(joined([head, joined(lines)], "\n\n"), (*keys, *_turning(page, total), _back(), home_row()))


def _age(row: ServiceRecord, days: int) -> str:
    age = _("hari ini") if not days else label("{n} hari kerja", n=show_number(days))
    return label("{age}, berkas belum lengkap", age=age) if row.complete_at is None else age


def _one(row: ServiceRecord, page: int) -> tuple[Button, ...]:
    """The deed that comes next, and the record itself."""
    number = cut(row.number, 22)
    if row.complete_at is None:
        first = button(label("📄 Lengkap {number}", number=number), Gauge("complete", row.id, str(page)))
    else:
        first = button(label("✅ Selesai {number}", number=number), Gauge("finish", row.id, str(page)))
    return (first, button("⋯", Gauge("record", row.id)))


def _turning(page: int, total: int) -> Rows:
    row: list[Button] = []
    if page > 0:
        row.append(button("◀️ " + _("Sebelumnya"), Gauge("open", 0, str(page - 1))))
    if (page + 1) * PAGE < total:
        row.append(button(_("Berikutnya") + " ▶️", Gauge("open", 0, str(page + 1))))
    return (tuple(row),) if row else ()


def _back() -> tuple[Button, ...]:
    return (button("🧾 " + _("Catat permohonan"), Gauge("begin", 0)),)


def undone() -> Screen:
    """The whole record is gone."""
    return Screen(say("↩️ Permohonan itu dihapus dari catatan."), (_back(), home_row()))


def cancelled() -> Screen:
    """Nothing was recorded."""
    return Screen(say("Baik, tidak ada permohonan yang dicatat."), (home_row(),))


def help_text() -> Screen:
    """How it works."""
    return Screen(
        say(
            "Setiap permohonan dicatat dengan nomornya, tanpa nama dan NIK. Waktu dihitung dalam jam kerja sejak "
            "berkas lengkap sampai ditekan “Selesai”. Salah tekan bisa dibatalkan pada hari yang sama."
        )
    )
