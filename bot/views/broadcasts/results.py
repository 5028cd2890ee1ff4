"""The results of a broadcast in words: the head of the sheet, how each ended, and why."""

from __future__ import annotations

from datetime import datetime

from bot.i18n import N_, _, show_moment
from models.broadcasts.broadcast import Broadcast
from models.outbox import OutboxStatus

HEAD = (N_("Nama"), N_("Unit"), N_("NIP"), N_("Hasil"), N_("Alasan"), N_("Waktu"))
WIDTHS = (34, 26, 9, 20, 40, 34)
ENDS = {
    OutboxStatus.SENT: N_("Terkirim"),
    OutboxStatus.UNREACHABLE: N_("Tidak terjangkau"),
    OutboxStatus.REFUSED: N_("Gagal"),
    OutboxStatus.UNKNOWN: N_("Tidak diketahui"),
    OutboxStatus.QUEUED: N_("Menunggu"),
    OutboxStatus.CLAIMED: N_("Sedang dikirim"),
    OutboxStatus.PAUSED: N_("Dihentikan sementara"),
    OutboxStatus.CANCELLED: N_("Dibatalkan"),
}
#: A beginning or a part of what was noted → what it means; the first that fits.
REASONS = (
    ("blocked", N_("Memblokir bot")),
    ("deactivated", N_("Akun Telegram sudah tidak aktif")),
    ("chat not found", N_("Akun Telegram tidak ditemukan")),
    ("unreachable", N_("Sudah lama tidak terjangkau: memblokir bot atau akunnya dihapus")),
    ("opted out", N_("Tidak mau menerima jenis ini")),
    ("consent withdrawn", N_("Persetujuan ditarik")),
    ("lease ran out", N_("Bot berhenti saat mengirim; mungkin sudah sampai")),
    ("RetryAfter", N_("Telegram meminta menunggu terlalu lama")),
    ("TimedOut", N_("Telegram tidak menjawab")),
    ("NetworkError", N_("Jaringan ke Telegram terputus")),
)
OTHERWISE = N_("Ditolak Telegram: {fault}")
RESIDENT = N_("Warga")


def head() -> list[str]:
    """The columns."""
    return [_(words) for words in HEAD]


def end_of(status: OutboxStatus) -> str:
    """How it ended."""
    return _(ENDS[status])


def reason(status: OutboxStatus, fault: str | None) -> str:
    """Why, in words; nothing where it arrived."""
    if not fault or status in (OutboxStatus.SENT, OutboxStatus.QUEUED):
        return ""
    known = next((words for part, words in REASONS if part.casefold() in fault.casefold()), None)
    return _(known) if known is not None else _(OTHERWISE).format(fault=fault)


def resident() -> str:
    """Somebody who is no civil servant is not named."""
    return _(RESIDENT)


def sheet_name() -> str:
    """The name of the sheet."""
    return _("Hasil")


def file_name(row: Broadcast) -> str:
    """Of the workbook."""
    return f"pengumuman-{row.id}-{row.run}.xlsx"


def moment_words(moment: datetime | None) -> str:
    """When it arrived."""
    return show_moment(moment) if moment is not None else ""
