"""A resident's own reports: the list, one report's story, and the questions about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.callbacks import Open, Ticket
from bot.i18n import N_, Markup, _, label, say, show_moment
from bot.services.following import Page, Story
from bot.views.followed import listed_button
from bot.views.parts import CLASSES, STATUSES, cut, home_row, pager, where
from bot.views.screen import Button, File, Rows, Screen, button
from bot.views.ticket_steps import step
from models.complaint import Complaint
from models.rules.complaint_flow import OPEN, Action, Status, Verdict
from models.rules.permissions import Desk

#: Steps shown in full; of a longer story the latest ones.
MOST_STEPS = 15
LONGEST_TEXT = 900

ENDINGS = {
    Verdict.SOLVED: N_("Bapak/Ibu menyatakan selesai."),
    Verdict.NOT_SOLVED: N_("Ditutup sebagai belum selesai menurut Bapak/Ibu."),
    Verdict.WITHOUT_CONFIRMATION: N_("Ditutup tanpa penilaian dari Bapak/Ibu."),
}

BUTTONS = {
    Action.CONFIRM: ("solved", N_("✅ Sudah selesai")),
    Action.DISPUTE: ("not_solved", N_("❌ Belum selesai")),
    Action.ADD_INFORMATION: ("answer", N_("📎 Tambah keterangan")),
    Action.REOPEN: ("reopen", N_("🔁 Belum selesai, buka kembali")),
    Action.HIDE_NAME: ("hide_name", N_("🕶 Sembunyikan nama saya")),
    Action.WITHDRAW: ("withdraw", N_("↩️ Tarik laporan")),
}


@dataclass(frozen=True, slots=True)
class Contacts:
    """Whom else to turn to."""

    ombudsman: str


def mine(page: Page, followed: int = 0) -> Screen:
    """The own reports with their status; each opens with one press. `followed`: how many of others are followed."""
    others = (listed_button(followed),) if followed else ()
    if not page.rows:
        text = say("<b>Bapak/Ibu belum punya laporan.</b>\n\nTulis saja masalahnya di sini, kami teruskan.")
        return Screen(text, ((button("📝 " + _("Lapor atau usul"), Open(Desk.FILE.value)),), *others, home_row()))
    lines = [
        say(
            "<code>{code}</code> · {status}\n<i>{text}</i>",
            code=row.code,
            status=status_of(row),
            text=cut(row.text, 80),
        )
        for row in page.rows
    ]
    text = say("<b>Laporan saya</b>\n\n{lines}", lines=Markup("\n\n".join(lines)))
    rows = tuple((button(f"📄 {row.code}", Ticket("view", row.id)),) for row in page.rows)
    return Screen(text, (*rows, *pager(Desk.MY_REPORTS.value, page.number, page.pages), *others, home_row()))


def status_of(complaint: Complaint) -> str:
    """The status in plain words; a paused clock says what it waits for."""
    if complaint.paused_at is not None and complaint.status in OPEN:
        return _("Menunggu jawaban dari Bapak/Ibu")
    return _(STATUSES[complaint.status])


def report(story: Story, contacts: Contacts, note: Markup | None = None) -> Screen:
    """One report: where it stands, what was promised, what happened, what can be done now.

    `note` goes first: why a press changed nothing, or what it did.
    """
    complaint = story.complaint
    parts = [
        say("{note}", note=note) if note is not None else None,
        _head(complaint),
        _promise(story),
        _timeline(story),
        _outcome(story, contacts),
    ]
    files = tuple(File(proof.kind.value, proof.file_id) for proof in story.proofs)
    return Screen(Markup("\n\n".join(part for part in parts if part)), _rows(story), files=files)


def _head(complaint: Complaint) -> Markup:
    unit = complaint.unit.name if complaint.unit is not None and complaint.disposed_at is not None else None
    area = complaint.area.kelurahan if complaint.area is not None else None
    place = where(area, complaint.landmark, pin=complaint.latitude is not None)
    return say(
        "<b>Laporan</b> <code>{code}</code> ({kind})\n<b>Keadaan:</b> {status}\n<b>Unit:</b> {unit}\n"
        "<b>Tempat:</b> {place}\n<b>Nama:</b> {name}\n\n<blockquote>{text}</blockquote>",
        code=complaint.code,
        kind=_(CLASSES[complaint.report_class]),
        status=status_of(complaint),
        unit=unit or _("belum ditentukan"),
        place=place or _("tidak disebutkan"),
        name=_("disembunyikan dari petugas") if complaint.anonymous else _("terlihat oleh petugas"),
        text=cut(complaint.text, LONGEST_TEXT),
    )


def _promise(story: Story) -> Markup | None:
    complaint = story.complaint
    if complaint.status not in OPEN:
        return None
    if complaint.paused_at is not None:
        return say("⏸ Waktu penyelesaian berhenti sampai Bapak/Ibu menjawab pertanyaan petugas.")
    if complaint.status is Status.FOLLOWED_UP:
        if complaint.held_at is not None:
            return say(
                "🔎 Inspektorat sedang memeriksa bukti pekerjaan ini. Penilaian Bapak/Ibu kami minta sesudahnya."
            )
        if complaint.auto_close_at is None:
            return None
        return say(
            "Mohon dinilai sebelum <b>{until}</b>; sesudahnya laporan ditutup dengan sendirinya.",
            until=show_moment(complaint.auto_close_at),
        )
    return say("<b>Dijanjikan selesai:</b> {due}", due=show_moment(complaint.settle_due_at))


def _timeline(story: Story) -> Markup:
    first = say("{at}: Laporan kami terima.", at=show_moment(story.complaint.received_at))
    steps = [step(event) for event in story.steps]
    if len(steps) > MOST_STEPS:
        steps = [say("… langkah yang lebih lama tidak ditampilkan …"), *steps[-MOST_STEPS:]]
    return say("<b>Perjalanan laporan</b>\n{lines}", lines=Markup("\n".join(f"• {line}" for line in [first, *steps])))


def _outcome(story: Story, contacts: Contacts) -> Markup | None:
    complaint = story.complaint
    if story.is_late:
        return say(
            "⏰ Laporan ini melewati waktu yang dijanjikan, mohon maaf. Bapak/Ibu juga boleh mengadu ke {ombudsman}.",
            ombudsman=contacts.ombudsman,
        )
    if complaint.verdict is None:
        return None
    if complaint.verdict is Verdict.NOT_SOLVED:
        return say(
            "{ending} Bapak/Ibu berhak mengadu ke {ombudsman}.",
            ending=_(ENDINGS[complaint.verdict]),
            ombudsman=contacts.ombudsman,
        )
    return say(ENDINGS[complaint.verdict])


def _rows(story: Story) -> Rows:
    number = story.complaint.id
    rows = [(button(_(name), Ticket(verb, number)),) for action, (verb, name) in BUTTONS.items() if action in story.can]
    listed: tuple[Button, ...] = (button("📋 " + _("Laporan saya"), Open(Desk.MY_REPORTS.value)), *home_row())
    return (*rows, listed)


# --- notes over the story ---


def too_late() -> Markup:
    """A button that came too late or twice: the state as it is now follows."""
    return say("ℹ️ Langkah itu sudah tidak bisa dilakukan. Keadaan laporan sekarang:")


def name_hidden() -> Markup:
    """From now on no officer sees the name."""
    return say("🕶 Nama Bapak/Ibu sekarang disembunyikan dari petugas. Jawabannya tetap kami kirim ke sini.")


def withdrawn() -> Markup:
    """Taken back."""
    return say("↩️ Laporan sudah Bapak/Ibu tarik. Kami tidak mengerjakannya lagi.")


# --- questions ---


def sure_to_withdraw(complaint: Complaint) -> Screen:
    """Really take it back?"""
    text = say(
        "<b>Tarik laporan</b> <code>{code}</code><b>?</b>\n\n"
        "Setelah ditarik, laporan tidak dikerjakan lagi dan tidak bisa dibuka kembali.",
        code=complaint.code,
    )
    rows = (
        (button("↩️ " + _("Ya, tarik laporan ini"), Ticket(Action.WITHDRAW.value, complaint.id, "yes")),),
        (button("⬅️ " + _("Tidak jadi"), Ticket("view", complaint.id)),),
    )
    return Screen(text, rows)


def unknown_code() -> Screen:
    """A tracking ID that is none of the person's own: it says nothing about whose it is, or whether it exists."""
    text = say(
        "Nomor itu bukan nomor laporan Bapak/Ibu. Demi kerahasiaan, laporan hanya bisa dilihat oleh pelapornya "
        "dari akun yang dipakai melapor. Mohon periksa lagi nomornya, atau lihat daftar laporan sendiri."
    )
    return Screen(text, ((button("📋 " + _("Laporan saya"), Open(Desk.MY_REPORTS.value)),), home_row()))


