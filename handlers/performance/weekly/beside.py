"""What goes with a value: what stands in the way, and the evidence, which is welcome at every step."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.conversation import Answer, Handler, Question, Step, choice, chosen, present
from bot.services.performance import reporting
from bot.turn import Context, Turn
from bot.views.performance import week_talk as view
from handlers.media import FILES, sent_file
from handlers.performance.weekly import draft
from handlers.performance.weekly.draft import filled, line_at, onward, put, settle, to_item
from handlers.report_draft import message_of
from models.attachment import FileKind

FLOW = view.FLOW
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def steps() -> list[Step]:
    """The obstacle and the evidence of the line at hand."""
    return [
        Step("obstacle", show_obstacle, typed(say_obstacle)),
        Step("proof", show_proof, [choice(take_proof, FLOW, "proof"), *typed(say_proof)]),
    ]


def typed(takes: Answer) -> list[Handler]:
    """Words go to the step; a file is evidence wherever it comes."""
    return [MessageHandler(PLAIN, takes), MessageHandler(FILES, take_file)]


def take_link(turn: Turn, line_id: int, text: str) -> bool:
    """An address is evidence, not a number."""
    if not reporting.is_link(text):
        return False
    put(turn, line_id, link=text)
    return True


async def take_file(update: Update, context: Context) -> Any:
    """A photo, a document, a voice note: evidence of the line at hand; one of an album each by itself."""
    turn, file = context.turn, sent_file(message_of(update))
    if file is None:
        return None
    asked = settle((await filled(turn)).own, turn)
    same_album = file.group is not None and file.group == turn.draft.get("album")
    draft.take_file(turn, asked.line.id, file)
    turn.keep(album=file.group)
    if file.kind is FileKind.VOICE:
        turn.show(view.voice_kept())
    elif not same_album:
        turn.show(view.file_kept(asked))
    return None if same_album else await present(turn)


async def show_obstacle(turn: Turn) -> Question:
    """What stands in the way."""
    asked = line_at((await filled(turn)).own, turn)
    return Question(view.ask_obstacle(turn.draft["nonce"], asked), view.question("obstacle"))


async def say_obstacle(update: Update, context: Context) -> Any:
    """In words; a dash takes an obstacle away. Then the line again, or the summary."""
    turn, text = context.turn, (message_of(update).text or "").strip()
    asked = line_at((await filled(turn)).own, turn)
    put(turn, asked.line.id, obstacle="" if text == "-" else text[: reporting.LONGEST_WORDS])
    return await _after_words(turn, asked.line.id)


async def _after_words(turn: Turn, line_id: int) -> Any:
    has_value = draft.said_of(turn, line_id).get("value") is not None
    return await onward(turn) if has_value else await to_item(turn, line_id)


async def show_proof(turn: Turn) -> Question:
    """Evidence of the line."""
    asked = line_at((await filled(turn)).own, turn)
    said = draft.said_of(turn, asked.line.id)
    count = asked.files + len(said.get("files", ()))
    screen = view.ask_proof(turn.draft["nonce"], asked, count, said.get("link"))
    return Question(screen, view.question("proof"))


async def take_proof(update: Update, context: Context) -> Any:
    """Enough."""
    turn = context.turn
    if chosen(update, turn) != view.DONE:
        return await present(turn)
    return await _after_words(turn, line_at((await filled(turn)).own, turn).line.id)


async def say_proof(update: Update, context: Context) -> Any:
    """A link, or words that are kept as a note."""
    turn, text = context.turn, (message_of(update).text or "").strip()
    line_id = line_at((await filled(turn)).own, turn).line.id
    if not take_link(turn, line_id, text):
        put(turn, line_id, note=text[: reporting.LONGEST_WORDS])
    return await present(turn)
