"""The steps after the nine answers: may we ask who you are, and four questions that may be skipped."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.conversation import Question, Step, choice, chosen, finish, go, present
from bot.services import privacy
from bot.services.city import know
from bot.services.satisfaction import responses
from bot.turn import Context, Turn
from bot.views.satisfaction import survey, survey_profile
from handlers.report_draft import message_of
from handlers.words import SKIPS

FLOW = survey.FLOW
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def steps() -> list[Step]:
    """For the talk's table."""
    return [
        Step("consent", show_consent, [choice(take_consent, FLOW, "consent")]),
        *(
            Step(field, show_field, [choice(take_field, FLOW, field), MessageHandler(PLAIN, say_field)])
            for field in responses.PROFILE
        ),
    ]


async def ask(turn: Turn) -> Any:
    """The question of consent; who said yes to this very notice is not asked again."""
    if not await responses.allows_profile(turn.session, turn.person):
        turn.conversation.state = "consent"
        return await present(turn)
    return await _allowed(turn)


async def show_consent(turn: Turn) -> Question:
    """May we ask?"""
    return Question(survey_profile.ask_consent(turn.draft["nonce"], privacy.NOTICE_VERSION), survey_profile.consent())


async def take_consent(update: Update, context: Context) -> Any:
    """A yes is recorded; a no changes nothing else."""
    turn, value = context.turn, chosen(update, context.turn)
    if value == survey.YES:
        return await _allowed(turn)
    return await _thank(turn) if value == survey.NO else await present(turn)


async def _allowed(turn: Turn) -> Any:
    city = await know(turn.session, turn.now)
    await responses.allow_profile(turn.session, city, turn.person, turn.draft["response"], turn.now)
    return await _next(turn)


async def show_field(turn: Turn) -> Question:
    """The field of the step."""
    city, field = await know(turn.session, turn.now), turn.conversation.state or ""
    values = responses.choices_for(city, field)
    back = bool(turn.draft["trail"])
    return Question(survey_profile.ask(turn.draft["nonce"], field, values, back=back), survey_profile.question(field))


async def take_field(update: Update, context: Context) -> Any:
    """An answer was tapped, or left out."""
    turn, value = context.turn, chosen(update, context.turn)
    return await present(turn) if value is None else await _describe(turn, value)


async def say_field(update: Update, context: Context) -> Any:
    """The same by typing."""
    turn, said = context.turn, (message_of(update).text or "").strip().casefold()
    if said in SKIPS:
        return await _describe(turn, survey_profile.SKIP)
    city = await know(turn.session, turn.now)
    values = responses.choices_for(city, turn.conversation.state or "")
    found = [value for value in values if said in (value.casefold(), survey_profile.name_of(value).casefold())]
    return await _describe(turn, found[0]) if found else await present(turn)


async def _describe(turn: Turn, value: str) -> Any:
    city, field = await know(turn.session, turn.now), turn.conversation.state or ""
    if value != survey_profile.SKIP and await responses.allows_profile(turn.session, turn.person):
        await responses.describe(turn.session, city, turn.person, turn.draft["response"], field, value)
    return await _next(turn)


async def _next(turn: Turn) -> Any:
    """The next field that the city asks for; thanks after the last, or when the consent was taken back meanwhile."""
    city = await know(turn.session, turn.now)
    asked = [field for field in responses.PROFILE if responses.choices_for(city, field)]
    state = turn.conversation.state
    rest = asked[asked.index(state) + 1 :] if state in asked else asked
    if not rest or not await responses.allows_profile(turn.session, turn.person):
        return await _thank(turn)
    if state not in asked:
        turn.conversation.state = rest[0]
        return await present(turn)
    return await go(turn, rest[0])


async def _thank(turn: Turn) -> Any:
    city = await know(turn.session, turn.now)
    name = city.services[turn.draft["service"]].name
    return finish(turn, survey.thanks(name, replaced=turn.draft["replaced"]))
