"""Files that people send from the page."""

from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.phones.bodies import person_of, sandbox_of
from bot.sandbox.sandbox import Sandbox

_KINDS = ("photo", "document", "voice", "audio", "video")


@dataclass(frozen=True)
class _File:
    name: str
    data: bytes
    mime: str | None


async def send_files(request: Request) -> Response:
    """Multipart: kind (photo, document, voice, audio, video), file (repeatable), and optionally caption,
    duration, chat_id, reply_to. Several files become an album with the caption on the first.
    """
    sandbox, person_id = sandbox_of(request), person_of(request)
    async with request.form() as form:
        uploads = [each for each in form.getlist("file") if isinstance(each, UploadFile)]
        files = [_File(each.filename or "file", await each.read(), each.content_type) for each in uploads]
        kind, caption = str(form.get("kind")), str(form.get("caption") or "")
        duration, chat_id, reply_to = (_whole(form, name) for name in ("duration", "chat_id", "reply_to"))
    if kind not in _KINDS or not files:
        raise HTTPException(400, "kind and file are needed")
    group = str(sandbox.serial()) if len(files) > 1 else None
    sent = []
    for file in files:
        options = {"caption": caption, "media_group": group, "chat_id": chat_id, "reply_to": reply_to}
        sent.append(_send(sandbox, person_id, kind, file, duration or 0, options))
        caption = ""
    return JSONResponse(sent)


def _send(
    sandbox: Sandbox, person_id: int, kind: str, file: _File, duration: int, options: dict[str, Any]
) -> dict[str, Any]:
    if kind == "photo":
        return sandbox.send_photo(person_id, file.data, **options)
    return sandbox.send_file(person_id, kind, file.data, file.name, file.mime, duration=duration, **options)


def _whole(form: FormData, name: str) -> int | None:
    """A whole number of the form, None where it is absent or empty; anything else answers 400."""
    value = str(form.get(name) or "")
    if value and not value.lstrip("-").isdigit():
        raise HTTPException(400, f"{name} must be a whole number")
    return int(value) if value else None
