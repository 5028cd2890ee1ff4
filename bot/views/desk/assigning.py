"""Who gets which report: the colleagues to choose from, and the head's sharing out of many at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.callbacks import Open, Ticket
from bot.i18n import N_, _, label, say, say_many, show_number
from bot.services.desk.assigning import Choice, Share
from bot.services.desk.queues import Page
from bot.views.desk.queue import first, line
from bot.views.parts import choices, home_row, joined, moves
from bot.views.screen import Button, Screen, button
from models.complaint import Complaint
from models.rules.complaint_flow import Action
from models.rules.permissions import Desk
from models.rules.working_time import WorkCalendar

FLOW = "sharing"
EVERY, NONE, EARLIER, LATER, ON, SHARE = "every", "none", "earlier", "later", "on", "share"
MOST_CHOICES = 12
#: Step → its question in plain words.
QUESTIONS = {"pick": N_("Laporan mana yang ingin dibagi?"), "preview": N_("Bagikan seperti ini?")}


def question(step: str) -> str:
    """The question of a step in plain words."""
    return _(QUESTIONS[step])


def ask_whom(complaint: Complaint, found: Sequence[Choice]) -> Screen:
    """Which colleague; whoever is away is named, not offered."""
    back = (button("📄 " + _("Kembali ke laporan"), Ticket("view", complaint.id)),)
    offered = [choice for choice in found if choice.colleague.works][:MOST_CHOICES]
    away = [choice.colleague.name for choice in found if choice.colleague.on_leave]
    rows = [
        (button(_choice_label(choice), Ticket(Action.ASSIGN.value, complaint.id, _target(choice, complaint))),)
        for choice in offered
    ]
    if offered:
        parts = [
            say("<b>Serahkan {code} kepada siapa?</b>", code=complaint.code),
            say("Angkanya: berapa laporan yang sedang dipegang."),
        ]
    else:
        parts = [say("Tidak ada rekan di unit ini yang sedang bekerja dan sudah punya akun di bot.")]
    if away:
        parts.append(say("Sedang cuti: {names}.", names=", ".join(away)))
    return Screen(joined(parts, "\n\n"), (*rows, back))


def _choice_label(choice: Choice) -> str:
    return label("{name} · {n} laporan", name=choice.colleague.name, n=show_number(choice.load))


def _target(choice: Choice, complaint: Complaint) -> str:
    """The colleague, and who has it as far as this screen knows."""
    return f"{choice.colleague.employee_id}.{complaint.officer_id or 0}"


# --- many at once ---


def pick(nonce: str, page: Page, picked: Sequence[int], calendar: WorkCalendar, now: datetime) -> Screen:
    """What nobody has yet, each with a box to tick."""
    if not page.rows:
        again = (button("🧰 " + _("Laporan unit"), Open(Desk.UNIT_QUEUE.value)), *home_row())
        return Screen(say("Tidak ada laporan yang belum dipegang. Semuanya sudah dibagi."), (again,))
    head = say_many(
        "<b>Laporan mana yang ingin dibagi?</b> {n} belum dipegang siapa pun; {picked} dipilih.",
        "<b>Laporan mana yang ingin dibagi?</b> {n} belum dipegang siapa pun; {picked} dipilih.",
        page.total,
        picked=len(picked),
    )
    lines = [line(number, row, calendar, now) for number, row in enumerate(page.rows, first(page))]
    boxes = [
        (str(row.complaint.id), ("☑ " if row.complaint.id in picked else "☐ ") + str(number))
        for number, row in enumerate(page.rows, first(page))
    ]
    rows = [*choices(FLOW, "pick", nonce, boxes, per_row=len(boxes)), *_steps(nonce, page, picked)]
    return Screen(joined([head, *lines], "\n\n"), (*rows, moves(nonce, back=False)))


def _steps(nonce: str, page: Page, picked: Sequence[int]) -> list[tuple[Button, ...]]:
    turning = [(EARLIER, "◀️ " + _("Sebelumnya"))] if page.number > 0 else []
    turning += [(LATER, _("Berikutnya") + " ▶️")] if page.number < page.pages - 1 else []
    many = [(EVERY, "☑ " + _("Pilih semua"))] + ([(NONE, "☐ " + _("Kosongkan"))] if picked else [])
    onward = [(ON, "⚖️ " + label("Bagi rata {n} laporan", n=show_number(len(picked))))] if picked else []
    found: list[tuple[Button, ...]] = []
    for options in (turning, many, onward):
        found += choices(FLOW, "pick", nonce, options, per_row=2)
    return found


def preview(nonce: str, shares: Sequence[Share]) -> Screen:
    """Who would get how many, and what everybody has then; nothing is given yet."""
    got = Counter(share.employee_id for share in shares)
    names = {share.employee_id: share.name for share in shares}
    before: dict[int, int] = {}
    for share in shares:
        before.setdefault(share.employee_id, share.load)
    lines = [
        say_many(
            "• {name}: <b>{n} laporan</b> (sekarang {before}, menjadi {after})",
            "• {name}: <b>{n} laporan</b> (sekarang {before}, menjadi {after})",
            count,
            name=names[who],
            before=before[who],
            after=before[who] + count,
        )
        for who, count in got.most_common()
    ]
    head = say_many(
        "<b>Bagikan {n} laporan seperti ini?</b> Yang bebannya paling ringan mendapat lebih dahulu.",
        "<b>Bagikan {n} laporan seperti ini?</b> Yang bebannya paling ringan mendapat lebih dahulu.",
        len(shares),
    )
    onward = choices(FLOW, "preview", nonce, [(SHARE, "✅ " + _("Bagikan"))])
    return Screen(joined([head, joined(lines)], "\n\n"), (*onward, moves(nonce)))


def shared(got: Mapping[str, int]) -> Screen:
    """Done; each of them is told."""
    lines = [
        say_many("• {name}: {n} laporan", "• {name}: {n} laporan", count, name=name) for name, count in got.items()
    ]
    text = joined([say("✅ <b>Sudah dibagi.</b> Setiap petugas diberi tahu."), joined(lines)], "\n\n")
    return Screen(text, ((button("🧰 " + _("Laporan unit"), Open(Desk.UNIT_QUEUE.value)), *home_row()),))


def nothing_left() -> Screen:
    """None of what was picked is without an officer any more."""
    return Screen(say("Laporan yang dipilih sudah dipegang orang lain. Silakan pilih lagi."))


def cancelled() -> Screen:
    """Nothing was shared out."""
    row = (button("🧰 " + _("Laporan unit"), Open(Desk.UNIT_QUEUE.value)), *home_row())
    return Screen(say("Baik, tidak ada yang dibagi."), (row,))


def help_text() -> Screen:
    """How sharing out works."""
    return Screen(
        say(
            "Tekan kotak di depan nomor untuk memilih laporan, lalu <b>Bagi rata</b>. Pembagiannya diperlihatkan "
            "dahulu; tidak ada yang diserahkan sebelum <b>Bagikan</b> ditekan. Yang sedang cuti tidak mendapat laporan."
        )
    )
