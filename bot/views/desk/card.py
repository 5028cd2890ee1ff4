"""One report as the desk sees it: facts, clock, history, and only the buttons that are possible now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.callbacks import Ticket
from bot.i18n import N_, Markup, _, label, say, say_many, show_moment, show_number
from bot.services.desk.reading import Card, Reporter, Step
from bot.services.desk.sharing import BY_HAND, LIGHTEST_LOAD, SHARED_EVENLY
from bot.services.followers import NOTED
from bot.views.administration.bans import on_card
from bot.views.desk import buttons
from bot.views.desk.clocks import age, clock_words
from bot.views.desk.merging import company
from bot.views.desk.on_behalf import SOURCES, origin
from bot.views.desk.queue import STATUSES
from bot.views.desk.restrictions import restrictions
from bot.views.desk.step_words import in_words
from bot.views.parts import CLASSES, cut, home_row, joined, where
from bot.views.screen import Button, File, Screen, button
from models.complaint import Complaint, ComplaintEvent
from models.rules.complaint_flow import OPEN, Action
from models.rules.permissions import Desk
from models.rules.working_time import WorkCalendar

#: Why somebody got the report → the words of the history.
REASONS = {
    BY_HAND: N_("Diserahkan kepada {officer}"),
    LIGHTEST_LOAD: N_("Dibagi otomatis kepada {officer}: beban paling ringan ({n} laporan)"),
    SHARED_EVENLY: N_("Dibagi rata kepada {officer} (sebelumnya {n} laporan)"),
}
LONGEST_TEXT = 1500
LONGEST_STEP = 160
CARD_STEPS = 5

#: Action → what the history calls it.
STEPS = {
    Action.ADD_INFORMATION: N_("Keterangan ditambah"),
    Action.HIDE_NAME: N_("Nama disembunyikan"),
    Action.CLAIM: N_("Warga membuka tautan laporannya"),
    Action.WITHDRAW: N_("Laporan ditarik"),
    Action.CONFIRM: N_("Dinyatakan selesai"),
    Action.DISPUTE: N_("Dinyatakan belum selesai"),
    Action.REOPEN: N_("Dibuka kembali"),
    Action.VERIFY: N_("Diperiksa"),
    Action.ASK_COMPLETION: N_("Diminta dilengkapi"),
    Action.DECLARE_NOT_OURS: N_("Dinyatakan bukan wewenang"),
    Action.ARCHIVE: N_("Diarsipkan"),
    Action.MERGE: N_("Digabungkan"),
    Action.UNMERGE: N_("Penggabungan dibatalkan"),
    Action.RESTORE: N_("Dikembalikan dari arsip"),
    Action.DISPOSE: N_("Diteruskan"),
    Action.TRANSFER: N_("Dialihkan"),
    Action.TAKE: N_("Diambil untuk dikerjakan"),
    Action.ASK_RESIDENT: N_("Pertanyaan kepada pelapor"),
    Action.NOTE: N_("Catatan internal"),
    Action.UNASSIGN: N_("Penugasan dilepas"),
    Action.REPLY: N_("Jawaban kepada pelapor"),
    Action.PROPOSE_DONE: N_("Diusulkan selesai"),
    Action.TIGHTEN: N_("Kerahasiaan diperketat"),
    Action.ACCUSE: N_("Pegawai yang dilaporkan disebut"),
    Action.HOLD: N_("Penutupan ditahan karena bukti diragukan"),
    Action.RELEASE: N_("Bukti dinyatakan wajar"),
    Action.RETURN: N_("Bukti ditolak, dikembalikan ke unit"),
    Action.AUTO_CLOSE: N_("Ditutup tanpa konfirmasi"),
    Action.ESCALATE: N_("Diingatkan karena batas waktu"),
}


def card(
    what: Card,
    actions: Sequence[Action],
    desks: Sequence[Desk],
    calendar: WorkCalendar,
    now: datetime,
    *,
    headline: Markup | None = None,
    suggestion: tuple[str, str] | None = None,
    with_files: bool = False,
    linkable: bool = False,
) -> Screen:
    """The card; `suggestion` is (target, unit) for the one-press disposal, `headline` what just happened, `linkable`
    whether the person may link it to an improvement.
    """
    complaint = what.complaint
    parts = [headline] if headline else []
    if what.ban is not None and set(desks) & {Desk.VERIFIER_QUEUE, Desk.OVERSIGHT}:
        parts.append(on_card(what.ban))
    parts += [
        _facts(what, calendar, now),
        say("<blockquote>{text}</blockquote>", text=cut(complaint.text, LONGEST_TEXT)),
    ]
    if what.files:
        parts.append(say_many("📎 {n} berkas.", "📎 {n} berkas.", len(what.files)))
    if what.steps:
        lines = [step_line(step) for step in what.steps[:CARD_STEPS]]
        parts.append(joined([say("<b>Riwayat terakhir</b>"), *lines]))
    files = tuple(File(file.kind.value, file.file_id) for file in what.files) if with_files else ()
    return Screen(joined(parts, "\n\n"), buttons.rows(complaint, actions, desks, suggestion, linkable=linkable), files)


def _facts(what: Card, calendar: WorkCalendar, now: datetime) -> Markup:
    complaint = what.complaint
    kind = _(CLASSES[complaint.report_class])
    lines = [
        say("📄 <b>{code}</b> · {kind}", code=complaint.code, kind=kind),
        say("<b>Status:</b> {status}", status=_(STATUSES[complaint.status])),
        say(
            "<b>Diterima:</b> {moment}, {age}",
            moment=show_moment(complaint.received_at),
            age=age(complaint.received_at, calendar, now),
        ),
    ]
    if complaint.status in OPEN:
        lines += _clock(complaint, calendar, now)
    if complaint.unit is not None:
        lines.append(say("<b>Unit:</b> {unit}", unit=complaint.unit.name))
    if complaint.service is not None:
        lines.append(say("<b>Layanan:</b> {service}", service=complaint.service.name))
    if what.officer is not None:
        lines.append(say("<b>Petugas:</b> {officer}", officer=what.officer))
    area, pin = complaint.area, complaint.latitude is not None
    if place := where(area.kelurahan if area is not None else None, complaint.landmark, pin=pin):
        lines.append(say("<b>Tempat:</b> {place}", place=place))
    lines.append(_reporter(what.reporter, complaint))
    if source := origin(complaint):
        lines.append(source)
    lines += company(what.company)
    lines += restrictions(what)
    return joined(lines)


def _clock(complaint: Complaint, calendar: WorkCalendar, now: datetime) -> list[Markup]:
    """How long still or how late, and the moment that was promised."""
    clock = clock_words(complaint, calendar, now)
    lines = [say("<b>Waktu:</b> {clock}", clock=clock)] if clock else []
    if complaint.due_at is not None and complaint.paused_at is None:
        lines.append(say("<b>Batas:</b> {moment}", moment=show_moment(complaint.due_at)))
    return lines


def _reporter(reporter: Reporter, complaint: Complaint) -> Markup:
    if complaint.source in SOURCES and reporter.name is None and not complaint.anonymous:
        return say("<b>Pelapor:</b> dicatat petugas, warganya belum membuka tautan laporan.")
    if complaint.anonymous:
        known = say("<b>Pelapor:</b> anonim, namanya disembunyikan.")
    elif reporter.name is None:
        known = say("<b>Pelapor:</b> datanya sudah dihapus.")
    else:
        known = say("<b>Pelapor:</b> {name}", name=reporter.name)
    if reporter.reachable:
        return known
    away = say("⚠️ Pelapor sedang tidak bisa dihubungi lewat bot; pesan tidak sampai.")
    return joined([known, away])


def step_line(step: Step) -> Markup:
    """One event: when, what, by whom, and whether the reporter sees it."""
    event = step.event
    seen = say("terlihat pelapor") if event.public else say("internal")
    head = say(
        "• {moment}: {what} ({who}; {seen})",
        moment=show_moment(event.at),
        what=_what_happened(step),
        who=who(step),
        seen=seen,
    )
    parts = [head]
    if event.text:
        parts.append(say("<i>{text}</i>", text=cut(event.text, LONGEST_STEP)))
    if names := event.values.get("mentions"):
        parts.append(say("👤 Menyebut: {names}", names=", ".join(names)))
    return joined(parts)


def _what_happened(step: Step) -> str:
    unit = step.event.values.get("unit")
    if step.event.action in (Action.DISPOSE, Action.TRANSFER) and unit:
        return label("{what} ke {unit}", what=_(STEPS[step.event.action]), unit=unit)
    if step.event.action in (Action.ASSIGN, Action.UNASSIGN):
        return _given(step.event)
    if NOTED in step.event.values:
        return label("Laporan {code} digabungkan ke sini", code=step.event.values["code"])
    return in_words(step.event) or _(STEPS.get(step.event.action, ""))


def _given(event: ComplaintEvent) -> str:
    """Who got it and why, or who gave it back."""
    values = event.values
    if event.action is Action.UNASSIGN:
        return label("{officer} tidak lagi memegang laporan ini", officer=values["officer_name"])
    return label(REASONS[values["reason"]], officer=values["officer_name"], n=show_number(values["load"]))


def who(step: Step) -> str:
    """Who did it: a civil servant's name, "the reporter" without a name, or the system."""
    if step.event.role == "resident":
        return _("pelapor")
    return _("sistem") if step.event.role == "system" else step.actor or _("petugas")


