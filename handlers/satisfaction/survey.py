"""The nine-element survey (SKM): one question a message, looked over, sent; then who answered, with consent only.

| step                   | asks                               | answered by                                |
|------------------------|------------------------------------|--------------------------------------------|
| service, unit, found   | which service (`choosing`)         | button; a name by typing                   |
| again                  | answered already: anew?            | yes, no                                    |
| u1 … u9                | one element                        | one of four; its words or number; later    |
| summary                | all nine                           | send, or change one                        |
| consent                | may we ask who you are             | yes, no                                    |
| sex … occupation       | one field of the profile           | button or its words; skip                  |

Nothing is stored before all nine are sent; from then on leaving loses nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import Open, Resume, Survey
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.services import retention, surveys
from bot.services.city import know
from bot.services.satisfaction import responses
from bot.services.satisfaction.offers import Link
from bot.turn import CURRENT, Context, Turn
from bot.views.satisfaction import elements, survey_profile
from bot.views.satisfaction import survey as view
from bot.views.screen import Screen
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from handlers.satisfaction import profile
from handlers.satisfaction.choosing import Choosing
from models.errors import Refusal
from models.rules.permissions import Desk
from models.rules.skm import Element, score_of
from models.survey import Channel

FLOW = view.FLOW
MESSAGE = filters.UpdateType.MESSAGE
PLAIN = MESSAGE & filters.TEXT & ~filters.COMMAND
STEPS = {element.name.lower(): element for element in Element}
CHANNELS = {channel.value: channel for channel in Channel}
LINKS = {Link.SURVEY: Channel.QR, Link.PAGE: Channel.LINK}
#: Words that mean "go on" after a pause.
RESUMES = frozenset({"lanjutkan", "lanjut", "teruskan", "sambung", "continue", "resume"})


async def _to_the_questions(turn: Turn) -> Any:
    """A service is known: has it been answered in this period?"""
    city, service_id = await know(turn.session, turn.now), turn.draft["service"]
    earlier = await responses.earlier_answer(turn.session, city, turn.person, service_id, turn.now)
    if earlier is None:
        return await go(turn, "u1")
    turn.keep(answered=earlier.day.isoformat())
    return await go(turn, "again")


#: Which service the survey is about.
CHOOSING = Choosing(FLOW, _to_the_questions)


def talk() -> Talk:
    """The table of the conversation."""
    prefixes = "|".join(LINKS)
    return Talk(
        name=FLOW,
        entries=[
            CommandHandler(["skm", "survei"], start, MESSAGE),
            CallbackQueryHandler(start, pattern=f"^{Open(Desk.SURVEY.value).encode()}$"),
            CallbackQueryHandler(start, pattern=f"^{Resume('anew', FLOW).encode()}$"),
            CommandHandler("start", start_by_link, MESSAGE & filters.Regex(f"^/start ({prefixes})")),
            CallbackQueryHandler(start_offered, pattern=Survey.pattern()),
            CallbackQueryHandler(start_anew, pattern=f"^{Resume.tag}:anew:{FLOW}-"),
        ],
        steps=[
            *CHOOSING.steps(),
            Step("again", show_again, [choice(take_again, FLOW, "again")]),
            *(
                Step(name, show_element, [choice(take_score, FLOW, name), MessageHandler(PLAIN, say_score)])
                for name in STEPS
            ),
            Step("summary", show_summary, [choice(take_summary, FLOW, "summary"), MessageHandler(PLAIN, resume)]),
            *profile.steps(),
        ],
        cancelled=cancelled,
        help=help_text,
    )


def cancelled() -> Screen:
    """What a cancel says: before the sending everything is discarded, after it nothing."""
    draft = CURRENT.get().draft
    return survey_profile.left() if "response" in draft else view.cancelled(len(draft.get("answers", {})))


def help_text() -> Screen:
    """Help, by where the talk stands."""
    return survey_profile.help_text() if "response" in CURRENT.get().draft else view.help_text()


# --- how it begins ---


async def start(update: Update, context: Context) -> Any:
    """/skm or the menu: which service."""
    turn = context.turn
    if not a_fresh_start(update, turn, FLOW):
        return None
    return await begin(turn, FLOW, "service", channel=Channel.MENU.value, answers={})


async def start_by_link(update: Update, context: Context) -> Any:
    """The code at a counter, or a link on a page."""
    turn, city = context.turn, await know(context.turn.session, context.turn.now)
    payload = (message_of(update).text or "").partition(" ")[2].strip()
    link = Link(payload[:2])
    service = surveys.service_of_code(city, payload[2:], turn.now)
    return await _start(update, turn, Survey(service.id, LINKS[link].value))


async def start_offered(update: Update, context: Context) -> Any:
    """The button after a rating or a closed report."""
    query = update.callback_query
    offered = Survey.decode(query.data or "") if query is not None else None
    if offered is None:
        raise Refusal("no_such_service")
    return await _start(update, context.turn, offered)


async def start_anew(update: Update, context: Context) -> Any:
    """The same after "start anew" instead of the draft that was open."""
    payload = Resume.decode(update.callback_query.data or "") if update.callback_query else None
    parts = (payload.flow if payload else "").split("-")[1:]
    offered = Survey.decode(":".join((Survey.tag, *parts)))
    if offered is None:
        raise Refusal("no_such_service")
    return await _start(update, context.turn, offered)


async def _start(update: Update, turn: Turn, offered: Survey) -> Any:
    draft, city = turn.draft, await know(turn.session, turn.now)
    service_id, channel = offered.service_id, CHANNELS.get(offered.channel, Channel.MENU).value
    if turn.conversation.flow == FLOW and draft.get("service") == service_id and "response" not in draft:
        return await present(turn)
    surveys.require_service(city, service_id, turn.now)
    if not a_fresh_start(update, turn, f"{FLOW}-{service_id}-{channel}-{offered.complaint_id}"):
        return None
    earlier = await responses.earlier_answer(turn.session, city, turn.person, service_id, turn.now)
    known = {"service": service_id, "channel": channel, "complaint": offered.complaint_id, "answers": {}}
    if earlier is None:
        return await begin(turn, FLOW, "u1", **known)
    return await begin(turn, FLOW, "again", answered=earlier.day.isoformat(), **known)


# --- the questions and their answers, in the order a person meets them ---


async def show_again(turn: Turn) -> Question:
    """Answered in this period already: anew?"""
    name = await _service_name(turn)
    return Question(
        view.ask_again(turn.draft["nonce"], name, date.fromisoformat(turn.draft["answered"])), view.again(name)
    )


async def take_again(update: Update, context: Context) -> Any:
    """Anew, or leave the earlier answers as they are."""
    turn, value = context.turn, chosen(update, context.turn)
    if value == view.YES:
        turn.keep(replace=True)
        return await _send(turn) if len(turn.draft["answers"]) == view.TOTAL else await go(turn, "u1")
    return finish(turn, view.kept(await _service_name(turn))) if value == view.NO else await present(turn)


async def show_element(turn: Turn) -> Question:
    """The element of the step."""
    draft, element = turn.draft, STEPS[turn.conversation.state or ""]
    screen = view.ask_element(
        draft["nonce"],
        await _service_name(turn),
        element,
        draft["answers"].get(element.value),
        back=bool(draft["trail"]),
        first=element is Element.U1 and not draft["answers"],
    )
    return Question(screen, elements.question_of(element))


async def take_score(update: Update, context: Context) -> Any:
    """One of the four was tapped, or the survey is to go on later."""
    turn, value = context.turn, chosen(update, context.turn)
    if value is None:
        return await present(turn)
    if value == view.LATER:
        return await _pause(turn)
    return await _take(turn, score_of(int(value) if value.isdecimal() else None))


async def say_score(update: Update, context: Context) -> Any:
    """An answer's words or number, typed; "continue" after a pause."""
    turn, said = context.turn, (message_of(update).text or "").strip()
    if said.casefold() in RESUMES:
        return await present(turn)
    score = elements.score_said(STEPS[turn.conversation.state or ""], said)
    if score is not None:
        return await _take(turn, score)
    turn.show(view.pick_one())
    return await present(turn)


