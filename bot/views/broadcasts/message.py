"""A broadcast as its reader sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.callbacks import React
from bot.i18n import SOURCE_LANGUAGE, _, current_language
from bot.views.screen import Button, File, Screen, button
from models.broadcasts.broadcast import Broadcast, BroadcastKind

OFF = "off"


def broadcast(values: Mapping[str, Any]) -> Screen:
    """The message, in the reader's language where the author wrote it in that one, else as it was written first."""
    rows = tuple(tuple(button_of(one) for one in row) for row in values["buttons"])
    if values["kind"] != BroadcastKind.ORDER:
        rows += ((button("🔕 " + _("Jangan kirim lagi"), React(values["broadcast_id"], OFF)),),)
    files = tuple(File(kind, file_id) for kind, file_id in values["files"])
    return Screen(spoken(values["contents"]), rows, files, captioned=len(files) == 1)


def of_row(row: Broadcast) -> Screen:
    """The very message, from the row."""
    return broadcast(
        {
            "broadcast_id": row.id,
            "kind": row.kind.value,
            "contents": row.contents,
            "files": row.files,
            "buttons": row.buttons,
        }
    )


def spoken(texts: Mapping[str, str]) -> str:
    """The text in the language spoken, else in the city's own, else the first there is."""
    return texts.get(current_language()) or texts.get(SOURCE_LANGUAGE) or next(iter(texts.values()), "")


def button_of(stored: Mapping[str, Any]) -> Button:
    """A button as it is stored with the broadcast."""
    words = stored["label"]
    return Button(spoken(words) if isinstance(words, Mapping) else words, stored.get("data"), stored.get("url"))


KINDS = {"broadcast": broadcast}
