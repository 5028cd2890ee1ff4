"""A chat as plain text, for reading and for attaching to a report."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from bot.sandbox.state.people import Message

_KINDS = ("photo", "document", "voice", "video", "audio", "sticker", "location", "contact")


def write_transcript(messages: Iterable[Message]) -> str:
    """One paragraph per message: time (UTC), author, text or kind, then its buttons in brackets."""
    return "\n".join(_paragraph(message) for message in messages) + "\n"


def _paragraph(message: Message) -> str:
    content = message.content
    moment = datetime.fromtimestamp(content["date"], UTC).strftime("%Y-%m-%d %H:%M:%S")
    edited = " (edited)" if "edit_date" in content else ""
    lines = [f"[{moment}] {content['from']['first_name']}{edited}: {_words(content)}"]
    rows = (message.markup or {}).get("inline_keyboard") or (message.markup or {}).get("keyboard") or []
    lines += ["    " + " ".join(f"[{button['text']}]" for button in row) for row in rows]
    return "\n".join(lines)


def _words(content: dict[str, Any]) -> str:
    kinds = [f"<{kind}>" for kind in _KINDS if kind in content]
    place = content.get("location")
    if place:
        kinds.append(f"{place['latitude']}, {place['longitude']}")
    return " ".join([*kinds, content.get("text", content.get("caption", ""))]).strip() or "<service message>"