def added(complaint: Complaint) -> Screen:
    """What came was put to the report."""
    text = say(
        "📎 Keterangan sudah kami masukkan ke laporan <code>{code}</code>, dan petugas diberi tahu.",
        code=complaint.code,
    )
    verdict: Rows = ()
    if complaint.status is Status.FOLLOWED_UP:
        verdict = tuple(
            (button(_(name), Ticket(verb, complaint.id)),)
            for verb, name in (BUTTONS[Action.CONFIRM], BUTTONS[Action.DISPUTE])
        )
    return Screen(text, (*verdict, _open_row(complaint), home_row()))


def changed(complaint: Complaint) -> Screen:
    """An edited message reached a report that was sent already."""
    text = say(
        "✏️ Perubahan tulisan Bapak/Ibu sudah kami catat di laporan <code>{code}</code>. "
        "Tulisan yang lama tetap disimpan, dan petugas diberi tahu.",
        code=complaint.code,
    )
    return Screen(text, (_open_row(complaint), home_row()))


def closed_for_good(complaint: Complaint) -> Screen:
    """Nothing can be added to it any more."""
    return Screen(
        say(
            "Laporan <code>{code}</code> sudah ditutup dan tidak bisa ditambah lagi. "
            "Pilih yang lain, atau laporan baru.",
            code=complaint.code,
        )
    )


def too_late_to_change(complaint: Complaint) -> Screen:
    """An edited message of a report that is over."""
    text = say(
        "Laporan <code>{code}</code> sudah ditutup, jadi perubahan tulisan tidak kami masukkan.",
        code=complaint.code,
    )
    return Screen(text, (_open_row(complaint), home_row()))


def _open_row(complaint: Complaint) -> tuple[Button, ...]:
    return (button("📄 " + _("Lihat laporan"), Ticket("view", complaint.id)),)


def offered(complaints: Sequence[Complaint]) -> list[tuple[str, str]]:
    """Choices for a message that may belong to a report: (id, label)."""
    adding, reopening = N_("Tambahan: {text} ({code})"), N_("Buka kembali: {text} ({code})")
    return [
        (
            str(row.id),
            label(adding if row.status in OPEN else reopening, code=row.code, text=cut(row.text, 24)),
        )
        for row in complaints
    ]
