"""What an administrator sees of updates that could not be handled: never anybody's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.callbacks import Open
from bot.i18n import Markup, _, say, show_moment
from bot.views.parts import home_row
from bot.views.screen import Screen, button

RETRY = "retry_faults"
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Incident:
    """One dead or quarantined update."""

    number: str
    received_at: datetime
    fault: str


def listing(incidents: Sequence[Incident]) -> Screen:
    """The oldest incidents, with another try for all of them."""
    if not incidents:
        return Screen(say("Tidak ada gangguan. Semua pesan sudah diproses."), (home_row(),))
    lines = [
        say(
            "<code>{number}</code> {received}, sebab: {fault}",
            number=incident.number,
            received=show_moment(incident.received_at),
            fault=incident.fault,
        )
        for incident in incidents[:SHOWN]
    ]
    text = say("<b>Pesan yang gagal diproses</b>\n\n{lines}", lines=Markup("\n".join(lines)))
    return Screen(text, ((button("🔁 " + _("Coba proses lagi"), Open(RETRY)),), home_row()))


def retried(number: int) -> Screen:
    """They wait for their next try."""
    return Screen(say("{number} pesan akan segera dicoba lagi.", number=number), (home_row(),))
