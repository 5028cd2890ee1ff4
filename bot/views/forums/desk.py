"""Public events for everybody: the calendar, the card of an event, coming and not coming."""

from __future__ import annotations

from collections.abc import Sequence

from bot.callbacks import Meet
from bot.i18n import Markup, _, say, say_many, show_moment
from bot.services.forums.asking import Own
from bot.services.forums.browsing import Card, Line, Page
from bot.services.forums.loop import Outcome
from bot.views.forums import words
from bot.views.forums.words import HOST, OPEN
from bot.views.parts import cut, home_row, joined, quoted
from bot.views.screen import Button, File, Rows, Screen, button
from bot.views.training import calendar_file
from models.forum import Forum, ForumStatus

#: Verbs of the buttons.
UPCOMING, OWN, PAST, POSTER, CALENDAR = "up", "mine", "past", "poster", "ics"
JOIN, ASK_LEAVE, LEAVE, ASK, ASKED = "join", "leave", "leave2", "ask", "asked"
ANSWERS, MINUTES, MANAGE, RECORD = "qa", "minutes", "manage", "record"
#: Of a button that stands under an announcement, which stays as it is.
FROM_NEWS = "b"
#: The first word of an event's link.
LINK = "acara_"


def desk(*, hosts: bool) -> Screen:
    """What one can do here."""
    text = say(
        "<b>Acara warga</b>\n\nForum dialog dan pertemuan dengan pemerintah kota. Bapak/Ibu bisa mendaftar, mengirim "
        "pertanyaan lebih dulu, dan membaca hasilnya."
    )
    rows: list[tuple[Button, ...]] = [
        (button("📅 " + _("Acara yang akan datang"), Meet(UPCOMING, 0)),),
        (button("✅ " + _("Acara yang saya ikuti"), Meet(OWN, 0)),),
        (button("🗃 " + _("Acara yang sudah berlangsung"), Meet(PAST, 0)),),
    ]
    if hosts:
        rows.append((button("🛠 " + _("Kelola acara"), Meet(MANAGE, 0)),))
    return Screen(text, (*rows, home_row()))


def upcoming(found: Page) -> Screen:
    """The coming ones."""
    nothing = say("Sekarang belum ada acara. Nyalakan kabar kota dengan /kabar supaya acara baru kami beri tahukan.")
    return _listed(say("<b>Acara yang akan datang</b>"), found, nothing, UPCOMING)


def own(found: Page) -> Screen:
    """Where the reader registered."""
    return _listed(
        say("<b>Acara yang saya ikuti</b>"), found, say("Bapak/Ibu belum mendaftar pada acara apa pun."), OWN
    )


def past(found: Page) -> Screen:
    """Those that are over."""
    return _listed(say("<b>Acara yang sudah berlangsung</b>"), found, say("Belum ada."), PAST)


def _listed(head: Markup, found: Page, nothing: Markup, verb: str) -> Screen:
    lines = [_line(line) for line in found.lines] or [nothing]
    rows: Rows = tuple((button("🗣 " + cut(line.forum.title, 50), Meet(OPEN, line.forum.id)),) for line in found.lines)
    foot = Markup(words.page_words(found.page, found.pages))
    pages = words.page_row(verb, found.page, found.pages)
    return Screen(joined([head, *lines, foot], "\n\n"), (*rows, *pages, words.desk_row()))


def _line(line: Line) -> Markup:
    state = Markup("")
    if line.forum.status is ForumStatus.CANCELLED:
        state = say("🚫 dibatalkan")
    elif line.registered:
        state = say("✅ Bapak/Ibu terdaftar")
    head = say("<b>{title}</b>\n{when}", title=line.forum.title, when=show_moment(line.forum.starts_at))
    return joined([head, state])


def card(found: Card) -> Screen:
    """One event, the reader's part in it, and what can be done."""
    forum = found.forum
    text = joined(
        [
            say("🗣 <b>{title}</b>", title=forum.title),
            say("{about}", about=forum.about) if forum.about else Markup(""),
            joined([words.times(forum), words.where(forum), say("🏢 Penyelenggara: {unit}", unit=found.unit)]),
            seats(found) if forum.status is ForumStatus.OPEN else Markup(""),
            say("Keadaan: {state}", state=_(words.STATES[forum.status])),
            outcome(found.outcome),
            _standing(found),
        ],
        "\n\n",
    )
    return Screen(text, (*_deeds(found), *_reading(found), *_staff(found), words.desk_row()))


def seats(found: Card) -> Markup:
    """How many can still come, and until when one registers."""
    until = say("Mendaftar paling lambat: {when}", when=show_moment(found.forum.closes_at))
    if found.left is None:
        return joined([say("Tempat: tidak dibatasi"), until])
    if found.left == 0:
        return joined([say("Tempat: {all}, sudah penuh", all=found.forum.seats), until])
    free = say_many(
        "Tempat: {all}, masih kosong {n}", "Tempat: {all}, masih kosong {n}", found.left, all=found.forum.seats
    )
    return joined([free, until])


