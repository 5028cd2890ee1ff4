"""The two questions about the place: where is it, and is it really this kelurahan."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.conversation import Question, Step, choice, chosen, go, present
from bot.services import finding
from bot.services.city import City, know
from bot.turn import Context, Turn
from bot.views import filing as view
from bot.views import places
from bot.views.parts import where
from handlers.report_draft import message_of, onward

WORDS = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
PIN = filters.UpdateType.MESSAGE & filters.LOCATION


def steps() -> list[Step]:
    """The place and area steps of the talk."""
    words = [MessageHandler(PIN, take_pin), MessageHandler(WORDS, take_words)]
    return [
        Step("place", show_place, [choice(take_choice, view.FLOW, "place"), *words]),
        Step("area", show_area, [choice(take_area, view.FLOW, "area"), *words]),
    ]


NOWHERE: dict[str, Any] = {
    "latitude": None,
    "longitude": None,
    "landmark": None,
    "area_id": None,
    "area_guess": None,
    "place_done": True,
}


async def show_place(turn: Turn) -> Question:
    """Where is it."""
    return Question(places.ask_place(turn.draft["nonce"]), view.question("place"))


async def show_area(turn: Turn) -> Question:
    """Is it this kelurahan; or choose one."""
    city = await know(turn.session, turn.now)
    guess = city.areas.get(turn.draft.get("area_guess") or 0)
    nonce = turn.draft["nonce"]
    if guess is not None:
        screen = places.confirm_area(nonce, guess.kelurahan, guess.kecamatan)
    else:
        options = [(area.id, area.kelurahan, area.kecamatan) for area in city.areas.values()]
        screen = places.place_unknown(nonce, options) if turn.draft.get("landmark") else places.ask_area(nonce, options)
    return Question(screen, view.question("area"))


async def take_choice(update: Update, context: Context) -> Any:
    """The list of kelurahan, or no place at all."""
    turn = context.turn
    value = chosen(update, turn)
    if value == "skip":
        turn.keep(**NOWHERE)
        return await onward(turn)
    return await go(turn, "area") if value == "list" else await present(turn)


async def take_area(update: Update, context: Context) -> Any:
    """The guess was right, or another kelurahan of the list."""
    turn, city = context.turn, await know(context.turn.session, context.turn.now)
    value = chosen(update, turn)
    guess = turn.draft.get("area_guess")
    if value == "yes" and guess is not None:
        turn.keep(area_id=guess, area_guess=None, place_done=True)
        return await onward(turn)
    if value == "other":
        turn.keep(area_guess=None)
    if value is None or not value.isdigit() or int(value) not in city.areas:
        return await present(turn)
    turn.keep(area_id=int(value), area_guess=None, place_done=True)
    return await onward(turn)


async def take_pin(update: Update, context: Context) -> Any:
    """A pin from a phone."""
    pin = message_of(update).location
    return await _take_point(context.turn, pin.latitude, pin.longitude) if pin is not None else None


async def take_words(update: Update, context: Context) -> Any:
    """Coordinates, a map link, or a kelurahan with a landmark."""
    turn, text = context.turn, (message_of(update).text or "").strip()[:300]
    point = finding.point_in(text)
    if point is not None:
        return await _take_point(turn, point.latitude, point.longitude)
    city = await know(turn.session, turn.now)
    named = finding.areas_named(city, text)
    turn.keep(**NOWHERE | {"landmark": text, "place_done": False})
    if len(named) == 1:
        turn.keep(area_guess=named[0].id)
    return await go(turn, "area") if turn.conversation.state != "area" else await present(turn)


async def _take_point(turn: Turn, latitude: float, longitude: float) -> Any:
    city = await know(turn.session, turn.now)
    area = finding.locate(city, latitude, longitude)
    if area is None:
        turn.show(places.outside(city.fact("outside.authority", view.some_authority())))
        return await present(turn)
    turn.keep(**of_pin(latitude, longitude), area_guess=area.id)
    return await go(turn, "area") if turn.conversation.state != "area" else await present(turn)


def of_pin(latitude: float, longitude: float) -> dict[str, Any]:
    """What a pin adds to a draft."""
    return {"latitude": latitude, "longitude": longitude}


def in_words(city: City, draft: dict[str, Any]) -> str:
    """The place as the summary shows it."""
    area, pin = city.areas.get(draft.get("area_id") or 0), draft.get("latitude") is not None
    return where(area.kelurahan if area is not None else None, draft.get("landmark"), pin=pin)
