"""The ledger of training hours: the own year, a certificate from elsewhere, what human resources decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot.callbacks import Learn, Open
from bot.i18n import N_, Markup, _, label, say, show_day
from bot.services.training.ledger import Balance, Sent
from bot.views.parts import cut, home_row, joined, moves
from bot.views.screen import Button, File, Rows, Screen, button
from bot.views.training.outcome import words as outcome
from models.rules.permissions import Desk
from models.training.hours import HoursStatus, TrainingHours

FLOW, REFUSING = "hours", "hoursno"
#: Verbs of the buttons.
YEAR, ADD, WAITING, SEE, COUNT, REFUSE = "jp", "jpadd", "jpwait", "jpsee", "jpyes", "jpno"
#: Marks of the bar, how many entries a screen has room for, and how many buttons to certificates.
MARKS, MOST, PAPERS = 10, 20, 6
STATES = {
    HoursStatus.PENDING: ("⏳", N_("menunggu diperiksa")),
    HoursStatus.COUNTED: ("✅", N_("dihitung")),
    HoursStatus.REFUSED: ("🚫", N_("tidak dihitung")),
}
SENTENCES = {
    "no_such_hours": N_("Catatan JP itu tidak ada."),
    "hours_decided": N_("Sertifikat ini sudah diputuskan."),
    "own_hours": N_("Sertifikat sendiri diperiksa oleh pengelola kepegawaian yang lain."),
    "certificate_sent_before": N_("Berkas sertifikat itu sudah pernah dikirim."),
    "hours_number": N_("Tulis jumlah JP dengan angka bulat di atas nol, misalnya 8."),
    "hours_day": N_("Tanggalnya tidak terbaca atau belum tiba. Contoh: 3 Februari 2026."),
    "words_missing": N_("Jawabannya masih kosong. Mohon ditulis."),
    "certificate_missing": N_("Kirimkan foto atau berkas sertifikatnya."),
}


def _bar(found: Balance) -> str:
    full = min(MARKS, found.counted * MARKS // found.limit) if found.limit else MARKS
    return "🟩" * full + "⬜" * (MARKS - full)


def _standing(found: Balance) -> Markup:
    if found.is_maximum:
        text = say("<b>{done} dari paling banyak {limit} JP</b>", done=found.counted, limit=found.limit)
        over = found.counted - found.limit
        return joined([text, say("Sudah {n} JP di atas batas setahun.", n=over)]) if over > 0 else text
    text = say("<b>{done} dari {limit} JP</b>", done=found.counted, limit=found.limit)
    left = found.limit - found.counted
    return joined([text, say("Kurang {n} JP lagi tahun ini.", n=left) if left > 0 else say("Sudah terpenuhi.")])


def _entry(row: TrainingHours) -> Markup:
    sign, words = STATES[row.status]
    text = say(
        "{sign} {title}, {n} JP, {day} ({state})",
        sign=sign,
        title=row.title,
        n=row.hours,
        day=show_day(row.ended_on),
        state=_(words),
    )
    return joined([text, say("Alasan: {reason}", reason=row.reason)]) if row.reason else text


def own(found: Balance, present: int, waiting: int | None, others: Rows = ()) -> Screen:
    """A year of one's own; `waiting` certificates for those who look after trainings, None for others.

    `others`: the ways to other people's hours, where there are any.
    """
    entries = joined([_entry(row) for row in found.entries[:MOST]]) or say("Belum ada JP pada tahun ini.")
    pending = say("Menunggu diperiksa: {n} JP", n=found.pending) if found.pending else Markup("")
    head = say("<b>Jam pelajaran saya (JP), {year}</b>", year=found.year)
    rows: list[tuple[Button, ...]] = [(button("➕ " + _("Tambah sertifikat dari luar"), Learn(ADD, 0)),)]
    if waiting is not None:
        said = label("Sertifikat menunggu diperiksa ({n})", n=waiting)
        rows.insert(0, (button("🗂 " + said, Learn(WAITING, 0)),))
    years = [button(f"◀️ {found.year - 1}", Learn(YEAR, found.year - 1))]
    if found.year < present:
        years.append(button(f"{found.year + 1} ▶️", Learn(YEAR, found.year + 1)))
    text = joined([head, joined([_standing(found), say("{bar}", bar=_bar(found)), pending]), entries], "\n\n")
    return Screen(text, (*rows, *others, *_papers(found), tuple(years), home_row()))


def _papers(found: Balance) -> Rows:
    courses = [row for row in found.entries if row.course_id is not None]
    return tuple(
        (button("📜 " + cut(label("Sertifikat {title}", title=row.title), 50), Learn(outcome.PAPER, row.course_id)),)
        for row in courses[:PAPERS]
        if row.course_id is not None
    )


def back_row() -> tuple[Button, ...]:
    """The way back to the ledger."""
    return (button("⬅️ " + _("Jam pelajaran saya (JP)"), Open(Desk.HOURS.value)),)


# --- a certificate from elsewhere ---

QUESTIONS = {
    "title": (N_("Apa judul pelatihannya?"), N_("Tulis seperti pada sertifikat.")),
    "provider": (N_("Siapa penyelenggaranya?"), N_("Nama lembaga yang menerbitkan sertifikat.")),
    "day": (N_("Kapan pelatihan itu selesai?"), N_("Contoh: 3 Februari 2026.")),
    "hours": (N_("Berapa JP pada sertifikatnya?"), N_("Tulis angkanya saja, misalnya 8.")),
    "file": (N_("Mana sertifikatnya?"), N_("Kirim foto atau berkasnya. Jangan sertakan KTP atau KK.")),
}


def ask(nonce: str, step: str) -> Screen:
    """One question of the certificate."""
    asked, hint = QUESTIONS[step]
    text = say("<b>{question}</b>\n\n{hint}", question=_(asked), hint=_(hint))
    return Screen(text, (moves(nonce, back=step != "title"),))


def question(step: str) -> str:
    """The open question in plain words."""
    return _(QUESTIONS[step][0])


def sent(row: TrainingHours) -> Screen:
    """It waits for human resources."""
    text = say(
        "✅ Sertifikat <b>{title}</b> ({n} JP) sudah dikirim. JP-nya dihitung setelah diperiksa pengelola kepegawaian.",
        title=row.title,
        n=row.hours,
    )
    return Screen(text, (back_row(), home_row()))


def cancelled() -> Screen:
    """Nothing was sent."""
    return Screen(say("Baik, kita berhenti di sini. Tidak ada yang dikirim."), (back_row(), home_row()))


def help_text() -> Screen:
    """What is asked for."""
    return Screen(
        say(
            "Sertifikat dari luar dihitung setelah diperiksa. Siapkan judul, penyelenggara, tanggal selesai, jumlah "
            "JP, dan foto sertifikatnya."
        )
    )


# --- human resources ---


def waiting(found: Sequence[tuple[TrainingHours, str]]) -> Screen:
    """The certificates that wait, the oldest first."""
    text = joined(
        [
            say("<b>Sertifikat yang menunggu diperiksa</b>"),
            say("Yang paling lama menunggu ada di atas.") if found else say("Tidak ada yang menunggu."),
        ],
        "\n\n",
    )
    rows = tuple((button(cut(f"{name}: {row.title}", 50), Learn(SEE, row.id)),) for row, name in found)
    return Screen(text, (*rows, back_row(), home_row()))


def card(found: Sent) -> Screen:
    """One certificate with its picture, and the two answers while it waits."""
    row, standing = found.row, found.balance
    facts = say(
        "<b>{title}</b>\nPegawai: {name}\nPenyelenggara: {provider}\nSelesai: {day}\nJumlah: {n} JP",
        title=row.title,
        name=found.name,
        provider=row.provider,
        day=show_day(row.ended_on),
        n=row.hours,
    )
    over = standing.is_maximum and row.status is HoursStatus.PENDING and standing.counted + row.hours > standing.limit
    warning = (
        say(
            "⚠️ Dengan ini menjadi {n} JP, di atas {limit} JP untuk PPPK. Keputusannya pada Bapak/Ibu.",
            n=standing.counted + row.hours,
            limit=standing.limit,
        )
        if over
        else Markup("")
    )
    rows: list[tuple[Button, ...]] = [(button("⬅️ " + _("Sertifikat lainnya"), Learn(WAITING, 0)),)]
    if row.status is HoursStatus.PENDING:
        rows.insert(
            0, (button("✅ " + _("Hitung"), Learn(COUNT, row.id)), button("🚫 " + _("Tolak"), Learn(REFUSE, row.id)))
        )
    files = (File(row.file_kind, row.file_id),) if row.file_kind and row.file_id else ()
    text = joined([facts, joined([_standing(standing), _state(row)]), warning], "\n\n")
    return Screen(text, tuple(rows), files if row.status is HoursStatus.PENDING else ())


def _state(row: TrainingHours) -> Markup:
    sign, words = STATES[row.status]
    text = say("Keadaan: {sign} {state}", sign=sign, state=_(words))
    return joined([text, say("Alasan: {reason}", reason=row.reason)]) if row.reason else text


REASON = N_("Mengapa sertifikat ini tidak dihitung?")


def ask_reason(nonce: str, found: Sent) -> Screen:
    """Why not."""
    text = say("<b>{question}</b>\n\n{name}: {title}", question=_(REASON), name=found.name, title=found.row.title)
    return Screen(text, (moves(nonce, back=False),))


def reason_question() -> str:
    """The open question in plain words."""
    return _(REASON)


def not_refused() -> Screen:
    """Nothing was decided."""
    return Screen(say("Baik, sertifikat itu tetap menunggu."), (back_row(), home_row()))


def reason_help() -> Screen:
    """Who reads the reason."""
    return Screen(say("Tulis alasan singkat. Alasan ini dibaca pegawai yang mengirim sertifikat."))


# --- notices ---


def hours_counted(values: dict[str, Any]) -> Screen:
    """To the owner: more hours."""
    text = say("✅ {n} JP dari <b>{title}</b> sudah dihitung.", n=values["hours"], title=values["title"])
    course_id = values.get("course_id")
    if course_id is None:
        return _notice(text)
    return Screen(text, ((outcome.paper_button(course_id),), back_row()))


def hours_refused(values: dict[str, Any]) -> Screen:
    """To the owner: not counted, and why."""
    text = say(
        "🚫 Sertifikat <b>{title}</b> belum bisa dihitung.\n\nAlasan: {reason}",
        title=values["title"],
        reason=values["reason"],
    )
    return _notice(text)


def certificate_sent(values: dict[str, Any]) -> Screen:
    """To human resources: look at it."""
    text = say(
        "📄 {name} mengirim sertifikat <b>{title}</b>. Mohon diperiksa.", name=values["name"], title=values["title"]
    )
    return Screen(text, ((button("👁 " + _("Periksa sertifikat"), Learn(SEE, values["hours_id"])),),))


def _notice(text: Markup) -> Screen:
    return Screen(text, (back_row(),))


KINDS: dict[str, Callable[[dict[str, Any]], Screen]] = {
    "hours_counted": hours_counted,
    "hours_refused": hours_refused,
    "certificate_sent": certificate_sent,
}