def outcome(found: Outcome) -> Markup:
    """What came out of it, and how much of that is finished."""
    if not found.reports:
        return Markup("")
    return say_many(
        "🔁 Dari forum ini: {n} laporan, {done} selesai",
        "🔁 Dari forum ini: {n} laporan, {done} selesai",
        found.reports,
        done=found.finished,
    )


def _standing(found: Card) -> Markup:
    lines = []
    if found.registered:
        lines.append(say("✅ <b>Bapak/Ibu terdaftar.</b>"))
    if found.asked:
        lines.append(say_many("Pertanyaan Bapak/Ibu: {n}", "Pertanyaan Bapak/Ibu: {n}", found.asked))
    return joined(lines)


def _deeds(found: Card) -> Rows:
    forum = found.forum
    rows: list[tuple[Button, ...]] = []
    if not found.registered and found.taking and found.left != 0:
        rows.append((button("📝 " + _("Daftar"), Meet(JOIN, forum.id)),))
    if found.hearing and found.asks_left:
        rows.append((button("❓ " + _("Kirim pertanyaan"), Meet(ASK, forum.id)),))
    if found.asked:
        rows.append((button("📨 " + _("Pertanyaan saya"), Meet(ASKED, forum.id)),))
    if found.registered and forum.status is ForumStatus.OPEN:
        rows.append((button("↩️ " + _("Batalkan pendaftaran saya"), Meet(ASK_LEAVE, forum.id)),))
    return tuple(rows)


def _reading(found: Card) -> Rows:
    forum = found.forum
    row: list[Button] = []
    if forum.status is ForumStatus.OPEN:
        row.append(button("📆 " + _("Simpan ke kalender"), Meet(CALENDAR, forum.id)))
    if forum.poster:
        row.append(button("🖼 " + _("Poster"), Meet(POSTER, forum.id)))
    more: list[Button] = []
    if found.answers:
        more.append(button("💬 " + _("Tanya jawab"), Meet(ANSWERS, forum.id)))
    if forum.status is ForumStatus.REPORTED:
        more.append(button("📄 " + _("Notulen"), Meet(MINUTES, forum.id)))
    return tuple(tuple(one) for one in (row, more) if one)


def _staff(found: Card) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if found.records:
        rows.append((button("🖊 " + _("Catat laporan dari acara ini"), Meet(RECORD, found.forum.id)),))
    if found.hosts:
        rows.append((button("🛠 " + _("Kelola acara ini"), Meet(HOST, found.forum.id)),))
    return tuple(rows)


def ask_leave(forum: Forum) -> Screen:
    """Sure to give it up?"""
    text = say(
        "<b>Batalkan pendaftaran ini?</b>\n\n{title}\n\nTempat Bapak/Ibu bisa dipakai warga lain. Pertanyaan yang "
        "sudah dikirim tetap disampaikan.",
        title=forum.title,
    )
    rows = (
        (button("✔️ " + _("Ya, batalkan"), Meet(LEAVE, forum.id)),),
        (button("⬅️ " + _("Tidak, tetap ikut"), Meet(OPEN, forum.id)),),
    )
    return Screen(text, rows)


def calendar(forum: Forum, document: tuple[str, str]) -> Screen:
    """The event as a file for a calendar."""
    text = say("📆 Buka berkas ini untuk menyimpan jadwal <b>{title}</b> di kalender ponsel.", title=forum.title)
    return Screen(text, (words.forum_row(forum.id),), document=document)


def calendar_of(told: dict[str, object]) -> tuple[str, str]:
    """The file (name, content) from plain values."""
    return "acara.ics", calendar_file.of(told)[1]


def poster(forum: Forum) -> Screen:
    """The poster."""
    kind, file_id = forum.poster
    return Screen(say("🖼 <b>{title}</b>", title=forum.title), (words.forum_row(forum.id),), (File(kind, file_id),))


def asked(forum: Forum, found: Sequence[Own]) -> Screen:
    """The reader's own questions, each with what became of it."""
    text = joined([say("📨 <b>Pertanyaan saya</b>\n{title}", title=forum.title), *map(_own, found)], "\n\n")
    return Screen(text, (words.forum_row(forum.id), words.desk_row()))


def _own(one: Own) -> Markup:
    if one.question.hidden_at is not None:
        state = say("🚫 Tidak ditampilkan. Alasan: {reason}", reason=one.question.hidden_reason or "-")
    elif one.answer is not None:
        state = joined([say("💬 <b>Jawaban:</b>"), say("{answer}", answer=cut(one.answer, 600))])
    else:
        state = say("⏳ menunggu jawaban")
    return joined([quoted(one.question.text), state])
