"""Rating a service: two taps from the code at a counter, a few more from the menu.

| step    | asks                          | answered by                                        |
|---------|-------------------------------|----------------------------------------------------|
| service | which office                  | button, pages; a service's name by typing          |
| unit    | which service of the office   | button, pages; a service's name by typing          |
| found   | which of those found          | button; another name by typing                     |
| score   | one of four                   | button, or its word or number                      |
| comment | anything to add               | words, photo, voice; done; make it a report        |

The score is stored with its tap. Every step is light: leaving it loses nothing.
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import Open, Rate, Resume
from bot.conversation import Question, Step, Talk, begin, choice, chosen, close, finish, go, is_light, present
from bot.i18n import _
from bot.services import surveys
from bot.services.city import City, know
from bot.services.satisfaction import offers
from bot.turn import Context, Turn
from bot.views import rating as view
from bot.views.parts import SCORES, home_row, moves
from handlers.guards import a_fresh_start
from handlers.media import sent_file
from handlers.report_draft import message_of
from handlers.satisfaction.choosing import Choosing
from models.errors import Refusal
from models.rules.permissions import Desk
from models.survey import Pulse

FLOW = view.FLOW
COUNTER = offers.Link.RATING.value

MESSAGE = filters.UpdateType.MESSAGE
PLAIN = MESSAGE & filters.TEXT & ~filters.COMMAND
FILES = MESSAGE & (
    filters.PHOTO | filters.VIDEO | filters.VOICE | filters.AUDIO | filters.VIDEO_NOTE | filters.Document.ALL
)


async def _to_the_score(turn: Turn) -> Any:
    return await go(turn, "score")


#: Which service is rated.
CHOOSING = Choosing(FLOW, _to_the_score)


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CommandHandler("nilai", start, MESSAGE),
            CallbackQueryHandler(start, pattern=f"^{Open(Desk.RATE.value).encode()}$"),
            CallbackQueryHandler(start, pattern=f"^{Resume('anew', FLOW).encode()}$"),
            CommandHandler("start", start_at_counter, MESSAGE & filters.Regex(f"^/start {COUNTER}")),
            CallbackQueryHandler(take_rate, pattern=Rate.pattern()),
        ],
        steps=[
            *CHOOSING.steps(),
            Step("score", show_score, [MessageHandler(PLAIN, say_score)]),
            Step(
                "comment",
                show_comment,
                [
                    choice(take_done, FLOW, "comment"),
                    MessageHandler(PLAIN, take_comment),
                    MessageHandler(FILES, take_file),
                ],
            ),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


# --- how it begins ---


async def start(update: Update, context: Context) -> Any:
    """/nilai or the menu: which service."""
    turn = context.turn
    if not a_fresh_start(update, turn, FLOW):
        return None
    return await begin(turn, FLOW, "service", light=True)


async def start_at_counter(update: Update, context: Context) -> Any:
    """The code at a counter: that service's four buttons at once, whatever else is open."""
    turn, city = context.turn, await know(context.turn.session, context.turn.now)
    code = (message_of(update).text or "").partition(COUNTER)[2].strip()
    service = surveys.service_of_code(city, code, turn.now)
    if is_light(turn):
        close(turn)
    turn.show(view.ask_score(service.id, service.name, surveys.QR, (home_row(),)))


async def take_rate(update: Update, context: Context) -> Any:
    """A score was tapped: stored at once, or asked about when today's would change."""
    turn, query = context.turn, update.callback_query
    rate = Rate.decode(query.data or "") if query is not None else None
    if rate is None:
        raise Refusal("score_out_of_range")
    return await _rate(turn, rate)


async def _rate(turn: Turn, rate: Rate) -> Any:
    city, subject = await know(turn.session, turn.now), (rate.service_id, rate.score)
    before = await surveys.to_replace(turn.session, city, turn.person, *subject, turn.now)
    if before is not None and not rate.sure:
        name = city.services[rate.service_id].name
        turn.show(view.ask_replace(rate.service_id, name, before.score, rate.score, rate.channel))
        return None
    pulse = await surveys.rate(turn.session, city, turn.person, *subject, rate.channel, turn.now)
    if is_light(turn):
        return await begin(turn, FLOW, "comment", light=True, pulse=pulse.id)
    turn.show(view.thanks(await _rated(turn, city, pulse)))
    await present(turn, new=True)
    return None


# --- the questions and their answers, in the order a person meets them ---


async def show_score(turn: Turn) -> Question:
    """One of four."""
    city, service_id = await know(turn.session, turn.now), turn.draft["service"]
    name = city.services[service_id].name
    screen = view.ask_score(service_id, name, surveys.MENU, (moves(turn.draft["nonce"]),))
    return Question(screen, _(view.WHICH_SCORE))


async def say_score(update: Update, context: Context) -> Any:
    """The label or its number, typed."""
    turn, said = context.turn, (message_of(update).text or "").strip().casefold()
    words = {word: n for n, name in enumerate(SCORES, start=1) for word in (str(n), _(name).casefold())}
    if said not in words:
        return await CHOOSING.search(update, context)
    return await _rate(turn, Rate(turn.draft["service"], words[said], surveys.MENU))


async def show_comment(turn: Turn) -> Question:
    """Anything to add?"""
    city = await know(turn.session, turn.now)
    rated = await _rated(turn, city, await surveys.own_pulse(turn.session, turn.person, turn.draft["pulse"]))
    return Question(view.ask_comment(turn.draft["nonce"], rated), view.question(rated.service))


async def take_done(update: Update, context: Context) -> Any:
    """Nothing more."""
    turn = context.turn
    if chosen(update, turn) is None:
        return await present(turn)
    pulse = await surveys.own_pulse(turn.session, turn.person, turn.draft["pulse"])
    return finish(turn, view.thanks(await _rated(turn, await know(turn.session, turn.now), pulse)))


async def take_comment(update: Update, context: Context) -> Any:
    """Words for the rating."""
    turn, text = context.turn, (message_of(update).text or "").strip()
    pulse = await surveys.comment(turn.session, turn.person, turn.draft["pulse"], text)
    return finish(turn, view.commented(await _rated(turn, await know(turn.session, turn.now), pulse)))


async def take_file(update: Update, context: Context) -> Any:
    """A picture or a voice; of an album each comes by itself."""
    turn, file = context.turn, sent_file(message_of(update))
    if file is None:
        return None
    await surveys.attach(turn.session, turn.person, turn.draft["pulse"], file, turn.now)
    if file.group is not None and file.group == turn.draft.get("album"):
        turn.refresh((await show_comment(turn)).screen)
        return None
    turn.keep(album=file.group)
    return await present(turn)


async def _rated(turn: Turn, city: City, pulse: Pulse) -> view.Rated:
    return view.Rated(
        pulse_id=pulse.id,
        service=city.services[pulse.service_id].name,
        score=pulse.score,
        files=await surveys.count_files(turn.session, pulse),
        reported=pulse.complaint_id is not None,
        service_id=pulse.service_id,
        channel=pulse.channel,
        survey_offered=await offers.can_offer(turn.session, city, turn.person, pulse.service_id, turn.now),
    )
