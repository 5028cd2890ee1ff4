"""How the draft of a report grows: what is still missing, what words and files add, what it becomes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from telegram import Message, Update

from bot.conversation import go, present
from bot.services import finding
from bot.services.city import City, know
from bot.services.complaints import Report, SentFile
from bot.turn import Context, Turn
from bot.views import accusing
from bot.views import filing as view
from handlers import similar
from handlers.desk import on_behalf
from handlers.media import MOST_FILES
from models.attachment import FileKind
from models.complaint import ReportClass, Source
from models.errors import Refusal

LONGEST = 16_000
SHORTEST = 8
#: A text this long is perhaps one that the client split; its rest follows at once.
LONG_PIECE = 3500
PIECES_WITHIN = timedelta(seconds=5)


def missing(draft: dict[str, Any]) -> str:
    """The first question without an answer; the summary when there is none.

    Whom it is about is asked only where the words suggested it (`about` is empty then).
    """
    if (of_another := on_behalf.missing(draft)) is not None:
        return of_another
    if "class" not in draft:
        return "class"
    is_question = draft["class"] == ReportClass.INFORMATION.value
    open_questions = (
        ("text", len(draft.get("text", "")) < SHORTEST),
        ("media", not draft.get("media_done") and not is_question),
        ("place", not draft.get("place_done") and not draft.get("area_guess") and not is_question),
        ("area", bool(draft.get("area_guess"))),
        ("about", draft.get("about") == accusing.UNASKED),
        ("unit", draft.get("unit") is None),
        ("visible", draft.get("visibility") is None),
    )
    return next((state for state, is_open in open_questions if is_open), "summary")


async def onward(turn: Turn) -> str:
    city = await know(turn.session, turn.now)
    if "about" not in turn.draft and finding.accuses(city, turn.draft.get("text", "")):
        turn.keep(about=accusing.UNASKED)
    state = missing(turn.draft)
    if state == "summary" and _may_be_followed(turn.draft) and await similar.is_found(turn):
        state = similar.STEP
    return await go(turn, state)


def _may_be_followed(draft: dict[str, Any]) -> bool:
    """Whether following somebody else's report could do instead: not for what is restricted or told by another."""
    return not (is_accusation(draft) or draft.get("behalf") or draft["visibility"] in ("confidential", "both"))


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


def first_words(turn: Turn, text: str, message_id: int) -> dict[str, Any]:
    """What a text adds to a draft that has none, or whose text it replaces."""
    return {"text": text, "said": [[message_id, text]], **_long(turn, text)}


def append(turn: Turn, text: str, message_id: int) -> None:
    """The rest of the story: another message joins the text."""
    joined = f"{turn.draft.get('text', '')}\n{text}".strip()
    if len(joined) > LONGEST:
        raise Refusal("text_too_long", most=LONGEST)
    turn.keep(text=joined, said=[*turn.draft.get("said", []), [message_id, text]], **_long(turn, text))


def rewrite(turn: Turn, text: str, message_id: int) -> bool:
    """An edited message replaces its old words in the draft; false when the draft has none of it."""
    said = turn.draft.get("said", [])
    old = next((words for number, words in said if number == message_id), None)
    if old is None:
        return False
    kept = [[number, text if number == message_id else words] for number, words in said]
    turn.keep(said=kept, text=turn.draft["text"].replace(old, text, 1))
    return True


def goes_on(turn: Turn) -> bool:
    """Whether the next text is the rest of a long one that the client split."""
    since = turn.draft.get("long_at")
    return since is not None and turn.now - datetime.fromisoformat(since) <= PIECES_WITHIN


def _long(turn: Turn, text: str) -> dict[str, Any]:
    return {"long_at": turn.now.isoformat() if len(text) >= LONG_PIECE else None}


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
        conflict=is_accusation(draft),
        source=_source(draft),
        source_link=draft.get("link") or None,
        recorded_by_id=turn.presser.employee_id if draft.get("behalf") else None,
        message_id=None if draft.get("behalf") else first_message(draft),
        files=files_of(draft),
    )


def _source(draft: dict[str, Any]) -> Source:
    if draft.get("behalf"):
        return Source(draft["source"])
    return Source.RATING if draft.get("pulse") else Source.BOT


def is_accusation(draft: dict[str, Any]) -> bool:
    """Whether the resident says that it is about an officer or an office."""
    return draft.get("about") in (accusing.OFFICER, accusing.OFFICE)


def files_of(draft: dict[str, Any]) -> tuple[SentFile, ...]:
    return tuple(SentFile(FileKind(f[0]), *f[1:]) for f in draft.get("files", []))


def first_message(draft: dict[str, Any]) -> int | None:
    """The message that carries the words (the first of several): an edit of it is recognised later."""
    return next((number for number, _words in draft.get("said", [])), None)


def message_of(update: Update) -> Message:
    assert update.effective_message is not None  # noqa: S101 - the filters let only messages through
    return update.effective_message


async def take_late_words(update: Update, context: Context) -> Any:
    """Words where a button is awaited: the story grows, and the question again."""
    turn, text = context.turn, (message_of(update).text or "").strip()
    append(turn, text, message_of(update).message_id)
    warn(turn, await know(turn.session, turn.now), text)
    turn.show(view.words_kept())
    return await present(turn)