def history(code: str, complaint_id: int, steps: Sequence[Step], page: int, pages: int) -> Screen:
    """A page of all events, the newest first."""
    lines = [step_line(step) for step in steps]
    text = joined([say("<b>Riwayat {code}</b>", code=code), *lines])
    turning: list[Button] = []
    if page > 0:
        turning.append(button("◀️ " + _("Lebih baru"), Ticket("history", complaint_id, str(page - 1))))
    if page < pages - 1:
        turning.append(button(_("Lebih lama") + " ▶️", Ticket("history", complaint_id, str(page + 1))))
    back = (button("📄 " + _("Kembali ke laporan"), Ticket("view", complaint_id)),)
    return Screen(text, (tuple(turning), back) if turning else (back,))


def sure_to_tighten(complaint_id: int, what: str) -> Screen:
    """It cannot be taken back: asked once."""
    texts = {
        "anonymous": say("<b>Sembunyikan nama pelapor?</b> Setelah ini nama tidak bisa ditampilkan lagi."),
        "confidential": say(
            "<b>Jadikan laporan ini rahasia?</b> Setelah ini tidak bisa dibuka untuk umum lagi, "
            "dan Inspektorat yang menanganinya bila belum ada di unit."
        ),
        "conflict": say(
            "<b>Laporan ini tentang unit atau petugasnya sendiri?</b> Setelah ini hanya Inspektorat yang menanganinya; "
            "unit itu tidak bisa membukanya lagi. Ini tidak bisa dibatalkan."
        ),
    }
    rows = (
        (button(_("Ya, lakukan"), Ticket(Action.TIGHTEN.value, complaint_id, what + "_yes")),),
        (button("📄 " + _("Tidak, kembali ke laporan"), Ticket("view", complaint_id)),),
    )
    return Screen(texts[what], rows)


