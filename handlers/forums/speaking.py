"""The talk in which a host says something about an event.

| step  | asks                                                      | answered by        |
|-------|-----------------------------------------------------------|--------------------|
| words | a heading, an answer, a reason, a count, the minutes       | words; a file (minutes) |
| check | what others will read, once more                          | button             |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Meet, Resume
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.services.forums import arranging, minutes, questions
from bot.services.forums.desk import Gathering, hosted
from bot.turn import Context, Turn
from bot.views.forums import hosting
from bot.views.forums import questions as question_view
from bot.views.forums import speaking as view
from bot.views.forums.questions import ANSWER, HEADING, HIDE, RENAME
from bot.views.screen import Screen
from handlers.forums.looking import gathering, host_card, wanted
from handlers.guards import a_fresh_start
from handlers.media import sent_file
from handlers.report_draft import message_of
from models.errors import Refusal

FLOW = view.FLOW
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
FILES = filters.UpdateType.MESSAGE & (filters.PHOTO | filters.Document.ALL)


def talk() -> Talk:
    """The table of the conversation; every step asks for the right again."""
    verbs = "|".join(view.QUESTIONS)
    words = [MessageHandler(PLAIN, say_words), MessageHandler(FILES, send_file)]
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Meet.tag}:({verbs}):\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.({verbs})\\.\\d+$"),
        ],
        steps=[
            Step("words", show_words, words),
            Step("check", show_check, [choice(take_check, FLOW, "check"), *words]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def _about(by: Gathering, verb: str, number: int) -> str:
    """What it is about, in words, if the presser may say it now."""
    if verb in (HEADING, HIDE):
        return (await questions.question_of(by, number))[1].text
    if verb in (RENAME, ANSWER):
        return (await questions.group_of(by, number))[1].title
    if verb == hosting.WRITE_MINUTES:
        return (await minutes.require_writable(by, number)).title
    forum = await hosted(by, number)
    if verb == hosting.CANCEL and forum.status not in arranging.CHANGEABLE:
        raise Refusal("forum_not_now")
    if verb == hosting.HELD:
        arranging.require_begun(forum, by.now)
    return forum.title


async def start(update: Update, context: Context) -> Any:
    """The button of an event, a question or a group."""
    turn = context.turn
    verb, number = wanted(update)
    await _about(await gathering(turn), verb, number)
    if not a_fresh_start(update, turn, f"{FLOW}.{verb}.{number}"):
        return None
    return await begin(turn, FLOW, "words", verb=verb, number=number, text="", file=[])


async def show_words(turn: Turn) -> Question:
    """What is to be said."""
    verb = turn.draft["verb"]
    about = await _about(await gathering(turn), verb, turn.draft["number"])
    return Question(view.ask(verb, turn.draft["nonce"], about), view.question(verb))


async def say_words(update: Update, context: Context) -> Any:
    """The words; at the end they replace the earlier ones."""
    return await _said(context.turn, (message_of(update).text or "").strip())


async def _said(turn: Turn, said: str, **file: Any) -> Any:
    verb = turn.draft["verb"]
    if verb == hosting.HELD and not (said.isascii() and said.isdigit()):
        turn.show(view.not_a_number(), new=True)
        return await present(turn, new=True)
    if len(said) > view.LIMITS.get(verb, len(said)):
        raise Refusal("words_do_not_fit", most=view.LIMITS[verb])
    turn.keep(text=said, **file)
    if verb not in view.CHECKED:
        return await _act(turn)
    return await present(turn) if turn.conversation.state == "check" else await go(turn, "check")


async def send_file(update: Update, context: Context) -> Any:
    """A document or photo: only the minutes take one; what is written below it are the words."""
    turn, message = context.turn, message_of(update)
    file = sent_file(message)
    if file is None or turn.draft["verb"] != hosting.WRITE_MINUTES:
        return await present(turn)
    words = (message.caption or "").strip() or turn.draft["text"]
    return await _said(turn, words, file=[file.kind.value, file.file_id])


async def show_check(turn: Turn) -> Question:
    """The words once more."""
    draft = turn.draft
    about = await _about(await gathering(turn), draft["verb"], draft["number"])
    screen = view.check(draft["verb"], draft["nonce"], about, draft["text"], draft["file"])
    return Question(screen, view.check_question())


async def take_check(update: Update, context: Context) -> Any:
    """It goes out."""
    turn = context.turn
    return await (_act(turn) if chosen(update, turn) == view.SEND else present(turn))


async def _act(turn: Turn) -> Any:
    by, draft = await gathering(turn), turn.draft
    return finish(turn, await _done(by, turn, draft["verb"], draft["number"]))


async def _done(by: Gathering, turn: Turn, verb: str, number: int) -> Screen:
    """Do it, and show what it was about as it is now."""
    text = turn.draft["text"]
    if verb == HEADING:
        await questions.make_group(by, number, text)
        return question_view.card(await questions.card(by, number))
    if verb == RENAME:
        await questions.rename(by, number, text)
        return question_view.group(*await questions.group_of(by, number))
    if verb == ANSWER:
        turn.show(view.told(await questions.answer(by, number, text)), new=True)
        return question_view.group(*await questions.group_of(by, number))
    if verb == HIDE:
        forum = await questions.hide(by, number, text)
        return await host_card(by, forum.id)
    if verb == hosting.CANCEL:
        await arranging.cancel(by, number, text)
    elif verb == hosting.HELD:
        await arranging.hold(by, number, int(text))
    else:
        turn.show(view.told(await minutes.publish(by, number, text, turn.draft["file"])), new=True)
    return await host_card(by, number)