async def _take(turn: Turn, score: int) -> Any:
    """Keep the answer in the draft; on to the next question, or back to the summary."""
    state = turn.conversation.state or ""
    turn.keep(answers={**turn.draft["answers"], STEPS[state].value: score})
    following = list(STEPS)[list(STEPS).index(state) + 1 :]
    if len(turn.draft["answers"]) == view.TOTAL and (turn.draft.get("changing") or not following):
        turn.keep(changing=False)
        return await go(turn, "summary")
    return await go(turn, following[0])


async def _pause(turn: Turn) -> str | None:
    """The draft stays; how to come back."""
    city = await know(turn.session, turn.now)
    days = (turn.now - retention.oldest_kept(city, "keep_drafts", turn.now)).days
    turn.show(view.paused(len(turn.draft["answers"]), days))
    return turn.conversation.state


async def show_summary(turn: Turn) -> Question:
    """All nine, before they are sent."""
    screen = view.summary(turn.draft["nonce"], await _service_name(turn), turn.draft["answers"])
    return Question(screen, view.check_first())


async def resume(update: Update, context: Context) -> Any:
    """Whatever is typed below the summary: the summary again."""
    return await present(context.turn)


async def take_summary(update: Update, context: Context) -> Any:
    """Send, or change one answer."""
    turn, value = context.turn, chosen(update, context.turn)
    if value == view.SEND:
        return await _send(turn)
    if value in STEPS:
        turn.keep(changing=True)
        return await go(turn, value)
    return await present(turn)


async def _send(turn: Turn) -> Any:
    """Store the nine; answers that came in between are replaced only after the question."""
    draft, city = turn.draft, await know(turn.session, turn.now)
    earlier = await responses.earlier_answer(turn.session, city, turn.person, draft["service"], turn.now)
    if earlier is not None and not draft.get("replace"):
        turn.keep(answered=earlier.day.isoformat())
        return await go(turn, "again")
    response = await responses.answer(
        turn.session,
        city,
        turn.person,
        draft["service"],
        draft["answers"],
        turn.now,
        channel=Channel(draft["channel"]),
        complaint_id=draft.get("complaint"),
        replace=earlier is not None,
    )
    turn.keep(response=response.id, replaced=earlier is not None, light=True, trail=[])
    return await profile.ask(turn)


async def _service_name(turn: Turn) -> str:
    city = await know(turn.session, turn.now)
    return city.services[turn.draft["service"]].name
