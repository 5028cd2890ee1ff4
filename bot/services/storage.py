"""Files in our own storage: which are to be fetched, where they lie, and what is taken out of pictures.

A file's name holds the day, our own id and the sha256 of what is stored; nothing that its sender chose.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.proofs.pictures import UNREADABLE, Traits, traits, without_places
from models.attachment import Attachment
from models.proof import PictureBand
from models.rules.desk.looks import bands

TRIES = 7
FIRST_WAIT = timedelta(minutes=1)
#: Seven tries with five times the wait after each: the last one comes after two and a half days.
SLOWER = 5
#: A JPEG that holds further pictures (of phones with several lenses): the first one is what was taken.
SEVERAL_IN_ONE = "MPO"
#: Format → the ending of its name, and how a picture is written again without what the camera noted.
PICTURES: dict[str, tuple[str, dict[str, Any]]] = {
    "JPEG": (".jpg", {"quality": "keep"}),
    "PNG": (".png", {}),
    "WEBP": (".webp", {"quality": 90}),
    "TIFF": (".tif", {}),
    "AVIF": (".avif", {"quality": 90}),
}
TURNED = {"JPEG": {"quality": 92}}
ORIENTATION = 0x0112


async def due(session: AsyncSession, now: datetime, limit: int) -> Sequence[tuple[int, str]]:
    """Id and Telegram's id of files to fetch now, those that wait longest first."""
    rows = await session.execute(
        select(Attachment.id, Attachment.file_id)
        .where(Attachment.next_try_at <= now, Attachment.stored.is_(None))
        .order_by(Attachment.next_try_at, Attachment.id)
        .limit(limit)
    )
    return [(row.id, row.file_id) for row in rows]


async def begin_try(session: AsyncSession, attachment_id: int, now: datetime) -> bool:
    """Count a try before it begins, so that a crash counts too; whether it was the last one."""
    tries = (await session.scalar(select(Attachment.tries).where(Attachment.id == attachment_id)) or 0) + 1
    last = tries >= TRIES
    wait = FIRST_WAIT * SLOWER ** (tries - 1)
    await _set(session, attachment_id, tries=tries, next_try_at=None if last else now + wait)
    return last


async def give_up(session: AsyncSession, attachment_id: int) -> None:
    """It can never be fetched."""
    await _set(session, attachment_id, tries=TRIES, next_try_at=None)


async def record(session: AsyncSession, attachment_id: int, kept: Kept) -> None:
    """It lies in our storage; the parts of its look are there for comparing."""
    look = kept.traits.look
    await _set(
        session,
        attachment_id,
        stored=kept.path,
        size=kept.size,
        digest=kept.digest,
        look=look,
        next_try_at=None,
    )
    for position, value in bands(look) if look is not None else ():
        await session.merge(PictureBand(position=position, value=value, attachment_id=attachment_id))


async def _set(session: AsyncSession, attachment_id: int, **values: Any) -> None:
    await session.execute(
        update(Attachment)
        .where(Attachment.id == attachment_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies in our storage: path below the folder, bytes, sha256, and what it looks like."""

    path: str
    size: int
    digest: str
    traits: Traits


def keep(folder: Path, attachment_id: int, now: datetime, data: bytes, ending: str) -> Kept:
    """Write a file without the camera's notes; `now` in the city's time is its day, its zone the camera's."""
    seen, day = traits(data, now.tzinfo or UTC), now.date()
    data, pictured = without_notes(data)
    digest = hashlib.sha256(data).hexdigest()
    path = f"{day:%Y/%m/%d}/{attachment_id}-{digest}{pictured or _harmless(ending)}"
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)
    return Kept(path, len(data), digest, seen)


def drop(folder: Path, path: str) -> None:
    """Take a file away; one that is gone already is no fault."""
    (folder / path).unlink(missing_ok=True)


def without_notes(data: bytes) -> tuple[bytes, str | None]:
    """A picture without EXIF, GPS, XMP and comments, upright, and its ending; anything else as it is and None.

    Of moving pictures nothing is taken out; HEIC and videos keep all notes but the place.
    """
    try:
        with Image.open(io.BytesIO(data)) as picture:
            kind = "JPEG" if picture.format == SEVERAL_IN_ONE else picture.format or ""
            if kind not in PICTURES:
                return without_places(data), None
            if getattr(picture, "n_frames", 1) > 1 and picture.format != SEVERAL_IN_ONE:
                return data, PICTURES[kind][0]
            return _written_again(picture, kind), PICTURES[kind][0]
    except UNREADABLE:
        return without_places(data), None


def _written_again(picture: Image.Image, kind: str) -> bytes:
    options = PICTURES[kind][1] if picture.format == kind else TURNED[kind]
    profile = picture.info.get("icc_profile")
    if picture.getexif().get(ORIENTATION, 1) != 1:
        picture = ImageOps.exif_transpose(picture)
        options = TURNED.get(kind, options)
    else:
        picture.load()
    picture.info = {key: picture.info[key] for key in ("transparency",) if key in picture.info}
    if kind == "TIFF":
        picture = picture.copy()
    written = io.BytesIO()
    picture.save(written, kind, icc_profile=profile, **options)
    return written.getvalue()


def _harmless(ending: str) -> str:
    """The ending Telegram gives, if it is a plain one."""
    return ending.lower() if ending[1:].isalnum() and len(ending) <= 6 else ""
