"""The questions about the words of the desk's talk: what to write, is it right so, and who else is told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.conversation import Question, Step, choice, chosen, go, present
from bot.services.city import know
from bot.services.desk import colleagues, mentions, templates
from bot.services.desk.mentions import Mentioned
from bot.turn import Context, Turn
from bot.views.desk import talks as view
from handlers.desk.deeds import complaint_of
from handlers.media import FILES, sent_file
from handlers.report_draft import add_file, is_same_album, message_of
from models.errors import Refusal
from models.rules.complaint_flow import Action

Onward = Callable[[Turn], Awaitable[Any]]

WITH_FILES = frozenset({Action.ASK_RESIDENT, Action.NOTE, Action.REPLY, Action.PROPOSE_DONE})
SHORTEST, LONGEST = 4, 3000

PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def steps(flow: str, onward: Onward) -> list[Step]:
    """The text and check steps; `onward` goes to the next question, or does it."""

    async def take_template(update: Update, context: Context) -> Any:
        return await _take_template(context.turn, chosen(update, context.turn), onward)

    async def take_text(update: Update, context: Context) -> Any:
        return await _take_words(context.turn, (message_of(update).text or "").strip(), onward)

    async def take_file(update: Update, context: Context) -> Any:
        return await _take_file(update, context.turn, onward)

    async def take_check(update: Update, context: Context) -> Any:
        turn = context.turn
        value = chosen(update, turn)
        if value == view.MENTION and Action(turn.draft["verb"]) is Action.NOTE:
            return await go(turn, "mention")
        return await onward(turn) if value == view.SEND else await present(turn)

    anything = [MessageHandler(PLAIN, take_text), MessageHandler(FILES, take_file)]
    return [
        Step("text", show_text, [choice(take_template, flow, "text"), *anything]),
        Step("check", show_check, [choice(take_check, flow, "check"), *anything]),
        Step("mention", show_mention, [choice(take_mention, flow, "mention")]),
    ]


async def show_text(turn: Turn) -> Question:
    """The words, or a template that fills them."""
    action, complaint = Action(turn.draft["verb"]), await complaint_of(turn)
    city = await know(turn.session, turn.now)
    found = templates.offered(city, action, complaint)
    screen = view.ask_text(
        turn.draft["nonce"],
        complaint.code,
        action,
        [(str(row.id), row.title) for row in found],
        len(turn.draft.get("files", [])),
    )
    return Question(screen, view.question("text", complaint.code))


async def show_check(turn: Turn) -> Question:
    """How it will arrive, and who is told of an internal note."""
    draft = turn.draft
    action = Action(draft["verb"])
    named = await _named(turn) if action is Action.NOTE else None
    screen = view.check(draft["nonce"], draft["code"], action, draft["text"], len(draft.get("files", [])), named)
    return Question(screen, view.question("check", draft["code"]))


async def _named(turn: Turn) -> Mentioned:
    city, picked = await know(turn.session, turn.now), turn.draft.get("mentions", [])
    return await mentions.read(
        turn.session, city, await complaint_of(turn), turn.draft.get("text", ""), picked, turn.now
    )


async def show_mention(turn: Turn) -> Question:
    """Which colleagues are told."""
    city = await know(turn.session, turn.now)
    found = await colleagues.readers(turn.session, city, await complaint_of(turn), turn.now)
    others = [one for one in found if one.works and one.employee_id != turn.presser.employee_id]
    code, picked = turn.draft["code"], turn.draft.get("mentions", [])
    screen = view.ask_mention(turn.draft["nonce"], code, [(one.employee_id, one.name) for one in others], picked)
    return Question(screen, view.question("mention", code))


async def take_mention(update: Update, context: Context) -> Any:
    """One more, one less, or that is all."""
    turn = context.turn
    value = chosen(update, turn)
    if value == view.SEND:
        return await go(turn, "check")
    if value is not None and value.isdigit():
        picked = turn.draft.get("mentions", [])
        number = int(value)
        turn.keep(mentions=[one for one in picked if one != number] if number in picked else [*picked, number])
    return await present(turn)


async def _take_template(turn: Turn, value: str | None, onward: Onward) -> Any:
    """A prepared text of this step, its places filled."""
    city, complaint = await know(turn.session, turn.now), await complaint_of(turn)
    found = templates.offered(city, Action(turn.draft["verb"]), complaint)
    template = next((row for row in found if str(row.id) == value), None)
    if template is None:
        return await present(turn)
    turn.keep(text=view.prepared(template.text, complaint, city.calendar))
    return await onward(turn)


async def _take_words(turn: Turn, text: str, onward: Onward) -> Any:
    """The words; written again at the end they replace the earlier ones."""
    if len(text) > LONGEST:
        raise Refusal("text_too_long", most=LONGEST)
    if len(text) < SHORTEST:
        turn.show(view.too_short())
        return await present(turn)
    turn.keep(text=text)
    return await present(turn) if turn.conversation.state == "check" else await onward(turn)


async def _take_file(update: Update, turn: Turn, onward: Onward) -> Any:
    """Proof; the caption is the text while there is none. An album grows without filling the chat."""
    message = message_of(update)
    if Action(turn.draft["verb"]) not in WITH_FILES:
        turn.show(view.only_words())
        return await present(turn)
    file = sent_file(message)
    if file is None:
        return None
    same_album = is_same_album(turn, file)
    add_file(turn, file)
    caption = (message.caption or "").strip()[:LONGEST]
    if len(caption) >= SHORTEST and not turn.draft.get("text"):
        return await _take_words(turn, caption, onward)
    if not same_album:
        return await present(turn)
    show = show_check if turn.conversation.state == "check" else show_text
    turn.refresh((await show(turn)).screen)
    return None
