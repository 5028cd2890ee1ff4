"""The city's data in Excel: out, back, checked, shown in words, applied, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.callbacks import Revise
from bot.i18n import N_, Markup, _, say, say_many, show_moment, show_number, show_short_day
from bot.services.administration.revisions import unpack
from bot.services.imports.headings import column_title, sheet_title
from bot.services.imports.plans import Change, ChangeKind
from bot.views.administration.faults import fault
from bot.views.parts import cut, home_row, joined, moves
from bot.views.screen import Screen, button
from models.administration.revision import Revision, RevisionStatus

FLOW = "city_data"
QUESTION = N_("Kirim berkas data kota yang sudah diubah.")
MOST_SHOWN = 20
LONGEST_VALUE = 60
STATUSES = {
    RevisionStatus.APPLIED: N_("diterapkan"),
    RevisionStatus.TAKEN_BACK: N_("dibatalkan"),
}
KINDS_OF_CHANGE = {
    ChangeKind.ADDED: N_("➕ {sheet} “{name}” ditambahkan"),
    ChangeKind.CHANGED: N_("✏️ {sheet} “{name}”: {values}"),
    ChangeKind.REMOVED: N_("➖ {sheet} “{name}” dihapus atau diakhiri"),
}


def ask(nonce: str, latest: Sequence[Revision]) -> Screen:
    """What one can do with the city's data; the question waits for the workbook."""
    text = say(
        "<b>Data kota</b>\n\n"
        "1. Unduh berkas Excel-nya.\n2. Ubah di Excel: unit, layanan, jawaban siap pakai, batas waktu, hari libur, "
        "nomor darurat, peran pegawai.\n3. Kirim kembali berkasnya ke sini.\n\n"
        "Sebelum diterapkan, semua perbedaannya ditunjukkan dulu. Yang sudah diterapkan masih bisa dibatalkan."
    )
    rows = [(button("📄 " + _("Unduh data kota (Excel)"), Revise("download", 0)),)]
    newest = next((r for r in latest if r.status is RevisionStatus.APPLIED), None)
    if newest is not None:
        rows.append((button("↩️ " + _("Batalkan perubahan terakhir"), Revise("undo", newest.id)),))
    return Screen(joined([text, _history(latest)], "\n\n"), (*rows, moves(nonce, back=False)))


def _history(latest: Sequence[Revision]) -> Markup:
    """The newest changes, a line each."""
    if not latest:
        return Markup("")
    lines = [
        say(
            "• {moment}: {n} perubahan, {status}",
            moment=show_moment(revision.decided_at or revision.received_at),
            n=len(revision.changes),
            status=_(STATUSES[revision.status]),
        )
        for revision in latest
    ]
    return joined([say("<b>Perubahan terakhir</b>"), *lines])


GUIDANCE = (
    N_("Ubah isi lembar lain, lalu kirim berkasnya kembali lewat bot."),
    N_("Baris kosong tidak dibaca."),
    N_("Kode jangan diubah; baris baru mendapat kode baru."),
    N_("Pisahkan beberapa kata dengan titik koma."),
    N_("Tanggal ditulis hari/bulan/tahun."),
)


def guidance() -> list[str]:
    """How to fill in the workbook, a line each."""
    return [_(line) for line in GUIDANCE]


def workbook_ready() -> Screen:
    """Comes with the workbook."""
    return Screen(say("Ini data kota saat ini. Ubah di Excel, lalu kirim kembali berkasnya ke sini."))


def received() -> Screen:
    """The workbook has come and waits for its check."""
    return Screen(say("Berkas diterima dan sedang diperiksa, biasanya kurang dari setengah menit."), (home_row(),))


def not_a_workbook() -> Screen:
    """Something else was sent."""
    return Screen(say("Yang ditunggu di sini berkas Excel (.xlsx). Batalkan dulu kalau ingin melakukan hal lain."))


