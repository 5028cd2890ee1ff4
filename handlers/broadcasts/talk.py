"""The talk in which a broadcast is written.

| step        | asks                              | answered by                          |
|-------------|-----------------------------------|--------------------------------------|
| kind        | what it is about                  | button                               |
| text        | the words                         | words; a photo, video or document    |
| extra       | other languages                   | button                               |
| translation | the words in one of them          | words                                |
| keys        | buttons below it                  | words, button                        |
| circle      | staff, residents, a list          | button                               |
| list        | the list of NIPs                  | a file, words                        |
| audience    | who of them (live count)          | button, onward                       |
| pick        | the values of one field           | buttons, words                       |
| preview     | is it right so                    | button                               |
| when        | now, later, weekly, monthly       | button                               |
| moment      | the day and the hour              | words                                |
| remind      | whoever stays silent              | button                               |
| summary     | send, change one thing, keep      | button                               |

Everything is stored in the broadcast's own row at once; the talk holds only its id.
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Deliver, Resume, read
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.services.broadcasts import audiences, composing
from bot.services.broadcasts.desk import approval_above, own_draft
from bot.turn import Context, Turn
from bot.views.broadcasts import composing as view
from bot.views.broadcasts import desk as desk_view
from bot.views.broadcasts import message as message_view
from bot.views.home import LANGUAGE_NAMES
from handlers.broadcasts import aiming, sending_off
from handlers.broadcasts.announcing import announcing, words_of
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from models.broadcasts.broadcast import Broadcast, BroadcastKind, Repeat
from models.errors import Refusal
from models.rules.moments import parse_moment

FLOW = view.FLOW
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
WITH_WORDS = filters.UpdateType.MESSAGE & ~filters.COMMAND
KINDS = {kind.value: kind for kind in BroadcastKind}
REPEATS = {repeat.value: repeat for repeat in Repeat}


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Deliver.tag}:({desk_view.NEW}|{desk_view.WRITE}):"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.\\d+$"),
        ],
        steps=[
            Step("kind", show_kind, [choice(take_kind, FLOW, "kind")]),
            Step("text", show_text, [MessageHandler(WITH_WORDS, say_text)]),
            Step("extra", show_extra, [choice(take_extra, FLOW, "extra")]),
            Step("translation", show_translation, [MessageHandler(PLAIN, say_translation)]),
            Step("keys", show_keys, [choice(take_keys, FLOW, "keys"), MessageHandler(PLAIN, say_keys)]),
            *aiming.steps(onward),
            Step("preview", show_preview, [choice(take_preview, FLOW, "preview")]),
            Step("when", show_when, [choice(take_when, FLOW, "when")]),
            Step("moment", show_moment, [MessageHandler(PLAIN, say_moment)]),
            Step("remind", show_remind, [choice(take_remind, FLOW, "remind")]),
            Step("summary", show_summary, [choice(take_summary, FLOW, "summary")]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """A new one, or a draft taken up again: at its summary, or at the words it does not have yet."""
    turn = context.turn
    number = _wanted(update)
    by = await announcing(turn)
    row = await own_draft(by, number) if number else None
    if not a_fresh_start(update, turn, f"{FLOW}.{number}"):
        return None
    if row is None:
        return await begin(turn, FLOW, "kind")
    return await begin(turn, FLOW, "summary" if row.contents else "text", id=row.id, checked=bool(row.contents))


def _wanted(update: Update) -> int:
    query = update.callback_query
    payload = read(query.data) if query is not None and query.data else None
    if isinstance(payload, Deliver):
        return payload.broadcast_id
    if isinstance(payload, Resume):
        return int(payload.flow.partition(".")[2])
    raise Refusal("no_such_broadcast")


async def onward(turn: Turn, state: str) -> Any:
    """The next question; back to the summary when one thing was changed there. The sample goes before its question."""
    if turn.draft.get("checked"):
        return await go(turn, "summary")
    if state == "preview":
        turn.show(message_view.of_row(await _draft(turn)), new=True)
    return await go(turn, state, new=state == "preview")


async def _draft(turn: Turn) -> Broadcast:
    return await own_draft(await announcing(turn), turn.draft["id"])


async def _asked(turn: Turn, screen: Any) -> Question:
    return Question(screen, view.questions(turn.conversation.state or "kind"))


# --- what it says ---


async def show_kind(turn: Turn) -> Question:
    return await _asked(turn, view.ask_kind(turn.draft["nonce"]))


async def take_kind(update: Update, context: Context) -> Any:
    """The draft begins."""
    turn = context.turn
    kind = KINDS.get(chosen(update, turn) or "")
    if kind is None:
        return await present(turn)
    if turn.draft.get("id") is None:
        turn.keep(id=(await composing.begin(await announcing(turn), kind)).id)
    else:
        await composing.rename(await announcing(turn), turn.draft["id"], kind)
    return await go(turn, "text")


async def show_text(turn: Turn) -> Question:
    return await _asked(turn, view.ask_text(turn.draft["nonce"]))


async def say_text(update: Update, context: Context) -> Any:
    """The words, with a file or without."""
    turn = context.turn
    await composing.write(await announcing(turn), turn.draft["id"], words_of(message_of(update)))
    return await onward(turn, "extra")


async def show_extra(turn: Turn) -> Question:
    return await _asked(turn, view.ask_extra(turn.draft["nonce"], await _draft(turn)))


async def take_extra(update: Update, context: Context) -> Any:
    """One more language, or on."""
    turn = context.turn
    value = chosen(update, turn)
    if value == view.READY:
        return await onward(turn, "keys")
    if value not in LANGUAGE_NAMES:
        return await present(turn)
    turn.keep(language=value)
    return await go(turn, "translation")


async def show_translation(turn: Turn) -> Question:
    return await _asked(turn, view.ask_translation(turn.draft["nonce"], turn.draft.get("language", "")))


async def say_translation(update: Update, context: Context) -> Any:
    """The same in that language."""
    turn = context.turn
    words = words_of(message_of(update))
    await composing.translate(await announcing(turn), turn.draft["id"], turn.draft.get("language", ""), words)
    return await go(turn, "extra")


async def show_keys(turn: Turn) -> Question:
    return await _asked(turn, view.ask_keys(turn.draft["nonce"], await _draft(turn)))


async def take_keys(update: Update, context: Context) -> Any:
    """Usual answers, none of them, or on."""
    turn = context.turn
    value = chosen(update, turn) or ""
    by = await announcing(turn)
    if value == view.READY:
        return await onward(turn, "circle")
    if value in view.USUAL_ANSWERS:
        await composing.add_buttons(by, turn.draft["id"], view.USUAL_ANSWERS[value])
    elif value == view.NONE:
        await composing.clear_buttons(by, turn.draft["id"])
    return await present(turn)


async def say_keys(update: Update, context: Context) -> Any:
    """Own buttons, one a line."""
    turn = context.turn
    lines = (message_of(update).text or "").splitlines()
    await composing.add_buttons(await announcing(turn), turn.draft["id"], lines)
    return await present(turn)


# --- as it will be received, when, and off ---


async def show_preview(turn: Turn) -> Question:
    return await _asked(turn, view.preview_question(turn.draft["nonce"]))


async def take_preview(update: Update, context: Context) -> Any:
    """Right so, or other words."""
    turn = context.turn
    value = chosen(update, turn)
    if value == "text":
        turn.keep(checked=True)
        return await go(turn, "text")
    return await onward(turn, "when") if value == view.READY else await present(turn)


async def show_when(turn: Turn) -> Question:
    return await _asked(turn, view.ask_when(turn.draft["nonce"]))


async def take_when(update: Update, context: Context) -> Any:
    """Now, or a moment to come."""
    turn = context.turn
    value = chosen(update, turn) or ""
    if value == view.NOW:
        await composing.set_time(await announcing(turn), turn.draft["id"], None, Repeat.NEVER)
        return await _after_when(turn)
    if value not in REPEATS:
        return await present(turn)
    turn.keep(repeat=value, again=False)
    return await go(turn, "moment")


async def show_moment(turn: Turn) -> Question:
    repeat = REPEATS[turn.draft.get("repeat", Repeat.NEVER.value)]
    return await _asked(turn, view.ask_moment(turn.draft["nonce"], repeat, again=turn.draft.get("again", False)))


async def say_moment(update: Update, context: Context) -> Any:
    """The day and the hour in words."""
    turn = context.turn
    by = await announcing(turn)
    moment = parse_moment(message_of(update).text or "", turn.now.astimezone(by.city.calendar.zone))
    if moment is None:
        turn.keep(again=True)
        return await present(turn)
    await composing.set_time(by, turn.draft["id"], moment, REPEATS[turn.draft.get("repeat", Repeat.NEVER.value)])
    return await _after_when(turn)


async def _after_when(turn: Turn) -> Any:
    return await onward(turn, "remind" if composing.asks(await _draft(turn)) else "summary")


async def show_remind(turn: Turn) -> Question:
    return await _asked(turn, view.ask_remind(turn.draft["nonce"]))


async def take_remind(update: Update, context: Context) -> Any:
    """After so many days, or never."""
    turn = context.turn
    value = chosen(update, turn) or ""
    if value != view.NONE and (not value.isdigit() or int(value) not in view.REMIND_DAYS):
        return await present(turn)
    days = int(value) if value.isdigit() else None
    await composing.set_reminder(await announcing(turn), turn.draft["id"], days)
    return await onward(turn, "summary")


async def show_summary(turn: Turn) -> Question:
    """Everything once more, with the count of now."""
    by = await announcing(turn)
    turn.keep(checked=True)
    row = await own_draft(by, turn.draft["id"])
    found = await audiences.reach(by.session, by.city, row, by.today)
    courses = await composing.courses(by.session)
    screen = view.summary(turn.draft["nonce"], row, found, by.city, courses, approval_above(by.city))
    return await _asked(turn, screen)


async def take_summary(update: Update, context: Context) -> Any:
    """Off, keep, look again, or change one thing."""
    turn = context.turn
    value = chosen(update, turn) or ""
    if value == "send":
        return await sending_off.send(turn)
    if value == "keep":
        return finish(turn, view.kept(await _draft(turn)))
    if value == "preview":
        turn.show(message_view.of_row(await _draft(turn)), new=True)
        return await present(turn, new=True)
    return await go(turn, value) if value in view.CHANGES else await present(turn)
