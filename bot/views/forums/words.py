"""What is said of an event in many places: where it stands, when and where it is, ways on and back."""

from __future__ import annotations

from bot.callbacks import Meet, Open
from bot.i18n import N_, Markup, _, label, say, show_moment
from bot.views.parts import joined
from bot.views.screen import Button, Rows, button
from models.forum import Forum, ForumStatus
from models.rules.permissions import Desk

STATES = {
    ForumStatus.DRAFT: N_("rancangan, belum dibuka"),
    ForumStatus.OPEN: N_("akan datang"),
    ForumStatus.HELD: N_("sudah berlangsung"),
    ForumStatus.REPORTED: N_("sudah berlangsung, notulen terbit"),
    ForumStatus.CANCELLED: N_("dibatalkan"),
}
#: What opens the card of an event; what opens it for its hosts.
OPEN, HOST = "open", "host"


def times(forum: Forum) -> Markup:
    """From when to when: the day is said once where it is one."""
    zone_end, end = show_moment(forum.ends_at), show_moment(forum.starts_at)
    same_day = zone_end.rsplit(" ", 2)[0] == end.rsplit(" ", 2)[0]
    return say(
        "📅 {begin} sampai {end}",
        begin=show_moment(forum.starts_at),
        end=zone_end.rsplit(" ", 2)[-2] if same_day else zone_end,
    )


def where(forum: Forum) -> Markup:
    """The place and the link, as far as there are any."""
    return joined(
        [
            say("📍 {place}", place=forum.place) if forum.place else Markup(""),
            say("🔗 {link}", link=forum.link) if forum.link else Markup(""),
        ]
    )


def desk_row() -> tuple[Button, ...]:
    """The way back to the desk."""
    return (button("⬅️ " + _("Acara warga"), Open(Desk.FORUMS.value)),)


def forum_row(forum_id: int) -> tuple[Button, ...]:
    """The way to an event."""
    return (button("🗣 " + _("Lihat acaranya"), Meet(OPEN, forum_id)),)


def host_row(forum_id: int) -> tuple[Button, ...]:
    """The way back to an event, for its hosts."""
    return (button("🛠 " + _("Kelola acara ini"), Meet(HOST, forum_id)),)


def page_row(verb: str, page: int, pages: int, number: int | None = None) -> Rows:
    """Earlier and later pages of a list: of all, or of one event (`number`)."""
    if pages <= 1:
        return ()
    row: list[Button] = []

    def to(there: int) -> Meet:
        return Meet(verb, there) if number is None else Meet(verb, number, str(there))

    if page > 0:
        row.append(button("◀️ " + _("Sebelumnya"), to(page - 1)))
    if page < pages - 1:
        row.append(button(_("Berikutnya") + " ▶️", to(page + 1)))
    return (tuple(row),)


def page_words(page: int, pages: int) -> str:
    """Which page of how many; "" where there is only one."""
    return label("Halaman {page} dari {pages}", page=page + 1, pages=pages) if pages > 1 else ""
