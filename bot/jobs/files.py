"""Fetches what people sent to our own storage: Telegram keeps no promise about how long it has a file."""

from __future__ import annotations

import asyncio
from pathlib import PurePosixPath

from telegram.constants import FileSizeLimit
from telegram.error import TelegramError

from bot.log import get_logger
from bot.runtime import Runtime
from bot.services import storage
from bot.services.city import know
from bot.services.proofs import alarms

log = get_logger(__name__)

BATCH = 20
AT_ONCE = 4
#: What Telegram says of a file that no try will bring.
HOPELESS = ("file is too big", "invalid file_id")


class TooBigError(Exception):
    """More bytes than a bot may fetch."""


async def run(runtime: Runtime) -> dict[str, int]:
    """Fetch what is due, a few at once; how many were stored, failed for now, given up."""
    async with runtime.db.read() as session:
        due = await storage.due(session, runtime.clock(), BATCH)
    places = asyncio.Semaphore(AT_ONCE)

    async def fetch(attachment_id: int, file_id: str) -> str:
        async with places:
            return await _fetch(runtime, attachment_id, file_id)

    ends = await asyncio.gather(*(fetch(attachment_id, file_id) for attachment_id, file_id in due))
    return {end: ends.count(end) for end in ("stored", "failed", "given_up")}


async def _fetch(runtime: Runtime, attachment_id: int, file_id: str) -> str:
    """One file: the try is counted, then the network and the disk work, then the end is recorded."""
    now = runtime.clock()
    async with runtime.db.begin() as session:
        last = await storage.begin_try(session, attachment_id, now)
    try:
        data, ending = await _download(runtime, file_id)
        local = now.astimezone(runtime.settings.zone)
        kept = await asyncio.to_thread(storage.keep, runtime.settings.storage, attachment_id, local, data, ending)
    except (TelegramError, TooBigError, OSError) as error:
        return await _failed(runtime, attachment_id, error, last=last)
    async with runtime.db.begin() as session:
        await storage.record(session, attachment_id, kept)
        await session.flush()
        city = await know(session, now)
        doubted = await alarms.look_at_fetched(session, city, attachment_id, kept.traits.taken_at, now)
    if doubted:
        runtime.sender.nudge()
    return "stored"


async def _download(runtime: Runtime, file_id: str) -> tuple[bytes, str]:
    """The bytes of a file and the ending of Telegram's own path (never the sender's name)."""
    file = await runtime.bot.get_file(file_id)
    if (file.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
        raise TooBigError
    data = bytes(await file.download_as_bytearray())
    if len(data) > FileSizeLimit.FILESIZE_DOWNLOAD:
        raise TooBigError
    return data, PurePosixPath(file.file_path or "").suffix


async def _failed(runtime: Runtime, attachment_id: int, error: Exception, *, last: bool) -> str:
    fault = type(error).__name__
    hopeless = isinstance(error, TooBigError) or any(words in str(error).lower() for words in HOPELESS)
    if not hopeless and not last:
        log.warning("file_not_fetched", attachment=attachment_id, fault=fault)
        return "failed"
    async with runtime.db.begin() as session:
        await storage.give_up(session, attachment_id)
    log.error("file_given_up", attachment=attachment_id, fault=fault)
    return "given_up"
