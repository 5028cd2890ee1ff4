"""The certificate: every word ready for the template."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.i18n import _, current_language, label, show_short_day
from bot.services.performance.recognition.lists import Listed
from bot.views.satisfaction.periods import name_of

TEMPLATE = "certificate"


def file_name(one: Listed) -> str:
    """What the file is called."""
    return f"piagam-{one.row.id:04d}.pdf"


def caption(one: Listed) -> str:
    """Below the file."""
    return label("Piagam {title}, {period}", title=one.title, period=name_of(one.row.period))


def values(one: Listed, government: str, place: str, decided_at: datetime) -> dict[str, Any]:
    """What the template reads; the code of the certificate is its picture."""
    return {
        "language": current_language(),
        "publisher": government,
        "title": _("Piagam penghargaan"),
        "number": label("Nomor {number}", number=one.row.certificate or "-"),
        "given": _("diberikan kepada"),
        "name": one.name,
        "for": label("atas {title}, {period}", title=one.title, period=name_of(one.row.period)),
        "dated": label("{place}, {day}", place=place, day=show_short_day(decided_at.date())),
        "check": _("Pindai kode ini untuk memeriksa keaslian piagam melalui bot."),
    }
