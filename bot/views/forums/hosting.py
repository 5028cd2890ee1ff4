"""Public events for their hosts: all of theirs, one with its numbers, its announcement and its poster's code."""

from __future__ import annotations

from collections.abc import Mapping

from bot.callbacks import Deliver, Meet
from bot.config import LANGUAGES
from bot.i18n import Markup, _, label, say, say_many, show_moment, show_number, speaking
from bot.services.forums.arranging import Hosted, Shelf
from bot.services.forums.browsing import Card
from bot.views.forums import desk, words
from bot.views.forums.desk import FROM_NEWS, JOIN, MANAGE, RECORD
from bot.views.forums.words import HOST, OPEN
from bot.views.parts import cut, joined
from bot.views.screen import Button, Rows, Screen, button
from models.forum import Forum, ForumStatus

NEW, EDIT, OPEN_UP, ANNOUNCE, QR = "new", "edit", "openup", "announce", "qr"
QUESTIONS, GROUPS, CANCEL, HELD, WRITE_MINUTES = "q", "groups", "cancel", "held", "write"


def shelf(found: Shelf) -> Screen:
    """The events of the own units."""
    head = say("<b>Kelola acara</b>")
    lines = [
        say(
            "<b>{title}</b>\n{when}, {state}, pendaftar {n}",
            title=forum.title,
            when=show_moment(forum.starts_at),
            state=_(words.STATES[forum.status]),
            n=show_number(visitors),
        )
        for forum, visitors in found.lines
    ] or [say("Belum ada acara.")]
    rows: Rows = tuple((button("🛠 " + cut(forum.title, 50), Meet(HOST, forum.id)),) for forum, _n in found.lines)
    new = (button("➕ " + _("Buat acara"), Meet(NEW, 0)),)
    foot = Markup(words.page_words(found.page, found.pages))
    pages = words.page_row(MANAGE, found.page, found.pages)
    return Screen(joined([head, *lines, foot], "\n\n"), (new, *rows, *pages, words.desk_row()))


def card(found: Hosted, *, announces: bool) -> Screen:
    """One event with its numbers and what can be done next."""
    shown = found.card
    forum = shown.forum
    text = joined(
        [
            say("🛠 <b>{title}</b>\nKode: <code>{code}</code>", title=forum.title, code=forum.code),
            joined([words.times(forum), words.where(forum), say("🏢 Penyelenggara: {unit}", unit=shown.unit)]),
            say("Keadaan: {state}", state=_(words.STATES[forum.status])),
            desk.seats(shown),
            _counts(found),
            desk.outcome(shown.outcome),
        ],
        "\n\n",
    )
    return Screen(text, (*_before(shown, announces), *_about(found), *_after(shown), *_back(forum)))


def _counts(found: Hosted) -> Markup:
    forum = found.card.forum
    visitors = say_many("Pendaftar: {n} orang", "Pendaftar: {n} orang", found.card.visitors)
    asked = say_many(
        "Pertanyaan: {n}, belum dikelompokkan {loose}",
        "Pertanyaan: {n}, belum dikelompokkan {loose}",
        found.questions,
        loose=found.loose,
    )
    came = say_many("Hadir: {n} orang", "Hadir: {n} orang", forum.attended or 0)
    return joined([visitors, asked, came if forum.attended is not None else Markup("")])


def _before(shown: Card, announces: bool) -> Rows:
    forum = shown.forum
    rows: list[tuple[Button, ...]] = []
    if forum.status is ForumStatus.DRAFT:
        rows.append((button("🟢 " + _("Buka untuk warga"), Meet(OPEN_UP, forum.id)),))
    if forum.status is ForumStatus.OPEN:
        said = _("Buat pengumuman") if announces else _("Minta diumumkan")
        rows.append(
            (button("📣 " + said, Meet(ANNOUNCE, forum.id)), button("🔳 " + _("QR untuk poster"), Meet(QR, forum.id)))
        )
    if forum.status in (ForumStatus.DRAFT, ForumStatus.OPEN):
        rows.append(
            (
                button("✏️ " + _("Ubah"), Meet(EDIT, forum.id)),
                button("🚫 " + _("Batalkan acara"), Meet(CANCEL, forum.id)),
            )
        )
    return tuple(rows)


