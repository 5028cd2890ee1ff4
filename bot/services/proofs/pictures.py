"""What a file tells about itself: how a picture looks, when its camera says it was taken, and where.

Places are taken out: of pictures that Pillow reads by writing them again (`bot.services.storage`), of HEIC pictures
and videos by blanking the bytes in which they stand. Not found: places in formats that neither knows.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Literal

import dhash
from PIL import Image, ImageOps

from models.rules.desk.looks import DIGITS, is_plain

EXIF_IFD, GPS_IFD = 0x8769, 0x8825
TAKEN, TAKEN_OFFSET = 0x9003, 0x9011
#: What Pillow raises at pictures that are broken or none.
UNREADABLE = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
#: ISO 6709 as phones write it into videos: +00.9188+104.4554+012.3/
PLACE = re.compile(rb"[+-]\d{2}\.\d{3,8}[+-]\d{3}\.\d{3,8}(?:[+-]\d{1,5}(?:\.\d{1,3})?)?/")
#: How a TIFF header begins, in which EXIF notes are written.
ORDERS: dict[bytes, Literal["little", "big"]] = {b"II*\x00": "little", b"MM\x00*": "big"}
ENTRY = 12
#: Of the hash, and to which size a JPEG is unpacked at least: a large one would take a hundred megabytes.
SIZE, SMALL = 8, (256, 256)
#: Bytes of a value by its TIFF type; longer ones than INLINE stand elsewhere.
SIZES = {3: 2, 4: 4, 5: 8, 9: 4, 10: 8}
INLINE = 4


@dataclass(frozen=True, slots=True)
class Traits:
    """What is kept of a picture: its look (None: not a picture, or a plain one), when it was taken."""

    look: str | None = None
    taken_at: datetime | None = None


def traits(data: bytes, zone: tzinfo) -> Traits:
    """The look and the moment of taking, read before the notes are taken out; `zone` is the camera's clock."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            taken_at = _taken_at(picture, zone)
            picture.draft("L", SMALL)
            look = f"{dhash.dhash_int(_greys(ImageOps.exif_transpose(picture)), SIZE):0{DIGITS}x}"
    except UNREADABLE:
        return Traits()
    return Traits(None if is_plain(look) else look, taken_at)


def _greys(picture: Image.Image) -> list[int]:
    """The picture as a field of greys, what is transparent white."""
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    small = picture.convert("L").resize((SIZE + 1, SIZE + 1), Image.Resampling.LANCZOS)
    return list(small.tobytes())


def _taken_at(picture: Image.Image, zone: tzinfo) -> datetime | None:
    notes = picture.getexif().get_ifd(EXIF_IFD)
    local = _read(notes.get(TAKEN), "%Y:%m:%d %H:%M:%S")
    if local is None:
        return None
    offset = _read(notes.get(TAKEN_OFFSET), "%z")
    return local.replace(tzinfo=offset.tzinfo if offset is not None else zone)


def _read(note: object, form: str) -> datetime | None:
    try:
        return datetime.strptime(str(note).strip("\x00 "), form)  # noqa: DTZ007 - the zone is put in by the caller
    except ValueError:
        return None


def without_places(data: bytes) -> bytes:
    """The file with the places blanked that its notes name (HEIC, MP4, MOV); its length stays."""
    if data[4:8] != b"ftyp":
        return data
    blank = PLACE.sub(_nowhere, data)
    for header in re.finditer(rb"II\*\x00|MM\x00\*", blank):
        blank = _without_gps(blank, header.start())
    return blank


def _nowhere(match: re.Match[bytes]) -> bytes:
    return re.sub(rb"\d", b"0", match.group())


def _without_gps(data: bytes, start: int) -> bytes:
    """The data with the GPS notes of the TIFF header at `start` overwritten by zeros."""
    order = ORDERS[data[start : start + 4]]

    def number(at: int, size: int) -> int:
        return int.from_bytes(data[at : at + size], order)

    first = start + number(start + 4, 4)
    entries = range(first + 2, first + 2 + ENTRY * number(first, 2), ENTRY)
    places = [start + number(at + 8, 4) for at in entries if number(at, 2) == GPS_IFD]
    changed = bytearray(data)
    for place in places:
        end = place + 2 + ENTRY * number(place, 2)
        for at in range(place + 2, min(end, len(data) - ENTRY), ENTRY):
            length = SIZES.get(number(at + 2, 2), 1) * number(at + 4, 4)
            if length > INLINE:
                _blank(changed, start + number(at + 8, 4), length)
        _blank(changed, place, end - place)
    return bytes(changed)


def _blank(data: bytearray, at: int, length: int) -> None:
    """Zeros over a piece, as far as the data goes and never over more than notes of a place need."""
    end = min(at + min(length, 512), len(data))
    if at < end:
        data[at:end] = bytes(end - at)
