"""What many screens share: the row of back and cancel, pagers, the way home, labels of fixed lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from bot.callbacks import Choose, Move, Open, Ticket
from bot.i18n import N_, Markup, _, fill, label, say, show_moment
from bot.views.screen import Button, File, Rows, Screen, button
from models.complaint import ReportClass
from models.rules.complaint_flow import Status

#: What a notice knows: plain values, stored until it is sent.
Values = dict[str, Any]
#: So much of what a report is about stands in a notice.
LONGEST_WHAT = 50

#: The four standard labels of every rating (PermenPANRB 14/2017), score 1 first.
SCORES = (N_("Tidak baik"), N_("Kurang baik"), N_("Baik"), N_("Sangat baik"))

CLASSES = {
    ReportClass.COMPLAINT: N_("Pengaduan"),
    ReportClass.ASPIRATION: N_("Usulan"),
    ReportClass.INFORMATION: N_("Minta informasi"),
}

#: What a status is called to the people.
STATUSES = {
    Status.RECEIVED: N_("Diterima, menunggu diperiksa"),
    Status.INCOMPLETE: N_("Menunggu kelengkapan dari Bapak/Ibu"),
    Status.VERIFIED: N_("Sudah diperiksa"),
    Status.DISPOSED: N_("Diteruskan ke unit"),
    Status.IN_PROGRESS: N_("Sedang dikerjakan"),
    Status.FOLLOWED_UP: N_("Sudah dikerjakan, menunggu penilaian Bapak/Ibu"),
    Status.REOPENED: N_("Dibuka kembali"),
    Status.CLOSED: N_("Selesai"),
    Status.NOT_OURS: N_("Bukan wewenang Pemerintah Kota"),
    Status.ARCHIVED: N_("Tidak dilanjutkan"),
    Status.WITHDRAWN: N_("Ditarik oleh pelapor"),
}

#: A point on a map, opened in whatever the phone has for maps.
MAP = "https://www.openstreetmap.org/?mlat={latitude:.5f}&mlon={longitude:.5f}#map=18/{latitude:.5f}/{longitude:.5f}"


def moves(nonce: str, *, back: bool = True) -> tuple[Button, ...]:
    """Back, cancel and help: the last row of every question."""
    row = (
        button("✖️ " + _("Batal"), Move("cancel", nonce)),
        button("❓ " + _("Bantuan"), Move("help", nonce)),
    )
    return (button("⬅️ " + _("Kembali"), Move("back", nonce)), *row) if back else row


def choices(flow: str, step: str, nonce: str, options: Sequence[tuple[str, str]], per_row: int = 1) -> Rows:
    """Buttons for (value, label) pairs, so many in a row."""
    buttons = [button(label, Choose(flow, step, nonce, value)) for value, label in options]
    return tuple(tuple(buttons[i : i + per_row]) for i in range(0, len(buttons), per_row))


def home_row() -> tuple[Button, ...]:
    """The way back to the menu."""
    return (button("🏠 " + _("Menu utama"), Open("home")),)


def pager(what: str, page: int, pages: int) -> Rows:
    """Earlier and later pages of a list; nothing when there is only one."""
    if pages <= 1:
        return ()
    row: list[Button] = []
    if page > 0:
        row.append(button("◀️ " + _("Sebelumnya"), Open(what, page - 1)))
    if page < pages - 1:
        row.append(button(_("Berikutnya") + " ▶️", Open(what, page + 1)))
    return (tuple(row),)


def joined(parts: Iterable[Markup], between: str = "\n") -> Markup:
    """Ready sentences one below the other; empty ones are left out."""
    return Markup(between.join(part for part in parts if part))


def cut(text: str, longest: int) -> str:
    """The beginning of a text, with an ellipsis where it was cut."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def where(kelurahan: str | None, landmark: str | None, *, pin: bool) -> str:
    """A place in words: the kelurahan, the landmark without it, and whether there is a point; "" for nowhere."""
    area = label("Kelurahan {kelurahan}", kelurahan=kelurahan) if kelurahan else ""
    mark = _without(kelurahan, landmark) if kelurahan else (landmark or "")
    return "; ".join(part for part in (area, mark, _("titik di peta") if pin else "") if part)


# --- what others are told ---


def to_staff(text: Markup, values: Values) -> Screen:
    """A notice to who may see the report: the sentence, what it is about, the card one press away."""
    rows = ((button(_("Buka laporan"), Ticket("view", values["complaint_id"])),),)
    return Screen(joined([text, about(values)]), rows)


def to_reporter(text: Markup, values: Values) -> Screen:
    """A notice to the reporter: the sentence, the own report one press away, the files that came with it."""
    rows = ((button("📄 " + _("Lihat laporan"), Ticket("view", values["complaint_id"])),),)
    return Screen(text, rows, files_of(values))


def about(values: Values) -> Markup:
    """Class and service or first words; nothing for a restricted report."""
    known = values.get("about")
    if not known:
        return Markup("")
    kind = _(CLASSES[ReportClass(known["class"])])
    return Markup(fill("<i>{kind}: {what}</i>", kind=kind, what=cut(known["what"], LONGEST_WHAT)))


def quoted(words: str | None) -> Markup:
    """Somebody's own words, set apart; nothing where there are none."""
    return say("<blockquote>{text}</blockquote>", text=words) if words else Markup("")


def files_of(values: Values) -> tuple[File, ...]:
    """The files of a notice."""
    return tuple(File(kind, file_id) for kind, file_id in values.get("files", ()))


def moment_of(values: Values, key: str) -> str:
    """A moment of a notice, in words."""
    return show_moment(datetime.fromisoformat(values[key]))


# --- places ---


def map_link(latitude: float, longitude: float) -> str:
    """The address of a point on a map."""
    return MAP.format(latitude=latitude, longitude=longitude)


def _without(kelurahan: str, landmark: str | None) -> str:
    """The landmark without the name of its kelurahan before or behind it."""
    name = rf"(?:kel(?:urahan|\.)?\s+)?{re.escape(kelurahan)}"
    rest = re.sub(rf"^\s*{name}\b[\s,;.:-]*|[\s,;-]+(?:di\s+)?{name}\s*$", "", landmark or "", flags=re.IGNORECASE)
    return rest.strip()
