"""How a report begins: by command, deep link or button, from a low rating, or with whatever is sent first."""

from __future__ import annotations

from typing import Any

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import Open, Resume
from bot.conversation import NO_TALK, Handler, begin
from bot.services import finding, following, surveys
from bot.services.administration import bans
from bot.services.city import City, know
from bot.turn import Context, Turn
from bot.views import filing as view
from bot.views import places
from handlers import place
from handlers.guards import a_fresh_start
from handlers.media import sent_file
from handlers.report_draft import SHORTEST, first_words, message_of, missing, stored, suggest_unit, warn
from models.attachment import FileKind
from models.complaint import ReportClass
from models.rules.permissions import Desk
from models.rules.redaction import is_masked

FLOW = view.FLOW
MESSAGE = filters.UpdateType.MESSAGE
ANYTHING = (
    (filters.TEXT & ~filters.COMMAND)
    | filters.PHOTO
    | filters.VIDEO
    | filters.VOICE
    | filters.AUDIO
    | filters.VIDEO_NOTE
    | filters.Document.ALL
    | filters.LOCATION
)


def entries() -> list[Handler]:
    """Every way in; the one that takes any first message is the last."""
    return [
        CommandHandler(["lapor", "report"], start, MESSAGE),
        MessageHandler(MESSAGE & filters.Regex(r"^/start lapor$"), start),
        CallbackQueryHandler(start, pattern=f"^{Open(Desk.FILE.value).encode()}$"),
        CallbackQueryHandler(start, pattern=f"^{Resume('anew', FLOW).encode()}$"),
        CallbackQueryHandler(start_from_rating, pattern=f"^{Open.tag}:file_rating:"),
        MessageHandler(NO_TALK & MESSAGE & ANYTHING, start_with_anything),
    ]


async def start(update: Update, context: Context) -> Any:
    """/lapor or the menu: ask for the class first."""
    turn = context.turn
    await bans.require_free(turn.session, await know(turn.session, turn.now), turn.person.id, turn.now)
    if not a_fresh_start(update, turn, FLOW):
        return None
    return await begin(turn, FLOW, "class")


async def start_with_anything(update: Update, context: Context) -> Any:
    """The first message is already the report: words, a file or a pin."""
    turn, message = context.turn, message_of(update)
    city = await know(turn.session, turn.now)
    await bans.require_free(turn.session, city, turn.person.id, turn.now)
    draft = _draft_of(turn, city, message)
    offer = await _offer(turn, city, message, draft["text"])
    return await _begin_with(turn, city, draft, offer)


def _draft_of(turn: Turn, city: City, message: Message) -> dict[str, Any]:
    words = (message.text or message.caption or "").strip()
    draft: dict[str, Any] = {"class": ReportClass.COMPLAINT.value, **first_words(turn, words, message.message_id)}
    file = sent_file(message)
    if file is not None:
        draft |= {"files": [stored(file)], "media_done": True}
        if file.kind is FileKind.VOICE and len(words) < SHORTEST:
            draft["text"] = view.voice_only()
    elif message.location is not None:
        draft |= _pin(turn, city, message.location.latitude, message.location.longitude)
    return draft


def _pin(turn: Turn, city: City, latitude: float, longitude: float) -> dict[str, Any]:
    area = finding.locate(city, latitude, longitude)
    if area is None:
        turn.show(places.outside(city.fact("outside.authority", view.some_authority())))
        return {}
    return place.of_pin(latitude, longitude) | {"area_guess": area.id}


async def _offer(turn: Turn, city: City, message: Message, text: str) -> list[int]:
    """Earlier reports that this may belong to; the one whose notice it replies to comes first."""
    found = await following.candidates(turn.session, city, turn.person, text, turn.now)
    ids = [complaint.id for complaint in found]
    reply = message.reply_to_message
    if reply is None:
        return ids
    about = await following.replied_to(turn.session, turn.person, reply.message_id, reply.text or reply.caption or "")
    if about is None:
        return ids
    return [about.id, *(number for number in ids if number != about.id)][: following.OFFERED]


async def start_from_rating(update: Update, context: Context) -> Any:
    """A low rating becomes a report with the words already given."""
    turn = context.turn
    payload = Open.decode(update.callback_query.data or "") if update.callback_query else None
    pulse = await surveys.own_pulse(turn.session, turn.person, payload.page if payload else 0)
    if not a_fresh_start(update, turn, FLOW):
        return None
    draft: dict[str, Any] = {
        "class": ReportClass.COMPLAINT.value,
        "unit": f"s{pulse.service_id}",
        "pulse": pulse.id,
        "text": pulse.comment or "",
    }
    return await _begin_with(turn, await know(turn.session, turn.now), draft, [])


async def _begin_with(turn: Turn, city: City, draft: dict[str, Any], offer: list[int]) -> Any:
    if is_masked(draft["text"]):
        turn.show(view.masked())
    warn(turn, city, draft["text"])
    draft["warned"] = bool(turn.draft.get("warned"))
    if len(draft["text"]) >= SHORTEST:
        draft.setdefault("unit", suggest_unit(city, draft["text"]))
    if offer:
        return await begin(turn, FLOW, "which", **draft, offer=offer)
    return await begin(turn, FLOW, missing(draft), **draft)
