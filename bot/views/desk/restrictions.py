"""What a card says of whom the report is kept from, and of what waits for the inspectorate."""

from __future__ import annotations

from bot.i18n import Markup, say
from bot.services.desk.reading import Card


def restrictions(what: Card) -> list[Markup]:
    """One line each; none for a report that is open to its unit."""
    complaint, lines = what.complaint, []
    if complaint.conflict:
        lines.append(say("⚖️ Laporan tentang unit atau petugas: hanya Inspektorat, unit itu tidak menerimanya."))
    if what.accused is not None:
        lines.append(say("⚖️ <b>Pegawai yang dilaporkan:</b> {name}. Ia tidak menerima laporan ini.", name=what.accused))
    if complaint.confidential:
        lines.append(say("🔐 Laporan rahasia: tidak pernah ditampilkan kepada umum. Setiap kali dibuka, dicatat."))
    if complaint.held_at is not None:
        lines.append(say("⛔ <b>Penutupan ditahan</b>: bukti sedang diperiksa Inspektorat."))
    return lines