def _about(found: Hosted) -> Rows:
    if not found.questions:
        return ()
    number = found.card.forum.id
    return (
        (
            button("❓ " + _("Pertanyaan warga"), Meet(QUESTIONS, number, "0.0")),
            button("🗂 " + _("Kelompok dan jawaban"), Meet(GROUPS, number, "0")),
        ),
    )


def _after(shown: Card) -> Rows:
    forum = shown.forum
    rows: list[tuple[Button, ...]] = []
    begun = forum.status is ForumStatus.OPEN and forum.starts_at <= shown.now
    if begun or forum.status is ForumStatus.HELD:
        rows.append((button("👥 " + _("Catat yang hadir"), Meet(HELD, forum.id)),))
    if forum.status in (ForumStatus.HELD, ForumStatus.REPORTED):
        rows.append((button("📄 " + _("Tulis notulen"), Meet(WRITE_MINUTES, forum.id)),))
    if shown.records:
        rows.append((button("🖊 " + _("Catat laporan dari acara ini"), Meet(RECORD, forum.id)),))
    return tuple(rows)


def _back(forum: Forum) -> Rows:
    return (
        (button("👁 " + _("Lihat seperti warga"), Meet(OPEN, forum.id)),),
        (button("⬅️ " + _("Kelola acara"), Meet(MANAGE, 0)),),
    )


# --- announcement ---


def announcement(forum: Forum, unit: str) -> tuple[dict[str, str], tuple[dict[str, str], str]]:
    """The words by language, and the button with its label by language."""
    contents, labels = {}, {}
    for language in LANGUAGES:
        with speaking(language):
            contents[language] = str(_announced(forum, unit))
            labels[language] = "📝 " + _("Daftar")
    return contents, (labels, Meet(JOIN, forum.id, FROM_NEWS).encode())


def _announced(forum: Forum, unit: str) -> Markup:
    return joined(
        [
            say("🗣 <b>{title}</b>", title=forum.title),
            say("{about}", about=cut(forum.about, 400)) if forum.about else Markup(""),
            joined([words.times(forum), words.where(forum), say("🏢 Penyelenggara: {unit}", unit=unit)]),
            say(
                "Mendaftar paling lambat {when}. Pertanyaan bisa dikirim lebih dulu dengan /acara.",
                when=show_moment(forum.closes_at),
            ),
        ],
        "\n\n",
    )


def announced(forum: Forum, broadcast_id: int) -> Screen:
    """It lies at the desk of broadcasts."""
    text = say(
        "📣 Rancangan pengumuman <b>{title}</b> sudah dibuat, untuk warga yang setuju menerima kabar. Periksa dan "
        "kirim dari meja pengumuman.",
        title=forum.title,
    )
    rows = ((button("📣 " + _("Buka pengumumannya"), Deliver("open", broadcast_id)),), words.host_row(forum.id))
    return Screen(text, rows)


def announcement_asked(forum_id: int, people: int) -> Screen:
    """Human resources were asked."""
    if people:
        text = say("📨 Permintaan sudah kami teruskan kepada pengelola kepegawaian, yang mengirim pengumumannya.")
    else:
        text = say("Belum ada pengelola kepegawaian yang bertugas. Mohon hubungi administrator.")
    return Screen(text, (words.host_row(forum_id),))


# --- the poster's code ---


def poster(forum: Forum, link: str) -> Screen:
    """Below the picture: where it leads."""
    text = say(
        "🔳 <b>{title}</b>\n\nCetak QR ini pada poster. Yang memindainya langsung sampai pada acara ini.\n\n{link}",
        title=forum.title,
        link=link,
    )
    return Screen(text, ((Button(_("Salin tautan"), copies=link),), words.host_row(forum.id)))


def poster_caption(facts: Mapping[str, str]) -> str:
    """Below the picture itself."""
    return label("{title}. Pindai untuk mendaftar dan bertanya.", title=facts["title"])
