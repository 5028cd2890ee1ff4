"""What a person sees, as plain values: one Screen is one message (with the files that belong to it)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from bot.callbacks import Payload


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it carries a payload, opens a link, or copies a text."""

    label: str
    data: str | None = None
    url: str | None = None
    copies: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file to show again; `kind` is an attachment's FileKind value."""

    kind: str
    file_id: str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """A message: HTML text, rows of buttons, files after it, a toast over it.

    `document` is a text file of our own (name, content), sent after the message.
    `ask` names a reply keyboard that only phones have (`location`); `ask_label` is its button.
    `captioned`: the text stands below its one file, in the same message, where it is short enough for that.
    """

    text: str
    rows: Rows = ()
    files: tuple[File, ...] = ()
    toast: str | None = None
    ask: str | None = None
    ask_label: str | None = None
    document: tuple[str, str] | None = None
    captioned: bool = False

    def to_json(self) -> dict[str, Any]:
        """The screen as a JSON object, to be stored until it is sent."""
        return {
            "text": self.text,
            "rows": [[[b.label, b.data, b.url, b.copies] for b in row] for row in self.rows],
            "files": [[file.kind, file.file_id] for file in self.files],
            "toast": self.toast,
            "ask": self.ask,
            "ask_label": self.ask_label,
            "document": self.document,
            "captioned": self.captioned,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The screen back from its JSON object."""
        return cls(
            text=stored["text"],
            rows=tuple(tuple(Button(*button) for button in row) for row in stored["rows"]),
            files=tuple(File(*file) for file in stored["files"]),
            toast=stored["toast"],
            ask=stored["ask"],
            ask_label=stored["ask_label"],
            document=tuple(stored["document"]) if stored.get("document") else None,
            captioned=stored.get("captioned", False),
        )


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file of our own making, sent below a screen: a picture (PNG), or a document with a name."""

    name: str
    content: bytes
    caption: str = ""
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What became of an order: a screen, files, or both."""

    screen: Screen | None = None
    enclosures: tuple[Enclosure, ...] = ()


def button(label: str, payload: Payload) -> Button:
    """A button that carries a payload."""
    return Button(label, data=payload.encode())