def out_of_sight(code: str, headline: Markup | None) -> Screen:
    """What was just done took the report away from this desk."""
    gone = say(
        "🔐 Laporan <code>{code}</code> sekarang di Inspektorat dan tidak bisa dibuka lagi dari sini.", code=code
    )
    return Screen(joined([headline or Markup(""), gone], "\n\n"), (home_row(),))


def done(action: Action) -> Markup:
    """What was just done, over the card."""
    return say(DONE.get(action, N_("✅ Sudah dilakukan.")))


DONE = {
    Action.VERIFY: N_("✅ Laporan sudah diterima; pelapor diberi tahu."),
    Action.ASK_COMPLETION: N_("✅ Permintaan sudah dikirim ke pelapor."),
    Action.DECLARE_NOT_OURS: N_("✅ Pelapor diberi tahu siapa yang berwenang."),
    Action.ARCHIVE: N_("✅ Laporan diarsipkan; pelapor diberi tahu alasannya."),
    Action.MERGE: N_("✅ Laporan digabungkan; pelapornya diberi tahu dan ikut dikabari."),
    Action.UNMERGE: N_("✅ Penggabungan dibatalkan; laporan ini menunggu diperiksa lagi."),
    Action.RESTORE: N_("✅ Laporan dikembalikan dan menunggu diperiksa; pelapornya diberi tahu."),
    Action.GROUP: N_("✅ Laporan dimasukkan ke kejadian."),
    Action.UNGROUP: N_("✅ Laporan dikeluarkan dari kejadian."),
    Action.DISPOSE: N_("✅ Laporan sudah diteruskan; unit dan pelapor diberi tahu."),
    Action.TRANSFER: N_("✅ Laporan sudah dialihkan; unit dan pelapor diberi tahu."),
    Action.TAKE: N_("✅ Laporan ini sekarang Bapak/Ibu yang mengerjakan."),
    Action.ASK_RESIDENT: N_("✅ Pertanyaan sudah dikirim; waktu berhenti sampai pelapor menjawab."),
    Action.NOTE: N_("✅ Catatan disimpan; pelapor tidak melihatnya."),
    Action.ASSIGN: N_("✅ Laporan sudah diserahkan; rekan itu diberi tahu."),
    Action.UNASSIGN: N_("✅ Laporan ini sekarang tidak dipegang siapa pun; kepala unit diberi tahu."),
    Action.REPLY: N_("✅ Jawaban sudah dikirim ke pelapor."),
    Action.PROPOSE_DONE: N_("✅ Pelapor diminta menilai apakah sudah selesai."),
    Action.TIGHTEN: N_("✅ Kerahasiaan sudah diperketat."),
    Action.ACCUSE: N_("✅ Pegawai yang dilaporkan disimpan; ia tidak bisa membuka laporan ini."),
    Action.RELEASE: N_("✅ Bukti dinyatakan wajar; penutupan dilanjutkan."),
    Action.RETURN: N_("✅ Laporan dikembalikan ke unit."),
}


def held() -> Markup:
    """It was proposed, but a proof is doubted."""
    return say(
        "⛔ Usulan selesai disimpan, tetapi <b>penutupan ditahan</b>: fotonya pernah dipakai pada laporan lain, "
        "atau lebih tua dari laporan ini. Inspektorat memeriksanya dahulu; pelapor belum diberi tahu."
    )


def too_late(step: Step | None) -> Markup:
    """Somebody was faster: who, what, when."""
    if step is None:
        return say("⚠️ Langkah itu tidak bisa dilakukan pada keadaan laporan sekarang.")
    return say(
        "⚠️ Langkah itu tidak bisa lagi. Terakhir: {what}, oleh {who}, {moment}.",
        what=_what_happened(step),
        who=who(step),
        moment=show_moment(step.event.at),
    )
