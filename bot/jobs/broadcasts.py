"""Broadcasts: begins those whose time has come, shows how far they are, ends and reminds, fetches uploaded lists."""

from __future__ import annotations

from telegram.error import BadRequest, TelegramError

from bot.log import get_logger
from bot.runtime import Runtime
from bot.services.broadcasts import listing, reminding, sending, showing
from bot.services.broadcasts.listing import Entry
from bot.services.city import City, know
from bot.services.imports.sheets import UnreadableFileError

log = get_logger(__name__)


async def run(runtime: Runtime) -> dict[str, int]:
    """One transaction each; how many began, and how many are through."""
    counts = {"begun": 0, "done": 0, "reminded": 0, "lists": 0}
    now = runtime.clock()
    async with runtime.db.read() as session:
        city = await know(session, now)
        due = await sending.due(session, now)
        going = [one.id for one in await sending.under_way(session)]
        silent = await reminding.due(session, city, now)
        lists = await listing.waiting(session)
    for broadcast_id in due:
        async with runtime.db.begin() as session:
            counts["begun"] += await showing.begin_if_due(session, city, broadcast_id, now)
    for broadcast_id in [*going, *due]:
        async with runtime.db.begin() as session:
            counts["done"] += await showing.follow(session, city, broadcast_id, now)
    for broadcast_id in silent:
        async with runtime.db.begin() as session:
            counts["reminded"] += await reminding.remind_if_due(session, broadcast_id, now)
    for broadcast_id, file_id, name in lists:
        counts["lists"] += await _fetch(runtime, city, broadcast_id, file_id, name)
    if due or going or silent or lists:
        runtime.sender.nudge()
    return counts


async def _fetch(runtime: Runtime, city: City, broadcast_id: int, file_id: str, name: str) -> int:
    """Fetch and read one list; one that Telegram no longer has, or that is none, is told. Else it is tried again."""
    try:
        file = await runtime.bot.get_file(file_id)
        content = bytes(await file.download_as_bytearray())
        entries: list[Entry] | None = listing.entries_of(name, content)
    except (UnreadableFileError, BadRequest):
        entries = None
    except TelegramError as error:
        log.warning("list_not_fetched", fault=type(error).__name__)
        return 0
    async with runtime.db.begin() as session:
        await listing.take(session, city, broadcast_id, file_id, entries, runtime.clock())
    return 1
