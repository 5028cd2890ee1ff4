"""How the draft of a report grows: what is still missing, what words and files add, what it becomes."""

from __future__ import annotations

from typing import Any

from telegram import Message, Update

from bot.conversation import go
from bot.services import finding
from bot.services.city import City
from bot.services.complaints import Report, SentFile
from bot.turn import Turn
from bot.views import filing as view
from handlers.media import MOST_FILES
from models.attachment import FileKind
from models.complaint import ReportClass, Source
from models.errors import Refusal

LONGEST = 16_000
SHORTEST = 8


def missing(draft: dict[str, Any]) -> str:
    """The first question without an answer; the summary when there is none."""
    if "class" not in draft:
        return "class"
    is_question = draft["class"] == ReportClass.INFORMATION.value
    open_questions = (
        ("text", not draft.get("text")),
        ("media", not draft.get("media_done") and not is_question),
        ("place", not draft.get("place_done") and not is_question),
        ("area", bool(draft.get("area_guess"))),
        ("unit", draft.get("unit") is None),
        ("visible", draft.get("visibility") is None),
    )
    return next((state for state, is_open in open_questions if is_open), "summary")


async def onward(turn: Turn) -> str:
    return await go(turn, missing(turn.draft))


def suggest_unit(city: City, text: str) -> str | None:
    """A clear match is taken at once: the summary shows it and it can be changed there."""
    match = finding.clear_match(city, text)
    return match.value if match is not None else None


def warn(turn: Turn, city: City, text: str) -> None:
    """Words of danger: the emergency numbers come first."""
    numbers = finding.danger(city, text)
    if numbers and not turn.draft.get("warned"):
        turn.show(view.danger_first(numbers))
        turn.keep(warned=True)


def append(turn: Turn, text: str) -> None:
    joined = f"{turn.draft.get('text', '')}\n{text}".strip()
    if len(joined) > LONGEST:
        raise Refusal("text_too_long", most=LONGEST)
    turn.keep(text=joined)


def add_file(turn: Turn, file: SentFile) -> None:
    files = turn.draft.get("files", [])
    if len(files) >= MOST_FILES:
        raise Refusal("too_many_files", most=MOST_FILES)
    turn.keep(files=[*files, stored(file)])


def is_same_album(turn: Turn, file: SentFile) -> bool:
    return file.group is not None and any(stored[3] == file.group for stored in turn.draft.get("files", []))


def stored(file: SentFile) -> list[Any]:
    return [file.kind.value, file.file_id, file.unique_id, file.group, file.caption, file.size]


def report(turn: Turn) -> Report:
    draft = turn.draft
    service_id, unit_id = finding.ids_of(draft.get("unit") or finding.UNSURE)
    return Report(
        key=f"{turn.person.id}:{draft['nonce']}",
        report_class=ReportClass(draft["class"]),
        text=draft["text"],
        service_id=service_id,
        unit_id=unit_id,
        area_id=draft.get("area_id"),
        latitude=draft.get("latitude"),
        longitude=draft.get("longitude"),
        landmark=draft.get("landmark"),
        anonymous=draft["visibility"] in ("anonymous", "both"),
        confidential=draft["visibility"] in ("confidential", "both"),
        source=Source.RATING if draft.get("pulse") else Source.BOT,
        files=tuple(SentFile(FileKind(f[0]), *f[1:]) for f in draft.get("files", [])),
    )


def message_of(update: Update) -> Message:
    assert update.effective_message is not None  # noqa: S101 - the filters let only messages through
    return update.effective_message
