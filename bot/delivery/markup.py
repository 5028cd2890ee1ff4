"""A Screen as Telegram wants it: plain values, since building the library's objects costs more than the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.views.screen import Button, Screen

#: A keyboard as the Bot API describes it.
Markup = dict[str, Any]

#: Telegram's longest message, after entities are parsed; tags only make our text longer than that.
LONGEST_TEXT = 4096
#: And its longest text below a file.
LONGEST_CAPTION = 1024
_TAG = re.compile(r"<(/?)([a-z]+)[^>]*>")
#: What a cut must leave whole: a tag, an escaped character, any other character.
_WHOLE = re.compile(r"<[^<>]*>|&#?\w+;|.", re.DOTALL)


def inline_keyboard(screen: Screen) -> Markup | None:
    """The buttons under the message, or None."""
    if not screen.rows:
        return None
    return {"inline_keyboard": [[_button(button) for button in row] for row in screen.rows]}


def keyboard(screen: Screen) -> Markup | None:
    """The inline buttons, or where the screen asks for the phone's location its reply keyboard."""
    if screen.ask == "location":
        ask = {"text": screen.ask_label or "", "request_location": True}
        return {"keyboard": [[ask]], "resize_keyboard": True, "one_time_keyboard": True}
    return inline_keyboard(screen)


def pieces(text: str, longest: int = LONGEST_TEXT) -> list[str]:
    """The text split at line ends into messages Telegram accepts; a tag open at a cut goes on in the next one.

    The tags so added may make a piece longer than `longest`: Telegram does not count them.
    """
    if _size(text) <= longest:
        return [text]
    found: list[str] = []
    piece = ""
    for line in text.splitlines(keepends=True):
        for part in [line] if _size(line) <= longest else _parts(line, longest):
            if _size(piece) + _size(part) > longest:
                found.append(piece)
                piece = ""
            piece += part
    return list(_mended([*found, piece]))


def _parts(line: str, longest: int) -> Iterator[str]:
    """A line too long for one message, cut between characters."""
    part, size = "", 0
    for whole in _WHOLE.findall(line):
        if size + _size(whole) > longest:
            yield part
            part, size = "", 0
        part += whole
        size += _size(whole)
    yield part


def _size(text: str) -> int:
    """The length as Telegram counts it: most emoji are two."""
    return len(text.encode("utf-16-le")) // 2


def _mended(cut: list[str]) -> Iterator[str]:
    """Each piece with every tag closed that it leaves open, and opened again in the next; none without words."""
    still_open: list[re.Match[str]] = []
    for piece in cut:
        opening = "".join(tag[0] for tag in still_open)
        for tag in _TAG.finditer(piece):
            if tag[1]:
                still_open.pop()
            else:
                still_open.append(tag)
        if _TAG.sub("", piece).strip():
            closing = "".join(f"</{tag[2]}>" for tag in reversed(still_open))
            yield opening + piece.rstrip("\n") + closing


def _button(button: Button) -> dict[str, Any]:
    if button.url:
        return {"text": button.label, "url": button.url}
    if button.copies:
        return {"text": button.label, "copy_text": {"text": button.copies}}
    return {"text": button.label, "callback_data": button.data}
