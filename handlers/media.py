"""Files in a message, as the services want them."""

from __future__ import annotations

from telegram import Message
from telegram.ext import filters

from bot.services.complaints import SentFile
from models.attachment import FileKind
from models.errors import Refusal

#: Bots cannot download more (platform limit of the Bot API).
LARGEST = 20 * 1024 * 1024
MOST_FILES = 20
#: A message with a file of any kind that we keep.
FILES = filters.UpdateType.MESSAGE & (
    filters.PHOTO | filters.VIDEO | filters.VOICE | filters.AUDIO | filters.VIDEO_NOTE | filters.Document.ALL
)


def sent_file(message: Message) -> SentFile | None:
    """The file of a message, or None; refused with `file_too_big` where it could not be fetched."""
    found = _kind_and_file(message)
    if found is None:
        return None
    kind, file = found
    if (file.file_size or 0) > LARGEST:
        raise Refusal("file_too_big")
    return SentFile(
        kind=kind,
        file_id=file.file_id,
        unique_id=file.file_unique_id,
        group=message.media_group_id,
        caption=message.caption,
        size=file.file_size,
    )


def _kind_and_file(message: Message):  # type: ignore[no-untyped-def]
    if message.photo:
        return FileKind.PHOTO, message.photo[-1]
    candidates = (
        (FileKind.VIDEO, message.video or message.video_note),
        (FileKind.VOICE, message.voice),
        (FileKind.AUDIO, message.audio),
        (FileKind.DOCUMENT, message.document),
    )
    return next(((kind, file) for kind, file in candidates if file is not None), None)