def checked(values: dict[str, Any]) -> Screen:
    """The differences in words with the question, or the faults."""
    if values["faults"]:
        return _faulty(values["faults"])
    changes = [unpack(change) for change in values["changes"]]
    if not changes:
        return Screen(say("Isi berkas sama dengan data sekarang. Tidak ada yang perlu diubah."), (home_row(),))
    count = say_many("{n} perubahan ditemukan.", "{n} perubahan ditemukan.", len(changes))
    lines = [change_in_words(change) for change in changes[:MOST_SHOWN]]
    text = joined([joined([say("<b>Terapkan perubahan ini?</b>"), count], " "), joined(lines), _rest(changes)], "\n\n")
    rows = (
        (button("✅ " + _("Terapkan"), Revise("apply", values["revision"])),),
        (button("✖️ " + _("Jangan diubah"), Revise("discard", values["revision"])),),
    )
    document = None
    if len(changes) > MOST_SHOWN:
        document = ("perubahan.txt", "\n".join(_plain(change_in_words(change)) for change in changes))
    return Screen(text, rows, document=document)


def _faulty(faults: Sequence[dict[str, Any]]) -> Screen:
    head = say("<b>Berkas belum bisa dipakai.</b> Tidak ada yang diubah. Mohon perbaiki, lalu kirim lagi:")
    lines = [fault(found) for found in faults[:MOST_SHOWN]]
    return Screen(joined([head, joined(lines), _rest(faults)], "\n\n"), (home_row(),))


def _rest(items: Sequence[Any]) -> Markup:
    more = len(items) - MOST_SHOWN
    return say_many("… dan {n} lagi.", "… dan {n} lagi.", more) if more > 0 else Markup("")


def change_in_words(change: Change) -> Markup:
    """One row's difference."""
    values = [
        say(
            "{column} dari “{old}” menjadi “{new}”",
            column=column_title(column),
            old=_value(old),
            new=_value(new),
        )
        for column, (old, new) in change.values.items()
    ]
    return say(
        KINDS_OF_CHANGE[change.kind], sheet=sheet_title(change.table), name=_name(change), values=joined(values, "; ")
    )


def _name(change: Change) -> str:
    """What people call the row: its name, else its key."""
    for column in ("name", "title", "label"):
        old, new = change.values.get(column, (None, None))
        if (old or new) and change.kind is not ChangeKind.CHANGED:
            return str(new or old)
    return ", ".join(_value(part) for part in change.key if part is not None)


def _value(value: Any) -> str:
    if value is None or value in ("", []):
        return _("kosong")
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if hasattr(value, "isoformat"):
        return show_short_day(value)
    if isinstance(value, Decimal):
        return show_number(value)
    return cut("; ".join(value) if isinstance(value, list) else str(value), LONGEST_VALUE)


def _plain(words: Markup) -> str:
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def applied(revision: Revision) -> Screen:
    """Done, and how to undo it."""
    text = say_many(
        "✅ {n} perubahan diterapkan. Kalau keliru, semuanya bisa dibatalkan sekaligus.",
        "✅ {n} perubahan diterapkan. Kalau keliru, semuanya bisa dibatalkan sekaligus.",
        len(revision.changes),
    )
    return Screen(text, ((button("↩️ " + _("Batalkan perubahan ini"), Revise("undo", revision.id)),), home_row()))


def discarded() -> Screen:
    """Nothing was changed."""
    return Screen(say("Baik, tidak ada yang diubah."), (home_row(),))


def sure_to_undo(revision: Revision, at: datetime) -> Screen:
    """Asked once more, because it changes many rows."""
    text = say_many(
        "<b>Batalkan {n} perubahan dari {moment}?</b> Data kembali seperti sebelumnya.",
        "<b>Batalkan {n} perubahan dari {moment}?</b> Data kembali seperti sebelumnya.",
        len(revision.changes),
        moment=show_moment(at),
    )
    rows = ((button("↩️ " + _("Ya, batalkan"), Revise("undo_yes", revision.id)),), home_row())
    return Screen(text, rows)


def taken_back(revision: Revision) -> Screen:
    """The data is as before."""
    text = say_many(
        "↩️ {n} perubahan dibatalkan. Data kembali seperti sebelumnya.",
        "↩️ {n} perubahan dibatalkan. Data kembali seperti sebelumnya.",
        len(revision.changes),
    )
    return Screen(text, (home_row(),))


def cancelled() -> Screen:
    """The talk was left."""
    return Screen(say("Baik, tidak ada berkas yang ditunggu lagi."), (home_row(),))


def help_text() -> Screen:
    """How it works."""
    return Screen(say("Unduh berkas Excel, ubah isinya, lalu kirim kembali ke sini. Kode jangan diubah."))


KINDS = {"revision_checked": checked}
