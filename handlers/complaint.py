"""Filing a report: the talk from the first words to the tracking ID.

| step      | asks                              | answered by                                   |
|-----------|-----------------------------------|-----------------------------------------------|
| which     | new, or more of an earlier one    | button; more words and files                  |
| class     | complaint, aspiration, question   | button; its name; the story already           |
| text      | what happened                     | words, or a file with or without a caption    |
| media     | a picture?                        | files, albums; more words; next               |
| place     | where                             | pin, link, coordinates, words; list; skip     |
| area      | is it this kelurahan              | yes; another from the list                    |
| about     | is it about an officer or office  | button; only where the words suggest it       |
| unit      | who should answer                 | suggestion, words to search by, unsure        |
| visible   | open, anonymous, confidential     | button                                        |
| similar   | follow a report of the same        | follow one, send the own one                  |
| summary   | all of it                         | send, or change one field; more words         |

Whatever comes first starts it (`report_start`); what is known already is not asked again.
Files are welcome at every step; late pictures of an album and edited messages come through `routing`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.conversation import Question, Step, Talk, choice, chosen, finish, go, present
from bot.services import complaints, finding, surveys
from bot.services.city import know
from bot.turn import Context, Turn
from bot.views import accusing, parts
from bot.views import filing as view
from handlers import about, place, report_start, similar, which
from handlers.desk import on_behalf
from handlers.media import FILES, sent_file
from handlers.report_draft import (
    SHORTEST,
    add_file,
    append,
    first_words,
    is_accusation,
    is_same_album,
    message_of,
    onward,
    report,
    suggest_unit,
    take_late_words,
    warn,
)
from handlers.words import SKIPS
from models.attachment import FileKind
from models.complaint import ReportClass
from models.rules.redaction import is_masked

FLOW = view.FLOW

PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[*on_behalf.entries(FLOW), *report_start.entries()],
        steps=[_with_files(step) for step in _steps()],
        cancelled=view.cancelled,
        help=view.help_text,
    )


def _steps() -> list[Step]:
    return [
        *on_behalf.steps(FLOW, onward),
        *which.steps(FLOW, onward),
        Step("class", show_class, [choice(take_class, FLOW, "class"), MessageHandler(PLAIN, take_class_words)]),
        Step("text", show_text, [MessageHandler(PLAIN, take_text), MessageHandler(FILES, take_text_file)]),
        Step(
            "media",
            show_media,
            [
                choice(take_media_choice, FLOW, "media"),
                MessageHandler(FILES, take_file),
                MessageHandler(PLAIN, take_more_words),
            ],
        ),
        *place.steps(),
        about.step(FLOW, onward),
        Step("unit", show_unit, [choice(take_unit, FLOW, "unit"), MessageHandler(PLAIN, search_unit)]),
        Step("visible", show_visible, [choice(take_visible, FLOW, "visible")]),
        *similar.steps(FLOW, onward),
        Step("summary", show_summary, [choice(take_summary, FLOW, "summary"), MessageHandler(PLAIN, take_late_words)]),
    ]


def _with_files(step: Step) -> Step:
    """A file is welcome whatever is being asked."""
    return replace(step, answers=[*step.answers, MessageHandler(FILES, take_file_anywhere)])


# --- the questions and their answers, in the order a person meets them ---


async def show_class(turn: Turn) -> Question:
    """What kind of report."""
    return Question(view.ask_class(turn.draft["nonce"], back=bool(turn.draft["trail"])), view.question("class"))


async def take_class(update: Update, context: Context) -> Any:
    """A class was chosen."""
    turn = context.turn
    value = chosen(update, turn)
    if value is None:
        return await present(turn)
    turn.keep(**{"class": ReportClass(value).value})
    return await onward(turn)


async def take_class_words(update: Update, context: Context) -> Any:
    """The name of a class, or the story already: it is kept, and the question again."""
    turn, text = context.turn, (message_of(update).text or "").strip()
    if (kind := view.class_of(text)) is None:
        return await take_late_words(update, context)
    turn.keep(**{"class": kind.value})
    return await onward(turn)


async def show_text(turn: Turn) -> Question:
    """What happened."""
    kind = ReportClass(turn.draft["class"])
    return Question(view.ask_text(turn.draft["nonce"], kind), view.question("text"))


async def take_text(update: Update, context: Context) -> Any:
    """The words of the report."""
    turn, text = context.turn, (message_of(update).text or "").strip()
    if len(text) < SHORTEST:
        turn.show(view.too_short())
        return await present(turn)
    return await _take_words(turn, text, message_of(update).message_id)


async def take_text_file(update: Update, context: Context) -> Any:
    """A file instead of words: its caption is the text; a voice message alone is enough."""
    turn, message = context.turn, message_of(update)
    file = sent_file(message)
    if file is None:
        return None
    add_file(turn, file)
    turn.keep(media_done=True)
    caption = (message.caption or "").strip()
    if len(caption) >= SHORTEST:
        return await _take_words(turn, caption, message.message_id)
    if file.kind is FileKind.VOICE:
        turn.keep(text=turn.draft.get("text") or view.voice_only())
        return await onward(turn)
    return None if is_same_album(turn, file) else await present(turn)


async def _take_words(turn: Turn, text: str, message_id: int) -> Any:
    if is_masked(text):
        turn.show(view.masked())
    city = await know(turn.session, turn.now)
    warn(turn, city, text)
    turn.keep(**first_words(turn, text, message_id), unit=turn.draft.get("unit") or suggest_unit(city, text))
    return await onward(turn)


async def show_media(turn: Turn) -> Question:
    """A picture?"""
    count = len(turn.draft.get("files", []))
    return Question(view.ask_media(turn.draft["nonce"], count), view.question("media"))


async def take_file(update: Update, context: Context) -> Any:
    """A file, or one of an album: the count under the question grows, the chat does not."""
    turn, file = context.turn, sent_file(message_of(update))
    if file is None:
        return None
    same_album = is_same_album(turn, file)
    add_file(turn, file)
    if same_album:
        turn.refresh((await show_media(turn)).screen)
        return "media"
    return await present(turn)


async def take_file_anywhere(update: Update, context: Context) -> Any:
    """A file while something else is asked: kept, and the question again."""
    turn, file = context.turn, sent_file(message_of(update))
    if file is None:
        return None
    add_file(turn, file)
    turn.keep(media_done=True)
    turn.show(view.file_kept())
    return await present(turn)


async def take_media_choice(update: Update, context: Context) -> Any:
    """Next, or throw the files away."""
    turn = context.turn
    value = chosen(update, turn)
    if value == "clear":
        turn.keep(files=[])
    elif value == "next":
        turn.keep(media_done=True)
        return await onward(turn)
    return await present(turn)


async def take_more_words(update: Update, context: Context) -> Any:
    """Words while a picture is asked for: the rest of the story."""
    turn, text = context.turn, (message_of(update).text or "").strip()
    if text.casefold() in SKIPS:
        turn.keep(media_done=True)
        return await onward(turn)
    append(turn, text, message_of(update).message_id)
    return await present(turn)


async def show_unit(turn: Turn) -> Question:
    """Who should answer."""
    city = await know(turn.session, turn.now)
    found = finding.suggest(city, turn.draft.get("search") or turn.draft.get("text", ""))
    options = [(match.value, match.name) for match in found]
    ask = accusing.ask_unit if is_accusation(turn.draft) else view.ask_unit
    return Question(ask(turn.draft["nonce"], options), view.question("unit"))


async def take_unit(update: Update, context: Context) -> Any:
    """A suggestion, or unsure."""
    turn = context.turn
    value = chosen(update, turn)
    if value is None or not finding.exists(await know(turn.session, turn.now), value):
        return await present(turn)
    turn.keep(unit=value, search=None)
    return await onward(turn)


async def search_unit(update: Update, context: Context) -> Any:
    """Words to search by."""
    turn = context.turn
    turn.keep(search=(message_of(update).text or "").strip()[:200])
    return await present(turn)


async def show_visible(turn: Turn) -> Question:
    """How public; what is about an officer or an office is confidential anyway."""
    ask = accusing.ask_visibility if is_accusation(turn.draft) else view.ask_visibility
    return Question(ask(turn.draft["nonce"]), view.question("visible"))


async def take_visible(update: Update, context: Context) -> Any:
    """Open, anonymous, confidential or both."""
    turn = context.turn
    value = chosen(update, turn)
    if value not in (accusing.CLOSED if is_accusation(turn.draft) else view.VISIBILITIES):
        return await present(turn)
    turn.keep(visibility=value)
    return await onward(turn)


async def show_summary(turn: Turn) -> Question:
    """All of it before it is sent."""
    draft, city = turn.draft, await know(turn.session, turn.now)
    what = view.Summary(
        report_class=ReportClass(draft["class"]),
        text=parts.cut(draft["text"], 2500),
        files=len(draft.get("files", [])),
        place=place.in_words(city, draft),
        unit=finding.named(city, draft.get("unit") or finding.UNSURE),
        visibility=draft["visibility"],
        accusing=is_accusation(draft),
    )
    return Question(view.summary(draft["nonce"], what), view.question("summary"))


async def take_summary(update: Update, context: Context) -> Any:
    """Send it, or change one field."""
    turn = context.turn
    value = chosen(update, turn)
    if value == view.SEND:
        return await _send(turn, context.bot.username)
    return await go(turn, value) if value in view.FIELDS else await present(turn)


async def _send(turn: Turn, username: str) -> Any:
    if turn.draft.get("behalf"):
        return await on_behalf.send(turn, report(turn), username)
    city = await know(turn.session, turn.now)
    complaint = await complaints.file(turn.session, city, turn.person, report(turn), turn.now)
    if (pulse_id := turn.draft.get("pulse")) is not None:
        await surveys.link(turn.session, turn.person, pulse_id, complaint.id)
    return finish(turn, view.filed(complaint.code, complaint.id, complaint.verify_due_at, complaint.settle_due_at))
