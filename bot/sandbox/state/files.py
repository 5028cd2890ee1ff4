"""Files of the sandbox, kept in memory; ids depend on the content only, so a restart gives the same."""

import hashlib
import io
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

DOWNLOAD_LIMIT = 20 << 20
UPLOAD_LIMIT = 50 << 20
PHOTO_LIMIT = 10 << 20
_SIDES = (90, 320, 800, 1280)
"""Longest sides in pixels of the sizes a photo is offered in."""

_FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "audio": "music", "video": "videos",
            "sticker": "stickers"}  # fmt: skip


class NotAPictureError(Exception):
    """The bytes are no image, or one of a shape Telegram refuses; the text is Telegram's code."""


@dataclass(frozen=True)
class StoredFile:
    """`size` may be declared larger than the bytes at hand, to play a file too big to fetch."""

    file_id: str
    unique_id: str
    kind: str
    data: bytes
    size: int
    name: str
    mime: str
    width: int = 0
    height: int = 0

    @property
    def path(self) -> str:
        suffix = PurePath(self.name).suffix or mimetypes.guess_extension(self.mime) or ""
        return f"{_FOLDERS[self.kind]}/file_{self.unique_id}{suffix}"

    def reference(self) -> dict[str, Any]:
        """The fields every Telegram object about a file has."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}


class FileStore:
    """Stored files by id and by download path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, data: bytes, name: str, mime: str | None = None, size: int | None = None) -> StoredFile:
        guessed = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        return self._keep(kind, data, name, guessed, size=len(data) if size is None else size)

    def add_photo(self, data: bytes) -> list[StoredFile]:
        """The photo as JPEG in up to four sizes, smallest first; raises NotAPictureError."""
        picture = _open_picture(data)
        longest = max(picture.size)
        sides = sorted({min(side, longest) for side in _SIDES})
        return [self._add_size(picture, side) for side in sides]

    def find(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def _add_size(self, picture: Image.Image, side: int) -> StoredFile:
        copy = picture.copy()
        copy.thumbnail((side, side))
        target = io.BytesIO()
        copy.save(target, "JPEG", quality=87)
        jpeg = target.getvalue()
        return self._keep("photo", jpeg, "photo.jpg", "image/jpeg", len(jpeg), copy.width, copy.height)

    def _keep(
        self, kind: str, data: bytes, name: str, mime: str, size: int, width: int = 0, height: int = 0
    ) -> StoredFile:
        digest = hashlib.sha256(kind.encode() + b"\0" + data + name.encode() + str(size).encode()).hexdigest()
        unique_id = f"AQAD{digest[:12]}"
        file = StoredFile(f"AgACAgQ{digest[:48]}", unique_id, kind, data, size, name, mime, width, height)
        self._by_id[file.file_id] = file
        self._by_path[file.path] = file
        return file


def _open_picture(data: bytes) -> Image.Image:
    try:
        picture = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise NotAPictureError("IMAGE_PROCESS_FAILED") from None
    width, height = picture.size
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise NotAPictureError("PHOTO_INVALID_DIMENSIONS")
    return picture


def describe(file: StoredFile, duration: int = 0) -> dict[str, Any]:
    """The Telegram object (Document, Voice, Audio, Video, Sticker) that stands for the file in a message."""
    return {**file.reference(), **_DETAILS[file.kind](file, duration)}


def describe_photo(sizes: list[StoredFile]) -> list[dict[str, Any]]:
    return [{**each.reference(), "width": each.width, "height": each.height} for each in sizes]


_DETAILS: dict[str, Callable[[StoredFile, int], dict[str, Any]]] = {
    "document": lambda file, _: {"file_name": file.name, "mime_type": file.mime},
    "voice": lambda file, duration: {"duration": duration, "mime_type": file.mime},
    "audio": lambda file, duration: {"duration": duration, "mime_type": file.mime, "file_name": file.name},
    "video": lambda file, duration: {
        "duration": duration, "width": 640, "height": 360, "mime_type": file.mime, "file_name": file.name,
    },
    "sticker": lambda _, __: {
        "type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False,
    },
}  # fmt: skip
